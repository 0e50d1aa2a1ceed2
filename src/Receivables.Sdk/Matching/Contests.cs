using System.Runtime.InteropServices;

namespace Receivables.Sdk.Matching;

/// <summary>Finds the payments of a run that want the same documents, none of them sure, and lets those go first that get what they want where all together fit best.</summary>
/// <remarks>Who is sure goes before all others and is no part of it. Depends on the turns alone, never on the order of payments or documents.</remarks>
/// <param name="claims">What is wanted.</param>
/// <param name="state">What is open.</param>
/// <param name="wanted">Each document with each answer that wants it most, in one number, sorted.</param>
/// <param name="turns">The turn of each answer.</param>
internal sealed class Contests(ClaimBook claims, RunState state, List<long> wanted, int[] turns)
{
    /// <summary>The most payments of a contest; those beyond keep what they want most.</summary>
    private const int MostMembers = 12;

    /// <summary>The most choices of a payment.</summary>
    private const int MostChoices = 6;

    private readonly HashSet<int> _seen = [];

    /// <summary>Puts the turns of those that get what they want most before the others of their contest.</summary>
    internal void Settle(List<(int Rank, int Day, int Answer)> order)
    {
        foreach (var answer in Contested().OrderBy(answer => turns[answer]).ToList())
        {
            if (!_seen.Contains(answer))
            {
                var members = Grow(answer);
                if (members.Count > 1)
                {
                    Reorder(members, order);
                }
            }
        }
    }

    // The answers of whose documents more is wanted than is open; who is sure is left out.
    private HashSet<int> Contested()
    {
        var contested = new HashSet<int>();
        for (int from = 0, to; from < wanted.Count; from = to)
        {
            var item = (int)(wanted[from] >> 32);
            to = from + 1;
            while (to < wanted.Count && (int)(wanted[to] >> 32) == item)
            {
                to++;
            }

            if (to - from > 1 && IsWantedTooMuch(item, from, to))
            {
                for (var x = from; x < to; x++)
                {
                    if (!claims.Top((int)wanted[x]).IsAutomatic)
                    {
                        contested.Add((int)wanted[x]);
                    }
                }
            }
        }

        return contested;
    }

    private bool IsWantedTooMuch(int item, int from, int to)
    {
        var sum = 0L;
        for (var x = from; x < to; x++)
        {
            sum += AmountOf((int)wanted[x], item);
        }

        return sum > state.Open(item);
    }

    private long AmountOf(int answer, int item)
    {
        var sum = 0L;
        foreach (ref readonly var part in claims.Parts(answer, 0))
        {
            sum += part.Item == item ? part.Amount : 0;
        }

        return sum;
    }

    // An answer and those that want most what it may get, and so on, the earlier turns first.
    private List<int> Grow(int first)
    {
        List<int> members = [first];
        _seen.Add(first);
        for (var m = 0; m < members.Count && members.Count < MostMembers; m++)
        {
            foreach (var answer in RivalsOf(members[m]).OrderBy(answer => turns[answer]).Take(MostMembers - members.Count))
            {
                members.Add(answer);
                _seen.Add(answer);
            }
        }

        members.Sort((a, b) => turns[a].CompareTo(turns[b]));
        return members;
    }

    // Those in no contest yet that want most what an answer may get.
    private HashSet<int> RivalsOf(int answer)
    {
        var rivals = new HashSet<int>();
        for (var claim = 0; claim < Choices(answer); claim++)
        {
            foreach (ref readonly var part in claims.Parts(answer, claim))
            {
                foreach (var other in WhoWant(part.Item))
                {
                    if (!claims.Top((int)other).IsAutomatic && !_seen.Contains((int)other))
                    {
                        rivals.Add((int)other);
                    }
                }
            }
        }

        return rivals;
    }

    // What speaks less for than for nothing being right is no choice; the claims stand in that order.
    private int Choices(int answer)
    {
        var its = claims.Get(answer);
        var count = 0;
        while (count < its.Length && count < MostChoices && its[count].Gain > 0)
        {
            count++;
        }

        return count;
    }

    private ReadOnlySpan<long> WhoWant(int item)
    {
        var all = CollectionsMarshal.AsSpan(wanted);
        var from = all.BinarySearch((long)item << 32);
        from = from < 0 ? ~from : from;
        var to = from;
        while (to < all.Length && (int)(all[to] >> 32) == item)
        {
            to++;
        }

        return all[from..to];
    }

    private void Reorder(List<int> members, List<(int Rank, int Day, int Answer)> order)
    {
        var places = new Places();
        var choices = members.ConvertAll(member => ChoicesOf(member, members, places));
        var chosen = new Contest([.. places.Room], choices).Solve();
        var slots = members.ConvertAll(member => turns[member]);
        var entries = slots.ConvertAll(slot => order[slot]);
        var next = 0;
        foreach (var isBest in (ReadOnlySpan<bool>)[true, false])
        {
            for (var m = 0; m < members.Count; m++)
            {
                if (chosen[m] == 0 == isBest)
                {
                    order[slots[next]] = entries[m];
                    turns[members[m]] = slots[next++];
                }
            }
        }
    }

    private ContestChoice[] ChoicesOf(int answer, List<int> members, Places places)
    {
        var choices = new ContestChoice[Choices(answer)];
        for (var claim = 0; claim < choices.Length; claim++)
        {
            var wants = new List<(int, long)>();
            foreach (ref readonly var part in claims.Parts(answer, claim))
            {
                wants.Add((PlaceOf(part.Item, members, places), part.Amount));
            }

            foreach (var payment in claims.Clears(answer, claim))
            {
                // The money of a recorded payment comes but once.
                wants.Add((places.Payments.TryGetValue(payment.Id, out var place) ? place : places.Payments[payment.Id] = places.Add(1), 1));
            }

            choices[claim] = new ContestChoice(claims.Get(answer)[claim].Gain, [.. wants]);
        }

        return choices;
    }

    // What of a document is open to the members: others that want it most have it.
    private int PlaceOf(int item, List<int> members, Places places)
    {
        if (places.Items.TryGetValue(item, out var known))
        {
            return known;
        }

        var open = state.Open(item);
        foreach (var other in WhoWant(item))
        {
            open -= members.Contains((int)other) ? 0 : AmountOf((int)other, item);
        }

        return places.Items[item] = places.Add(Math.Max(0, open));
    }

    private sealed class Places
    {
        internal List<long> Room { get; } = [];

        internal Dictionary<int, int> Items { get; } = [];

        internal Dictionary<DocumentId, int> Payments { get; } = [];

        internal int Add(long room)
        {
            Room.Add(room);
            return Room.Count - 1;
        }
    }
}
