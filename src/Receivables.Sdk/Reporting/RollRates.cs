using System.Collections.Immutable;
using NodaTime;
using Receivables.Sdk.Aging;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Reporting;

/// <summary>What becomes of a column's money.</summary>
/// <param name="Column">The column.</param>
/// <param name="Open">What is owed in it; zero where the column is negative.</param>
/// <param name="Collected">What is expected to be collected in the end.</param>
/// <param name="Lost">The rest.</param>
public sealed record RollOutcome(AgingColumn Column, Money Open, Money Collected, Money Lost);

/// <summary>How money rolls from column to column within a month, until it is paid or lost: an absorbing Markov chain of the ledger's own history.</summary>
/// <remarks>
/// Source: Cyert, Davidson and Thompson, "Estimation of the allowance for doubtful accounts by Markov chains", Management Science 8 (1962).
/// Probabilities are doubles; expected amounts are rounded once and what is not collected is lost, so both add up to what is open.
/// Immutable and safe to share between threads.
/// </remarks>
public sealed class RollRates
{
    private RollRates(AgingScheme scheme, ImmutableArray<ImmutableArray<double>> rows) => (Scheme, Rows) = (scheme, rows);

    /// <summary>The columns.</summary>
    public AgingScheme Scheme { get; }

    /// <summary>For each column the chances of standing a month later in each column, then of being paid, then of being lost. Each row adds up to one.</summary>
    public ImmutableArray<ImmutableArray<double>> Rows { get; }

    /// <summary>Counts what became of each column's money from one month's end to the next.</summary>
    /// <param name="scheme">The columns.</param>
    /// <param name="history">What was issued and how it was closed.</param>
    /// <param name="currency">The currency.</param>
    /// <param name="months">How many months back from the last whole month, 1 or more.</param>
    /// <returns>The chain. A column in which nothing was ever seen goes to the next one, the last to loss.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="months"/> is below 1.</exception>
    public static RollRates FromHistory(AgingScheme scheme, ReceivablesHistory history, Currency currency, int months)
    {
        ArgumentNullException.ThrowIfNull(scheme);
        ArgumentNullException.ThrowIfNull(history);
        ArgumentOutOfRangeException.ThrowIfLessThan(months, 1);
        var size = scheme.Columns.Length;
        var sums = new double[size, size + 2];
        var timelines = DocumentTimeline.Of(history).Where(t => t.Document.Amount.Currency == currency).ToList();
        var end = history.AsOf == history.AsOf.With(DateAdjusters.EndOfMonth) ? history.AsOf : history.AsOf.With(DateAdjusters.StartOfMonth).PlusDays(-1);
        var first = timelines.Select(t => t.Document.Issued).DefaultIfEmpty(end).Min();
        for (var month = 0; month < months && end >= first; month++)
        {
            var start = end.With(DateAdjusters.StartOfMonth).PlusDays(-1);
            foreach (var timeline in timelines)
            {
                Count(sums, size, scheme, timeline, start, end);
            }

            end = start;
        }

        return new RollRates(scheme, [.. Enumerable.Range(0, size).Select(i => Row(sums, i, size))]);
    }

    /// <summary>What is expected to become of a row's money in the end.</summary>
    /// <param name="row">A row or total of a report of the same scheme.</param>
    /// <exception cref="ArgumentException">The row has other columns.</exception>
    public ImmutableArray<RollOutcome> Expect(AgingRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var cells = row.Cells.Where(c => c.Column.Kind is AgingColumnKind.NotDue or AgingColumnKind.Bucket).ToList();
        if (!cells.Select(c => c.Column).SequenceEqual(Scheme.Columns))
        {
            throw new ArgumentException("The row is not of this scheme.", nameof(row));
        }

        var chances = ChancesOfPayment();
        return [.. cells.Select((c, i) =>
        {
            var open = Money.Max(c.Amount, Money.Zero(row.Currency));
            var collected = Money.Min(open, (open * (decimal)chances[i]).RoundToMinorUnits());
            return new RollOutcome(c.Column, open, collected, open - collected);
        })];
    }

    // The smallest solution of p = R + Qp, from below: money that circles for ever counts as lost, and nothing is divided.
    private double[] ChancesOfPayment()
    {
        var size = Rows.Length;
        var chances = new double[size];
        for (var step = 0; step < 1200; step++)
        {
            var next = new double[size];
            for (var i = 0; i < size; i++)
            {
                next[i] = Rows[i][size];
                for (var j = 0; j < size; j++)
                {
                    next[i] += Rows[i][j] * chances[j];
                }

                next[i] = Math.Min(1, next[i]);
            }

            chances = next;
        }

        return chances;
    }

    private static void Count(double[,] sums, int size, AgingScheme scheme, DocumentTimeline timeline, LocalDate start, LocalDate end)
    {
        var after = timeline.PartsAt(end).ToDictionary(p => p.Number, p => p.Open.Amount);
        var settled = timeline.Settlements.Where(s => s.On > start && s.On <= end).ToList();
        foreach (var part in timeline.PartsAt(start))
        {
            var from = scheme.ColumnOf(part.Due, start).Index;
            var left = after.GetValueOrDefault(part.Number);
            var gone = (double)Math.Max(0m, part.Open.Amount - left);
            var lost = (double)settled.Where(s => s.Due == part.Due && s.Kind == AllocationKind.WriteOff).Sum(s => s.Amount);
            lost = Math.Clamp(lost, 0, gone);
            sums[from, scheme.ColumnOf(part.Due, end).Index] += (double)part.Open.Amount - gone;
            sums[from, size] += gone - lost;
            sums[from, size + 1] += lost;
        }
    }

    private static ImmutableArray<double> Row(double[,] sums, int i, int size)
    {
        var total = Enumerable.Range(0, size + 2).Sum(j => sums[i, j]);
        return total > 0
            ? [.. Enumerable.Range(0, size + 2).Select(j => sums[i, j] / total)]
            : [.. Enumerable.Range(0, size + 2).Select(j => j == (i + 1 < size ? i + 1 : size + 1) ? 1.0 : 0.0)];
    }
}
