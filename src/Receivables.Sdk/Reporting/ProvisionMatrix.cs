using System.Collections.Immutable;
using NodaTime;
using Receivables.Sdk.Aging;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Reporting;

/// <summary>A loss rate and what it was computed from.</summary>
/// <param name="Column">The column of the scheme.</param>
/// <param name="Rate">The rate, 0 to 100 percent.</param>
/// <param name="Reached">How much of the cohort ever stood in the column or beyond; null where the host gave the rate.</param>
/// <param name="Lost">How much of that was written off later; null where the host gave the rate.</param>
/// <param name="Documents">The documents that the rate was computed from, in order of id.</param>
public sealed record LossRate(AgingColumn Column, Percentage Rate, Money? Reached, Money? Lost, ImmutableArray<DocumentId> Documents);

/// <summary>Expected credit losses by age: the provision matrix that IFRS 9 allows for trade receivables (IFRS 9, B5.5.35, simplified approach 5.5.15).</summary>
/// <remarks>Rates come from the host or from the ledger's own cohorts, with lineage. Immutable and safe to share between threads.</remarks>
public sealed class ProvisionMatrix
{
    private ProvisionMatrix(AgingScheme scheme, ImmutableArray<LossRate> rates, decimal forwardFactor) => (Scheme, Rates, ForwardFactor) = (scheme, rates, forwardFactor);

    /// <summary>The columns.</summary>
    public AgingScheme Scheme { get; }

    /// <summary>A rate for each column.</summary>
    public ImmutableArray<LossRate> Rates { get; }

    /// <summary>What the rates are multiplied by for what is to come; 1 changes nothing. A product above 100 percent counts as 100.</summary>
    public decimal ForwardFactor { get; }

    /// <summary>A matrix of the host's rates.</summary>
    /// <param name="scheme">The columns.</param>
    /// <param name="rates">A rate for each column of the scheme, in its order, each 0 to 100 percent.</param>
    /// <param name="forwardFactor">See <see cref="ForwardFactor"/>; 0 or more.</param>
    /// <exception cref="ArgumentException">There is not one rate for each column, or a rate or the factor is out of range.</exception>
    public static ProvisionMatrix FromRates(AgingScheme scheme, IReadOnlyList<Percentage> rates, decimal forwardFactor = 1m)
    {
        ArgumentNullException.ThrowIfNull(scheme);
        ArgumentNullException.ThrowIfNull(rates);
        if (rates.Count != scheme.Columns.Length || rates.Any(r => r.Percent is < 0m or > 100m) || forwardFactor < 0m)
        {
            throw new ArgumentException("A matrix has one rate of 0 to 100 percent for each column, and a factor of 0 or more.", nameof(rates));
        }

        return new ProvisionMatrix(scheme, [.. scheme.Columns.Select((c, i) => new LossRate(c, rates[i], null, null, []))], forwardFactor);
    }

    /// <summary>
    /// A matrix of the ledger's own losses: of the documents issued in a period, what was written off after it had reached a column ÷ what ever reached it.
    /// </summary>
    /// <param name="scheme">The columns, in days.</param>
    /// <param name="history">What was issued and how it was closed.</param>
    /// <param name="currency">The currency of the cohort.</param>
    /// <param name="from">The first day of issue.</param>
    /// <param name="to">The last day of issue. Choose one early enough for losses to have shown.</param>
    /// <param name="forwardFactor">See <see cref="ForwardFactor"/>; 0 or more.</param>
    /// <returns>The matrix; a column that nothing reached has the rate of the column before it.</returns>
    /// <exception cref="ArgumentException">The scheme is not of days, or the factor is negative.</exception>
    public static ProvisionMatrix FromHistory(AgingScheme scheme, ReceivablesHistory history, Currency currency, LocalDate from, LocalDate to, decimal forwardFactor = 1m)
    {
        ArgumentNullException.ThrowIfNull(scheme);
        ArgumentNullException.ThrowIfNull(history);
        ArgumentOutOfRangeException.ThrowIfNegative(forwardFactor);
        if (scheme.Columns.Any(c => c.Kind == AgingColumnKind.Bucket && c.From is null))
        {
            throw new ArgumentException("Loss rates need a scheme of days.", nameof(scheme));
        }

        var cohort = DocumentTimeline.Of(history).Where(t => t.Document.Amount.Currency == currency && t.Document.Issued >= from && t.Document.Issued <= to).ToList();
        var rates = ImmutableArray.CreateBuilder<LossRate>(scheme.Columns.Length);
        foreach (var column in scheme.Columns)
        {
            var documents = ImmutableArray.CreateBuilder<DocumentId>();
            decimal reached = 0m, lost = 0m;
            foreach (var timeline in cohort)
            {
                var (amount, loss) = Of(timeline, column, history.AsOf);
                if (amount > 0m)
                {
                    documents.Add(timeline.Document.Id);
                    (reached, lost) = (reached + amount, lost + loss);
                }
            }

            var rate = reached > 0m ? new Percentage(100m * lost / reached) : rates.Count > 0 ? rates[^1].Rate : new Percentage(0m);
            rates.Add(new LossRate(column, rate, new Money(reached, currency), new Money(lost, currency), documents.ToImmutable()));
        }

        return new ProvisionMatrix(scheme, rates.MoveToImmutable(), forwardFactor);
    }

    /// <summary>The effective rate of a column: rate × factor, at most 100 percent.</summary>
    /// <param name="column">A column of the scheme.</param>
    public Percentage EffectiveRate(AgingColumn column)
    {
        ArgumentNullException.ThrowIfNull(column);
        return new Percentage(Math.Min(100m, Rates[column.Index].Rate.Percent * ForwardFactor));
    }

    /// <summary>The provision for the total of a currency of an aging report.</summary>
    /// <param name="row">A row or total of a report with this matrix's scheme, disputed money in its buckets.</param>
    /// <exception cref="ArgumentException">The row has other columns.</exception>
    public Provision Provide(AgingRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var cells = row.Cells.Where(c => c.Column.Kind is AgingColumnKind.NotDue or AgingColumnKind.Bucket).ToList();
        if (!cells.Select(c => c.Column).SequenceEqual(Scheme.Columns) || row.Cells.Any(c => c.Column.Kind == AgingColumnKind.Disputed))
        {
            throw new ArgumentException("The row is not of this matrix's scheme with disputed money in its buckets.", nameof(row));
        }

        return new Provision(row.Currency, [.. cells.Select(c =>
        {
            var rate = EffectiveRate(c.Column);
            var exposure = Money.Max(c.Amount, Money.Zero(row.Currency));
            return new ProvisionLine(c.Column, exposure, rate, Money.Min(exposure, rate.Of(exposure)));
        })]);
    }

    // An instalment reaches a column when it is still open on the column's first day; what is not due is reached by all.
    private static (decimal Reached, decimal Lost) Of(DocumentTimeline timeline, AgingColumn column, LocalDate asOf)
    {
        decimal reached = 0m, lost = 0m;
        var parts = timeline.Document.Parts.OrderBy(p => p.Due).ThenBy(p => p.Number).ToList();
        for (var i = 0; i < parts.Count; i++)
        {
            var index = i;
            var entered = column.From is { } from && from > 0 ? Days.Add(parts[i].Due, from) : timeline.Document.Issued;
            if (entered > asOf)
            {
                continue;
            }

            var settlements = timeline.Settlements.Where(s => s.Part == index).ToList();
            var open = parts[i].Amount.Amount - settlements.Where(s => s.On < entered).Sum(s => s.Amount);
            if (open > 0m)
            {
                reached += open;
                lost += Math.Min(open, settlements.Where(s => s.On >= entered && s.Kind == AllocationKind.WriteOff).Sum(s => s.Amount));
            }
        }

        return (reached, lost);
    }
}

/// <summary>The provision of one column.</summary>
/// <param name="Column">The column.</param>
/// <param name="Exposure">What is owed in it; zero where the column is negative.</param>
/// <param name="Rate">The effective rate.</param>
/// <param name="Amount">The provision, never more than the exposure.</param>
public sealed record ProvisionLine(AgingColumn Column, Money Exposure, Percentage Rate, Money Amount);

/// <summary>The provision of a currency.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
/// <param name="Currency">The currency.</param>
/// <param name="Lines">One for each column.</param>
public sealed record Provision(Currency Currency, ImmutableArray<ProvisionLine> Lines)
{
    /// <summary>What is owed.</summary>
    public Money Exposure => Lines.Aggregate(Money.Zero(Currency), (sum, l) => sum + l.Exposure);

    /// <summary>The provision.</summary>
    public Money Amount => Lines.Aggregate(Money.Zero(Currency), (sum, l) => sum + l.Amount);
}
