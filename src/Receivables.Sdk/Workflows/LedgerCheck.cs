using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Workflows;

/// <summary>What a ledger has against events that are to be added to it.</summary>
internal static class LedgerCheck
{
    /// <summary>Everything: faults of the new events, faults that they bring about in what stands, numbers that stand on other documents.</summary>
    /// <param name="events">The events that stand.</param>
    /// <param name="added">Those to be added.</param>
    /// <param name="waiting">Those that wait for a second person; their numbers are taken.</param>
    internal static IReadOnlyList<DeskProblem> Problems(IReadOnlyList<LedgerEvent> events, IReadOnlyList<LedgerEvent> added, IReadOnlyList<LedgerEvent> waiting)
    {
        var before = LedgerBook.Create(events);
        var known = before.Faults.Select(f => (f.Line, f.Code)).ToHashSet();
        var problems = new List<DeskProblem>();
        foreach (var fault in LedgerBook.Create([.. events, .. added]).Faults)
        {
            if (fault.Line > events.Count)
            {
                problems.Add(new DeskProblem(fault.Code, fault.Message) { Item = fault.Line - events.Count });
            }
            else if (fault.Severity == LedgerFaultSeverity.Error && !known.Contains((fault.Line, fault.Code)))
            {
                problems.Add(new DeskProblem(fault.Code, "Something recorded before would become unlawful: " + fault.Message));
            }
        }

        var numbers = before.Numbers.Concat(NumbersOf(waiting)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < added.Count; i++)
        {
            if (added[i] is DocumentIssued { Number: { Length: > 0 } number } && !numbers.Add(number))
            {
                problems.Add(new DeskProblem("numberInUse", "The number stands on another document.") { Item = i + 1, Field = nameof(DocumentIssued.Number) });
            }
        }

        return problems;
    }

    internal static IEnumerable<string> NumbersOf(IEnumerable<LedgerEvent> events) => events.OfType<DocumentIssued>().Select(d => d.Number).OfType<string>();
}
