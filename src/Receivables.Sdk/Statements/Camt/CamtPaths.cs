namespace Receivables.Sdk.Statements.Camt;

/// <summary>Which elements the reader keeps, by their path of local names: the one place that knows the schemas of versions .001.01 to .001.14.</summary>
internal static class CamtPaths
{
    // The names of parties' groups by version: plain up to .06, in Pty or Agt from .07 on.
    private static ReadOnlySpan<string> Wrappers => new string[] { "", "Pty/", "Agt/FinInstnId/" };

    /// <summary>The tree of paths, built into a table.</summary>
    internal static CamtTree Build()
    {
        var tree = new CamtTreeBuilder();
        var statement = tree.Create(CamtField.Statement);
        AddStatement(statement);
        AddMessage(tree, "BkToCstmrAcctRpt", "Rpt", CamtField.Message052, statement);
        AddMessage(tree, "BkToCstmrStmt", "Stmt", CamtField.Message053, statement);
        AddMessage(tree, "BkToCstmrDbtCdtNtfctn", "Ntfctn", CamtField.Message054, statement);
        return tree.Build();
    }

    private static void AddMessage(CamtTreeBuilder tree, string name, string statementName, CamtField format, CamtTreeBuilder.Node statement)
    {
        // Version .001.01 has its number in the name of the message.
        var message = tree.AddRoot(name, name + "V01", format);
        message.Add("GrpHdr/MsgId", CamtField.MessageId);
        message.Add("GrpHdr/MsgPgntn/PgNb", CamtField.MessagePage);
        message.Add("GrpHdr/MsgPgntn/LastPgInd", CamtField.MessageIsLastPage);
        message.Add(statementName, statement);
    }

    // Report, statement and notification have the same parts, but for the names of three of them.
    private static void AddStatement(CamtTreeBuilder.Node s)
    {
        s.Add("Id", CamtField.StatementId);
        s.AddAll(CamtField.StatementPage, "StmtPgntn/PgNb", "RptPgntn/PgNb", "NtfctnPgntn/PgNb");
        s.AddAll(CamtField.StatementIsLastPage, "StmtPgntn/LastPgInd", "RptPgntn/LastPgInd", "NtfctnPgntn/LastPgInd");
        s.AddAll(CamtField.StatementInformation, "AddtlStmtInf", "AddtlRptInf", "AddtlNtfctnInf");
        s.Add("ElctrncSeqNb", CamtField.ElectronicNumber);
        s.Add("LglSeqNb", CamtField.LegalNumber);
        s.AddAll(CamtField.FromDate, "FrToDt/FrDtTm", "FrToDt/FrDt");
        s.AddAll(CamtField.ToDate, "FrToDt/ToDtTm", "FrToDt/ToDt");
        AddAccount(s, "Acct", CamtField.AccountIban, CamtField.AccountOther);
        s.Add("Acct/Ccy", CamtField.AccountCurrency);
        s.Add("Acct/Nm", CamtField.AccountName);
        s.Add("Acct/Ownr/Nm", CamtField.AccountOwner);
        s.Add("Acct/Ownr/Pty/Nm", CamtField.AccountOwner);
        AddBic(s, "Acct/Svcr", CamtField.ServicerBic);
        AddBalance(s);
        AddSummary(s);
        AddEntry(s.Add("Ntry", CamtField.Entry));
    }

    private static void AddBalance(CamtTreeBuilder.Node s)
    {
        var balance = s.Add("Bal", CamtField.Balance);
        // The code stands directly in Tp in version .001.01.
        balance.AddAll(CamtField.BalanceType, "Tp/CdOrPrtry/Cd", "Tp/CdOrPrtry/Prtry", "Tp/Cd", "Tp/Prtry");
        balance.AddAmount("Amt", CamtField.BalanceAmount);
        balance.Add("CdtDbtInd", CamtField.BalanceDirection);
        balance.AddAll(CamtField.BalanceDate, "Dt/Dt", "Dt/DtTm");
    }

    private static void AddSummary(CamtTreeBuilder.Node s)
    {
        s.Add("TxsSummry/TtlNtries/NbOfNtries", CamtField.TotalCount);
        s.Add("TxsSummry/TtlNtries/Sum", CamtField.TotalSum);
        s.Add("TxsSummry/TtlCdtNtries/NbOfNtries", CamtField.CreditCount);
        s.Add("TxsSummry/TtlCdtNtries/Sum", CamtField.CreditSum);
        s.Add("TxsSummry/TtlDbtNtries/NbOfNtries", CamtField.DebitCount);
        s.Add("TxsSummry/TtlDbtNtries/Sum", CamtField.DebitSum);
    }

    private static void AddEntry(CamtTreeBuilder.Node entry)
    {
        entry.Add("NtryRef", CamtField.EntryReference);
        entry.AddAmount("Amt", CamtField.Amount);
        entry.Add("CdtDbtInd", CamtField.Direction);
        entry.Add("RvslInd", CamtField.Reversal);
        // A text up to .06, a choice from .07 on.
        entry.AddAll(CamtField.Status, "Sts", "Sts/Cd", "Sts/Prtry");
        entry.AddAll(CamtField.BookingDate, "BookgDt/Dt", "BookgDt/DtTm");
        entry.AddAll(CamtField.ValueDate, "ValDt/Dt", "ValDt/DtTm");
        entry.Add("AcctSvcrRef", CamtField.ServicerReference);
        entry.Add("AddtlNtryInf", CamtField.Information);
        AddMoney(entry);

        // No version has it here; some banks write it all the same.
        AddRemittance(entry, "RmtInf");
        AddRemittance(entry, "NtryDtls/RmtInf");
        AddBatch(entry, "Btch");
        AddBatch(entry, "NtryDtls/Btch");
        AddDetail(entry.Add("NtryDtls/TxDtls", CamtField.Detail));
        AddDetail(entry.Add("TxDtls", CamtField.Detail));
    }

    private static void AddBatch(CamtTreeBuilder.Node entry, string path)
    {
        var batch = entry.Add(path, CamtField.Batch);
        batch.Add("MsgId", CamtField.BatchMessageId);
        batch.Add("PmtInfId", CamtField.BatchPaymentId);
        batch.Add("NbOfTxs", CamtField.BatchCount);
        batch.AddAmount("TtlAmt", CamtField.BatchTotal);
        batch.Add("CdtDbtInd", CamtField.BatchDirection);
    }

    // What stands in entries and in details alike.
    private static void AddMoney(CamtTreeBuilder.Node node)
    {
        node.Add("BkTxCd/Domn/Cd", CamtField.CodeDomain);
        node.Add("BkTxCd/Domn/Fmly/Cd", CamtField.CodeFamily);
        node.Add("BkTxCd/Domn/Fmly/SubFmlyCd", CamtField.CodeSubFamily);
        node.Add("BkTxCd/Prtry/Cd", CamtField.CodeProprietary);
        node.Add("BkTxCd/Prtry/Issr", CamtField.CodeIssuer);
        foreach (var (group, field) in new[]
        {
            ("InstdAmt", CamtField.InstructedAmount), ("TxAmt", CamtField.TransactionAmount), ("CntrValAmt", CamtField.CounterValueAmount),
        })
        {
            node.AddAmount($"AmtDtls/{group}/Amt", field);
            node.Add($"AmtDtls/{group}/CcyXchg/XchgRate", CamtField.ExchangeRate);
        }

        // Flat and repeated in .02, records in one group from .03 on.
        foreach (var path in new[] { "Chrgs", "Chrgs/Rcrd" })
        {
            node.Add(path, CamtField.Charge);
            node.AddAmount(path + "/Amt", CamtField.ChargeAmount);
            node.Add(path + "/CdtDbtInd", CamtField.ChargeDirection);
        }

        node.AddAmount("Chrgs/TtlChrgsAndTaxAmt", CamtField.ChargesTotal);
    }

    private static void AddDetail(CamtTreeBuilder.Node detail)
    {
        detail.Add("Refs/MsgId", CamtField.SentMessageId);
        detail.Add("Refs/AcctSvcrRef", CamtField.ServicerReference);
        detail.Add("Refs/PmtInfId", CamtField.PaymentInformationId);
        detail.Add("Refs/InstrId", CamtField.InstructionId);
        detail.Add("Refs/EndToEndId", CamtField.EndToEndId);
        detail.Add("Refs/UETR", CamtField.Uetr);
        detail.Add("Refs/TxId", CamtField.TransactionId);
        detail.Add("Refs/MndtId", CamtField.MandateId);
        detail.Add("Refs/ChqNb", CamtField.ChequeNumber);
        detail.Add("Refs/ClrSysRef", CamtField.ClearingReference);
        detail.Add("Refs/Prtry/Tp", CamtField.OtherReferenceType);
        detail.Add("Refs/Prtry/Ref", CamtField.OtherReference);
        detail.AddAmount("Amt", CamtField.Amount);
        detail.Add("CdtDbtInd", CamtField.Direction);
        AddMoney(detail);
        AddParty(detail, "RltdPties/Dbtr", 0);
        AddAccount(detail, "RltdPties/DbtrAcct", CamtField.DebtorIban, CamtField.DebtorAccount);
        AddBic(detail, "RltdAgts/DbtrAgt", CamtField.DebtorBic);
        AddParty(detail, "RltdPties/Cdtr", CamtField.CreditorName - CamtField.DebtorName);
        AddAccount(detail, "RltdPties/CdtrAcct", CamtField.CreditorIban, CamtField.CreditorAccount);
        AddBic(detail, "RltdAgts/CdtrAgt", CamtField.CreditorBic);
        foreach (var wrapper in Wrappers)
        {
            detail.Add($"RltdPties/UltmtDbtr/{wrapper}Nm", CamtField.UltimateDebtorName);
            detail.Add($"RltdPties/UltmtCdtr/{wrapper}Nm", CamtField.UltimateCreditorName);
        }

        AddRemittance(detail, "RmtInf");
        detail.AddAll(CamtField.ReturnReason, "RtrInf/Rsn/Cd", "RtrInf/Rsn/Prtry", "RtrInf/RtrRsn/Cd", "RtrInf/RtrRsn/Prtry");
        detail.AddAll(CamtField.ReturnInformation, "RtrInf/AddtlInf", "RtrInf/AddtlRtrRsnInf");
        detail.AddAll(CamtField.Purpose, "Purp/Cd", "Purp/Prtry");
        detail.Add("AddtlTxInf", CamtField.Information);
    }

    private static void AddRemittance(CamtTreeBuilder.Node node, string path)
    {
        node.Add(path + "/Ustrd", CamtField.Unstructured);
        var structured = node.Add(path + "/Strd", CamtField.Structured);
        structured.AddAll(CamtField.ReferenceType, "CdtrRefInf/Tp/CdOrPrtry/Cd", "CdtrRefInf/Tp/CdOrPrtry/Prtry", "CdtrRefInf/CdtrRefTp/Cd", "CdtrRefInf/CdtrRefTp/Prtry");
        structured.AddAll(CamtField.Reference, "CdtrRefInf/Ref", "CdtrRefInf/CdtrRef");
        structured.AddAll(CamtField.DocumentType, "RfrdDocInf/Tp/CdOrPrtry/Cd", "RfrdDocInf/Tp/CdOrPrtry/Prtry", "RfrdDocInf/RfrdDocTp/Cd", "RfrdDocInf/RfrdDocTp/Prtry");
        structured.AddAll(CamtField.DocumentNumber, "RfrdDocInf/Nb", "RfrdDocInf/RfrdDocNb");
        structured.AddAll(CamtField.DocumentDate, "RfrdDocInf/RltdDt", "RfrdDocInf/RltdDt/Dt", "RfrdDocRltdDt");

        // Groups of their own up to .11; one list of typed amounts from .12 on.
        structured.AddAmount("RfrdDocAmt/RmtdAmt", CamtField.DocumentAmount);
        structured.AddAmount("RfrdDocAmt/RmtAmtAndTp/Amt", CamtField.DocumentAmount);
        structured.AddAmount("RfrdDocAmt/CdtNoteAmt", CamtField.DocumentIsCredit);
        structured.Add("AddtlRmtInf", CamtField.AdditionalRemittance);
    }

    private static void AddParty(CamtTreeBuilder.Node detail, string path, byte side)
    {
        foreach (var wrapper in Wrappers)
        {
            var party = $"{path}/{wrapper}";
            detail.Add(party + "Nm", CamtField.DebtorName + side);
            foreach (var (part, field) in new[]
            {
                ("StrtNm", CamtField.DebtorAddress), ("BldgNb", CamtField.DebtorAddressMore), ("PstCd", CamtField.DebtorAddress),
                ("TwnNm", CamtField.DebtorAddressMore), ("Ctry", CamtField.DebtorAddress), ("AdrLine", CamtField.DebtorAddress),
            })
            {
                detail.Add($"{party}PstlAdr/{part}", field + side);
            }

            detail.Add(party + "Id/PrvtId/Othr/Id", CamtField.DebtorPartyId + side);
            detail.Add(party + "Id/OrgId/Othr/Id", CamtField.DebtorPartyId + side);
        }
    }

    private static void AddAccount(CamtTreeBuilder.Node node, string path, CamtField iban, CamtField other)
    {
        node.Add(path + "/Id/IBAN", iban);
        // What .03 and later call Othr was three groups in .001.01.
        foreach (var id in new[] { "Othr/Id", "BBAN", "PrtryAcct/Id", "UPIC" })
        {
            node.Add($"{path}/Id/{id}", other);
        }
    }

    private static void AddBic(CamtTreeBuilder.Node node, string path, CamtField field)
    {
        node.Add(path + "/FinInstnId/BICFI", field);
        node.Add(path + "/FinInstnId/BIC", field);
        node.Add(path + "/FinInstnId/CmbndId/BIC", field);
    }
}
