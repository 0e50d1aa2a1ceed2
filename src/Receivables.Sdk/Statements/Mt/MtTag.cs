namespace Receivables.Sdk.Statements.Mt;

/// <summary>The fields of MT940, MT941, MT942 and MT950, and what banks add to them.</summary>
internal enum MtTag : byte
{
    None,

    /// <summary>Has the form of a tag, and is none of ours.</summary>
    Unknown,

    Reference20,
    Related21,
    Account25,
    Number28,
    Opening60F,
    Opening60M,
    Entry61,
    Closing62F,
    Closing62M,
    Available64,
    Forward65,
    Information86,

    /// <summary>The non-SWIFT field <c>:NS:</c> with its two-digit lines.</summary>
    NonSwift,

    Floor34F,
    Created13,
    SumCredit90,
    SumDebit90,
}

/// <summary>Reads tags: what stands between two colons at the start of a line.</summary>
internal static class MtTags
{
    /// <summary>The tag at the start of a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="length">The length with both colons; 0 when there is no tag.</param>
    internal static MtTag Read(ReadOnlySpan<byte> line, out int length)
    {
        length = 0;
        if (line.Length < 4 || line[0] != ':')
        {
            return MtTag.None;
        }

        if (line[3] == ':')
        {
            length = 4;
            return Two(line[1], line[2]);
        }

        if (line.Length > 4 && line[4] == ':')
        {
            length = 5;
            return Three(line[1], line[2], line[3]);
        }

        // A blank in the tag: ":60F :", ": 60F:".
        if (line.Length > 5 && line[5] == ':' && (line[1] == ' ' || line[4] == ' ') && ReadSpaced(line[1..5]) is > MtTag.Unknown and var spaced)
        {
            length = 6;
            return spaced;
        }

        // Longer ones are no SWIFT fields: the 940 that some banks put first, the end of what a bank calls a tag.
        if (line.Length > 5 && line[5] == ':' && IsWord(line[1..5]))
        {
            length = 6;
            return MtTag.Unknown;
        }

        return MtTag.None;
    }

    /// <summary>Whether a field of this tag is free text over several lines.</summary>
    internal static bool IsText(MtTag tag) => tag is MtTag.Information86 or MtTag.NonSwift or MtTag.Entry61 or MtTag.Unknown;

    private static MtTag Two(byte a, byte b) => (a, b) switch
    {
        ((byte)'2', (byte)'0') => MtTag.Reference20,
        ((byte)'2', (byte)'1') => MtTag.Related21,
        ((byte)'2', (byte)'5') => MtTag.Account25,
        ((byte)'2', (byte)'8') => MtTag.Number28,
        ((byte)'6', (byte)'0') => MtTag.Opening60F,
        ((byte)'6', (byte)'1') => MtTag.Entry61,
        ((byte)'6', (byte)'2') => MtTag.Closing62F,
        ((byte)'6', (byte)'4') => MtTag.Available64,
        ((byte)'6', (byte)'5') => MtTag.Forward65,
        ((byte)'8', (byte)'6') => MtTag.Information86,
        ((byte)'1', (byte)'3') => MtTag.Created13,
        ((byte)'N', (byte)'S') => MtTag.NonSwift,
        _ => IsWord([a, b]) ? MtTag.Unknown : MtTag.None,
    };

    private static MtTag ReadSpaced(ReadOnlySpan<byte> tag)
    {
        tag = tag.Trim((byte)' ');
        return tag.Length == 2 ? Two(tag[0], tag[1]) : tag.Length == 3 ? Three(tag[0], tag[1], tag[2]) : MtTag.None;
    }

    // Some programs write the option in lower case.
    private static MtTag Three(byte a, byte b, byte option) => (a, b, option is >= (byte)'a' and <= (byte)'z' ? (byte)(option - 32) : option) switch
    {
        ((byte)'2', (byte)'5', (byte)'P') => MtTag.Account25,
        ((byte)'2', (byte)'8', (byte)'C') => MtTag.Number28,
        ((byte)'6', (byte)'0', (byte)'F') => MtTag.Opening60F,
        ((byte)'6', (byte)'0', (byte)'M') => MtTag.Opening60M,
        ((byte)'6', (byte)'2', (byte)'F') => MtTag.Closing62F,
        ((byte)'6', (byte)'2', (byte)'M') => MtTag.Closing62M,
        ((byte)'6', (byte)'4', (byte)'F') => MtTag.Available64,
        ((byte)'6', (byte)'5', (byte)'F') => MtTag.Forward65,
        ((byte)'1', (byte)'3', (byte)'D') => MtTag.Created13,
        ((byte)'3', (byte)'4', (byte)'F') => MtTag.Floor34F,
        ((byte)'9', (byte)'0', (byte)'C') => MtTag.SumCredit90,
        ((byte)'9', (byte)'0', (byte)'D') => MtTag.SumDebit90,
        (_, _, (byte)' ') => Two(a, b) is > MtTag.Unknown and var tag ? tag : MtTag.None,
        ((byte)' ', _, _) => Two(b, option) is > MtTag.Unknown and var tag ? tag : MtTag.None,
        _ => IsWord([a, b, option]) ? MtTag.Unknown : MtTag.None,
    };

    private static bool IsWord(ReadOnlySpan<byte> tag)
    {
        foreach (var b in tag)
        {
            if (!char.IsAsciiLetterOrDigit((char)b))
            {
                return false;
            }
        }

        return true;
    }
}
