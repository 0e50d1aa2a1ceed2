using System.Globalization;
using System.Text;
using NodaTime;
using NodaTime.Text;

namespace Receivables.Sdk.TestKit.Statements;

/// <summary>Writes camt.053 as banks do, from a model in no format.</summary>
/// <remarks>Rows that stand one behind the other in the same batch are one entry with a detail for each.</remarks>
public static class CamtWriter
{
    /// <summary>A message with a statement for each month.</summary>
    /// <param name="months">The months.</param>
    /// <param name="version">The version of camt.053.001, 2 to 13: what it calls things differs.</param>
    /// <param name="indent">What stands before each entry and detail, such as a line end and blanks; empty writes one line.</param>
    public static byte[] Write(IEnumerable<SampleMonth> months, int version = 8, string indent = "")
    {
        var text = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
        text.Append(CultureInfo.InvariantCulture, $"<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version:00}\"><BkToCstmrStmt>");
        text.Append("<GrpHdr><MsgId>MSG-1</MsgId><CreDtTm>2026-02-01T06:00:00+01:00</CreDtTm></GrpHdr>");
        foreach (var month in months)
        {
            Statement(text, month, version, indent);
        }

        return Encoding.UTF8.GetBytes(text.Append(indent).Append("</BkToCstmrStmt></Document>").ToString());
    }

    /// <summary>A message of about a number of transactions, a hundred to a statement, two of three in batches of five; each statement goes on where the last one ended.</summary>
    /// <param name="transactions">How many transactions.</param>
    /// <param name="seed">What tells messages apart.</param>
    /// <param name="version">The version of camt.053.001.</param>
    public static byte[] Write(int transactions, int seed = 1, int version = 8)
    {
        var months = new List<SampleMonth>();
        var opening = 1234.56m;
        for (var written = 0; written < transactions; written += 100)
        {
            var month = SampleMonth.Create(seed + written, Math.Min(100, transactions - written), "NL", months.Count + 1, opening);
            months.Add(month with { Rows = [.. month.Rows.Select((row, i) => i % 15 < 10 ? row with { Batch = $"BATCH-{months.Count}-{i / 5}", BookingDate = month.Rows[i / 5 * 5].BookingDate, ValueDate = month.Rows[i / 5 * 5].ValueDate } : row)] });
            opening = month.Closing;
        }

        return Write(months, version);
    }

    private static void Statement(StringBuilder text, SampleMonth month, int version, string indent)
    {
        text.Append(indent).Append(CultureInfo.InvariantCulture, $"<Stmt><Id>STM-{month.Number}</Id><ElctrncSeqNb>{month.Number}</ElctrncSeqNb><CreDtTm>2026-02-01T06:00:00+01:00</CreDtTm>");
        text.Append("<FrToDt><FrDtTm>").Append(Iso(month.From)).Append("T00:00:00</FrDtTm><ToDtTm>").Append(Iso(month.To)).Append("T23:59:59</ToDtTm></FrToDt>");
        text.Append("<Acct>").Append(Account(month.Iban)).Append("<Ccy>").Append(month.Currency).Append("</Ccy><Ownr><Nm>").Append(Owner).Append("</Nm></Ownr><Svcr>").Append(Agent(month.Bic, version)).Append("</Svcr></Acct>");
        Balance(text, "OPBD", month.Opening, month.From, month.Currency);
        Balance(text, "CLBD", month.Closing, month.To, month.Currency);
        for (var i = 0; i < month.Rows.Count;)
        {
            var count = 1;
            while (month.Rows[i].Batch is { } batch && i + count < month.Rows.Count && month.Rows[i + count].Batch == batch)
            {
                count++;
            }

            Entry(text, month, [.. month.Rows.Skip(i).Take(count)], version, indent);
            i += count;
        }

        text.Append(indent).Append("</Stmt>");
    }

    private static void Balance(StringBuilder text, string kind, decimal amount, LocalDate date, Currency currency) =>
        text.Append("<Bal><Tp><CdOrPrtry><Cd>").Append(kind).Append("</Cd></CdOrPrtry></Tp>").Append(Amount(amount, currency)).Append(Direction(amount))
            .Append("<Dt><Dt>").Append(Iso(date)).Append("</Dt></Dt></Bal>");

    private static void Entry(StringBuilder text, SampleMonth month, List<SampleRow> rows, int version, string indent)
    {
        var total = rows.Sum(r => r.Amount);
        var first = rows[0];
        text.Append(indent).Append("<Ntry><NtryRef>").Append(first.BankReference).Append("</NtryRef>").Append(Amount(total, month.Currency)).Append(Direction(total));
        text.Append(version >= 7 ? "<Sts><Cd>BOOK</Cd></Sts>" : "<Sts>BOOK</Sts>");
        text.Append("<BookgDt><Dt>").Append(Iso(first.BookingDate)).Append("</Dt></BookgDt><ValDt><Dt>").Append(Iso(first.ValueDate)).Append("</Dt></ValDt>");
        if (rows.Count == 1)
        {
            text.Append("<AcctSvcrRef>").Append(first.BankReference).Append("</AcctSvcrRef>");
        }

        text.Append(Code(first)).Append("<NtryDtls>");
        if (first.Batch is { } batch)
        {
            text.Append("<Btch><PmtInfId>").Append(batch).Append("</PmtInfId><NbOfTxs>").Append(rows.Count.ToString(CultureInfo.InvariantCulture)).Append("</NbOfTxs></Btch>");
        }

        foreach (var row in rows)
        {
            Detail(text, month, row, version, indent);
        }

        text.Append("</NtryDtls></Ntry>");
    }

    private static void Detail(StringBuilder text, SampleMonth month, SampleRow row, int version, string indent)
    {
        text.Append(indent).Append("<TxDtls><Refs><AcctSvcrRef>").Append(row.BankReference).Append("</AcctSvcrRef><EndToEndId>").Append(row.EndToEndId ?? "NOTPROVIDED").Append("</EndToEndId>");
        text.Append(row.MandateId is null ? "" : $"<MndtId>{row.MandateId}</MndtId>").Append("</Refs>");
        if (version >= 3)
        {
            text.Append(Amount(row.Amount, month.Currency)).Append(Direction(row.Amount));
        }

        text.Append("<AmtDtls><InstdAmt>").Append(Amount(row.Amount, month.Currency)).Append("</InstdAmt><TxAmt>").Append(Amount(row.Amount, month.Currency)).Append("</TxAmt></AmtDtls>").Append(Code(row));
        var isCredit = row.Amount >= 0 != (row.ReturnReason is not null);
        text.Append("<RltdPties>").Append(Party(isCredit ? "Dbtr" : "Cdtr", row.Name, row.Iban, row.CreditorId, version, isOther: true));
        text.Append(Party(isCredit ? "Cdtr" : "Dbtr", Owner, month.Iban, null, version, isOther: false)).Append("</RltdPties>");
        text.Append("<RltdAgts>").Append(isCredit ? "<DbtrAgt>" : "<CdtrAgt>").Append(Agent(row.Bic, version)).Append(isCredit ? "</DbtrAgt>" : "</CdtrAgt>").Append("</RltdAgts>");
        text.Append("<RmtInf><Ustrd>").Append(Escape(row.Remittance)).Append("</Ustrd>");
        if (row.StructuredReference is { } reference)
        {
            text.Append("<Strd><CdtrRefInf><Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry></Tp><Ref>").Append(reference).Append("</Ref></CdtrRefInf></Strd>");
        }

        text.Append("</RmtInf><RltdDts><AccptncDtTm>").Append(Iso(row.BookingDate)).Append("T09:00:00</AccptncDtTm><IntrBkSttlmDt>").Append(Iso(row.ValueDate)).Append("</IntrBkSttlmDt></RltdDts>");
        text.Append(row.ReturnReason is null ? "" : $"<RtrInf><Rsn><Cd>{row.ReturnReason}</Cd></Rsn></RtrInf>").Append("</TxDtls>");
    }

    private static string Party(string role, string name, string iban, string? creditorId, int version, bool isOther)
    {
        var inner = $"<Nm>{Escape(name)}</Nm>{(isOther ? "<PstlAdr><Ctry>NL</Ctry><AdrLine>Dorpsstraat 1</AdrLine></PstlAdr>" : "")}"
            + (creditorId is null ? "" : $"<Id><PrvtId><Othr><Id>{creditorId}</Id><SchmeNm><Prtry>SEPA</Prtry></SchmeNm></Othr></PrvtId></Id>");
        return $"<{role}>{(version >= 7 ? "<Pty>" + inner + "</Pty>" : inner)}</{role}><{role}Acct>{Account(iban)}</{role}Acct>";
    }

    private static string Code(SampleRow row)
    {
        var family = row.MandateId is not null ? "IDDT" : row.Amount < 0 ? "ICDT" : "RCDT";
        return $"<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>{family}</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn><Prtry><Cd>{(row.Amount < 0 ? "00200" : "00100")}</Cd><Issr>SAMPLE</Issr></Prtry></BkTxCd>";
    }

    private static string Owner => "Voorbeeld Handel B.V.";

    private static string Account(string iban) => $"<Id><IBAN>{iban}</IBAN></Id>";

    private static string Agent(string bic, int version) => version >= 3 ? $"<FinInstnId><BICFI>{bic}</BICFI></FinInstnId>" : $"<FinInstnId><BIC>{bic}</BIC></FinInstnId>";

    private static string Amount(decimal amount, Currency currency) => string.Create(CultureInfo.InvariantCulture, $"<Amt Ccy=\"{currency}\">{Math.Abs(amount):0.00}</Amt>");

    private static string Direction(decimal amount) => amount < 0 ? "<CdtDbtInd>DBIT</CdtDbtInd>" : "<CdtDbtInd>CRDT</CdtDbtInd>";

    private static string Iso(LocalDate date) => LocalDatePattern.Iso.Format(date);

    private static string Escape(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
}
