using System.Reflection;
using System.Runtime.CompilerServices;
using Xunit;

namespace Receivables.Sdk.Tests.Architecture;

/// <summary>The public surface as a whole: approved as text, and of one make.</summary>
public class PublicApiTests
{
    private const string Approved = "tests/Receivables.Sdk.Tests/Architecture/PublicApi.approved.txt";

    private static readonly Type[] Exported = [.. typeof(Money).Assembly.GetExportedTypes().OrderBy(t => t.FullName, StringComparer.Ordinal)];

    /// <summary>A change of the API changes the approved file in the same commit: set RECEIVABLES_APPROVE=1 and run this test to write it.</summary>
    [Fact]
    public void The_public_api_is_the_approved_one()
    {
        var actual = string.Join('\n', PublicApiText.Of(typeof(Money).Assembly)) + "\n";
        if (Environment.GetEnvironmentVariable("RECEIVABLES_APPROVE") == "1")
        {
            File.WriteAllText(Repository.Path(Approved), actual);
        }

        Assert.Equal(File.ReadAllText(Repository.Path(Approved)).ReplaceLineEndings("\n"), actual);
    }

    [Fact]
    public void Public_structs_are_readonly() =>
        Assert.Empty(Exported.Where(t => t.IsValueType && !t.IsEnum && t.GetCustomAttribute<IsReadOnlyAttribute>() is null).Select(t => t.FullName));

    [Fact]
    public void Options_are_records_with_a_default() =>
        Assert.Empty(Exported.Where(t => t.Name.EndsWith("Options", StringComparison.Ordinal) && !t.IsAbstract)
            .Where(t => t.GetProperty("Default", BindingFlags.Public | BindingFlags.Static)?.PropertyType.IsAssignableFrom(t) != true || t.GetMethod("<Clone>$") is null)
            .Select(t => t.FullName));

    [Fact]
    public void Async_methods_take_a_token_last() =>
        Assert.Empty(Methods().Where(m => m.Name.EndsWith("Async", StringComparison.Ordinal) && m.DeclaringType!.Name != "IAsyncDisposable" && m.Name != "DisposeAsync")
            .Where(m => m.GetParameters().LastOrDefault()?.ParameterType != typeof(CancellationToken))
            .Select(m => m.DeclaringType + "." + m.Name));

    [Fact]
    public void Methods_that_wait_are_named_Async() =>
        Assert.Empty(Methods().Where(m => !m.Name.EndsWith("Async", StringComparison.Ordinal) && !m.IsSpecialName && Waits(m.ReturnType)).Select(m => m.DeclaringType + "." + m.Name));

    [Fact]
    public void Interfaces_have_at_most_three_methods() =>
        Assert.Empty(Exported.Where(t => t.IsInterface && t.GetMethods().Count(m => !m.IsSpecialName) > 3).Select(t => t.FullName));

    [Fact]
    public void No_public_member_speaks_of_floating_money() =>
        Assert.Empty(Exported.SelectMany(t => t.GetProperties()).Where(p => p.PropertyType == typeof(double) && (p.Name.Contains("Amount", StringComparison.Ordinal) || p.Name.Contains("Balance", StringComparison.Ordinal)))
            .Select(p => p.DeclaringType + "." + p.Name));

    private static bool Waits(Type type) =>
        type == typeof(Task) || type == typeof(ValueTask) || (type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Task<>)
            || type.GetGenericTypeDefinition() == typeof(ValueTask<>) || type.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>)));

    private static IEnumerable<MethodInfo> Methods() =>
        Exported.SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly));
}
