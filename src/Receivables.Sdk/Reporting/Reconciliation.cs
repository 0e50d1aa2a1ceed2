using System.Collections.Immutable;
using System.Globalization;
using NodaTime;

namespace Receivables.Sdk.Reporting;

/// <summary>A line of one side of a reconciliation: of the ledger, the bank, or the customer's own list.</summary>
/// <param name="Key">What both sides call it: a transaction's id, a document's number. Empty where it has no name.</param>
/// <param name="Date">Its date; null where not known.</param>
/// <param name="Amount">Its amount, signed alike on both sides.</param>
/// <param name="Text">Anything for a person.</param>
public sealed record ReconciliationLine(string Key, LocalDate? Date, Money Amount, string? Text = null);

/// <summary>A field in which two lines differ.</summary>
/// <param name="Field">The field: <c>amount</c>, <c>date</c>, <c>currency</c>.</param>
/// <param name="Here">What we have.</param>
/// <param name="There">What they have.</param>
public sealed record FieldDifference(string Field, string Here, string There);

/// <summary>A line of the result. One of three things: only here, only there, or on both sides (with or without differences).</summary>
/// <param name="Here">Ours; null where only they have it.</param>
/// <param name="There">Theirs; null where only we have it.</param>
/// <param name="Differences">Field by field; empty where both agree or one side is missing.</param>
public sealed record ReconciliationPair(ReconciliationLine? Here, ReconciliationLine? There, ImmutableArray<FieldDifference> Differences)
{
    /// <summary>Whether both have it and agree.</summary>
    public bool IsAgreed => Here is not null && There is not null && Differences.IsEmpty;
}

/// <summary>The sums of one currency. <c>Here − There</c> is always explained to the cent by the other three.</summary>
/// <param name="Here">Our sum.</param>
/// <param name="There">Their sum.</param>
/// <param name="OnlyHere">Of lines that only we have.</param>
/// <param name="OnlyThere">Of lines that only they have.</param>
/// <param name="Different">Ours less theirs, of lines that both have.</param>
public sealed record ReconciliationTotal(Money Here, Money There, Money OnlyHere, Money OnlyThere, Money Different);

/// <summary>The result of a reconciliation (对账).</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
/// <param name="Pairs">All lines, in order of key, date, amount.</param>
/// <param name="Totals">By currency.</param>
public sealed record ReconciliationReport(ImmutableArray<ReconciliationPair> Pairs, ImmutableArray<ReconciliationTotal> Totals)
{
    /// <summary>Lines that only we have.</summary>
    public IEnumerable<ReconciliationLine> OnlyHere => Pairs.Where(p => p.There is null).Select(p => p.Here!);

    /// <summary>Lines that only they have.</summary>
    public IEnumerable<ReconciliationLine> OnlyThere => Pairs.Where(p => p.Here is null).Select(p => p.There!);

    /// <summary>Lines that both have and that differ.</summary>
    public IEnumerable<ReconciliationPair> Different => Pairs.Where(p => !p.Differences.IsEmpty);

    /// <summary>Whether everything agrees.</summary>
    public bool IsAgreed => Pairs.All(p => p.IsAgreed);
}

/// <summary>Compares two lists line by line: the ledger with the bank, with the customer's own list, or with a control account.</summary>
/// <remarks>Pure and thread-safe. Lines are compared by key; what has no partner by key is then paired by equal date and amount, when only one such line is on each side.</remarks>
public static class Reconciliation
{
    /// <summary>Compares two lists.</summary>
    /// <param name="here">Ours, in any order.</param>
    /// <param name="there">Theirs, in any order.</param>
    public static ReconciliationReport Compare(IEnumerable<ReconciliationLine> here, IEnumerable<ReconciliationLine> there)
    {
        ArgumentNullException.ThrowIfNull(here);
        ArgumentNullException.ThrowIfNull(there);
        var (ours, theirs) = (Sorted(here), Sorted(there));
        var pairs = new List<ReconciliationPair>();
        Match(ours, theirs, pairs, static l => KeyOf(l.Key), takeOnlyUnique: false);
        Match(ours, theirs, pairs, static l => l.Date is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{l.Date} {l.Amount}"), takeOnlyUnique: true);
        pairs.AddRange(ours.Select(l => new ReconciliationPair(l, null, [])));
        pairs.AddRange(theirs.Select(l => new ReconciliationPair(null, l, [])));
        return new ReconciliationReport(
            [.. pairs.OrderBy(p => (p.Here ?? p.There)!.Key, StringComparer.Ordinal).ThenBy(p => (p.Here ?? p.There)!.Date).ThenBy(p => (p.Here ?? p.There)!.Amount.Amount).ThenBy(p => p.Here is null)],
            Totals(pairs));
    }

    /// <summary>Compares the ledger's balances with those of a control account in the general ledger, by currency.</summary>
    /// <param name="ledger">Open balances, one for each currency.</param>
    /// <param name="controlAccount">The control account's balances, one for each currency.</param>
    public static ReconciliationReport CompareBalances(IEnumerable<Money> ledger, IEnumerable<Money> controlAccount)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(controlAccount);
        return Compare(ledger.Select(Balance), controlAccount.Select(Balance));

        static ReconciliationLine Balance(Money money) => new(money.Currency.Code, null, money);
    }

    // Letters and digits only, without leading zeros: the same number is written in many ways.
    private static string KeyOf(string key) => new string([.. key.Where(char.IsLetterOrDigit).Select(char.ToUpperInvariant)]).TrimStart('0');

    private static List<ReconciliationLine> Sorted(IEnumerable<ReconciliationLine> lines) =>
        [.. lines.OrderBy(l => l.Key, StringComparer.Ordinal).ThenBy(l => l.Date).ThenBy(l => l.Amount.Currency).ThenBy(l => l.Amount.Amount).ThenBy(l => l.Text, StringComparer.Ordinal)];

    private static void Match(List<ReconciliationLine> ours, List<ReconciliationLine> theirs, List<ReconciliationPair> pairs, Func<ReconciliationLine, string> key, bool takeOnlyUnique)
    {
        var candidates = theirs.GroupBy(key).Where(g => g.Key.Length > 0).ToDictionary(g => g.Key, g => g.ToList(), StringComparer.Ordinal);
        var counts = ours.GroupBy(key).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        foreach (var ourLine in ours.ToList())
        {
            if (!candidates.TryGetValue(key(ourLine), out var list) || list.Count == 0 || (takeOnlyUnique && (list.Count > 1 || counts[key(ourLine)] > 1)))
            {
                continue;
            }

            // Of several with one key the equal one is the partner.
            var theirLine = list.Find(l => l.Amount == ourLine.Amount && l.Date == ourLine.Date) ?? list.Find(l => l.Amount == ourLine.Amount) ?? list[0];
            list.Remove(theirLine);
            theirs.Remove(theirLine);
            ours.Remove(ourLine);
            pairs.Add(new ReconciliationPair(ourLine, theirLine, Differences(ourLine, theirLine)));
        }
    }

    private static ImmutableArray<FieldDifference> Differences(ReconciliationLine here, ReconciliationLine there)
    {
        var differences = ImmutableArray.CreateBuilder<FieldDifference>();
        if (here.Amount.Currency != there.Amount.Currency)
        {
            differences.Add(new FieldDifference("currency", here.Amount.Currency.Code, there.Amount.Currency.Code));
        }

        if (here.Amount.Amount != there.Amount.Amount)
        {
            differences.Add(new FieldDifference("amount", here.Amount.ToAmountString(), there.Amount.ToAmountString()));
        }

        if (here.Date is { } ours && there.Date is { } theirs && ours != theirs)
        {
            differences.Add(new FieldDifference("date", NodaTime.Text.LocalDatePattern.Iso.Format(ours), NodaTime.Text.LocalDatePattern.Iso.Format(theirs)));
        }

        return differences.ToImmutable();
    }

    private static ImmutableArray<ReconciliationTotal> Totals(List<ReconciliationPair> pairs)
    {
        var currencies = pairs.SelectMany(p => new[] { p.Here, p.There }).OfType<ReconciliationLine>().Select(l => l.Amount.Currency).Distinct().Order();
        return [.. currencies.Select(c =>
        {
            decimal Of(ReconciliationLine? line) => line is { } l && l.Amount.Currency == c ? l.Amount.Amount : 0m;
            var both = pairs.Where(p => p.Here is not null && p.There is not null);
            return new ReconciliationTotal(
                new Money(pairs.Sum(p => Of(p.Here)), c),
                new Money(pairs.Sum(p => Of(p.There)), c),
                new Money(pairs.Where(p => p.There is null).Sum(p => Of(p.Here)), c),
                new Money(pairs.Where(p => p.Here is null).Sum(p => Of(p.There)), c),
                new Money(both.Sum(p => Of(p.Here) - Of(p.There)), c));
        })];
    }
}
