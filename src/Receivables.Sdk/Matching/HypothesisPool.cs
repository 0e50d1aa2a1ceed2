namespace Receivables.Sdk.Matching;

/// <summary>Lends hypotheses for one transaction after the other. What it lent is no longer good once all is taken back.</summary>
internal sealed class HypothesisPool
{
    private readonly List<Hypothesis> _all = [];
    private int _lent;

    /// <summary>The hypotheses of the transaction at hand.</summary>
    internal List<Hypothesis> Found { get; } = [];

    /// <summary>The tops of the families that they were looked for in.</summary>
    internal List<int> Roots { get; } = [];

    internal Hypothesis Lend()
    {
        if (_lent == _all.Count)
        {
            _all.Add(new Hypothesis());
        }

        var h = _all[_lent++];
        h.Clear();
        return h;
    }

    internal void TakeAllBack()
    {
        _lent = 0;
        Found.Clear();
        Roots.Clear();
    }
}
