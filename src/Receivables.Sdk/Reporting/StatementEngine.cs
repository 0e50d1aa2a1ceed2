using NodaTime;
using Receivables.Sdk.Aging;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Reporting;

/// <summary>How a statement of account is made.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed record StatementOptions
{
    /// <summary>The defaults: 30, 60 and 90 days past due in the footer, no later payments.</summary>
    public static StatementOptions Default => new();

    /// <summary>The columns of the aging footer; null for no footer. By due date, so that it agrees with the aging report.</summary>
    public AgingScheme? Aging { get; init; } = AgingScheme.Days306090;

    /// <summary>Whether payments dated after the period are listed apart and taken off <see cref="AccountStatement.Outstanding"/>; not by default.</summary>
    public bool IncludeLaterPayments { get; init; }

    /// <summary>Where "soon" and "severely" begin.</summary>
    public SignalOptions Signals { get; init; } = SignalOptions.Default;
}

/// <summary>Makes statements of account.</summary>
/// <remarks>Built once with its options; pure, and safe to use from several threads at once.</remarks>
public sealed class StatementEngine
{
    private readonly StatementOptions _options;
    private readonly AgingEngine? _aging;

    /// <summary>An engine.</summary>
    /// <param name="options">How statements are made; <see cref="StatementOptions.Default"/> when null.</param>
    public StatementEngine(StatementOptions? options = null)
    {
        _options = options ?? StatementOptions.Default;
        _aging = _options.Aging is { } scheme ? new AgingEngine(new AgingOptions { Scheme = scheme }) : null;
    }

    /// <summary>A customer's statement of a period that ends on the snapshot's date.</summary>
    /// <param name="snapshot">
    /// As of the last day of the period: its open items and movements are shown. A host that fills the snapshot itself fills
    /// <see cref="LedgerSnapshot.Movements"/>; where there are none, they are read off documents, payments and allocations, with what the bank took back
    /// of a payment taken off on the payment's own date.
    /// </param>
    /// <param name="customer">The customer; one without any item has no accounts, and for one that was merged into another it is the statement of that one.</param>
    /// <param name="from">The first day.</param>
    /// <param name="laterPayments">Movements after the period, used where the options ask for later payments.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="from"/> is after the snapshot's date.</exception>
    public StatementOfAccount Create(LedgerSnapshot snapshot, CustomerId customer, LocalDate from, IEnumerable<AccountMovement>? laterPayments = null)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        if (from > snapshot.AsOf)
        {
            throw new ArgumentOutOfRangeException(nameof(from), "The period begins after it ends.");
        }

        return new Run(this, snapshot, laterPayments).Of(snapshot.Surviving(customer), from);
    }

    /// <summary>The statements of all customers with an account, in order of id; one pass over the snapshot for all of them.</summary>
    /// <param name="snapshot">As for <see cref="Create"/>.</param>
    /// <param name="from">The first day.</param>
    /// <param name="laterPayments">As for <see cref="Create"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="from"/> is after the snapshot's date.</exception>
    public IEnumerable<StatementOfAccount> CreateAll(LedgerSnapshot snapshot, LocalDate from, IEnumerable<AccountMovement>? laterPayments = null)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        if (from > snapshot.AsOf)
        {
            throw new ArgumentOutOfRangeException(nameof(from), "The period begins after it ends.");
        }

        var run = new Run(this, snapshot, laterPayments);
        return run.Customers.Select(c => run.Of(c, from));
    }

    private AccountStatement Account(
        Currency currency, LocalDate from, LocalDate to, IEnumerable<AccountMovement> movements, IEnumerable<OpenItem> items, IEnumerable<AccountMovement> later, SnapshotFacts facts)
    {
        var opening = movements.Where(m => m.Date < from).Aggregate(Money.Zero(currency), (sum, m) => sum + m.Amount);
        var (lines, closing) = RunningBalance(movements.Where(m => m.Date >= from), opening);
        var (laterLines, outstanding) = RunningBalance(later, closing);
        var open = items.Select(facts.StatusOf)
            .Select(s => new StatementItem(
                s.Item.Id, s.Item.Number, s.Item.Kind, s.Item.IsCredit ? s.Item.Issued : s.Due, s.Item.SignedOpen,
                s.Item.Disputed is { IsPositive: true } disputed ? Money.Min(disputed, s.Item.Open) : null, s.Reminders, s.LastReminder, s.Signal, s.Level))
            .OrderBy(i => i.Due).ThenBy(i => i.Document)
            .ToList();
        return new AccountStatement
        {
            Currency = currency,
            Opening = opening,
            Movements = lines,
            Closing = closing,
            OpenItems = open,
            Difference = open.Aggregate(closing, (left, i) => left - i.Open),
            Aging = _aging?.Age(to, items).TotalOf(currency),
            LaterPayments = laterLines,
            Outstanding = outstanding,
        };
    }

    private static (List<StatementMovement> Lines, Money Balance) RunningBalance(IEnumerable<AccountMovement> movements, Money balance)
    {
        var lines = new List<StatementMovement>();
        foreach (var m in movements.OrderBy(m => m.Date).ThenBy(m => m.Kind).ThenBy(m => m.Document).ThenBy(m => m.Amount.Amount))
        {
            balance += m.Amount;
            lines.Add(new StatementMovement(m.Date, m.Document, m.Number, m.Kind, m.Amount, balance));
        }

        return (lines, balance);
    }

    /// <summary>What statements of one snapshot share: everything by customer.</summary>
    private sealed class Run
    {
        private readonly StatementEngine _engine;
        private readonly LedgerSnapshot _snapshot;
        private readonly SnapshotFacts _facts;
        private readonly ILookup<CustomerId?, AccountMovement> _movements;
        private readonly ILookup<CustomerId?, AccountMovement> _later;
        private readonly ILookup<CustomerId?, OpenItem> _items;
        private readonly Dictionary<CustomerId, string?> _names;

        internal Run(StatementEngine engine, LedgerSnapshot snapshot, IEnumerable<AccountMovement>? later)
        {
            (_engine, _snapshot, _facts) = (engine, snapshot, new SnapshotFacts(snapshot, engine._options.Signals));
            _names = snapshot.Customers.DistinctBy(c => c.Id).ToDictionary(c => c.Id, c => c.Name);
            _movements = (snapshot.Movements.Count > 0 ? snapshot.Movements : DerivedMovements.Of(snapshot)).Where(m => m.Date <= snapshot.AsOf).ToLookup(m => m.Customer);
            _items = snapshot.OpenItems.Where(i => !i.Open.IsZero).ToLookup(i => i.Customer);
            _later = (engine._options.IncludeLaterPayments ? later ?? [] : [])
                .Where(m => m.Date > snapshot.AsOf && m.Kind is MovementKind.Payment or MovementKind.PaymentReturn).ToLookup(m => m.Customer);
        }

        internal IEnumerable<CustomerId> Customers =>
            _movements.Select(g => g.Key).Union(_items.Select(g => g.Key)).Union(_later.Select(g => g.Key)).OfType<CustomerId>().Order();

        internal StatementOfAccount Of(CustomerId customer, LocalDate from)
        {
            var (movements, items, later) = (_movements[customer].ToLookup(m => m.Amount.Currency), _items[customer].ToLookup(i => i.Open.Currency), _later[customer].ToLookup(m => m.Amount.Currency));
            var currencies = movements.Select(g => g.Key).Union(items.Select(g => g.Key)).Union(later.Select(g => g.Key)).Order();
            return new StatementOfAccount
            {
                Customer = customer,
                Name = _names.GetValueOrDefault(customer),
                From = from,
                To = _snapshot.AsOf,
                Accounts = [.. currencies.Select(c => _engine.Account(c, from, _snapshot.AsOf, movements[c], items[c], later[c], _facts))],
            };
        }
    }
}
