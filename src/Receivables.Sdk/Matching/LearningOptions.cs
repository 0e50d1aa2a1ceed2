namespace Receivables.Sdk.Matching;

/// <summary>How fast is learnt and forgotten.</summary>
/// <remarks>Checked by <see cref="MatchMemory.Replay"/>. Immutable and safe to share between threads.</remarks>
public sealed record LearningOptions
{
    /// <summary>The defaults.</summary>
    public static LearningOptions Default => new();

    /// <summary>How many confirmations in a row, of different transactions and none to the contrary, make something active, 1 to 100. Default 2.</summary>
    public int Confirmations { get; init; } = 2;

    /// <summary>After how many days a statement counts half, 1 to 36,500. Default 365. Something is active while it is worth at least half a fresh confirmation: two, by default, for two years.</summary>
    public int HalfLifeDays { get; init; } = 365;

    /// <summary>What is wrong with the options, in English, each with the option's name; empty when nothing is.</summary>
    public IEnumerable<KeyValuePair<string, string>> Check()
    {
        if (Confirmations is < 1 or > 100)
        {
            yield return new(nameof(Confirmations), "The number of confirmations must be 1 to 100.");
        }

        if (HalfLifeDays is < 1 or > 36_500)
        {
            yield return new(nameof(HalfLifeDays), "The half-life must be 1 to 36,500 days.");
        }
    }
}
