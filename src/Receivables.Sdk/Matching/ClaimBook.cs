using System.Runtime.InteropServices;

namespace Receivables.Sdk.Matching;

/// <summary>What a hypothesis would take, without its reasons, and how much more speaks for it than for none being right.</summary>
internal readonly record struct Claim(int Customer, MatchOutcome Outcome, int Gain, int PaidAgain, int FirstPart, int Parts, int FirstClear, int Clears);

/// <summary>What is remembered of the likeliest hypothesis of a transaction.</summary>
/// <param name="Named">How its documents are named.</param>
/// <param name="Score">What it weighs.</param>
/// <param name="Probability">Its share among all.</param>
/// <param name="Confidence">How sure it is.</param>
/// <param name="Held">How sure it is where it must not be posted unseen, and by which row of the table.</param>
/// <param name="IsAutomatic">Whether it may be posted unseen.</param>
/// <param name="IsPartySure">Whether the payer is known.</param>
/// <param name="HasNumberError">Whether a number names a document only with an error.</param>
internal readonly record struct TopClaim(HitStrength? Named, int Score, double Probability, decimal Confidence, (decimal Confidence, CalibrationClass Class) Held, bool IsAutomatic, bool IsPartySure, bool HasNumberError)
{
    internal static TopClaim Of(Hypothesis top, bool isAutomatic) =>
        new(top.Named, top.Score, top.Probability, Calibration.Confidence(top), Calibration.IfHeld(top), isAutomatic, top.IsPartySure, top.HasNumberError);
}

/// <summary>The claims of one chunk while it is written. One for each thread, reused from chunk to chunk.</summary>
internal sealed class ClaimLists
{
    internal List<Claim> Claims { get; } = [];

    internal List<HypothesisPart> Parts { get; } = [];

    internal List<IndexedPayment> Clears { get; } = [];

    internal List<int> Roots { get; } = [];

    /// <summary>Before the next chunk.</summary>
    internal void Clear()
    {
        Claims.Clear();
        Parts.Clear();
        Clears.Clear();
        Roots.Clear();
    }
}

/// <summary>The claims of all transactions of a run, in flat arrays chunk by chunk: what hypotheses want of documents and payments, when their reasons are gone.</summary>
/// <remarks>Each chunk is written by one thread; then all is read by any number.</remarks>
internal sealed class ClaimBook(int count, int chunk)
{
    // What is written once more stands in the second half.
    private readonly Chunk?[] _chunks = new Chunk?[2 * ((count + chunk - 1) / chunk)];
    private readonly (int Chunk, int First, int Count, int FirstRoot, int ClaimedRoots, int Roots)[] _places = new (int, int, int, int, int, int)[count];
    private readonly bool[] _has = new bool[count];
    private readonly TopClaim[] _tops = new TopClaim[count];

    private sealed record Chunk(Claim[] Claims, HypothesisPart[] Parts, IndexedPayment[] Clears, int[] Roots);

    /// <summary>Where the chunk that starts with the nth transaction is kept; of those that are written once more the nth of these.</summary>
    internal int PlaceOf(int n, bool isAgain) => (isAgain ? _chunks.Length / 2 : 0) + (n / chunk);

    /// <summary>Notes the hypotheses of a transaction, and the tops of the families that they were looked for in.</summary>
    internal void Write(LedgerIndex index, int i, int place, List<Hypothesis> hypotheses, int none, bool isAutomatic, List<int> roots, ClaimLists its)
    {
        var (firstClaim, firstRoot) = (its.Claims.Count, its.Roots.Count);
        foreach (var h in hypotheses)
        {
            its.Claims.Add(new Claim(h.Customer, h.Outcome, h.Score - none, h.PaidAgain, its.Parts.Count, h.Parts.Count, its.Clears.Count, h.Clears.Count));
            its.Parts.AddRange(h.Parts);
            its.Clears.AddRange(h.Clears);
            foreach (var part in h.Parts)
            {
                AddRoot(its.Roots, firstRoot, index.RootOf(part.Item));
            }
        }

        var claimed = its.Roots.Count - firstRoot;
        foreach (var root in roots)
        {
            AddRoot(its.Roots, firstRoot, root);
        }

        _has[i] = true;
        _places[i] = (place, firstClaim, hypotheses.Count, firstRoot, claimed, its.Roots.Count - firstRoot);
        _tops[i] = hypotheses.Count > 0 ? TopClaim.Of(hypotheses[0], isAutomatic) : default;
    }

    /// <summary>Keeps what was written of a chunk, once all of it is.</summary>
    internal void Seal(int place, ClaimLists its)
    {
        _chunks[place] = new Chunk([.. its.Claims], [.. its.Parts], [.. its.Clears], [.. its.Roots]);
        its.Clear();
    }

    private static void AddRoot(List<int> roots, int first, int root)
    {
        if (root >= 0 && !CollectionsMarshal.AsSpan(roots)[first..].Contains(root))
        {
            roots.Add(root);
        }
    }

    /// <summary>Whether the hypotheses of a transaction were noted, be it that there are none.</summary>
    internal bool Has(int i) => _has[i];

    internal int Count(int i) => _places[i].Count;

    internal ref readonly TopClaim Top(int i) => ref _tops[i];

    internal ReadOnlySpan<Claim> Get(int i) => _has[i] ? _chunks[_places[i].Chunk]!.Claims.AsSpan(_places[i].First, _places[i].Count) : default;

    /// <summary>The families of the documents that are wanted, then those that were looked at besides.</summary>
    internal ReadOnlySpan<int> Roots(int i) => _chunks[_places[i].Chunk]!.Roots.AsSpan(_places[i].FirstRoot, _places[i].Roots);

    /// <summary>The families of the documents that are wanted.</summary>
    internal ReadOnlySpan<int> ClaimedRoots(int i) => Roots(i)[.._places[i].ClaimedRoots];

    /// <summary>Whether recorded payments are wanted.</summary>
    internal bool WantsPayments(int i)
    {
        foreach (ref readonly var claim in Get(i))
        {
            if (claim.Clears > 0)
            {
                return true;
            }
        }

        return false;
    }

    internal ReadOnlySpan<HypothesisPart> Parts(int i, int claim) => Get(i)[claim] is var c ? _chunks[_places[i].Chunk]!.Parts.AsSpan(c.FirstPart, c.Parts) : default;

    internal ReadOnlySpan<IndexedPayment> Clears(int i, int claim) => Get(i)[claim] is var c ? _chunks[_places[i].Chunk]!.Clears.AsSpan(c.FirstClear, c.Clears) : default;

    /// <summary>Whether everything that a claim wants is still there.</summary>
    internal bool Allows(int i, int claim, RunState state) => state.Allows(Parts(i, claim), Clears(i, claim));

    /// <summary>Whether everything that any claim wants is still there.</summary>
    internal bool Allows(int i, RunState state)
    {
        for (var claim = 0; claim < _places[i].Count; claim++)
        {
            if (!Allows(i, claim, state))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a claim would post the same as a hypothesis.</summary>
    internal bool Holds(int i, Hypothesis h)
    {
        var claims = Get(i);
        for (var x = 0; x < claims.Length; x++)
        {
            ref readonly var claim = ref claims[x];
            if (claim.Customer == h.Customer && claim.Outcome == h.Outcome && claim.PaidAgain == h.PaidAgain && claim.Parts == h.Parts.Count && claim.Clears == h.Clears.Count
                && HasAll(h.Parts, Parts(i, x)) && HasAll(h.Clears, Clears(i, x)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasAll<T>(List<T> wanted, ReadOnlySpan<T> of)
    {
        foreach (var x in wanted)
        {
            if (!of.Contains(x))
            {
                return false;
            }
        }

        return true;
    }
}
