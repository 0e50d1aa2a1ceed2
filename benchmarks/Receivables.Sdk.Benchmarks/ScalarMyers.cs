namespace Receivables.Sdk.Benchmarks;

/// <summary>The baseline: Myers's algorithm as published, one word of 64 bits, a table by ASCII character made once for a query, no cutoff.</summary>
internal sealed class ScalarMyers
{
    private readonly ulong[] _table = new ulong[128];
    private readonly int _length;

    internal ScalarMyers(string pattern)
    {
        _length = pattern.Length;
        for (var i = 0; i < pattern.Length; i++)
        {
            _table[pattern[i] & 127] |= 1UL << i;
        }
    }

    internal int Distance(string text)
    {
        var pv = ~0UL;
        var mv = 0UL;
        var score = _length;
        var last = 1UL << (_length - 1);
        foreach (var c in text)
        {
            var eq = _table[c & 127];
            var xv = eq | mv;
            var xh = (((eq & pv) + pv) ^ pv) | eq;
            var ph = mv | ~(xh | pv);
            var mh = pv & xh;
            if ((ph & last) != 0)
            {
                score++;
            }

            if ((mh & last) != 0)
            {
                score--;
            }

            ph = (ph << 1) | 1;
            mh <<= 1;
            pv = mh | ~(xv | ph);
            mv = ph & xv;
        }

        return score;
    }
}
