using System.Collections;
using System.Reflection;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Matching;
using Xunit;

namespace Receivables.Sdk.Tests.Matching;

public class HypothesisPoolTests
{
    [Fact]
    public void A_hypothesis_that_is_lent_again_is_as_new()
    {
        var pool = new HypothesisPool();
        var used = pool.Lend();
        foreach (var field in Fields())
        {
            if (field.GetValue(used) is not IList)
            {
                field.SetValue(used, Other(field.FieldType));
            }
        }

        used.Parts.Add(new HypothesisPart(1, 2, AllocationKind.Payment));
        used.Terms.Add(new MatchEvidence(EvidenceCode.Amount, 1, "x"));
        used.Clears.Add(null!);
        pool.TakeAllBack();

        var lent = pool.Lend();

        Assert.Same(used, lent);
        Assert.All(Fields(), field =>
        {
            if (field.GetValue(lent) is IList list)
            {
                Assert.Empty(list);
            }
            else
            {
                Assert.Equal(field.GetValue(new Hypothesis()), field.GetValue(lent));
            }
        });
    }

    private static FieldInfo[] Fields() => typeof(Hypothesis).GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public);

    private static object Other(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type.IsEnum ? Enum.ToObject(type, 1) : type == typeof(bool) ? true : Convert.ChangeType(77, type, System.Globalization.CultureInfo.InvariantCulture);
    }
}
