namespace Receivables.Sdk.Statements.Camt;

/// <summary>Finds where reading can go on behind XML that is not well-formed: the next tag of an entry, a balance or the frame around them.</summary>
internal sealed class CamtResumption
{
    private byte[] _prefix = [];
    private byte[] _message = [];
    private byte[] _statement = [];
    private int _skip;

    /// <summary>Where reading goes on.</summary>
    internal enum Place
    {
        /// <summary>Not in these bytes; perhaps in the next.</summary>
        NeedMore,

        /// <summary>Among the children of the statement.</summary>
        InStatement,

        /// <summary>Among the children of the message.</summary>
        InMessage,

        /// <summary>Nowhere.</summary>
        Nowhere,
    }

    /// <summary>Learns the message's name with its prefix.</summary>
    internal void SetMessage(ReadOnlySpan<byte> name)
    {
        var local = name.LastIndexOf((byte)':') + 1;
        _prefix = name[..local].ToArray();
        _message = name[local..].ToArray();
        _statement = name[local..].StartsWith("BkToCstmrStmt"u8) ? "Stmt"u8.ToArray() : name[local..].StartsWith("BkToCstmrAcctRpt"u8) ? "Rpt"u8.ToArray() : "Ntfctn"u8.ToArray();
    }

    /// <summary>Learns the statement's name.</summary>
    internal void SetStatement(ReadOnlySpan<byte> name) => _statement = name[(name.LastIndexOf((byte)':') + 1)..].ToArray();

    /// <summary>Begins a search at the place of the fault.</summary>
    /// <param name="isAgain">Whether the last search ended there: then it must go further.</param>
    internal void Start(bool isAgain) => _skip = isAgain ? 1 : 0;

    /// <summary>Goes on with the search.</summary>
    /// <param name="data">The bytes.</param>
    /// <param name="isLast">Whether the input ends with them.</param>
    /// <param name="isInStatement">Whether a statement is open.</param>
    /// <param name="at">Where reading goes on, or up to where the search came.</param>
    internal Place Find(ReadOnlySpan<byte> data, bool isLast, bool isInStatement, out int at)
    {
        if (data.Length < _skip)
        {
            at = 0;
            return isLast ? Place.Nowhere : Place.NeedMore;
        }

        at = _skip;
        while (data[at..].IndexOf((byte)'<') is >= 0 and var next)
        {
            at += next;
            var rest = data[at..];
            var end = EndOfTag(rest[..Math.Min(rest.Length, 64 + _prefix.Length)]);
            if (end < 0 && rest.Length < 64 + _prefix.Length && !isLast)
            {
                // A tag that may be the one.
                _skip = 0;
                return Place.NeedMore;
            }

            var place = Judge(rest, end, isInStatement, out var behind);
            if (place != Place.Nowhere)
            {
                at += behind;
                _skip = 0;
                return place;
            }

            at++;
        }

        at = data.Length;
        _skip = 0;
        return isLast ? Place.Nowhere : Place.NeedMore;
    }

    // The last byte of a tag: its '>', or, where that was lost, what stands before the next '<'.
    private static int EndOfTag(ReadOnlySpan<byte> tag)
    {
        var end = tag[1..].IndexOfAny((byte)'>', (byte)'<');
        return end < 0 ? -1 : tag[end + 1] == '>' ? end + 1 : end;
    }

    private Place Judge(ReadOnlySpan<byte> tag, int end, bool isInStatement, out int behind)
    {
        behind = 0;
        var isEnd = tag is [_, (byte)'/', ..];
        var name = tag[(isEnd ? 2 : 1)..];
        if (!name.StartsWith(_prefix))
        {
            return Place.Nowhere;
        }

        name = name[_prefix.Length..];
        if (Is(name, _message) && isEnd || Is(name, _statement) && !isEnd)
        {
            return Place.InMessage;
        }

        if (!isInStatement)
        {
            return Place.Nowhere;
        }

        if (Is(name, "Ntry"u8) || Is(name, "Bal"u8))
        {
            behind = isEnd ? end + 1 : 0;
            return !isEnd || end >= 0 ? Place.InStatement : Place.Nowhere;
        }

        return isEnd && Is(name, _statement) ? Place.InStatement : Place.Nowhere;
    }

    private static bool Is(ReadOnlySpan<byte> text, ReadOnlySpan<byte> name) =>
        text.Length > name.Length && text.StartsWith(name) && text[name.Length] is (byte)'>' or (byte)'/' or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';
}
