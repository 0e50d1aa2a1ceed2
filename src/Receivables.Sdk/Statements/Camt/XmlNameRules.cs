using System.Buffers;

namespace Receivables.Sdk.Statements.Camt;

/// <summary>Which bytes may stand in a name: those of XML 1.0 (fifth edition, 2008, production 4) as far as ASCII goes; beyond it all are taken.</summary>
internal static class XmlNameRules
{
    /// <summary>What ends the name of an element.</summary>
    internal static readonly SearchValues<byte> EndOfName = SearchValues.Create(" \t\r\n/>"u8);

    /// <summary>What ends the name of an attribute.</summary>
    internal static readonly SearchValues<byte> EndOfAttributeName = SearchValues.Create("= \t\r\n>/<\"'"u8);

    /// <summary>Whether bytes are a name.</summary>
    /// <param name="name">The bytes.</param>
    /// <param name="isWhole">False when more may follow: then the start of a name is one, too.</param>
    internal static bool IsName(ReadOnlySpan<byte> name, bool isWhole)
    {
        if (name.IsEmpty)
        {
            return !isWhole;
        }

        if (!IsStart(name[0]))
        {
            return false;
        }

        foreach (var b in name[1..])
        {
            if (!IsStart(b) && b is not (>= (byte)'0' and <= (byte)'9' or (byte)'-' or (byte)'.'))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsStart(byte b) => b >= 0x80 || (b | 0x20) is >= (byte)'a' and <= (byte)'z' || b is (byte)'_' or (byte)':';
}
