using NodaTime;

namespace Receivables.Sdk.Statements.Mt;

/// <summary>What is known of the message that is being read.</summary>
internal sealed class MtMessage
{
    private AmountSum _debits;
    private AmountSum _credits;

    internal required SourceLocation Location { get; init; }

    internal string? Id { get; set; }

    internal StatementAccount? Account { get; set; }

    internal string? Number { get; set; }

    internal StatementBalance? Opening { get; set; }

    internal SourceLocation OpeningLocation { get; set; }

    internal StatementBalance? Closing { get; set; }

    internal SourceLocation ClosingLocation { get; set; }

    internal List<StatementBalance> Others { get; } = [];

    internal string? Information { get; set; }

    internal string? Owner { get; set; }

    internal string? Bank { get; set; }

    /// <summary>Block 2 says so, or fields that only MT942 has.</summary>
    internal bool IsInterim { get; set; }

    /// <summary>The currency that a floor limit or a sum names.</summary>
    internal Currency? OtherCurrency { get; set; }

    /// <summary>Whether the header was handed over: from the first entry or closing balance on.</summary>
    internal bool IsBegun { get; set; }

    internal (int Count, Money Sum)? StatedDebits { get; set; }

    internal (int Count, Money Sum)? StatedCredits { get; set; }

    /// <summary>Whether an entry was left out, since its sign or amount cannot be read.</summary>
    internal bool HasUnreadableEntry { get; set; }

    /// <summary>The months, counted from the year 0, of the last entry whose date was near those before it, and of the last one whose was not; 0 for none.</summary>
    internal (int Near, int Far) Months { get; set; }

    internal int DebitCount { get; set; }

    internal int CreditCount { get; set; }

    internal decimal DebitSum => -_debits.Value;

    internal decimal CreditSum => _credits.Value;

    internal Currency? Currency => Opening?.Amount.Currency ?? Account?.Currency ?? OtherCurrency;

    internal void Count(in ExactAmount amount)
    {
        if (amount.IsNegative)
        {
            DebitCount++;
            _debits.Add(amount);
        }
        else
        {
            CreditCount++;
            _credits.Add(amount);
        }
    }

    internal void AddInformation(string? text)
    {
        if (text is not null)
        {
            Information = Information is null ? text : string.Concat(Information, "\n", text);
        }
    }

    /// <summary>Statement and page of <c>:28C:</c>; null when it is not of the form X/n.</summary>
    internal static (string Statement, int Page)? Page(string? number)
    {
        var slash = number?.LastIndexOf('/') ?? -1;
        return slash > 0 && int.TryParse(number.AsSpan(slash + 1), System.Globalization.NumberStyles.None, null, out var page)
            ? (number![..slash].TrimStart('0'), page)
            : null;
    }
}
