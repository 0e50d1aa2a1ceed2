using NodaTime;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Aging;

/// <summary>Takes open credits off what the same customer owes in the same currency, oldest first, as if they were applied.</summary>
internal sealed class VirtualNetting
{
    private readonly Dictionary<(CustomerId?, Currency), List<Part>> _parts = [];

    internal void Add(OpenItem item, int row, int column, int part, LocalDate date, decimal amount)
    {
        var key = (item.Customer, item.Open.Currency);
        if (!_parts.TryGetValue(key, out var parts))
        {
            _parts.Add(key, parts = []);
        }

        parts.Add(new Part(item, row, column, part, date, amount));
    }

    /// <summary>Posts what is left of each part. A part that is netted away is posted with zero, so that it keeps its one cell.</summary>
    internal void Apply(Action<OpenItem, int, int, int, decimal> post, int unappliedColumn)
    {
        foreach (var parts in _parts.Values)
        {
            // The order in which the items came must not show.
            parts.Sort(static (a, b) =>
            {
                var byDate = a.Date.CompareTo(b.Date);
                byDate = byDate != 0 ? byDate : a.Item.Id.CompareTo(b.Item.Id);
                return byDate != 0 ? byDate : a.Index.CompareTo(b.Index);
            });
            var owed = parts.Where(p => p.Column != unappliedColumn).Sum(p => p.Amount);
            var credit = -parts.Where(p => p.Column == unappliedColumn).Sum(p => p.Amount);
            foreach (var part in parts)
            {
                var taken = part.Column == unappliedColumn ? Take(ref owed, -part.Amount) : -Take(ref credit, part.Amount);
                post(part.Item, part.Row, part.Column, part.Index, part.Amount + taken);
            }
        }
    }

    private static decimal Take(ref decimal left, decimal wanted)
    {
        var taken = Math.Min(left, wanted);
        left -= taken;
        return taken;
    }

    private readonly record struct Part(OpenItem Item, int Row, int Column, int Index, LocalDate Date, decimal Amount);
}
