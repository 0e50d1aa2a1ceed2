using NodaTime;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Aging;

/// <summary>Makes aging reports.</summary>
/// <remarks>Built once with its options; pure, and safe to use from several threads at once.</remarks>
public sealed class AgingEngine
{
    private readonly AgingOptions _options;

    /// <summary>An engine.</summary>
    /// <param name="options">How reports are made; <see cref="AgingOptions.Default"/> when null.</param>
    /// <exception cref="ArgumentException">An option has a value that is not defined, or is null.</exception>
    public AgingEngine(AgingOptions? options = null)
    {
        _options = options ?? AgingOptions.Default;
        if (_options.Scheme is null || _options.GroupBy is null
            || !Enum.IsDefined(_options.Basis) || !Enum.IsDefined(_options.Unapplied) || !Enum.IsDefined(_options.Disputed))
        {
            throw new ArgumentException("An option of aging is null or has a value that is not defined.", nameof(options));
        }
    }

    /// <summary>Ages a snapshot, as of its date and as known at its instant. Promises, plans, holds and hand-overs are told as of-which shares.</summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <exception cref="ArgumentException">The open parts of a document do not add up to what is open of it.</exception>
    public AgingReport Age(LedgerSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        var builder = new AgingBuilder(_options, snapshot.AsOf, snapshot.Customers, ShareIndex.Of(snapshot));
        builder.AddAll(snapshot.OpenItems);

        // Nothing of these is open, but a currency that occurs has a total, if of zero.
        foreach (var item in snapshot.SettledItems)
        {
            builder.See(item.Open.Currency);
        }

        foreach (var payment in snapshot.Payments)
        {
            builder.See(payment.Item.Open.Currency);
        }

        return builder.Build(snapshot.KnownAt);
    }

    /// <summary>Ages plain open items, streaming: memory is linear in the number of open items.</summary>
    /// <param name="asOf">The date of the report.</param>
    /// <param name="items">
    /// What is open on that date, in any order. What is given is counted: an item dated later than the report stands in what is not due.
    /// Items of which nothing is open only make the total of their currency appear.
    /// </param>
    /// <param name="customers">The customers, for dimensions that ask for more than the id; may be null.</param>
    /// <exception cref="ArgumentException">The open parts of a document do not add up to what is open of it.</exception>
    public AgingReport Age(LocalDate asOf, IEnumerable<OpenItem> items, IReadOnlyList<Customer>? customers = null)
    {
        ArgumentNullException.ThrowIfNull(items);
        var builder = new AgingBuilder(_options, asOf, customers ?? [], null);
        builder.AddAll(items);
        return builder.Build(null);
    }
}
