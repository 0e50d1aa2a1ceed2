using NodaTime;
using Receivables.Sdk.Calendars;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Workflows;

/// <summary>A draft with the id that its document will have.</summary>
/// <param name="Id">The id.</param>
/// <param name="Draft">The draft.</param>
public sealed record IdentifiedDraft(DocumentId Id, DocumentDraft Draft);

/// <summary>Issues documents from drafts: one, many at once, or those that a plan brings, each once however often it is asked.</summary>
/// <remarks>
/// All drafts of a command are issued or none, and all problems of all of them are named at once. A number is taken when it stands on a document of
/// the ledger, on one that waits for a second person, or on another draft. Thread-safe as far as the desk is.
/// </remarks>
/// <param name="desk">Where changes are recorded or wait for a second person.</param>
public sealed class DocumentDesk(LedgerDesk desk)
{
    private readonly LedgerDesk _desk = desk ?? throw new ArgumentNullException(nameof(desk));

    /// <summary>Issues drafts.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="idempotencyKey">The id of the command.</param>
    /// <param name="maker">Who asks.</param>
    /// <param name="on">The business date.</param>
    /// <param name="drafts">The drafts.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidOperationException">The ledger changed under every attempt.</exception>
    public Task<DeskResult> IssueAsync(
        LedgerId ledger, string idempotencyKey, string maker, LocalDate on, IReadOnlyList<IdentifiedDraft> drafts, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(drafts);
        return _desk.DecideAsync(ledger, idempotencyKey, maker, on, view => Decide(view, drafts), cancellationToken);
    }

    /// <summary>Issues what recurs within a span of days and was not issued before. A scheduler may ask as often as it likes, also for spans that overlap.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="idempotencyKey">The id of the command.</param>
    /// <param name="maker">Who asks.</param>
    /// <param name="plan">The plan; the members of its group are those of the ledger on the last day.</param>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day, which is the business date.</param>
    /// <param name="number">The number of an occurrence that is to be issued; null numbers none. The same occurrence may be asked again after a conflict.</param>
    /// <param name="calendar">The calendar for business days and rolls of the plan's terms; null where they have none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException">The plan's terms count from delivery or receipt, or their instalments do not go into the template's amount.</exception>
    /// <exception cref="ArgumentNullException">The plan's terms need a calendar.</exception>
    /// <exception cref="CalendarRangeException">The calendar does not know a year.</exception>
    /// <exception cref="InvalidOperationException">The ledger changed under every attempt.</exception>
    public Task<DeskResult> IssueRecurringAsync(
        LedgerId ledger,
        string idempotencyKey,
        string maker,
        RecurringDocument plan,
        LocalDate from,
        LocalDate to,
        Func<DocumentOccurrence, string?>? number = null,
        IBusinessCalendar? calendar = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return _desk.DecideAsync(
            ledger,
            idempotencyKey,
            maker,
            to,
            view =>
            {
                var waiting = view.Waiting.OfType<DocumentIssued>().Select(d => d.Id).ToHashSet();
                var drafts = plan.ForMembers(view.Snapshot.Customers).Between(from, to, calendar)
                    .Where(o => !view.Book.Contains(o.Id) && !waiting.Contains(o.Id))
                    .Select(o => new IdentifiedDraft(o.Id, o.Draft with { Number = number?.Invoke(o) }));
                return Decide(view, [.. drafts]);
            },
            cancellationToken);
    }

    private static LedgerDesk.Decision Decide(LedgerDesk.View view, IReadOnlyList<IdentifiedDraft> drafts)
    {
        var events = new List<LedgerEvent>();
        var problems = new List<DeskProblem>();
        var numbers = view.Book.Numbers.Concat(LedgerCheck.NumbersOf(view.Waiting)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < drafts.Count; i++)
        {
            switch (drafts[i].Draft.Issue(drafts[i].Id, numbers))
            {
                case DraftResult.Issued issued:
                    events.Add(issued.Event);
                    if (issued.Event.Number is { } number)
                    {
                        numbers.Add(number);
                    }

                    break;
                case DraftResult.Rejected rejected:
                    problems.AddRange(rejected.Problems.Select(p => new DeskProblem(p.Code, p.Message) { Item = i + 1, Field = p.Field }));
                    break;
            }
        }

        return new LedgerDesk.Decision(events, problems);
    }
}
