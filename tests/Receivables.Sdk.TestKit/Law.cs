using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace Receivables.Sdk.TestKit;

/// <summary>Checks a law over generated values: the one place that knows FsCheck's runner.</summary>
/// <remarks>
/// A failing run prints its seed; set <c>RECEIVABLES_SEED</c> to <c>seed,gamma</c> to replay exactly that run, or to <c>seed,gamma,size</c> of its last
/// step to replay that case alone, and <c>RECEIVABLES_CASES</c> to check more cases. FsCheck.Xunit would take this class's place.
/// </remarks>
public static class Law
{
    /// <summary>Holds when <paramref name="holds"/> is true for every generated value.</summary>
    /// <typeparam name="T">What is generated.</typeparam>
    /// <param name="values">The generator.</param>
    /// <param name="holds">The law; an exception is a failure, too.</param>
    /// <param name="cases">How many values, when the environment does not say.</param>
    public static void ForAll<T>(Gen<T> values, Func<T, bool> holds, int cases = 100) => Run(Prop.ForAll(values.ToArbitrary(), holds), cases);

    /// <summary>Holds when <paramref name="check"/> throws for no generated value.</summary>
    /// <inheritdoc cref="ForAll{T}(Gen{T}, Func{T, bool}, int)"/>
    /// <param name="values">The generator.</param>
    /// <param name="check">The law as assertions.</param>
    /// <param name="cases">How many values, when the environment does not say.</param>
    public static void ForAll<T>(Gen<T> values, Action<T> check, int cases = 100) => Run(Prop.ForAll(values.ToArbitrary(), check), cases);

    private static void Run(Property property, int cases)
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(
            int.TryParse(Environment.GetEnvironmentVariable("RECEIVABLES_CASES"), CultureInfo.InvariantCulture, out var more) ? more : cases);
        if (Environment.GetEnvironmentVariable("RECEIVABLES_SEED")?.Split(',') is [var seed, var gamma, .. var size])
        {
            var (first, second) = (ulong.Parse(seed, CultureInfo.InvariantCulture), ulong.Parse(gamma, CultureInfo.InvariantCulture));
            config = size is [var only] ? config.WithReplay(first, second, int.Parse(only, CultureInfo.InvariantCulture)) : config.WithReplay(first, second);
        }

        // FsCheck's message of a failure holds the seed as (seed,gamma).
        Check.One(config, property);
    }
}
