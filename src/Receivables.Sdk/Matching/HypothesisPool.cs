namespace Receivables.Sdk.Matching;

/// <summary>What speaks for a family before its hypotheses are made.</summary>
internal struct FamilyWeight
{
    /// <summary>The top of the family.</summary>
    internal int Root;

    /// <summary>For the document that most speaks for.</summary>
    internal int Document;

    /// <summary>For the payer.</summary>
    internal int Party;

    internal readonly int Sum => Document + Party;
}

/// <summary>Lends hypotheses, and what they are made with, for one transaction after the other. What it lent is no longer good once all is taken back.</summary>
internal sealed class HypothesisPool
{
    private readonly Lent<Hypothesis> _hypotheses = new();
    private readonly Lent<Family> _families = new();
    private readonly Lent<List<int>> _items = new();
    private readonly Lent<List<DocumentHit>> _hits = new();

    /// <summary>The hypotheses of the transaction at hand.</summary>
    internal List<Hypothesis> Found { get; } = [];

    /// <summary>The tops of the families that they were looked for in.</summary>
    internal List<int> Roots { get; } = [];

    /// <summary>The families that are named or seem to pay.</summary>
    internal List<FamilyWeight> Weights { get; } = [];

    /// <summary>Reads lists of numbers with errors.</summary>
    internal MisreadNumbers Misread { get; } = new();

    internal Hypothesis Lend()
    {
        var h = _hypotheses.Next();
        h.Clear();
        return h;
    }

    internal Family LendFamily(LedgerIndex index, RunState state, PaymentEvidence payment, int root)
    {
        var family = _families.Next();
        family.Use(index, state, payment, root);
        return family;
    }

    internal List<int> LendItems()
    {
        var items = _items.Next();
        items.Clear();
        return items;
    }

    internal List<DocumentHit> LendHits()
    {
        var hits = _hits.Next();
        hits.Clear();
        return hits;
    }

    internal void TakeAllBack()
    {
        _hypotheses.TakeAllBack();
        _families.TakeAllBack();
        _items.TakeAllBack();
        _hits.TakeAllBack();
        Found.Clear();
        Roots.Clear();
    }

    /// <summary>Things that are lent in turn and made when there are too few.</summary>
    private sealed class Lent<T>
        where T : new()
    {
        private readonly List<T> _all = [];
        private int _lent;

        internal T Next()
        {
            if (_lent == _all.Count)
            {
                _all.Add(new T());
            }

            return _all[_lent++];
        }

        internal void TakeAllBack() => _lent = 0;
    }
}
