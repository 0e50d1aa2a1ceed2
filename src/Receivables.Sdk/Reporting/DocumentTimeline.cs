using NodaTime;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Reporting;

/// <summary>One document through time: what of which part was open when. What closes a document goes to the part due earliest.</summary>
internal sealed class DocumentTimeline
{
    private readonly OpenInstalment[] _parts;

    internal DocumentTimeline(OpenItem document, IEnumerable<HistoryClosing> closings)
    {
        Document = document;
        _parts = [.. document.Parts.OrderBy(p => p.Due).ThenBy(p => p.Number)];
        Closings = [.. closings.OrderBy(c => c.On).ThenBy(c => c.Kind).ThenBy(c => c.Amount.Amount)];
        Settlements = Settle();
    }

    internal OpenItem Document { get; }

    /// <summary>In order of date.</summary>
    internal IReadOnlyList<HistoryClosing> Closings { get; }

    /// <summary>Whether it is a written-off debt paid after all: no sale, and no sign of how the customer pays.</summary>
    internal bool IsRecovery => Document.Kind == DocumentKind.Recovery;

    /// <summary>What closed which part, in order of date.</summary>
    internal IReadOnlyList<Settlement> Settlements { get; }

    internal static IReadOnlyList<DocumentTimeline> Of(ReceivablesHistory history)
    {
        var closings = history.Closings.ToLookup(c => c.Document);
        return [.. history.Documents.OrderBy(d => d.Id).Select(d => new DocumentTimeline(d, closings[d.Id]))];
    }

    /// <summary>What was open at the end of a day.</summary>
    internal decimal OpenAt(LocalDate date) =>
        Document.Issued > date ? 0m : Document.Amount.Amount - Closings.TakeWhile(c => c.On <= date).Sum(c => c.Amount.Amount);

    /// <summary>The parts with what was open of each at the end of a day.</summary>
    internal IEnumerable<OpenInstalment> PartsAt(LocalDate date)
    {
        if (Document.Issued > date)
        {
            yield break;
        }

        for (var i = 0; i < _parts.Length; i++)
        {
            var index = i;
            var closed = Settlements.Where(s => s.Part == index && s.On <= date).Sum(s => s.Amount);
            if (closed < _parts[i].Amount.Amount)
            {
                yield return _parts[i] with { Open = _parts[i].Amount - new Money(closed, _parts[i].Amount.Currency) };
            }
        }
    }

    /// <summary>What was past due at the end of a day.</summary>
    internal decimal OverdueAt(LocalDate date) => PartsAt(date).Where(p => p.Due < date).Sum(p => p.Open.Amount);

    /// <summary>The document as it was at the end of a day.</summary>
    internal OpenItem ItemAt(LocalDate date) => Document with
    {
        Open = new Money(OpenAt(date), Document.Amount.Currency),
        Instalments = Document.Instalments.Count == 0 ? [] : [.. PartsAt(date)],
        Disputed = null,
    };

    private List<Settlement> Settle()
    {
        var settlements = new List<Settlement>();
        var part = 0;
        var room = _parts[0].Amount.Amount;
        foreach (var closing in Closings)
        {
            var left = closing.Amount.Amount;
            while (left != 0m)
            {
                // The last part takes whatever there is, a difference of rates included.
                var taken = part == _parts.Length - 1 || left <= room ? left : room;
                settlements.Add(new Settlement(part, _parts[part].Due, closing.On, taken, closing.Kind));
                left -= taken;
                room -= taken;
                if (room <= 0m && part < _parts.Length - 1)
                {
                    room = _parts[++part].Amount.Amount;
                }
            }
        }

        return settlements;
    }

    internal readonly record struct Settlement(int Part, LocalDate Due, LocalDate On, decimal Amount, AllocationKind Kind)
    {
        /// <summary>Days past due; negative when early.</summary>
        internal int DaysLate => Period.DaysBetween(Due, On);

        /// <summary>Whether the customer paid, by money or by taking the discount that was offered.</summary>
        internal bool IsPaid => Kind == AllocationKind.Payment && Amount > 0m;
    }
}
