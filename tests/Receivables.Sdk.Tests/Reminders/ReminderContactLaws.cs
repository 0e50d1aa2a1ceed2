using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Receivables.Sdk.Reminders;
using Receivables.Sdk.TestKit;
using Receivables.Sdk.TestKit.Reminders;
using Xunit;

namespace Receivables.Sdk.Tests.Reminders;

/// <summary>How often a customer is contacted, whatever the channel, currency, company or level.</summary>
public class ReminderContactLaws
{
    private static bool IsContact(string? channel) => channel is not ("internal" or "agency");

    // The customer who is written to: with grouping by parent the top of the chain, where the chain is a circle the customer itself.
    private static CustomerId Owner(ReminderWorld w, CustomerId customer)
    {
        var top = customer;
        for (var i = 0; w.Policy.Grouping == ReminderGrouping.Parent && i < 5 && w.Snapshot.Customers.FirstOrDefault(c => c.Id == top)?.Parent is { } parent; i++)
        {
            top = parent;
        }

        return top;
    }

    [Fact]
    public void No_customer_is_contacted_more_often_than_the_limit_over_all_channels() => Law.ForAll(
        from w in ReminderWorlds.Rich from max in Gen.Choose(1, 4) from days in Gen.Choose(1, 25) select (w, max, days),
        x =>
        {
            var world = x.w with { Policy = x.w.Policy with { Pressure = new PressureLimit(x.max, x.days) } };
            var (s, deliveries) = (world.Snapshot, world.Facts.Deliveries);
            var actions = new ReminderEngine(world.Policy).Simulate(s, world.AsOf, world.AsOf.PlusDays(120), world.Facts).Actions.Where(a => IsContact(a.Channel)).ToList();

            // Earlier contacts: each message once, however many lines it had; not those that came back by then.
            var owners = s.OpenItems.Where(i => i.Customer is not null).ToDictionary(i => i.Id, i => Owner(world, i.Customer!.Value));
            IEnumerable<LocalDate> Earlier(CustomerId customer, LocalDate day) => s.Reminders
                .Where(r => r.Sent <= day && IsContact(r.Channel) && owners.TryGetValue(r.Invoice, out var owner) && owner == customer
                    && !deliveries.Any(d => d.Status == DeliveryStatus.Bounced && d.On <= day && d.Action == r.Action && d.Channel == r.Channel))
                .Select(r => (r.Sent, r.Action?.Value ?? r.Channel)).Distinct().Select(r => r.Sent);
            foreach (var action in actions)
            {
                var window = actions.Where(a => a.Customer == action.Customer && a.On <= action.On).Select(a => a.On).Concat(Earlier(action.Customer, action.On)).Count(d => d > action.On.PlusDays(-x.days));
                Assert.True(window <= x.max, $"{window} contacts in {x.days} days");
            }
        });

    [Fact]
    public void A_limit_takes_away_or_puts_off_and_never_adds() => Law.ForAll(
        from w in ReminderWorlds.Rich from max in Gen.Choose(1, 3) select (w, max),
        x =>
        {
            var free = (x.w with { Policy = x.w.Policy with { Pressure = null } }).Plan();
            var limited = (x.w with { Policy = x.w.Policy with { Pressure = new PressureLimit(x.max, 10) } }).Plan();
            Assert.Empty(limited.Actions.Select(a => (a.Id, a.Total)).Except(free.Actions.Select(a => (a.Id, a.Total))));
            Assert.All(limited.Held.Where(h => !free.Held.Any(f => (f.Invoice, f.Instalment) == (h.Invoice, h.Instalment))), h => Assert.Equal(HeldReason.Cadence, h.Reason));
        });
}
