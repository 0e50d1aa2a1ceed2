namespace Receivables.Sdk.Matching;

/// <summary>What a payment may get in a contest.</summary>
/// <param name="Gain">What speaks for it beyond getting nothing; not negative.</param>
/// <param name="Wants">Of which places it takes how much.</param>
internal readonly record struct ContestChoice(int Gain, (int Place, long Amount)[] Wants);

/// <summary>Payments that together want more of some documents than is open: who gets what, so that the sum of all gains is greatest.</summary>
/// <remarks>Branch and bound from the answer that is found by taking turns; exact unless it takes more steps than <see cref="MostSteps"/>, then the best found so far.</remarks>
/// <param name="room">How much each place has.</param>
/// <param name="members">The choices of each payment in the order of their turns, each payment's best first.</param>
internal sealed class Contest(long[] room, IReadOnlyList<ContestChoice[]> members)
{
    /// <summary>The most steps of a search.</summary>
    internal const int MostSteps = 20_000;

    private readonly long[] _left = [.. room];
    private readonly int[] _now = new int[members.Count];
    private readonly long[] _mostAfter = MostAfter(members);
    private int[] _best = [];
    private long _bestGain;
    private int _steps;

    /// <summary>Who gets which of its choices; negative for nothing. What taking turns gives stays, unless more payments get something and the gains are greater by more than a bit.</summary>
    internal int[] Solve()
    {
        var inTurns = InTurns();
        _best = inTurns;
        _bestGain = GainOf(inTurns) + Bits.One;
        Search(0, 0);
        return _best.Count(c => c >= 0) > inTurns.Count(c => c >= 0) ? _best : inTurns;
    }

    /// <summary>Who gets what where each in turn takes the best that is left.</summary>
    internal int[] InTurns()
    {
        var taken = new int[members.Count];
        for (var m = 0; m < members.Count; m++)
        {
            taken[m] = Array.FindIndex(members[m], Fits);
            if (taken[m] >= 0)
            {
                Take(members[m][taken[m]], 1);
            }
        }

        room.CopyTo(_left, 0);
        return taken;
    }

    /// <summary>The sum of the gains of what is chosen.</summary>
    internal long GainOf(int[] chosen)
    {
        var sum = 0L;
        for (var m = 0; m < members.Count; m++)
        {
            sum += chosen[m] >= 0 ? members[m][chosen[m]].Gain : 0;
        }

        return sum;
    }

    private void Search(int member, long gain)
    {
        if (member == members.Count)
        {
            if (gain > _bestGain)
            {
                (_best, _bestGain) = ([.. _now], gain);
            }

            return;
        }

        if (gain + _mostAfter[member] <= _bestGain || ++_steps > MostSteps)
        {
            return;
        }

        var choices = members[member];
        for (var c = 0; c < choices.Length; c++)
        {
            if (Fits(choices[c]))
            {
                _now[member] = c;
                Take(choices[c], 1);
                Search(member + 1, gain + choices[c].Gain);
                Take(choices[c], -1);
            }
        }

        _now[member] = -1;
        Search(member + 1, gain);
    }

    private bool Fits(ContestChoice choice)
    {
        // A choice may want one place twice: what it takes first counts for what it takes then.
        var fits = true;
        var tried = 0;
        for (; tried < choice.Wants.Length && fits; tried++)
        {
            var (place, amount) = choice.Wants[tried];
            _left[place] -= amount;
            fits = _left[place] >= 0;
        }

        for (var w = 0; w < tried; w++)
        {
            _left[choice.Wants[w].Place] += choice.Wants[w].Amount;
        }

        return fits;
    }

    private void Take(ContestChoice choice, int sign)
    {
        foreach (var (place, amount) in choice.Wants)
        {
            _left[place] -= sign * amount;
        }
    }

    // The most that the members from each on could gain if nobody stood in their way.
    private static long[] MostAfter(IReadOnlyList<ContestChoice[]> members)
    {
        var most = new long[members.Count + 1];
        for (var m = members.Count - 1; m >= 0; m--)
        {
            most[m] = most[m + 1] + members[m].Select(c => c.Gain).DefaultIfEmpty(0).Max();
        }

        return most;
    }
}
