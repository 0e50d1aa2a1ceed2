using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.TestKit;
using Receivables.Sdk.TestKit.Ledger;
using Xunit;

namespace Receivables.Sdk.Tests.Ledger;

public class LedgerBookLaws
{
    private static readonly Gen<(IReadOnlyList<LedgerEvent> Events, LocalDate AsOf, Instant? KnownAt)> Moments =
        from events in LedgerGenerator.Events
        from date in LedgerGenerator.Dates
        from known in LedgerGenerator.KnowledgeCuts
        select (events, date, known);

    private static readonly Gen<(IReadOnlyList<LedgerEvent> Events, LocalDate AsOf, Instant? KnownAt)> ValidMoments =
        from events in LedgerGenerator.ValidEvents
        from date in LedgerGenerator.Dates
        from known in LedgerGenerator.KnowledgeCuts
        select (events, date, known);

    private static IEnumerable<DocumentId> Ids(IEnumerable<LedgerEvent> events) =>
        events.Select(e => e switch { DocumentIssued d => d.Id, PaymentReceived p => p.Id, _ => default }).Where(d => d != default).Distinct();

    // G1: the sum of what is effective and known, as a plain fold finds it.
    [Fact]
    public void What_is_open_is_what_a_plain_fold_finds() => Law.ForAll(
        Moments,
        x =>
        {
            var book = LedgerBook.Create(x.Events);
            var plain = new PlainLedger(x.Events, x.KnownAt);
            foreach (var id in Ids(x.Events).Where(book.Contains))
            {
                Assert.Equal(plain.Open(id, x.AsOf), book.Open(id, x.AsOf, x.KnownAt).Amount);
            }
        },
        cases: 400);

    // G2: what all items are open for is what was charged less what was credited.
    [Fact]
    public void Open_items_add_up_to_debits_less_credits() => Law.ForAll(
        ValidMoments,
        x =>
        {
            var snapshot = LedgerBook.Create(x.Events).Snapshot(x.AsOf, x.KnownAt);
            var items = snapshot.OpenItems.Concat(snapshot.SettledItems).Concat(snapshot.Payments.Select(p => p.Item).Where(p => p.Open.IsZero)).ToList();
            foreach (var currency in items.Select(i => i.Amount.Currency).Distinct())
            {
                var mine = items.Where(i => i.Amount.Currency == currency).ToList();
                var charged = mine.Sum(i => i.IsCredit ? -i.Amount.Amount : i.Amount.Amount);
                var closed = snapshot.Allocations.Where(a => a.Amount.Currency == currency).Sum(a => a.Amount.Amount);
                var spent = snapshot.Allocations.Where(a => a.From is not null).Select(a => a.Paid ?? a.Amount).Where(m => m.Currency == currency).Sum(m => m.Amount);
                var gone = snapshot.Outflows.Where(o => o.Amount.Currency == currency).Sum(o => o.Amount.Amount);
                Assert.Equal(charged - closed + spent + gone, mine.Sum(i => i.SignedOpen.Amount));
            }
        },
        cases: 300);

    // The contract: never by the line.
    [Fact]
    public void The_order_of_events_without_faults_plays_no_part() => Law.ForAll(
        from x in ValidMoments from shuffled in LedgerGenerator.Shuffled(x.Events) select (x.Events, shuffled, x.AsOf, x.KnownAt),
        x =>
        {
            var shuffled = LedgerBook.Create(x.shuffled);
            Assert.Empty(shuffled.Faults);
            Assert.Equal(Print(LedgerBook.Create(x.Events).Snapshot(x.AsOf, x.KnownAt)), Print(shuffled.Snapshot(x.AsOf, x.KnownAt)));
        });

    // G12: later knowledge changes nothing.
    [Fact]
    public void What_is_recorded_later_changes_nothing_of_what_was_known() => Law.ForAll(
        Moments,
        x =>
        {
            var at = x.KnownAt ?? LedgerGenerator.FirstDay.PlusDays(40).AtMidnight().InUtc().ToInstant();
            // An id used twice is a fault that the order of lines decides; everything else, faults too, is judged from what was known.
            var events = x.Events.GroupBy(e => e is AllocationMade a ? (object)a.Id : e).Select(g => g.First()).ToList();
            // Master data has no money in it: customers stay, so that references hold.
            var then = LedgerBook.Create(events.Where(e => e.KnownFrom <= at || e is CustomerRecorded));
            var now = LedgerBook.Create(events);
            foreach (var id in Ids(x.Events).Where(id => now.Contains(id) && then.Contains(id)))
            {
                Assert.Equal(then.Open(id, x.AsOf), now.Open(id, x.AsOf, at));
            }
        });

    // G3: an allocation only moves value, and no item crosses zero or, but for a difference of rates, its amount.
    [Fact]
    public void No_item_crosses_zero_or_its_amount() => Law.ForAll(
        Moments,
        x =>
        {
            var snapshot = LedgerBook.Create(x.Events).Snapshot(x.AsOf, x.KnownAt);
            var reopened = x.Events.OfType<AllocationMade>().Where(a => a.Amount < 0m).Select(a => a.To).ToHashSet();
            foreach (var item in snapshot.OpenItems.Concat(snapshot.SettledItems))
            {
                // G8: no amount has more decimals than its currency.
                Assert.True(item.Open.HasMinorUnitScale && item.Amount.HasMinorUnitScale);
                Assert.False(item.Open.IsNegative);
                Assert.True(item.Open <= item.Amount || reopened.Contains(item.Id));
                Assert.True(item.Disputed is not { } disputed || (disputed.IsPositive && disputed <= item.Open));
                if (item.Instalments.Count > 0)
                {
                    Assert.Equal(item.Open.Amount, item.Instalments.Sum(i => i.Open.Amount));
                    Assert.All(item.Instalments, i => Assert.False(i.Open.IsNegative));
                }
            }
        });

    // G10: money of another currency closes something only with what was paid in its own.
    [Fact]
    public void Currencies_meet_only_where_both_amounts_stand() => Law.ForAll(
        Moments,
        x =>
        {
            var snapshot = LedgerBook.Create(x.Events).Snapshot(x.AsOf, x.KnownAt);
            var currencies = snapshot.OpenItems.Concat(snapshot.SettledItems).Concat(snapshot.Payments.Select(p => p.Item)).DistinctBy(i => i.Id).ToDictionary(i => i.Id, i => i.Amount.Currency);
            foreach (var allocation in snapshot.Allocations)
            {
                Assert.Equal(currencies[allocation.To], allocation.Amount.Currency);
                if (allocation.From is { } from)
                {
                    Assert.Equal(currencies[from], (allocation.Paid ?? allocation.Amount).Currency);
                }
            }
        });

    // G4: an allocation that is undone leaves everything as if it had never been, from that day; before it, nothing changes.
    [Fact]
    public void Undoing_restores_from_its_day_and_changes_nothing_before() => Law.ForAll(
        from events in LedgerGenerator.ValidEvents from date in LedgerGenerator.Dates select (events, date),
        x =>
        {
            var book = LedgerBook.Create(x.events);
            if (book.Snapshot(x.date).Allocations.LastOrDefault(a => a.Amount.IsPositive) is not { } last
                || x.events.OfType<AllocationReversed>().Any(r => r.Allocation == last.Id) || x.events.OfType<PaymentReturned>().Any(r => r.Payment == last.From))
            {
                return;
            }

            var undone = LedgerBook.Create([.. x.events, new AllocationReversed { Allocation = last.Id, On = x.date }]);
            if (undone.Faults.Count > 0)
            {
                return;
            }

            var never = LedgerBook.Create(x.events.Where(e => e is not AllocationMade a || a.Id != last.Id));
            foreach (var id in Ids(x.events).Where(book.Contains))
            {
                Assert.Equal(book.Open(id, x.date.PlusDays(-1)), undone.Open(id, x.date.PlusDays(-1)));
                if (never.Faults.Count == 0)
                {
                    Assert.Equal(never.Open(id, x.date), undone.Open(id, x.date));
                }
            }
        },
        cases: 200);

    // G5: a payment that is taken back as a whole leaves everything as if it had never been allocated, from that day; before it, nothing changes.
    [Fact]
    public void Taking_a_payment_back_restores_from_its_day_and_changes_nothing_before() => Law.ForAll(
        from events in LedgerGenerator.ValidEvents
        from date in LedgerGenerator.Dates
        from later in Gen.Choose(0, 20)
        select (events, date, later),
        x =>
        {
            var moved = x.events.Select(e => e switch { PaymentReturned r => r.Payment, MoneyRefunded r => r.From, _ => default }).ToHashSet();
            var payment = x.events.OfType<PaymentReceived>().FirstOrDefault(p => p.Received <= x.date && !moved.Contains(p.Id) && x.events.OfType<AllocationMade>().Any(a => a.From == p.Id));
            if (payment is null)
            {
                return;
            }

            var returned = LedgerBook.Create([.. x.events, new PaymentReturned { Payment = payment.Id, On = x.date, Reason = "AC04" }]);
            var book = LedgerBook.Create(x.events);
            var never = LedgerBook.Create(x.events.Where(e => e is not AllocationMade a || a.From != payment.Id));
            foreach (var id in Ids(x.events).Where(book.Contains))
            {
                Assert.Equal(book.Open(id, x.date.PlusDays(-1)), returned.Open(id, x.date.PlusDays(-1)));
                if (returned.Faults.Count == 0 && never.Faults.All(f => f.Code == "LED023") && id != payment.Id)
                {
                    Assert.Equal(never.Open(id, x.date.PlusDays(x.later)), returned.Open(id, x.date.PlusDays(x.later)));
                }
            }
        },
        cases: 300);

    // Undoing is exact: the ledger is as if the booking had never been recorded, on every day, and as known before it is as it was.
    [Fact]
    public void What_was_undone_was_never_booked() => Law.ForAll(
        from events in LedgerGenerator.ValidEvents
        from date in LedgerGenerator.Dates
        from pick in Gen.Choose(0, 1000)
        select (Events: events.Where(e => e is not BookingUndone).ToList(), date, pick),
        x =>
        {
            var bookings = x.Events.Where(e => e is PaymentReceived { Transaction: not null } or PaymentReturned { Transaction: not null } or MoneyRefunded { Transaction: not null } or PaymentCleared).ToList();
            var events = LedgerGenerator.WithoutFaults(x.Events);
            if (bookings.Count == 0 || !events.Contains(bookings[x.pick % bookings.Count]))
            {
                return;
            }

            var booking = bookings[x.pick % bookings.Count];
            var (document, transaction) = booking switch
            {
                PaymentReceived e => (e.Id, e.Transaction!.Value),
                PaymentReturned e => (e.Payment, e.Transaction!.Value),
                MoneyRefunded e => (e.From, e.Transaction!.Value),
                var e => (((PaymentCleared)e).Payment, ((PaymentCleared)e).Transaction),
            };
            var theirs = booking is PaymentReceived ? events.OfType<AllocationMade>().Where(a => a.From == document).Select(a => a.Id).ToHashSet() : [];
            var never = events.Where(e => !ReferenceEquals(e, booking) && !(e is AllocationMade a && theirs.Contains(a.Id)) && !(e is AllocationReversed r && theirs.Contains(r.Allocation))).ToList();
            var moved = never.Any(e => e switch
            {
                PaymentReturned r => r.Payment == document,
                MoneyRefunded r => r.From == document,
                PaymentCleared c => c.Payment == document,
                _ => false,
            });
            var now = LedgerGenerator.FirstDay.PlusDays(LedgerGenerator.Days + 60);
            var undone = LedgerBook.Create([.. events, new BookingUndone { Document = document, Transaction = transaction, On = now }]);
            if (moved || LedgerBook.Create(never).Faults.Count > 0)
            {
                return;
            }

            Assert.Empty(undone.Faults);
            Assert.Equal(Print(LedgerBook.Create(never).Snapshot(x.date)), Print(undone.Snapshot(x.date)));
            var before = now.AtMidnight().InUtc().ToInstant() - Duration.FromHours(1);
            Assert.Equal(Print(LedgerBook.Create(events).Snapshot(x.date, before)), Print(undone.Snapshot(x.date, before)));
        },
        cases: 400);

    // G9: the same events once more change nothing; each is told as used twice.
    [Fact]
    public void The_same_documents_and_allocations_again_change_nothing() => Law.ForAll(
        ValidMoments,
        x =>
        {
            var again = x.Events.Where(e => e is DocumentIssued or PaymentReceived or AllocationMade or CustomerRecorded).ToList();
            var book = LedgerBook.Create([.. x.Events, .. again]);
            Assert.Equal(again.Count, book.Faults.Count);
            Assert.All(book.Faults, f => Assert.Equal("LED020", f.Code));
            Assert.Equal(Print(LedgerBook.Create(x.Events).Snapshot(x.AsOf)), Print(book.Snapshot(x.AsOf)));
        });

    // Open and the snapshot are two ways to one truth.
    [Fact]
    public void Open_agrees_with_the_snapshot() => Law.ForAll(
        Moments,
        x =>
        {
            var book = LedgerBook.Create(x.Events);
            var snapshot = book.Snapshot(x.AsOf, x.KnownAt);
            foreach (var item in snapshot.OpenItems.Concat(snapshot.SettledItems).Concat(snapshot.Payments.Select(p => p.Item)))
            {
                Assert.Equal(item.Open, book.Open(item.Id, x.AsOf, x.KnownAt));
            }
        });

    internal static string Print(LedgerSnapshot snapshot) => string.Join('\n', new object?[][]
    {
        [.. snapshot.Customers.Select(c => $"{c.Id} {c.Name} {c.Parent} {c.Group} {c.CreditLimit} {c.InsuredLimit} {string.Join(';', c.BankAccounts)} {string.Join(';', c.Contacts.Select(p => p.Name + p.Email))} {string.Join(';', c.MergedIds)}")],
        [.. snapshot.OpenItems.Concat(snapshot.SettledItems).Select(i => $"{i.Id} {i.Kind} {i.Customer} {i.Open} {i.Disputed} {string.Join(';', i.Instalments)}")],
        [.. snapshot.Payments.Select(p => $"{p.Item.Id} {p.Item.Open} {p.Returned} {p.Transaction} {p.ClearedOn} {string.Join(';', p.Allocations)}")],
        [.. snapshot.BookedDebits],
        [.. snapshot.Outflows],
        [.. snapshot.UndoneAllocations],
        [.. snapshot.Movements],
        [.. snapshot.EndedPromises],
        [.. snapshot.EndedPlans.Select(p => $"{p.Plan.Invoice} {p.Plan.Agreed} {p.On} {p.Outcome}")],
        [.. snapshot.Allocations],
        [.. snapshot.Disputes],
        [.. snapshot.Promises],
        [.. snapshot.Holds],
        [.. snapshot.Plans.Select(p => $"{p.Invoice} {p.Agreed} {string.Join(';', p.Instalments)}")],
        [.. snapshot.DirectDebits],
        [.. snapshot.Handovers],
        [.. snapshot.Reminders],
        [.. snapshot.BankData],
        [.. snapshot.Notes],
    }.SelectMany(x => x));
}
