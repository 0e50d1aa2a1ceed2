using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Receivables.Sdk.Aging;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.TestKit;
using Receivables.Sdk.TestKit.Aging;
using Receivables.Sdk.TestKit.Ledger;
using Xunit;

namespace Receivables.Sdk.Tests.Aging;

/// <summary>What every aging report must satisfy, whatever is open and however it is asked for.</summary>
public class AgingLaws
{
    private static readonly Gen<AgingScheme> Schemes = Gen.OneOf(
        Gen.Elements(AgingScheme.Days306090, AgingScheme.Days306090120, AgingScheme.Monthly, AgingScheme.StatutoryFrance, AgingScheme.StatutoryUnitedKingdom),
        from cuts in Gen.Choose(1, 200).ArrayOf()
        select AgingScheme.FromDays([.. cuts.Distinct().Order()]));

    private static readonly Gen<AgingOptions> Options =
        from scheme in Schemes
        from basis in Gen.Elements(Enum.GetValues<AgingBasis>())
        from unapplied in Gen.Elements(Enum.GetValues<UnappliedTreatment>())
        from disputed in Gen.Elements(Enum.GetValues<DisputedTreatment>())
        from dimension in Gen.Elements(AgingDimension.Customer, AgingDimension.Group, AgingDimension.Parent, AgingDimension.None, AgingDimension.Country, AgingDimension.Currency,
            AgingDimension.OfItem("kind", (i, _) => i.Kind.ToString()), AgingDimension.OfCustomer("initial", (id, _) => id?.Value[..1]))
        select new AgingOptions { Scheme = scheme, Basis = basis, Unapplied = unapplied, Disputed = disputed, GroupBy = dimension };

    private static readonly Gen<(OpenBook Book, AgingOptions Options)> Reports = from book in OpenItemGenerators.Books from options in Options select (book, options);

    private static Money Sum(Currency currency, IEnumerable<Money> amounts) => amounts.Aggregate(Money.Zero(currency), (a, b) => a + b);

    // A1
    [Fact]
    public void Every_row_adds_up_to_the_open_balance() => Law.ForAll(Reports, x =>
    {
        var report = new AgingEngine(x.Options).Age(x.Book.AsOf, x.Book.Items, x.Book.Customers);
        foreach (var total in report.Totals)
        {
            Assert.Equal(Sum(total.Currency, x.Book.Items.Where(i => i.Open.Currency == total.Currency).Select(i => i.SignedOpen)), total.Total);
            Assert.Equal(total.Total, Sum(total.Currency, total.Cells.Select(c => c.Amount)));
            Assert.Equal(total.Total, total.NotDue + total.Overdue + total.Unapplied + Sum(total.Currency, total.Cells.Where(c => c.Column.Kind == AgingColumnKind.Disputed).Select(c => c.Amount)));
        }
    });

    // A2: each part stands once; only a part disputed in part may stand in two columns, and then by what it is.
    [Fact]
    public void Every_open_part_stands_in_exactly_one_cell() => Law.ForAll(Reports, x =>
    {
        var report = new AgingEngine(x.Options).Age(x.Book.AsOf, x.Book.Items, x.Book.Customers);
        var aged = report.Totals.SelectMany(t => t.Cells).SelectMany(c => c.Items.Select(i => (i.Item.Id, i.Instalment, c.Column.Kind))).ToList();
        var expected = x.Book.Items.Where(i => !i.Open.IsZero).SelectMany(i => x.Options.Basis == AgingBasis.Issued || i.IsCredit ? [(i.Id, 1)] : i.Parts.Where(p => !p.Open.IsZero).Select(p => (i.Id, p.Number))).ToHashSet();
        Assert.Equal(expected, aged.Select(a => (a.Id, a.Instalment)).ToHashSet());
        if (x.Options.Disputed == DisputedTreatment.OfWhich)
        {
            Assert.Equal(expected.Count, aged.Count);
        }
    });

    // A3
    [Fact]
    public void A_finer_scheme_merged_is_the_coarse_one() => Law.ForAll(
        from book in OpenItemGenerators.Books
        from coarse in Gen.Choose(1, 150).ArrayOf()
        from more in Gen.Choose(1, 150).ArrayOf()
        select (book, Coarse: coarse.Distinct().Order().ToArray(), Fine: coarse.Concat(more).Distinct().Order().ToArray()),
        x =>
        {
            AgingReport Age(int[] days) => new AgingEngine(new() { Scheme = AgingScheme.FromDays(days) }).Age(x.book.AsOf, x.book.Items);
            var fine = Age(x.Fine);
            foreach (var row in Age(x.Coarse).Rows)
            {
                var finer = fine.Find(row.Group, row.Currency)!;
                foreach (var bucket in row.Buckets)
                {
                    var within = finer.Buckets.Where(b => b.Column.From >= bucket.Column.From && (bucket.Column.To is not { } to || b.Column.To <= to));
                    Assert.Equal(bucket.Amount, Sum(row.Currency, within.Select(b => b.Amount)));
                }
            }
        });

    // A4
    [Fact]
    public void With_time_alone_money_only_grows_older() => Law.ForAll(
        from book in OpenItemGenerators.Books
        from scheme in Schemes
        from days in Gen.Choose(0, 100)
        select (book, scheme, days),
        x =>
        {
            var engine = new AgingEngine(new() { Scheme = x.scheme });
            var (now, then) = (engine.Age(x.book.AsOf, x.book.Items), engine.Age(x.book.AsOf.PlusDays(x.days), x.book.Items));
            foreach (var total in now.Totals)
            {
                var later = then.TotalOf(total.Currency)!;
                Assert.Equal(total.Total, later.Total);
                Assert.True(later.NotDue <= total.NotDue);
                decimal a = 0m, b = 0m;
                for (var i = 0; i < now.Columns.Length - 1; i++)
                {
                    (a, b) = (a + total[now.Columns[i]].Amount.Amount, b + later[then.Columns[i]].Amount.Amount);
                    Assert.True(b <= a);
                }
            }
        });

    // A5
    [Fact]
    public void Rows_add_up_to_totals_and_items_to_cells() => Law.ForAll(Reports, x =>
    {
        var report = new AgingEngine(x.Options).Age(x.Book.AsOf, x.Book.Items, x.Book.Customers);
        foreach (var total in report.Totals)
        {
            foreach (var column in report.Columns)
            {
                if (!report.Rows.IsEmpty)
                {
                    Assert.Equal(total[column].Amount, Sum(total.Currency, report.Rows.Where(r => r.Currency == total.Currency).Select(r => r[column].Amount)));
                }

                Assert.Equal(total[column].Amount, Sum(total.Currency, total[column].Items.Select(i => i.Amount)));
            }
        }

        Assert.All(report.Rows, row => Assert.All(row.Cells, cell => Assert.Equal(cell.Amount, Sum(row.Currency, cell.Items.Select(i => i.Amount)))));
        Assert.All(report.Rows, row => Assert.Equal(row.Total.Amount, row.Cells.Sum(c => c.Amount.Amount)));
    });

    [Fact]
    public void Customers_add_up_to_their_group_and_parent() => Law.ForAll(OpenItemGenerators.Books, book =>
    {
        AgingReport By(AgingDimension dimension) => new AgingEngine(new() { GroupBy = dimension }).Age(book.AsOf, book.Items, book.Customers);
        var customers = By(AgingDimension.Customer);
        foreach (var report in (AgingReport[])[By(AgingDimension.Group), By(AgingDimension.Parent), By(AgingDimension.None)])
        {
            Assert.Equal(
                customers.Totals.Select(t => string.Join(' ', t.Cells.Select(c => c.Amount))),
                report.Totals.Select(t => string.Join(' ', t.Cells.Select(c => c.Amount))));
        }

        foreach (var group in By(AgingDimension.Group).Rows)
        {
            var members = customers.Rows.Where(r => r.Currency == group.Currency && (book.Customers.FirstOrDefault(c => c.Id.Value == r.Group)?.Group ?? "") == group.Group);
            Assert.Equal(group.Total, Sum(group.Currency, members.Select(m => m.Total)));
        }
    });

    // A6. Whether a customer exists is no matter of time; when money moved is.
    [Fact]
    public void A_report_of_the_past_as_known_then_is_the_report_made_then() => Law.ForAll(
        from events in LedgerGenerator.ValidEvents
        from day in LedgerGenerator.Dates
        select (events, day),
        x =>
        {
            var cut = x.day.PlusDays(1).AtMidnight().InUtc().ToInstant() - Duration.Epsilon;
            var now = new AgingEngine().Age(LedgerBook.Create(x.events).Snapshot(x.day, cut));
            var then = new AgingEngine().Age(LedgerBook.Create(x.events.Where(e => e is CustomerRecorded || e.KnownFrom <= cut)).Snapshot(x.day));
            Assert.Equal(PlainAging.Flatten(then.Rows), PlainAging.Flatten(now.Rows));
        });

    // A7
    [Fact]
    public void In_one_currency_rows_and_columns_add_up_exactly() => Law.ForAll(
        from report in Reports
        from yen in Gen.Choose(1, 20_000)
        from dinar in Gen.Choose(1, 40_000)
        from target in Gen.Elements("EUR", "JPY", "KWD", "USD")
        select (report, yen, dinar, target),
        x =>
        {
            var report = new AgingEngine(x.report.Options).Age(x.report.Book.AsOf, x.report.Book.Items, x.report.Book.Customers);
            var target = Currency.Parse(x.target);
            var rates = new Dictionary<Currency, decimal> { [Currency.EUR] = 1.0837m, [Currency.JPY] = x.yen / 1_000_000m, [Currency.Parse("KWD")] = x.dinar / 10_000m };
            var view = BaseCurrencyView.Of(report, target, rates);
            var exact = report.Totals.Sum(t => t.Total.Amount * (t.Currency == target ? 1m : rates[t.Currency]));
            Assert.Equal(new Money(exact, target).RoundToMinorUnits(), view.Total.Total);
            for (var c = 0; c < report.Columns.Length; c++)
            {
                Assert.Equal(view.Total.Cells[c], Sum(target, view.Rows.Select(r => r.Cells[c])));
            }

            Assert.Equal(view.Total.Total, Sum(target, view.Rows.Select(r => r.Total)));
            Assert.All(view.Rows, r => Assert.Equal(r.Total, Sum(target, r.Cells)));
            Assert.All(view.Rows.SelectMany(r => r.Cells), c => Assert.True(c.HasMinorUnitScale));
        });

    // A8
    [Fact]
    public void Taking_disputed_money_out_never_raises_a_cell() => Law.ForAll(OpenItemGenerators.Books, book =>
    {
        var with = new AgingEngine().Age(book.AsOf, book.Items);
        var without = new AgingEngine(new() { Disputed = DisputedTreatment.OwnColumn }).Age(book.AsOf, book.Items);
        foreach (var total in with.Totals)
        {
            var other = without.TotalOf(total.Currency)!;
            var disputed = other.Cells.Single(c => c.Column.Kind == AgingColumnKind.Disputed).Amount;
            Assert.Equal(total.Disputed, disputed);
            Assert.Equal(total.Total, other.Total);
            Assert.Equal(total.Total, total.Disputed + (other.Total - disputed));
            Assert.All(with.Columns, c => Assert.True(other[without.Columns[c.Index]].Amount <= total[c].Amount));
        }
    });

    [Fact]
    public void The_difference_of_two_reports_explains_every_total() => Law.ForAll(
        from events in LedgerGenerator.ValidEvents
        from one in LedgerGenerator.Dates
        from two in LedgerGenerator.Dates
        from disputed in Gen.Elements(Enum.GetValues<DisputedTreatment>())
        select (events, one, two, disputed),
        x =>
        {
            var book = LedgerBook.Create(x.events);
            var engine = new AgingEngine(new() { Disputed = x.disputed });
            var (before, after) = (engine.Age(book.Snapshot(x.one)), engine.Age(book.Snapshot(x.two)));
            var difference = AgingDifference.Between(before, after);
            foreach (var currency in before.Totals.Concat(after.Totals).Select(t => t.Currency).Distinct())
            {
                Money TotalOf(AgingReport report) => report.TotalOf(currency)?.Total ?? Money.Zero(currency);
                Assert.Equal(TotalOf(after) - TotalOf(before), difference.ChangeOf(currency));
            }

            Assert.Empty(AgingDifference.Between(before, before).Changes);
        });

    [Fact]
    public void The_events_behind_a_change_are_all_that_made_it() => Law.ForAll(
        from events in LedgerGenerator.ValidEvents
        from one in LedgerGenerator.Dates
        from two in LedgerGenerator.Dates
        from knownOne in Gen.OneOf(Gen.Constant<Instant?>(null), LedgerGenerator.KnowledgeCuts)
        from knownTwo in Gen.OneOf(Gen.Constant<Instant?>(null), LedgerGenerator.KnowledgeCuts)
        from disputed in Gen.Elements(Enum.GetValues<DisputedTreatment>())
        select (events, one, two, knownOne, knownTwo, disputed),
        x =>
        {
            var engine = new AgingEngine(new() { Disputed = x.disputed });
            AgingDifference Between(IEnumerable<LedgerEvent> events)
            {
                var book = LedgerBook.Create(events);
                return AgingDifference.Between(engine.Age(book.Snapshot(x.one, x.knownOne)), engine.Age(book.Snapshot(x.two, x.knownTwo)));
            }

            var difference = Between(x.events);
            var explained = difference.Explain(x.events);
            Assert.Equal(difference.Changes, explained.Select(e => e.Change));
            Assert.All(explained.Where(e => e.Change.Kind != AgingChangeKind.Column), e => Assert.NotEmpty(e.Events));

            // Without them nothing but time moves these items; others, which they left as they were, may now stand differently. With knowledge cut off, an
            // allocation may also fall with what is not known of its other side.
            if (x.knownOne is not null || x.knownTwo is not null)
            {
                return;
            }

            var causes = explained.SelectMany(e => e.Events).ToHashSet(ReferenceEqualityComparer.Instance);
            var changed = difference.Changes.Select(c => c.Document).ToHashSet();
            Assert.All(Between(x.events.Where(e => !causes.Contains(e))).Changes.Where(c => changed.Contains(c.Document)), c => Assert.Equal(AgingChangeKind.Column, c.Kind));
        });

    [Fact]
    public void Revaluation_stands_apart()
    {
        var item = new OpenItem
        {
            Id = new DocumentId("I1"),
            Kind = DocumentKind.Invoice,
            Issued = new LocalDate(2026, 1, 1),
            Due = new LocalDate(2026, 1, 31),
            Amount = Money.Parse("100.00 USD"),
            Open = Money.Parse("100.00 USD"),
        };
        var report = new AgingEngine().Age(new LocalDate(2026, 3, 31), [item]);
        var rates = new Dictionary<Currency, decimal> { [Currency.USD] = 0.90m };
        Assert.Equal(Money.Parse("90.00 EUR"), BaseCurrencyView.Of(report, Currency.EUR, rates).Total.Total);
        Assert.Equal(Money.Parse("-2.50 EUR"), BaseCurrencyView.Revaluation(report, Currency.EUR, rates, _ => 0.925m));
        Assert.Throws<ArgumentException>(() => BaseCurrencyView.Of(report, Currency.GBP, rates: new Dictionary<Currency, decimal>()));
    }
}
