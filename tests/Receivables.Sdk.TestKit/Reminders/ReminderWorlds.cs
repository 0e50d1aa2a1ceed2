using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Reminders;

namespace Receivables.Sdk.TestKit.Reminders;

/// <summary>A policy, a ledger at one moment, and a day: all a plan needs.</summary>
/// <param name="Policy">The policy; it has no problems.</param>
/// <param name="Snapshot">The ledger.</param>
/// <param name="AsOf">The day of the plan.</param>
public sealed record ReminderWorld(ReminderPolicy Policy, LedgerSnapshot Snapshot, LocalDate AsOf)
{
    /// <summary>What is known beside the ledger. Default: nothing.</summary>
    public ReminderFacts Facts { get; init; } = ReminderFacts.None;

    /// <summary>The plan of the day.</summary>
    public ReminderPlan Plan() => new ReminderEngine(Policy).Plan(Snapshot, AsOf, Facts);

    /// <summary>The world after some actions were carried out on the day.</summary>
    /// <param name="actions">The actions.</param>
    public ReminderWorld Carrying(IEnumerable<ReminderAction> actions)
    {
        var committed = actions.Select(a => ReminderEngine.Commit(a, new CommitEvidence(AsOf, null, "sender", "approver"))).ToList();
        return this with
        {
            Snapshot = Snapshot with
            {
                Reminders = [.. Snapshot.Reminders, .. committed.SelectMany(c => c.Reminders)],
                Handovers = [.. Snapshot.Handovers, .. committed.SelectMany(c => c.Handovers)],
            },
        };
    }
}

/// <summary>Generators of policies, customers and histories for laws about reminders.</summary>
public static partial class ReminderWorlds
{
    private static LocalDate Start => new(2026, 1, 5);

    /// <summary>Days around the year 2026.</summary>
    public static Gen<LocalDate> Day { get; } = from d in Gen.Choose(0, 150) select Start.PlusDays(d);

    /// <summary>Policies without problems: 1 to 5 levels, some with fees, minimums, grace, quiet days, repeats.</summary>
    public static Gen<ReminderPolicy> Policy { get; } =
        from count in Gen.Choose(1, 5)
        from first in Gen.Choose(0, 20)
        from gaps in Gen.Choose(0, 15).ArrayOf(5)
        from kinds in Gen.Choose(0, 9).ArrayOf(5)
        from fees in Gen.Choose(0, 3).ArrayOf(5)
        from grace in Gen.Elements(0, 0, 3, 10)
        from quiet in Gen.Elements(0, 0, 0, 4)
        from latency in Gen.Elements(0, 0, 2)
        from minimum in Gen.Elements(0m, 0m, 5m, 60m)
        from grouping in Gen.Elements(ReminderGrouping.Customer, ReminderGrouping.Customer, ReminderGrouping.Invoice, ReminderGrouping.Level, ReminderGrouping.Parent)
        from credit in Gen.Elements(UnappliedCreditTreatment.Covers, UnappliedCreditTreatment.Ignore)
        from promise in Gen.Elements(PromiseScope.Invoice, PromiseScope.Amount)
        from tail in Gen.Elements(0, 0, 10)
        select new ReminderPolicy
        {
            Name = "generated",
            GraceDays = grace,
            QuietDays = quiet,
            BankLatencyDays = latency,
            MinimumAmount = minimum > 0m ? new CurrencyAmounts(new Money(minimum, Currency.EUR)) : CurrencyAmounts.None,
            Grouping = grouping,
            UnappliedCredit = credit,
            Promise = promise,
            Levels = Levels(count, first, gaps, kinds, fees, tail),
        };

    /// <summary>Ledgers with up to 4 customers and 8 invoices, instalments, credits, disputes, promises, holds, plans, debits, hand-overs and reminders.</summary>
    public static Gen<LedgerSnapshot> Snapshot { get; } =
        from customers in Gen.Choose(1, 4)
        from invoices in Gen.Choose(1, 8)
        from seeds in Gen.Choose(0, int.MaxValue - 1).ArrayOf(invoices)
        from rows in Gen.Choose(0, 6)
        from facts in Gen.Choose(0, int.MaxValue - 1).ArrayOf(rows)
        select Build(customers, seeds, facts);

    /// <summary>All of it.</summary>
    public static Gen<ReminderWorld> World { get; } =
        from policy in Policy
        from snapshot in Snapshot
        from day in Gen.Choose(20, 120)
        select new ReminderWorld(policy, snapshot with { AsOf = Start.PlusDays(day) }, Start.PlusDays(day));

    private static List<ReminderLevel> Levels(int count, int first, int[] gaps, int[] kinds, int[] fees, int tail)
    {
        var levels = new List<ReminderLevel>();
        for (var i = 0; i < count; i++)
        {
            var kind = kinds[i] switch
            {
                0 when levels.All(l => l.Kind == ReminderKind.PreDueNotice) => ReminderKind.PreDueNotice,
                1 or 2 => ReminderKind.FormalNotice,
                3 when i == count - 1 => ReminderKind.Handover,
                4 => ReminderKind.Task,
                _ => ReminderKind.Reminder,
            };
            var isPreDue = kind == ReminderKind.PreDueNotice;
            levels.Add(new ReminderLevel
            {
                Level = i + 1,
                Kind = kind,
                DaysBeforeDue = isPreDue ? first : null,
                DaysAfterDue = !isPreDue && (i == 0 || levels[i - 1].Kind == ReminderKind.PreDueNotice) ? first : null,
                DaysAfterPrevious = !isPreDue && i > 0 && levels[i - 1].Kind != ReminderKind.PreDueNotice ? gaps[i] : null,
                Fee = !isPreDue && fees[i] == 1 ? new CurrencyAmounts(new Money(5m + i, Currency.EUR)) : CurrencyAmounts.None,
                FeePer = fees[i] == 2 ? FeeUnit.Invoice : FeeUnit.Action,
                RepeatEveryDays = tail > 0 && i == count - 1 && kind != ReminderKind.Handover ? tail : null,
            });
        }

        return levels;
    }

    private static LedgerSnapshot Build(int customers, int[] seeds, int[] facts)
    {
        var items = seeds.Select((seed, i) => Item(seed, i, customers)).ToList();
        var snapshot = new LedgerSnapshot
        {
            AsOf = Start.PlusDays(150),
            Currency = Currency.EUR,
            Customers =
            [
                .. Enumerable.Range(0, customers).Select(i => new Customer
                {
                    Id = new CustomerId("C" + i),
                    Kind = (PartyKind)(i % 3),
                    Country = i % 2 == 0 ? "NL" : "DE",
                    Email = i % 2 == 0 ? "someone@example.org" : null,
                    Parent = i % 2 == 1 ? new CustomerId("C0") : null,
                }),
            ],
            OpenItems = items,
        };
        return facts.Aggregate(snapshot, (s, f) => Add(s, f, items, customers));
    }

    private static OpenItem Item(int seed, int index, int customers)
    {
        var random = new Digits(seed);
        var currency = random.Next(5) == 0 ? Currency.USD : Currency.EUR;
        var amount = Money.FromMinorUnits(random.Next(20_000) + 100, currency);
        var issued = Start.PlusDays(random.Next(60) - 30);
        var due = issued.PlusDays(random.Next(31));
        var isCredit = random.Next(7) == 0;
        var half = Money.FromMinorUnits(amount.ToMinorUnits() / 2, currency);
        var open = random.Next(3) == 0 ? half : amount;
        var instalments = !isCredit && open == amount && random.Next(4) == 0;
        return new OpenItem
        {
            Id = new DocumentId("I" + index),
            Kind = isCredit ? DocumentKind.CreditNote : DocumentKind.Invoice,
            Customer = random.Next(20) == 0 ? null : new CustomerId("C" + random.Next(customers)),
            Number = "2026-" + index,
            Issued = issued,
            Due = due,
            Amount = amount,
            Open = open,
            Entity = random.Next(4) == 0 ? "B" : null,
            Instalments = instalments ? [new OpenInstalment(1, due, half, half), new OpenInstalment(2, due.PlusDays(30), amount - half, amount - half)] : [],
        };
    }

    private static LedgerSnapshot Add(LedgerSnapshot s, int fact, List<OpenItem> items, int customers)
    {
        var random = new Digits(fact);
        var item = items[random.Next(items.Count)];
        var from = Start.PlusDays(random.Next(100));
        var until = from.PlusDays(random.Next(40));
        Money? part = random.Next(2) == 0 ? null : Money.FromMinorUnits(random.Next(5_000) + 1, item.Open.Currency);
        return random.Next(9) switch
        {
            0 => s with { Disputes = [.. s.Disputes, new Dispute(item.Id, from, random.Next(2) == 0 ? null : until.PlusDays(1), part, "goods damaged")] },
            1 => s with { Promises = [.. s.Promises, new PaymentPromise(item.Id, from, until, part)] },
            2 => s with { Holds = [.. s.Holds, new ReminderHold(new CustomerId("C" + random.Next(customers)), from, random.Next(2) == 0 ? null : until, "key account")] },
            3 => s with { Plans = [.. s.Plans, new PaymentPlan(item.Id, from, [new PlanInstalment(until, item.Open)])] },
            4 => s with { DirectDebits = [.. s.DirectDebits, new AnnouncedDirectDebit(item.Id, until)] },
            5 => s with { Handovers = [.. s.Handovers, new Handover(item.Id, until, "agency")] },
            6 => s with { Insolvencies = [.. s.Insolvencies, new Insolvency(new CustomerId("C" + random.Next(customers)), from, null)] },
            _ => s with { Reminders = [.. s.Reminders, new SentReminder(item.Id, 1, 1 + random.Next(3), item.Due.PlusDays(1 + random.Next(30)), "email", null)] },
        };
    }

    // Small numbers out of one: a generated value shrinks as a whole.
    private sealed class Digits(int seed)
    {
        private ulong _left = ((ulong)(uint)seed * 0x9E3779B97F4A7C15) ^ 0xD1B54A32D192ED03;

        internal int Next(int below)
        {
            _left = (_left ^ (_left >> 29)) * 0xBF58476D1CE4E5B9;
            return (int)((_left >> 33) % (ulong)below);
        }
    }
}
