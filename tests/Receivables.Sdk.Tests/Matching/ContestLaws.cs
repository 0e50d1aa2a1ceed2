using FsCheck.Fluent;
using Receivables.Sdk.Matching;
using Receivables.Sdk.TestKit;
using Xunit;

namespace Receivables.Sdk.Tests.Matching;

/// <summary>Payments that want more of the same documents than is open.</summary>
public class ContestLaws
{
    private static readonly FsCheck.Gen<(long[] Room, ContestChoice[][] Members)> Cases =
        from places in Gen.Choose(1, 4)
        from room in Gen.ArrayOf(from x in Gen.Choose(0, 5) select (long)x, places)
        from count in Gen.Choose(1, 5)
        from members in Gen.ArrayOf(Choices(places), count)
        select (room, members);

    private static FsCheck.Gen<ContestChoice[]> Choices(int places) =>
        from count in Gen.Choose(0, 4)
        from choices in Gen.ArrayOf(Choice(places), count)
        select choices.OrderByDescending(c => c.Gain).ToArray();

    private static FsCheck.Gen<ContestChoice> Choice(int places) =>
        from gain in Gen.Choose(1, 40)
        from count in Gen.Choose(0, 3)
        from wants in Gen.ArrayOf(from place in Gen.Choose(0, places - 1) from amount in Gen.Choose(1, 4) select (place, (long)amount), count)
        select new ContestChoice(gain * Bits.One / 4, wants);

    [Fact]
    public void What_is_chosen_is_what_trying_everything_finds() => Law.ForAll(
        Cases,
        x =>
        {
            var contest = new Contest(x.Room, x.Members);
            var inTurns = contest.InTurns();
            var best = All(x.Members).Where(c => Fits(x.Room, x.Members, c)).Select(c => (Chosen: c, Gain: contest.GainOf(c))).Aggregate((a, b) => b.Gain > a.Gain ? b : a);
            var isBetter = best.Gain > contest.GainOf(inTurns) + Bits.One && best.Chosen.Count(c => c >= 0) > inTurns.Count(c => c >= 0);

            var chosen = contest.Solve();

            Assert.True(Fits(x.Room, x.Members, chosen));
            Assert.Equal(isBetter ? best.Chosen : inTurns, chosen);
        },
        cases: 1000);

    [Fact]
    public void Who_could_take_another_document_makes_room_for_who_could_not()
    {
        ContestChoice first = new(12 * Bits.One, [(0, 100)]), second = new(11 * Bits.One, [(1, 100)]), only = new(9 * Bits.One, [(0, 100)]);

        Assert.Equal([1, 0], new Contest([100, 100], [[first, second], [only]]).Solve());
        Assert.Equal([0, -1], new Contest([100, 0], [[first, second], [only]]).Solve());
        Assert.Equal([0, 0], new Contest([200, 100], [[first, second], [only]]).Solve());
    }

    [Fact]
    public void A_search_without_end_ends_with_what_turns_give_or_better()
    {
        var members = Enumerable.Range(0, 40).Select(m => Enumerable.Range(0, 6).Select(c => new ContestChoice((40 - c) * Bits.One, [((m + c) % 40, 60), (((m * 7) + c) % 40, 60)])).ToArray()).ToArray();
        var contest = new Contest([.. Enumerable.Repeat(100L, 40)], members);
        var chosen = contest.Solve();

        Assert.True(Fits([.. Enumerable.Repeat(100L, 40)], members, chosen));
        Assert.True(contest.GainOf(chosen) >= contest.GainOf(contest.InTurns()));
    }

    // Each choice in its order, nothing last, the first payment's slowest.
    private static IEnumerable<int[]> All(ContestChoice[][] members) =>
        members.Aggregate((IEnumerable<int[]>)[[]], (all, choices) => all.SelectMany(_ => Enumerable.Range(0, choices.Length).Append(-1), (chosen, c) => (int[])[.. chosen, c]));

    private static bool Fits(long[] room, ContestChoice[][] members, int[] chosen)
    {
        var left = room.ToArray();
        foreach (var (place, amount) in chosen.SelectMany((c, m) => c >= 0 ? members[m][c].Wants : []))
        {
            left[place] -= amount;
        }

        return left.All(l => l >= 0);
    }
}
