using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Receivables.Sdk.Tests.Statements.Camt;

/// <summary>A slow, plain second reading of camt by a document tree: which transactions with which amounts an entry makes.</summary>
internal static class PlainCamt
{
    internal sealed record Statement(string? Id, int Entries, int Details, decimal Booked, IReadOnlyList<(decimal Amount, bool IsSplit)> Transactions);

    internal static IReadOnlyList<Statement> Read(byte[] file)
    {
        using var reader = XmlReader.Create(new MemoryStream(file), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        var document = XDocument.Load(reader);
        return [.. document.Descendants().Where(e => e.Name.LocalName is "Stmt" or "Rpt" or "Ntfctn" && e.Parent!.Name.LocalName.StartsWith("BkToCstmr", StringComparison.Ordinal)).Select(ReadStatement)];
    }

    private static Statement ReadStatement(XElement statement)
    {
        var transactions = new List<(decimal, bool)>();
        var (entries, details, booked) = (0, 0, 0m);
        foreach (var entry in Children(statement, "Ntry"))
        {
            entries++;
            var sign = Sign(entry)!.Value;
            var amount = Child(entry, "Amt")!;
            var value = sign * Value(amount);
            var parts = entry.Descendants().Where(e => e.Name.LocalName == "TxDtls").ToList();
            details += parts.Count;
            booked += Status(entry) == "PDNG" ? 0 : value;
            var split = Split(parts, amount, sign, value);
            transactions.AddRange(split ?? [(value, false)]);
        }

        return new Statement(Child(statement, "Id")?.Value, entries, details, booked, transactions);
    }

    private static List<(decimal, bool)>? Split(List<XElement> parts, XElement amount, int sign, decimal entry)
    {
        if (parts.Count < 2)
        {
            return null;
        }

        var signed = new List<decimal>();
        var charged = new List<decimal>();
        foreach (var part in parts)
        {
            var candidates = new[] { Child(part, "Amt") }.Concat(new[] { "TxAmt", "CntrValAmt", "InstdAmt" }.Select(n => Child(Child(Child(part, "AmtDtls"), n), "Amt")));
            var found = candidates.FirstOrDefault(a => a is not null && a.Attribute("Ccy")?.Value == amount.Attribute("Ccy")?.Value);
            if (found is null)
            {
                return null;
            }

            var charges = Children(part, "Chrgs").SelectMany(c => Children(c, "Rcrd").Append(c)).Select(r => (Amount: Child(r, "Amt"), Sign: Sign(r))).Where(r => r.Amount is not null).Sum(r => (r.Sign == 1 ? -1 : 1) * Value(r.Amount!));
            signed.Add((Sign(part) ?? sign) * Value(found));
            charged.Add(signed[^1] - charges);
        }

        return signed.Sum() == entry ? [.. signed.Select(s => (s, true))] : charged.Sum() == entry ? [.. charged.Select(s => (s, true))] : null;
    }

    private static string Status(XElement entry) => Child(entry, "Sts") is { } status ? (Child(status, "Cd") ?? status).Value.Trim() : "BOOK";

    private static int? Sign(XElement element) => Child(element, "CdtDbtInd")?.Value.Trim() switch { "CRDT" => 1, "DBIT" => -1, _ => null };

    private static decimal Value(XElement amount) => decimal.Parse(amount.Value.Trim(), CultureInfo.InvariantCulture);

    private static XElement? Child(XElement? element, string name) => element?.Elements().FirstOrDefault(e => e.Name.LocalName == name);

    private static IEnumerable<XElement> Children(XElement element, string name) => element.Elements().Where(e => e.Name.LocalName == name);
}
