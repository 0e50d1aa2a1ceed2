using FsCheck;
using FsCheck.Fluent;
using Receivables.Sdk.Statements;
using Receivables.Sdk.TestKit;
using Xunit;

namespace Receivables.Sdk.Tests.Statements;

public class ExactAmountTests
{
    private static Gen<decimal> Amounts { get; } =
        from low in Gen.Choose(int.MinValue, int.MaxValue)
        from middle in Gen.Frequency((3, Gen.Constant(0)), (1, Gen.Choose(int.MinValue, int.MaxValue)))
        from high in Gen.Frequency((9, Gen.Constant(0)), (1, Gen.Choose(0, 1000)))
        from isNegative in Gen.Elements(true, false)
        from scale in Gen.Frequency((5, Gen.Constant(2)), (1, Gen.Choose(0, 6)))
        from isZero in Gen.Frequency((9, Gen.Constant(false)), (1, Gen.Constant(true)))
        select isZero ? new decimal(0, 0, 0, isNegative, (byte)scale) : new decimal(low, middle, high, isNegative, (byte)scale);

    [Fact]
    public void An_amount_comes_back_digit_by_digit() => Law.ForAll(
        Amounts,
        amount =>
        {
            var exact = ExactAmount.Of(amount);
            Assert.Equal(decimal.GetBits(amount), decimal.GetBits(exact.Value));
            Assert.Equal(amount < 0m, exact.IsNegative);
            var transaction = new BankTransaction { Amount = new Money(amount, Currency.EUR), IsReversal = true };
            Assert.Equal(decimal.GetBits(amount), decimal.GetBits(transaction.Amount.Amount));
            Assert.Equal(decimal.GetBits(-amount), decimal.GetBits(transaction.WithAmount(new Money(-amount, Currency.EUR)).Amount.Amount));
            Assert.True(transaction.IsReversal);
        });

    [Fact]
    public void The_sum_of_whole_numbers_is_that_of_the_decimals() => Law.ForAll(
        Amounts.ArrayOf(),
        amounts =>
        {
            var sum = default(AmountSum);
            foreach (var amount in amounts)
            {
                sum.Add(ExactAmount.Of(amount));
            }

            Assert.Equal(amounts.Sum(), sum.Value);
        });
}
