using FsCheck.Fluent;
using Receivables.Sdk.Matching;
using Receivables.Sdk.TestKit;
using Xunit;

namespace Receivables.Sdk.Tests.Matching;

public class ClopperPearsonTests
{
    // Two-sided 95 % limits as tables print them (Geigy, Diem: Documenta Geigy; R's binom.test), so each side at 97.5 %.
    [Theory]
    [InlineData(0, 10, 0.0000, 0.3085)]
    [InlineData(1, 10, 0.0025, 0.4450)]
    [InlineData(2, 10, 0.0252, 0.5561)]
    [InlineData(5, 10, 0.1871, 0.8129)]
    [InlineData(10, 10, 0.6915, 1.0000)]
    [InlineData(2, 20, 0.0123, 0.3170)]
    [InlineData(0, 100, 0.0000, 0.0362)]
    [InlineData(1, 100, 0.0003, 0.0545)]
    [InlineData(10, 100, 0.0490, 0.1762)]
    [InlineData(50, 100, 0.3983, 0.6017)]
    public void The_limits_are_those_of_the_tables(int found, int count, double lower, double upper)
    {
        Assert.Equal(lower, ClopperPearson.Lower(found, count, 0.975), 4);
        Assert.Equal(upper, ClopperPearson.Upper(found, count, 0.975), 4);
    }

    [Fact]
    public void Nothing_wrong_in_n_has_a_closed_form()
    {
        foreach (var n in new[] { 1, 10, 299, 2995, 3000, 100_000 })
        {
            Assert.Equal(1.0 - Math.Pow(0.05, 1.0 / n), ClopperPearson.Upper(0, n, 0.95), 11);
        }

        // The rule of three: about 3,000 answers without an error prove a rate of at most one in a thousand.
        Assert.True(ClopperPearson.Upper(0, 2995, 0.95) < 0.001);
        Assert.Equal(1.0, ClopperPearson.Upper(0, 0, 0.95));
        Assert.Equal(0.0, ClopperPearson.Lower(0, 0, 0.95));
    }

    // At the upper limit so few or fewer are found with just the remaining chance: the binomial sum is the oracle.
    [Fact]
    public void The_upper_limit_leaves_just_the_remaining_chance() => Law.ForAll(
        from count in Gen.Choose(1, 400)
        from found in Gen.Choose(0, count - 1)
        from confidence in Gen.Elements(0.5, 0.9, 0.95, 0.99, 0.999)
        select (Found: found, Count: count, Confidence: confidence),
        x =>
        {
            var p = ClopperPearson.Upper(x.Found, x.Count, x.Confidence);
            double term = x.Count * Math.Log(1 - p), sum = Math.Exp(term);
            for (var k = 1; k <= x.Found; k++)
            {
                term += Math.Log((x.Count - k + 1.0) / k) + Math.Log(p / (1 - p));
                sum += Math.Exp(term);
            }

            Assert.Equal(1 - x.Confidence, sum, 8);
            Assert.Equal(1 - p, ClopperPearson.Lower(x.Count - x.Found, x.Count, x.Confidence), 9);
        });

    [Fact]
    public void What_cannot_be_counted_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ClopperPearson.Upper(2, 1, 0.95));
        Assert.Throws<ArgumentOutOfRangeException>(() => ClopperPearson.Upper(-1, 1, 0.95));
        Assert.Throws<ArgumentOutOfRangeException>(() => ClopperPearson.Upper(0, 1, 1.0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ClopperPearson.Upper(0, 1, double.NaN));
    }
}
