using NodaTime;
using NodaTime.Text;
using Receivables.Sdk.LatePayment;
using Receivables.Sdk.Ledger;
using Xunit;

namespace Receivables.Sdk.Tests.LatePayment;

/// <summary>Figures worked out by hand or published, to the cent.</summary>
public class StatutoryVectors
{
    private static LocalDate D(string date) => LocalDatePattern.Iso.Parse(date).Value;

    internal static LatePaymentClaim Claim(string country, decimal principal, string due, PartyKind party = PartyKind.Business) =>
        new() { Country = country, Party = party, Principal = new Money(principal, Currency.Parse(country == "GB" ? "GBP" : country == "CN" ? "CNY" : "EUR")), Due = D(due) };

    private static InterestSheet Sheet(LatePaymentClaim claim, string paid, LatePaymentTables? tables = null) =>
        Assert.IsType<LawAnswer<InterestSheet>.Granted>(new LatePaymentCalculator(tables).Interest(claim, D(paid))).Value;

    [Theory]
    [InlineData("NL", "1000", "2023-06-15", "2023-08-15", "19.11")]
    [InlineData("DE", "10000", "2023-12-15", "2024-03-15", "308.99")]
    [InlineData("BE", "1234.56", "2024-05-31", "2025-02-10", "106.04")]
    [InlineData("FR", "2500", "2025-06-30", "2025-07-31", "24.97")]
    [InlineData("NL", "10000", "2022-12-31", "2025-01-01", "2506.11")]
    [InlineData("GB", "5000", "2022-12-01", "2023-09-01", "345.92")]
    [InlineData("CN", "100000", "2024-01-01", "2024-02-16", "2250.00")]
    public void Interest_between_businesses(string country, string principal, string due, string paid, string expected) =>
        Assert.Equal(expected, Sheet(Claim(country, decimal.Parse(principal), due), paid).Total.ToAmountString());

    [Fact]
    public void The_payment_day_counts_where_asked() =>
        Assert.Equal("19.44", Sheet(Claim("NL", 1000m, "2023-06-15") with { CountsPaymentDay = true }, "2023-08-15").Total.ToAmountString());

    [Theory]
    [InlineData("GB", "UK-business", "Floating", "Actual365", "None", "5000", "2022-12-01", "2023-09-01", "433.56")]
    [InlineData("DE", "DE-business", "Floating", "ActualActual", "None", "10000", "2023-12-15", "2024-03-15", "308.29")]
    [InlineData("NL", "NL-business", "Floating", "Actual365", "None", "10000", "2022-12-31", "2025-01-01", "2366.44")]
    public void A_rule_can_be_replaced_at_run_time(string country, string id, string mode, string dayCount, string compounding, string principal, string due, string paid, string expected)
    {
        var rules = LatePaymentTables.BuiltIn.Countries.Single(c => c.Country == country);
        var tables = LatePaymentTables.BuiltIn.With(rules with
        {
            Rules =
            [
                .. rules.Rules.Select(r => r.Id != id ? r : r with
                {
                    Interest = r.Interest! with { Mode = Enum.Parse<RateMode>(mode), DayCount = Enum.Parse<DayCount>(dayCount), Compounding = Enum.Parse<Compounding>(compounding) },
                }),
            ],
        });
        Assert.Equal(expected, Sheet(Claim(country, decimal.Parse(principal), due), paid, tables).Total.ToAmountString());
    }

    [Fact]
    public void A_sheet_shows_its_stretches()
    {
        var sheet = Sheet(Claim("NL", 1000m, "2023-06-15"), "2023-08-15");
        Assert.Equal([(D("2023-06-16"), D("2023-06-30"), 15, 10.5m), (D("2023-07-01"), D("2023-08-14"), 45, 12m)], sheet.Segments.Select(s => (s.From, s.Until, s.Days, s.Percent)));
        Assert.Equal(["4.32", "14.79"], sheet.Segments.Select(s => s.Interest.ToAmountString()));
    }

    [Theory]
    [InlineData("1", "40")]
    [InlineData("266.66", "40")]
    [InlineData("267", "40.05")]
    [InlineData("2500", "375")]
    [InlineData("5000", "625")]
    [InlineData("10000", "875")]
    [InlineData("200000", "2775")]
    [InlineData("1000000", "6775")]
    [InlineData("9000000", "6775")]
    public void The_Dutch_scale_of_collection_costs(string principal, string expected) => Assert.Equal(decimal.Parse(expected), Scale("NL").Of(new Money(decimal.Parse(principal), Currency.EUR)).Amount);

    [Theory]
    [InlineData("50", "20")]
    [InlineData("150", "20")]
    [InlineData("150.01", "30.00")]
    [InlineData("500", "65")]
    [InlineData("1000", "90")]
    [InlineData("39200", "2000")]
    [InlineData("39200000", "2000")]
    public void The_Belgian_caps_for_consumers(string principal, string expected) => Assert.Equal(decimal.Parse(expected), Scale("BE").Of(new Money(decimal.Parse(principal), Currency.EUR)).Amount);

    // Two letters of 150 cost less than one of 300: nobody may simplify the scale to one that is sub-additive.
    [Fact]
    public void The_Belgian_caps_are_not_sub_additive() =>
        Assert.True(Scale("BE").Of(new Money(300m, Currency.EUR)) > Scale("BE").Of(new Money(150m, Currency.EUR)) * 2);

    [Theory]
    [InlineData("GB", "999.99", "40")]
    [InlineData("GB", "1000", "70")]
    [InlineData("GB", "9999.99", "70")]
    [InlineData("GB", "10000", "100")]
    [InlineData("NL", "1", "40")]
    [InlineData("IE", "1000", "40")]
    [InlineData("IE", "1000.01", "70")]
    [InlineData("IE", "10000.01", "100")]
    public void The_fixed_sum_for_a_late_invoice(string country, string principal, string expected) =>
        Assert.Equal(decimal.Parse(expected), new LatePaymentCalculator().FixedSum(Claim(country, decimal.Parse(principal), "2024-05-01"), D("2024-06-01")).ValueOrDefault.Amount);

    [Fact]
    public void What_was_not_in_force_yet_gives_nothing()
    {
        var calculator = new LatePaymentCalculator(null, _ => new Weekdays());

        // France: interest since 2009, the fixed sum for who becomes late from 2013 on.
        Assert.Equal("ruleMissing", Reason(calculator.FixedSum(Claim("FR", 100m, "2012-12-30"), D("2013-06-01"))));
        Assert.Equal(40m, calculator.FixedSum(Claim("FR", 100m, "2012-12-31"), D("2013-06-01")).ValueOrDefault.Amount);
        Assert.Equal("ruleMissing", Reason(calculator.FixedSum(Claim("FR", 100m, "2008-12-30"), D("2013-06-01"))));

        // Belgium: book XIX for new contracts from 1 September 2023, for older ones from 1 December.
        var claim = Claim("BE", 1000m, "2023-08-01", PartyKind.Consumer) with { HasClause = true, Notice = new NoticeTerm("n", D("2023-09-01"), D("2023-09-02"), D("2023-09-15")) };
        Assert.Equal("ruleMissing", Reason(calculator.Costs(claim, claim.Principal, D("2023-11-30"))));
        Assert.Equal("90.00", calculator.Costs(claim, claim.Principal, D("2023-12-01")).ValueOrDefault.ToAmountString());
        Assert.Equal("90.00", calculator.Costs(claim with { Contract = D("2023-09-01") }, claim.Principal, D("2023-11-30")).ValueOrDefault.ToAmountString());
    }

    [Fact]
    public void A_due_date_on_a_weekend_puts_off_German_interest()
    {
        Assert.Equal(D("2024-06-18"), Sheet(Claim("DE", 1000m, "2024-06-15"), "2024-07-01").FirstDay);

        // Easter Monday is a holiday, too.
        Assert.Equal(D("2024-04-03"), Sheet(Claim("DE", 1000m, "2024-03-31"), "2024-07-01").FirstDay);
        var blind = new LatePaymentCalculator(null, _ => null).Interest(Claim("DE", 1000m, "2024-03-31"), D("2024-07-01")).ValueOrDefault!;
        Assert.Equal(D("2024-04-02"), blind.FirstDay);
        Assert.Contains(blind.Notes, n => n.Code == "holidaysNotChecked");
    }

    [Fact]
    public void The_Dutch_fourteen_day_letter_runs_from_receipt()
    {
        var calculator = new LatePaymentCalculator(null, name => name == "NL" ? new Weekdays() : null);
        var notice = calculator.NoticeFor("NL", PartyKind.Consumer)!;
        // Posted on Friday: Saturday is the first day that counts, Sunday and Monday do not, Tuesday is the second.
        var term = calculator.Term(notice, D("2024-06-07"), "letter").ValueOrDefault!;
        Assert.Equal((D("2024-06-11"), D("2024-06-25"), D("2024-06-26")), (term.Arrival, term.Last, term.ChargeableFrom));
        var claim = Claim("NL", 267m, "2024-05-01", PartyKind.Consumer) with { Notice = term };
        Assert.Equal("noticeMissing", Reason(calculator.Costs(claim, claim.Principal, D("2024-06-25"))));
        Assert.Equal("40.05", calculator.Costs(claim, claim.Principal, D("2024-06-26")).ValueOrDefault.ToAmountString());
        Assert.Equal("calendarMissing", Reason(new LatePaymentCalculator(null, _ => null).Term(notice, D("2024-06-07"), "letter")));
        Assert.Equal("receiptMissing", Reason(calculator.Term(notice, D("2024-06-07"), "pigeon")));
    }

    [Fact]
    public void The_Belgian_first_reminder_gives_fourteen_days()
    {
        var calculator = new LatePaymentCalculator(null, _ => new Weekdays());
        var notice = calculator.NoticeFor("BE", PartyKind.Consumer)!;
        Assert.Equal(D("2024-06-22"), calculator.Term(notice, D("2024-06-07"), "email").ValueOrDefault!.ChargeableFrom);
        Assert.Equal(D("2024-06-26"), calculator.Term(notice, D("2024-06-07"), "letter").ValueOrDefault!.ChargeableFrom);
        var claim = Claim("BE", 1000m, "2024-05-01", PartyKind.Consumer);
        Assert.Equal("clauseMissing", Reason(calculator.Interest(claim, D("2024-09-01"))));
        Assert.Equal("noticeMissing", Reason(calculator.Interest(claim with { HasClause = true }, D("2024-09-01"))));

        // Nothing for the days before the term is over: 30 days at 12.5 %.
        var noticed = claim with { HasClause = true, Notice = calculator.Term(notice, D("2024-06-07"), "email").ValueOrDefault };
        Assert.Equal("noticeMissing", Reason(calculator.Interest(noticed, D("2024-06-21"))));
        var sheet = calculator.Interest(noticed, D("2024-07-22")).ValueOrDefault!;
        Assert.Equal((D("2024-06-22"), "10.27"), (sheet.FirstDay, sheet.Total.ToAmountString()));

        // The law counts from sending: a letter that came sooner, or later, changes nothing.
        Assert.Equal(D("2024-06-26"), calculator.Term(notice, D("2024-06-07"), "letter", D("2024-06-08")).ValueOrDefault!.ChargeableFrom);
    }

    [Fact]
    public void What_is_not_known_is_refused()
    {
        var calculator = new LatePaymentCalculator();
        var claim = Claim("NL", 1000m, "2024-05-01");
        Assert.Equal("countryUnknown", Reason(calculator.Interest(claim with { Country = "US" }, D("2024-09-01"))));
        Assert.Equal("countryUnknown", Reason(calculator.Interest(claim with { Country = null }, D("2024-09-01"))));
        Assert.Equal("partyUnknown", Reason(calculator.Interest(claim with { Party = PartyKind.Unknown }, D("2024-09-01"))));
        Assert.Equal("rateMissing", Reason(calculator.Interest(claim, D("2027-02-01"))));
        Assert.Equal("notProvided", Reason(calculator.FixedSum(claim with { Party = PartyKind.Consumer }, D("2024-09-01"))));
    }

    [Fact]
    public void A_rate_of_one_source_is_told() => Assert.True(Sheet(Claim("NL", 1000m, "2026-06-15"), "2026-08-15").IsProvisional);

    internal static string? Reason<T>(LawAnswer<T> answer) => (answer as LawAnswer<T>.Refused)?.Reason.Code;

    internal static CostScale Scale(string country) => LatePaymentTables.BuiltIn.Countries.Single(c => c.Country == country).Rules.Last(r => r.Costs is not null).Costs!;

    private sealed class Weekdays : Receivables.Sdk.Calendars.IBusinessCalendar
    {
        public string Name => "weekdays";

        public bool IsBusinessDay(LocalDate date) => date.DayOfWeek is not (IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday);
    }
}
