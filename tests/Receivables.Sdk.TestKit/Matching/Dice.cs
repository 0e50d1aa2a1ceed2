namespace Receivables.Sdk.TestKit.Matching;

/// <summary>Chance that is the same on every machine: xorshift64* from a seed.</summary>
public sealed class Dice(ulong seed)
{
    private ulong _state = (seed + 1) * 0x9E3779B97F4A7C15UL | 1;

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        _state ^= _state >> 12;
        _state ^= _state << 25;
        _state ^= _state >> 27;
        return _state * 0x2545F4914F6CDD1DUL;
    }

    /// <summary>0 to <paramref name="below"/> - 1.</summary>
    public int Below(int below) => below <= 1 ? 0 : (int)(Next() >> 33) % below;

    /// <summary>From one number to another, both included.</summary>
    public int Between(int from, int to) => from + Below(to - from + 1);

    /// <summary>0 to 1.</summary>
    public double Part() => (Next() >> 11) / (double)(1UL << 53);

    /// <summary>Whether something of a probability happens.</summary>
    public bool Is(double probability) => Part() < probability;

    /// <summary>One of some.</summary>
    public T Of<T>(IReadOnlyList<T> from) => from[Below(from.Count)];
}
