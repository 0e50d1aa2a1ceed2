using System.Text;
using NodaTime;
using Receivables.Sdk.LatePayment;
using Xunit;

namespace Receivables.Sdk.Tests.LatePayment;

/// <summary>The data checks itself.</summary>
public class TableTests
{
    [Fact]
    public void The_German_base_rate_is_the_European_rate_less_0_88()
    {
        var (europe, germany) = (LatePaymentTables.BuiltIn.Rate("EU-REFERENCE")!, LatePaymentTables.BuiltIn.Rate("DE-BASE")!);
        Assert.Equal(50, europe.Rates.Count);
        Assert.Equal(europe.Rates.Select(r => (r.From, r.Percent - 0.88m)), germany.Rates.Select(r => (r.From, r.Percent)));
    }

    [Fact]
    public void Half_years_follow_each_other_without_a_gap()
    {
        foreach (var table in LatePaymentTables.BuiltIn.Rates.Where(t => t.Id is "EU-REFERENCE" or "DE-BASE" or "AT-BASE" or "UK-BANK"))
        {
            for (var i = 1; i < table.Rates.Count; i++)
            {
                Assert.Equal(table.Rates[i - 1].From.PlusMonths(6), table.Rates[i].From);
            }
        }
    }

    // An act that changes a half-year's rate in its middle.
    [Theory]
    [InlineData(RatePeriod.HalfYear)]
    [InlineData(RatePeriod.Year)]
    [InlineData(RatePeriod.UntilNext)]
    public void A_rate_gives_way_to_one_that_begins_within_its_period(RatePeriod period)
    {
        var table = new ReferenceRateTable
        {
            Id = "EU-REFERENCE",
            Name = "n",
            Source = "s",
            DataAsOf = new LocalDate(2024, 1, 1),
            CoversUntil = new LocalDate(2024, 6, 30),
            Period = period,
            Rates = [new ReferenceRate(new LocalDate(2024, 1, 1), 2m, Certainty.Confirmed), new ReferenceRate(new LocalDate(2024, 3, 1), 4m, Certainty.Confirmed)],
        };
        var sheet = new LatePaymentCalculator(LatePaymentTables.BuiltIn.With(table)).Interest(StatutoryVectors.Claim("NL", 36_500m, "2024-01-31"), new LocalDate(2024, 3, 11)).ValueOrDefault!;
        Assert.Equal([(29, 10m, 290m), (10, 12m, 120m)], sheet.Segments.Select(s => (s.Days, s.Percent, s.Interest.Amount)));
    }

    [Fact]
    public void Every_table_and_rule_says_where_it_comes_from()
    {
        Assert.All(LatePaymentTables.BuiltIn.Rates, t => Assert.True(t.Source.Length > 10 && t.Rates.Count > 0 && t.Rates[^1].From <= t.CoversUntil));
        Assert.All(LatePaymentTables.BuiltIn.Countries.SelectMany(c => c.Rules), r =>
        {
            Assert.True(r.Source.Length > 10);
            Assert.True(r.Interest?.Table is not { } table || LatePaymentTables.BuiltIn.Rate(table) is not null);
            Assert.True(r.FixedSum is null || Currency.TryParse(r.FixedSum.Currency, out _));
        });
    }

    [Fact]
    public void A_table_that_runs_out_is_told_sixty_days_before()
    {
        Assert.DoesNotContain(LatePaymentTables.BuiltIn.RunningOut(new LocalDate(2026, 10, 31)), r => r.Args[0].Value == "EU-REFERENCE");
        Assert.Equal("tableRunsOut", LatePaymentTables.BuiltIn.RunningOut(new LocalDate(2026, 11, 2)).Single(r => r.Args[0].Value == "EU-REFERENCE").Code);
        Assert.Equal("tableEnded", LatePaymentTables.BuiltIn.RunningOut(new LocalDate(2027, 1, 1)).Single(r => r.Args[0].Value == "EU-REFERENCE").Code);
    }

    [Theory]
    [InlineData("""{"id":"X"}""")]
    [InlineData("""{"country":"XX","dataAsOf":"2026-01-01","rules":[],"more":1}""")]
    [InlineData("""{"id":"X","name":"n","source":"s","dataAsOf":"2026-02-30","coversUntil":"2026-12-31","rates":[]}""")]
    [InlineData("""{"id":"X","name":"n","source":"s","dataAsOf":"2026-01-01","coversUntil":"2026-12-31","rates":[{"from":"2026-02-01","percent":1,"certainty":"confirmed"},{"from":"2026-01-01","percent":1,"certainty":"confirmed"}]}""")]
    [InlineData("[]")]
    [InlineData("x")]
    public void A_table_that_cannot_be_read_is_refused(string json) => Assert.Throws<FormatException>(() => LatePaymentTables.BuiltIn.With(Encoding.UTF8.GetBytes(json)));
}
