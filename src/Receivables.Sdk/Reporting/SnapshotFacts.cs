using System.Collections.Immutable;
using NodaTime;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Reporting;

/// <summary>The facts of a snapshot by item and customer: every list asks here, so that all give one answer.</summary>
internal sealed class SnapshotFacts
{
    private readonly LedgerSnapshot _snapshot;
    private readonly SignalOptions _options;
    private readonly ILookup<DocumentId, SentReminder> _reminders;
    private readonly HashSet<DocumentId> _disputed;
    private readonly HashSet<DocumentId> _promised;
    private readonly HashSet<DocumentId> _inPlan;
    private readonly HashSet<DocumentId> _handedOver;
    private readonly HashSet<CustomerId> _onHold;

    internal SnapshotFacts(LedgerSnapshot snapshot, SignalOptions? options)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        _options = options ?? SignalOptions.Default;
        if (_options.DueSoonDays < 0 || _options.SeverelyOverdueDays < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(options), "Days ahead are 0 or more, days of severe delay 1 or more.");
        }

        _snapshot = snapshot;
        var asOf = snapshot.AsOf;
        _reminders = snapshot.Reminders.Where(r => r.Sent <= asOf).ToLookup(r => r.Invoice);
        _disputed = [.. snapshot.Disputes.Where(d => IsActive(d, asOf)).Select(d => d.Invoice)];
        _promised = [.. snapshot.Promises.Where(p => p.Made <= asOf && asOf <= p.Until).Select(p => p.Invoice)];
        _inPlan = [.. snapshot.Plans.Where(p => p.Agreed <= asOf && p.Instalments.Any(i => asOf <= i.Due)).Select(p => p.Invoice)];
        _handedOver = [.. snapshot.Handovers.Where(h => h.On <= asOf).Select(h => h.Invoice)];
        _onHold = [.. snapshot.Holds.Where(h => h.From <= asOf && (h.Until is not { } until || asOf <= until)).Select(h => h.Customer)];
    }

    internal static bool IsActive(Dispute dispute, LocalDate asOf) =>
        dispute.Opened <= asOf && (dispute.Resolved is not { } resolved || asOf < resolved);

    internal ItemStatus StatusOf(OpenItem item)
    {
        var due = item.Parts.Where(p => !p.Open.IsZero).Select(p => (LocalDate?)p.Due).Min() ?? item.Due;
        var overdue = item.IsCredit || item.Open.IsZero ? 0 : Math.Max(0, Period.DaysBetween(due, _snapshot.AsOf));
        var all = SignalsOf(item, due, overdue);
        int count = 0, level = 0;
        LocalDate? last = null;
        foreach (var reminder in _reminders[item.Id])
        {
            count++;
            level = Math.Max(level, reminder.Level);
            last = last is { } earlier && earlier > reminder.Sent ? earlier : reminder.Sent;
        }

        return new ItemStatus { Item = item, Signal = all[0], All = all, Due = due, DaysOverdue = overdue, Reminders = count, Level = level, LastReminder = last };
    }

    private ImmutableArray<ItemSignal> SignalsOf(OpenItem item, LocalDate due, int overdue)
    {
        if (item.Open.IsZero)
        {
            return [ItemSignal.Settled];
        }

        var all = ImmutableArray.CreateBuilder<ItemSignal>();
        AddIf(_handedOver.Contains(item.Id), ItemSignal.HandedOver);
        AddIf(item.Disputed is { IsPositive: true } || _disputed.Contains(item.Id), ItemSignal.Disputed);
        AddIf(item.Customer is { } customer && _onHold.Contains(customer), ItemSignal.OnHold);
        AddIf(_inPlan.Contains(item.Id), ItemSignal.InPlan);
        AddIf(_promised.Contains(item.Id), ItemSignal.Promised);
        AddIf(overdue > _options.SeverelyOverdueDays, ItemSignal.SeverelyOverdue);
        AddIf(overdue > 0, ItemSignal.Overdue);
        AddIf(overdue == 0 && !item.IsCredit && Period.DaysBetween(_snapshot.AsOf, due) <= _options.DueSoonDays, ItemSignal.DueSoon);
        AddIf(overdue == 0, ItemSignal.NotDue);
        return all.ToImmutable();

        void AddIf(bool isTrue, ItemSignal signal)
        {
            if (isTrue)
            {
                all.Add(signal);
            }
        }
    }
}
