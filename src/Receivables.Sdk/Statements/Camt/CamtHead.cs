using NodaTime;

namespace Receivables.Sdk.Statements.Camt;

/// <summary>Where a statement stands among the pages of a message.</summary>
/// <param name="MessageId">The message's id.</param>
/// <param name="Number">The page, from 1; 0 when it is not told.</param>
/// <param name="IsLast">Whether no page follows; true when it is not told.</param>
internal readonly record struct CamtPage(string? MessageId, int Number, bool IsLast);

/// <summary>What the head of a statement says.</summary>
/// <param name="Header">The part that everybody sees.</param>
/// <param name="Page">Its page.</param>
/// <param name="Balances">Its balances, in order.</param>
/// <param name="Summary">The sums it states.</param>
internal sealed record CamtHead(StatementHeader Header, CamtPage Page, List<StatementBalance> Balances, CamtSummary Summary)
{
    /// <summary>The balance that a statement (or one page of it) begins with.</summary>
    internal StatementBalance? Opening => First("OPBD") ?? (HasTwo("ITBD") || Has("CLBD") ? First("ITBD") : null) ?? First("PRCD");

    /// <summary>The balance that it ends with.</summary>
    internal StatementBalance? Closing => Last("CLBD") ?? (HasTwo("ITBD") || Opening?.Kind != "ITBD" ? Last("ITBD") : null);

    /// <summary>The first day, where it is told.</summary>
    internal LocalDate? From => Header.From;

    /// <summary>The last day, where it is told.</summary>
    internal LocalDate? To => Header.To;

    private StatementBalance? First(string kind) => Balances.Find(b => b.Kind == kind);

    private StatementBalance? Last(string kind) => Balances.FindLast(b => b.Kind == kind);

    private bool Has(string kind) => First(kind) is not null;

    private bool HasTwo(string kind) => Has(kind) && !ReferenceEquals(First(kind), Last(kind));
}
