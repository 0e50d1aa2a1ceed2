using FsCheck.Fluent;
using NodaTime;
using Receivables.Sdk.Aging;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.TestKit;
using Receivables.Sdk.TestKit.Aging;
using Xunit;

namespace Receivables.Sdk.Tests.Aging;

public class AgingReportTests
{
    private static readonly LocalDate AsOf = new(2026, 3, 31);

    private static OpenItem Item(string id, string? customer, string open, int age, DocumentKind kind = DocumentKind.Invoice, string? disputed = null) => new()
    {
        Id = new DocumentId(id),
        Kind = kind,
        Customer = customer is null ? null : new CustomerId(customer),
        Issued = AsOf.PlusDays(-age - 30),
        Due = AsOf.PlusDays(-age),
        Amount = Money.Parse(open),
        Open = Money.Parse(open),
        Disputed = disputed is null ? null : Money.Parse(disputed),
    };

    private static string Line(AgingRow row) =>
        $"{row.Title} {row.Currency} {row.NotDue.ToAmountString()} [{string.Join(' ', row.Buckets.Select(b => b.Amount.ToAmountString()))}] {row.Unapplied.ToAmountString()} = {row.Total.ToAmountString()} ({row.Disputed.ToAmountString()})";

    [Fact]
    public void A_customers_row_has_every_bucket_its_unapplied_money_and_what_is_disputed()
    {
        var report = new AgingEngine().Age(AsOf, [
            Item("I1", "C100", "121.00 EUR", 30, disputed: "40.00 EUR"),
            Item("P1", "C100", "20.00 EUR", 0, DocumentKind.Payment),
            Item("I2", "C200", "5 JPY", 0),
            Item("I3", "*", "1.250 KWD", 91),
            Item("P2", null, "3.00 EUR", 5, DocumentKind.Payment)]);
        Assert.Equal(
            [
                " EUR 0.00 [0.00 0.00 0.00 0.00] -3.00 = -3.00 (0.00)",
                "\\* KWD 0.000 [0.000 0.000 0.000 1.250] 0.000 = 1.250 (0.000)",
                "C100 EUR 0.00 [121.00 0.00 0.00 0.00] -20.00 = 101.00 (40.00)",
                "C200 JPY 5 [0 0 0 0] 0 = 5 (0)",
            ],
            report.Rows.Select(Line));
        Assert.Equal(
            ["* EUR 0.00 [121.00 0.00 0.00 0.00] -23.00 = 98.00 (40.00)", "* JPY 5 [0 0 0 0] 0 = 5 (0)", "* KWD 0.000 [0.000 0.000 0.000 1.250] 0.000 = 1.250 (0.000)"],
            report.Totals.Select(Line));
        Assert.Equal("I1", Assert.Single(report.Find("C100", Currency.EUR)!.Buckets[0].Documents).Value);
        Assert.Null(report.Find("C100", Currency.JPY));
    }

    [Fact]
    public void A_settled_currency_has_a_total_of_zero_and_no_row()
    {
        var paid = Item("I1", "C1", "10.00 EUR", 3) with { Open = Money.Parse("0.00 EUR") };
        var report = new AgingEngine().Age(new LedgerSnapshot { AsOf = AsOf, SettledItems = [paid] });
        Assert.Empty(report.Rows);
        Assert.Equal("* EUR 0.00 [0.00 0.00 0.00 0.00] 0.00 = 0.00 (0.00)", Line(Assert.Single(report.Totals)));
    }

    [Fact]
    public void Instalments_age_by_their_own_dates_and_as_a_whole_by_issue()
    {
        var item = Item("I1", "C1", "100.00 EUR", 0) with
        {
            Issued = AsOf.PlusDays(-45),
            Open = Money.Parse("70.00 EUR"),
            Instalments =
            [
                new OpenInstalment(1, AsOf.PlusDays(-31), Money.Parse("50.00 EUR"), Money.Parse("20.00 EUR")),
                new OpenInstalment(2, AsOf, Money.Parse("50.00 EUR"), Money.Parse("50.00 EUR")),
            ],
        };
        Assert.Equal("C1 EUR 50.00 [0.00 20.00 0.00 0.00] 0.00 = 70.00 (0.00)", Line(new AgingEngine().Age(AsOf, [item]).Rows[0]));
        Assert.Equal("C1 EUR 0.00 [0.00 70.00 0.00 0.00] 0.00 = 70.00 (0.00)", Line(new AgingEngine(new() { Basis = AgingBasis.Issued }).Age(AsOf, [item]).Rows[0]));
        Assert.Throws<ArgumentException>(() => new AgingEngine().Age(AsOf, [item with { Open = Money.Parse("60.00 EUR") }]));
    }

    [Fact]
    public void A_parent_is_the_top_of_the_chain_and_a_circle_has_no_top()
    {
        Customer Of(string id, string? parent) => new() { Id = new CustomerId(id), Parent = parent is null ? null : new CustomerId(parent), Group = id == "a" ? "g" : null };
        Customer[] customers = [Of("a", "b"), Of("b", "c"), Of("c", null), Of("x", "y"), Of("y", "x"), Of("z", "x"), Of("s", "s"), Of("o", "gone")];
        var items = customers.Select(c => Item("I" + c.Id, c.Id.Value, "1.00 EUR", 1)).ToList();
        Assert.Equal(["c", "gone", "s", "x", "y"], new AgingEngine(new() { GroupBy = AgingDimension.Parent }).Age(AsOf, items, customers).Rows.Select(r => r.Group));
        Assert.Equal(["", "g"], new AgingEngine(new() { GroupBy = AgingDimension.Group }).Age(AsOf, items, customers).Rows.Select(r => r.Group));
        var none = new AgingEngine(new() { GroupBy = AgingDimension.None }).Age(AsOf, items, customers);
        Assert.Empty(none.Rows);
        Assert.Equal(8, none.Totals[0].Buckets[0].Documents.Count);
    }

    [Theory]
    [InlineData(UnappliedTreatment.OwnColumn, "C1 EUR 10.00 [20.00 0.00 0.00 40.00] -45.00 = 25.00 (0.00)")]
    [InlineData(UnappliedTreatment.ByOwnDate, "C1 EUR 10.00 [20.00 -45.00 0.00 40.00] 0.00 = 25.00 (0.00)")]
    [InlineData(UnappliedTreatment.InNotDue, "C1 EUR -35.00 [20.00 0.00 0.00 40.00] 0.00 = 25.00 (0.00)")]
    [InlineData(UnappliedTreatment.NettedOldestFirst, "C1 EUR 10.00 [15.00 0.00 0.00 0.00] 0.00 = 25.00 (0.00)")]
    public void Unapplied_money_stands_where_it_is_asked_to(UnappliedTreatment treatment, string expected)
    {
        OpenItem[] items = [Item("I1", "C1", "10.00 EUR", 0), Item("I2", "C1", "20.00 EUR", 5), Item("I3", "C1", "40.00 EUR", 99), Item("N1", "C1", "45.00 EUR", 2, DocumentKind.CreditNote)];
        Assert.Equal(expected, Line(new AgingEngine(new() { Unapplied = treatment }).Age(AsOf, items).Rows[0]));
    }

    [Fact]
    public void Netting_leaves_what_exceeds_the_debt_and_never_crosses_customers()
    {
        OpenItem[] items = [Item("I1", "C1", "10.00 EUR", 3), Item("N1", "C1", "45.00 EUR", 2, DocumentKind.CreditNote), Item("I2", "C2", "7.00 EUR", 3)];
        var report = new AgingEngine(new() { Unapplied = UnappliedTreatment.NettedOldestFirst }).Age(AsOf, items);
        Assert.Equal(["C1 EUR 0.00 [0.00 0.00 0.00 0.00] -35.00 = -35.00 (0.00)", "C2 EUR 0.00 [7.00 0.00 0.00 0.00] 0.00 = 7.00 (0.00)"], report.Rows.Select(Line));
    }

    [Fact]
    public void Promised_held_planned_and_handed_over_money_is_told_beside_the_buckets()
    {
        var c1 = new CustomerId("C1");
        var report = new AgingEngine().Age(new LedgerSnapshot
        {
            AsOf = AsOf,
            OpenItems = [Item("I1", "C1", "10.00 EUR", 3), Item("I2", "C1", "20.00 EUR", 3), Item("I3", "C2", "40.00 EUR", 3)],
            Promises = [new(new("I1"), AsOf.PlusDays(-2), AsOf, Money.Parse("4.00 EUR")), new(new("I2"), AsOf.PlusDays(-9), AsOf.PlusDays(-1), null), new(new("I3"), AsOf, AsOf, null)],
            Holds = [new(c1, AsOf, null, null), new(new("C2"), AsOf.PlusDays(-5), AsOf.PlusDays(-1), null)],
            Plans = [new(new("I2"), AsOf, [new(AsOf.PlusDays(20), Money.Parse("15.00 EUR"))])],
            Handovers = [new(new("I3"), AsOf, "agency")],
        });
        var total = report.Totals[0];
        Assert.Equal(["0.00", "44.00", "30.00", "15.00", "40.00"], Enum.GetValues<AgingShare>().Select(s => total.Share(s).ToAmountString()));
    }

    [Fact]
    public void The_report_is_that_of_the_plain_twin() => Law.ForAll(
        from book in OpenItemGenerators.Books
        from basis in Gen.Elements(AgingBasis.Due, AgingBasis.Issued)
        from byGroup in Gen.Elements(true, false)
        from days in Gen.Elements<int[]>([30, 60, 90], [1], [], [7, 8, 365])
        select (book, basis, byGroup, days),
        x =>
        {
            string GroupOf(OpenItem item) => x.byGroup
                ? x.book.Customers.FirstOrDefault(c => c.Id == item.Customer)?.Group ?? ""
                : item.Customer?.Value ?? "";
            var options = new AgingOptions { Basis = x.basis, Scheme = AgingScheme.FromDays(x.days), GroupBy = x.byGroup ? AgingDimension.Group : AgingDimension.Customer };
            var report = new AgingEngine(options).Age(x.book.AsOf, x.book.Items, x.book.Customers);
            Assert.Equal(PlainAging.Age(x.book.AsOf, x.book.Items, GroupOf, x.basis, x.days), PlainAging.Flatten(report.Rows));
            Assert.Equal(x.book.Items.Select(i => i.Open.Currency).Distinct().Order(), report.Totals.Select(t => t.Currency));
        });

    [Fact]
    public void The_order_of_the_items_plays_no_part() => Law.ForAll(
        from book in OpenItemGenerators.Books
        from treatment in Gen.Elements(Enum.GetValues<UnappliedTreatment>())
        from shuffled in Gen.Shuffle(book.Items.ToArray())
        select (book, treatment, shuffled),
        x =>
        {
            var engine = new AgingEngine(new() { Unapplied = x.treatment, Disputed = DisputedTreatment.OwnColumn });
            var (one, two) = (engine.Age(x.book.AsOf, x.book.Items), engine.Age(x.book.AsOf, x.shuffled));
            Assert.Equal(one.Rows.Select(Line), two.Rows.Select(Line));
            Assert.Equal(one.Rows.SelectMany(r => r.Cells).SelectMany(c => c.Items), two.Rows.SelectMany(r => r.Cells).SelectMany(c => c.Items));
        });
}
