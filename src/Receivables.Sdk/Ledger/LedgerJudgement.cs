namespace Receivables.Sdk.Ledger;

/// <summary>A change of what is open of a document, from a day on.</summary>
internal readonly record struct Posting(int Day, long Minor);

/// <summary>A part of an allocation or payment that was undone, from a day on, and by what.</summary>
internal readonly record struct Undoing(int Day, long Minor, long PaidMinor, LedgerEvent? Cause = null);

/// <summary>A return or refund that was accepted: money that left a payment or credit note.</summary>
internal readonly record struct Outflow(LedgerEvent Event, int Document, int Day, long Minor);

/// <summary>What stands of a ledger's money after validity was judged: the changes of every document, and what of each allocation was undone.</summary>
/// <remarks>The postings of a document lie side by side in order of day, so what is open at a date is a short walk. Only read once made.</remarks>
internal sealed class LedgerJudgement
{
    private readonly int[] _starts;
    private readonly Posting[] _postings;

    internal LedgerJudgement(int documents, PostingList list)
    {
        _starts = new int[documents + 1];
        for (var i = 0; i < list.Count; i++)
        {
            _starts[list.Documents[i] + 1]++;
        }

        for (var i = 0; i < documents; i++)
        {
            _starts[i + 1] += _starts[i];
        }

        // The list is in order of day, and a counting sort keeps that order within each document.
        var next = _starts.AsSpan(0, documents).ToArray();
        _postings = new Posting[list.Count];
        for (var i = 0; i < list.Count; i++)
        {
            _postings[next[list.Documents[i]]++] = list.Postings[i];
        }
    }

    /// <summary>Which documents count, by number.</summary>
    internal required bool[] Counts { get; init; }

    /// <summary>Which allocations were accepted, by number.</summary>
    internal required bool[] Accepted { get; init; }

    /// <summary>What of an allocation was undone.</summary>
    internal required Dictionary<int, List<Undoing>> Undone { get; init; }

    /// <summary>What of a payment the bank took back.</summary>
    internal required Dictionary<int, List<Undoing>> Returned { get; init; }

    /// <summary>The returns and refunds that were accepted, in the order in which they were judged.</summary>
    internal required List<Outflow> Outflows { get; init; }

    /// <summary>The bookings that were undone.</summary>
    internal required LedgerUndoings Undoings { get; init; }

    internal ReadOnlySpan<Posting> Postings(int document) => _postings.AsSpan(_starts[document]..(_starts[document + 1]));

    /// <summary>What is open of a document that counts, in minor units.</summary>
    internal long Open(int document, long minor, int day)
    {
        foreach (var posting in Postings(document))
        {
            if (posting.Day > day)
            {
                break;
            }

            minor += posting.Minor;
        }

        return minor;
    }

    internal static Undoing UndoneBy(Dictionary<int, List<Undoing>> map, int id, int day)
    {
        long minor = 0, paid = 0;
        if (map.TryGetValue(id, out var parts))
        {
            foreach (var part in parts)
            {
                if (part.Day <= day)
                {
                    minor += part.Minor;
                    paid += part.PaidMinor;
                }
            }
        }

        return new Undoing(day, minor, paid);
    }
}

/// <summary>Postings in order of day, each with its document.</summary>
internal sealed class PostingList(int capacity)
{
    internal int[] Documents = new int[Math.Max(16, capacity)];

    internal Posting[] Postings = new Posting[Math.Max(16, capacity)];

    internal int Count { get; private set; }

    internal void Add(int document, int day, long minor)
    {
        if (Count == Documents.Length)
        {
            Array.Resize(ref Documents, Count * 2);
            Array.Resize(ref Postings, Count * 2);
        }

        Documents[Count] = document;
        Postings[Count++] = new Posting(day, minor);
    }
}
