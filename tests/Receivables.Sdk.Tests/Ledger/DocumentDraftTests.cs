using NodaTime;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Validation;
using Xunit;

namespace Receivables.Sdk.Tests.Ledger;

public class DocumentDraftTests
{
    private static readonly DocumentDraft Good = new()
    {
        Customer = new CustomerId("C1"),
        Number = "2026-1",
        Issued = new LocalDate(2026, 1, 31),
        Due = new LocalDate(2026, 3, 2),
        Amount = 121m,
        Currency = Currency.EUR,
        Lines = [new DraftLine("bread", 150m), new DraftLine("rebate", -29m)],
        Instalments = [new InstalmentTerm(new LocalDate(2026, 2, 1), 60.5m), new InstalmentTerm(new LocalDate(2026, 3, 1), 60.5m)],
        CashDiscounts = [new CashDiscount(new Percentage(3m), new LocalDate(2026, 2, 7)), new CashDiscount(new Percentage(1m), new LocalDate(2026, 2, 14))],
    };

    [Fact]
    public void A_lawful_draft_becomes_an_event_that_a_book_takes()
    {
        var issued = Assert.IsType<DraftResult.Issued>(Good.Issue(new DocumentId("I1"))).Event;
        var book = LedgerBook.Create([new LedgerOpened(), new CustomerRecorded { Customer = new Customer { Id = new CustomerId("C1") } }, issued]);
        Assert.Empty(book.Faults);
        Assert.Equal("121.00 EUR", book.Open(issued.Id, new LocalDate(2026, 1, 31)).ToString());
    }

    [Fact]
    public void All_problems_come_at_once_from_the_type_and_from_the_validator()
    {
        var draft = Good with
        {
            Customer = null,
            Issued = new LocalDate(2026, 4, 1),
            Amount = 100.001m,
            CashDiscounts = [new CashDiscount(new Percentage(101m), new LocalDate(2026, 4, 2))],
        };
        var problems = draft.Check(new HashSet<string> { "2026-1" });
        Assert.Equal(
            ["customerMissing", "numberInUse", "tooManyDecimals", "linesDoNotAddUp", "instalmentsDoNotAddUp", "dueBeforeIssued", "instalmentBeforeIssued", "discountOutOfRange"],
            problems.Select(p => p.Code));
        Assert.Equal(problems, Assert.IsType<DraftResult.Rejected>(draft.Issue(new DocumentId("I1"), new HashSet<string> { "2026-1" })).Problems);
        var result = new DocumentDraftValidator(new HashSet<string> { "2026-1" }).Validate(draft);
        Assert.Equal(problems.Select(p => (p.Code, p.Field, p.Message)), result.Errors.Select(e => (e.ErrorCode, e.PropertyName, e.ErrorMessage)));
    }

    [Theory]
    [InlineData("0", "amountNotPositive")]
    [InlineData("-1", "amountNotPositive")]
    [InlineData("79228162514264337593543950335", "tooManyDecimals")]
    public void An_amount_out_of_range_is_named(string amount, string code) =>
        Assert.Contains((Good with { Amount = decimal.Parse(amount), Lines = [], Instalments = [] }).Check(), p => p.Code == code);

    [Fact]
    public void The_amount_is_the_sum_of_the_lines_where_none_is_stated() =>
        Assert.Equal(121m, Assert.IsType<DraftResult.Issued>((Good with { Amount = null }).Issue(new DocumentId("I1"))).Event.Amount);

    [Fact]
    public void A_claim_names_what_it_accrued_on() =>
        Assert.Equal(["claimMissing"], (Good with { Kind = DocumentKind.FeeClaim }).Check().Select(p => p.Code));

    [Fact]
    public void A_month_end_comes_back_after_a_short_month()
    {
        var days = new Recurrence(new LocalDate(2026, 1, 31), RecurrenceUnit.Month).Between(new LocalDate(2026, 1, 1), new LocalDate(2026, 5, 31));
        Assert.Equal([31, 28, 31, 30, 31], days.Select(d => d.Date.Day));
        var ends = new Recurrence(new LocalDate(2026, 2, 28), RecurrenceUnit.Month) { IsMonthEnd = true, Count = 3 }.Between(new LocalDate(2026, 3, 1), new LocalDate(2027, 1, 1));
        Assert.Equal([(2, new LocalDate(2026, 3, 31)), (3, new LocalDate(2026, 4, 30))], ends.Select(d => (d.Number, d.Date)));
        var leap = new Recurrence(new LocalDate(2024, 2, 29), RecurrenceUnit.Year).Between(new LocalDate(2027, 1, 1), new LocalDate(2028, 12, 31));
        Assert.Equal([new LocalDate(2027, 2, 28), new LocalDate(2028, 2, 29)], leap.Select(d => d.Date));
    }

    [Fact]
    public void A_window_gives_what_the_whole_gives_and_the_same_ids()
    {
        var plan = new RecurringDocument
        {
            Id = "rent",
            Recurrence = new Recurrence(new LocalDate(2026, 1, 31), RecurrenceUnit.Month, 2),
            Customers = [new CustomerId("C2"), new CustomerId("C1")],
            Template = Good with { Issued = null, Due = null, Number = null, Instalments = [], CashDiscounts = [] },
        };
        Assert.All(plan.Between(new LocalDate(2026, 1, 1), new LocalDate(2027, 12, 31)), o => Assert.Equal(o.Draft.Issued!.Value.PlusDays(30), o.Draft.Due));
        var whole = plan.Between(new LocalDate(2026, 1, 1), new LocalDate(2027, 12, 31)).ToList();
        Assert.Equal(24, whole.Select(o => o.Id).Distinct().Count());
        Assert.All(whole, o => Assert.Empty(o.Draft.Check()));
        for (var month = new LocalDate(2026, 1, 1); month.Year < 2028; month = month.PlusMonths(1))
        {
            var part = plan.Between(month, month.PlusMonths(1).PlusDays(-1)).Select(o => (o.Id, o.Draft.Issued, o.Draft.Customer));
            Assert.Equal(whole.Where(o => o.Draft.Issued >= month && o.Draft.Issued < month.PlusMonths(1)).Select(o => (o.Id, o.Draft.Issued, o.Draft.Customer)), part);
        }
    }

    [Fact]
    public void Every_number_of_a_draft_stands_on_its_document()
    {
        var draft = new DocumentDraft { Customer = new CustomerId("C1"), Issued = new LocalDate(2026, 1, 31), Amount = 1m, Currency = Currency.EUR, Number = "N", OrderNumber = "O", ContractNumber = "K", OtherNumbers = ["D-1", "P-2"] };
        var issued = Assert.IsType<DraftResult.Issued>(draft.Issue(new DocumentId("I1"))).Event;
        Assert.Equal(("N", "O", "K"), (issued.Number, issued.OrderNumber, issued.ContractNumber));
        Assert.Equal(["D-1", "P-2"], issued.OtherNumbers);
    }

    [Theory]
    [InlineData(RecurrenceUnit.Year, 1200, 7, "9226-01-31")]
    [InlineData(RecurrenceUnit.Month, 1200, 80, "9926-01-31")]
    [InlineData(RecurrenceUnit.Month, 1, 95688, "9999-12-31")]
    [InlineData(RecurrenceUnit.Week, 1200, 347, "9983-07-16")]
    public void A_recurrence_without_end_ends_with_the_calendar(RecurrenceUnit unit, int every, int count, string last)
    {
        var days = new Recurrence(new LocalDate(2026, 1, 31), unit, every).Between(LocalDate.MinIsoValue, LocalDate.MaxIsoValue).ToList();
        Assert.Equal((count, last), (days.Count, NodaTime.Text.LocalDatePattern.Iso.Format(days[^1].Date)));
    }

    private static RecurringDocument Rent(PaymentTerms terms, DocumentDraft? template = null) => new()
    {
        Id = "rent",
        Recurrence = new Recurrence(new LocalDate(2026, 1, 31), RecurrenceUnit.Month),
        Customers = [new CustomerId("C1")],
        Template = template ?? new DocumentDraft { Amount = 100m, Currency = Currency.EUR },
        Terms = terms,
    };

    // The second occurrence: 28 February 2026, a Saturday.
    private static DocumentDraft Second(RecurringDocument plan, Receivables.Sdk.Calendars.IBusinessCalendar? calendar = null) =>
        plan.Between(new LocalDate(2026, 2, 1), new LocalDate(2026, 2, 28), calendar).Single().Draft;

    [Theory]
    [InlineData("net 45d eom", "2026-04-30", "", "")]
    [InlineData("net 30d; discount 2% 10d; discount 1% 20d", "2026-03-30", "", "2% 2026-03-10, 1% 2026-03-20")]
    [InlineData("part 33.33% 0d; part rest 1m; part rest 2m", "2026-04-28", "33.33 2026-02-28, 33.34 2026-03-28, 33.33 2026-04-28", "")]
    [InlineData("net 1m; roll following", "2026-03-30", "", "")]
    public void A_plan_gives_each_occurrence_what_its_terms_say(string terms, string due, string instalments, string discounts)
    {
        var draft = Second(Rent(PaymentTerms.Parse(terms)), Receivables.Sdk.Calendars.BusinessCalendar.Of("TARGET"));
        Assert.Empty(draft.Check().Where(p => p.Code != "customerMissing"));
        Assert.Equal(due, NodaTime.Text.LocalDatePattern.Iso.Format(draft.Due!.Value));
        Assert.Equal(instalments, string.Join(", ", draft.Instalments.Select(i => $"{i.Amount} {NodaTime.Text.LocalDatePattern.Iso.Format(i.Due)}")));
        Assert.Equal(discounts, string.Join(", ", draft.CashDiscounts.Select(d => $"{d.Percent} {NodaTime.Text.LocalDatePattern.Iso.Format(d.Until)}")));
    }

    [Fact]
    public void Instalments_and_discounts_of_a_template_move_with_its_date_where_the_terms_have_none()
    {
        var template = new DocumentDraft
        {
            Issued = new LocalDate(2026, 1, 31),
            Amount = 100m,
            Currency = Currency.EUR,
            Instalments = [new InstalmentTerm(new LocalDate(2026, 2, 10), 40m), new InstalmentTerm(new LocalDate(2026, 3, 10), 60m)],
            CashDiscounts = [new CashDiscount(new Percentage(3m), new LocalDate(2026, 2, 5))],
        };
        var draft = Second(Rent(PaymentTerms.Net(14), template));
        Assert.Equal([new LocalDate(2026, 3, 10), new LocalDate(2026, 4, 7)], draft.Instalments.Select(i => i.Due));
        Assert.Equal([new LocalDate(2026, 3, 5)], draft.CashDiscounts.Select(d => d.Until));
        var replaced = Second(Rent(PaymentTerms.Parse("part 50% 0d; part 50% 30d; discount 2% 8d"), template));
        Assert.Equal([50m, 50m], replaced.Instalments.Select(i => i.Amount));
        Assert.Equal([new LocalDate(2026, 3, 8)], replaced.CashDiscounts.Select(d => d.Until));
    }

    [Fact]
    public void Terms_that_a_draft_cannot_have_are_refused()
    {
        var draft = new DocumentDraft { Issued = new LocalDate(2026, 1, 31), Amount = 100m, Currency = Currency.EUR };
        Assert.Equal(new LocalDate(2026, 2, 10), (draft with { Amount = null, Currency = null }).WithTerms(PaymentTerms.Net(10)).Due);
        Assert.Throws<ArgumentException>(() => (draft with { Issued = null }).WithTerms(PaymentTerms.Net(10)));
        Assert.Throws<ArgumentException>(() => (draft with { Currency = null }).WithTerms(PaymentTerms.Parse("part 50% 0d; part 50% 30d")));
        Assert.Throws<ArgumentException>(() => draft.WithTerms(PaymentTerms.Parse("net 10d; from delivery")));
        Assert.Throws<ArgumentNullException>(() => draft.WithTerms(PaymentTerms.Parse("net 10bd")));
        Assert.Equal(new LocalDate(2026, 2, 14), draft.WithTerms(PaymentTerms.Parse("net 10d; from delivery"), new TermsDates(new LocalDate(2026, 1, 31)) { Delivered = new LocalDate(2026, 2, 4) }).Due);
    }
}
