namespace Receivables.Sdk.Tests.Statements.Camt;

/// <summary>Writes small messages for tests.</summary>
internal static class CamtXml
{
    internal const string Account = "<Acct><Id><IBAN>NL91ABNA0417164300</IBAN></Id><Ccy>EUR</Ccy></Acct>";

    internal static string Message(string statements, string version = "08", string message = "BkToCstmrStmt", string header = "") =>
        $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}\">\n<{message}><GrpHdr><MsgId>M1</MsgId>{header}</GrpHdr>\n{statements}\n</{message}></Document>";

    internal static string Statement(string body, string id = "S1") => $"<Stmt><Id>{id}</Id>{body}</Stmt>";

    internal static string Balance(string kind, string amount, string? direction = "CRDT", string currency = " Ccy=\"EUR\"", string date = "2026-01-31") =>
        $"<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp><Amt{currency}>{amount}</Amt>{(direction is null ? "" : $"<CdtDbtInd>{direction}</CdtDbtInd>")}<Dt><Dt>{date}</Dt></Dt></Bal>";

    internal static string Entry(string amount, string direction, string more = "", string details = "", string date = "2026-01-05") =>
        $"<Ntry><Amt Ccy=\"EUR\">{amount}</Amt><CdtDbtInd>{direction}</CdtDbtInd>{more}<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{date}</Dt></BookgDt><ValDt><Dt>{date}</Dt></ValDt>{details}</Ntry>\n";

    internal static string Details(params string[] details) => $"<NtryDtls>{string.Concat(details.Select(d => $"<TxDtls>{d}</TxDtls>"))}</NtryDtls>";

    internal static string Detail(string amount, string direction, string more = "", string refs = "") =>
        $"<Refs>{refs}</Refs><Amt Ccy=\"EUR\">{amount}</Amt><CdtDbtInd>{direction}</CdtDbtInd>{more}";

    /// <summary>A statement with one account whose balances are those of its entries.</summary>
    internal static string Proven(decimal opening, decimal closing, string entries) =>
        Message(Statement(Account + Balance("OPBD", opening.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture), date: "2026-01-01") + Balance("CLBD", closing.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture)) + "\n" + entries));
}
