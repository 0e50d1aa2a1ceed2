namespace Receivables.Sdk.Matching;

/// <summary>The families, and whether payments, that the transactions of a wave may take from.</summary>
internal sealed class WaveLocks(int customers)
{
    // By top of family the wave that has it; made when the first is locked, for most runs need none.
    private int[] _families = [];
    private int _wave = 1;
    private bool _isEmpty = true;
    private bool _hasPayments;

    /// <summary>Before the next wave.</summary>
    internal void Clear()
    {
        _wave++;
        (_isEmpty, _hasPayments) = (true, false);
    }

    /// <summary>Whether the families of what a transaction wants, or of all it was explained with, are none of the wave's.</summary>
    internal bool Allow(ReadOnlySpan<int> roots, bool wantsPayments)
    {
        if (_isEmpty)
        {
            return true;
        }

        foreach (var root in roots)
        {
            if (_families[root] == _wave)
            {
                return false;
            }
        }

        return !(_hasPayments && wantsPayments);
    }

    /// <summary>Locks what a transaction may take from.</summary>
    internal void Add(ReadOnlySpan<int> roots, bool wantsPayments)
    {
        if (_families.Length == 0)
        {
            _families = new int[customers];
        }

        _isEmpty = false;
        _hasPayments |= wantsPayments;
        foreach (var root in roots)
        {
            _families[root] = _wave;
        }
    }
}
