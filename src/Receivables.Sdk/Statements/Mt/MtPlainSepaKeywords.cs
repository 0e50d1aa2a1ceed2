using System.Buffers.Binary;
using System.Numerics;
using Receivables.Sdk.Text;

namespace Receivables.Sdk.Statements.Mt;

/// <summary>The keywords of <see cref="SepaKeywords"/>, found in the bytes of a purpose.</summary>
/// <remarks>A purpose with colons, and one with keywords that are rare, is read by the other. Not thread-safe.</remarks>
internal sealed class MtPlainSepaKeywords
{
    private const int MostKeywords = 16;

    private readonly Keyword[] _found = new Keyword[MostKeywords];
    private readonly ulong[] _places = new ulong[MtPlainText.Words];

    private const uint Eref = 'E' | ('R' << 8) | ('E' << 16) | ('F' << 24);
    private const uint Kref = 'K' | ('R' << 8) | ('E' << 16) | ('F' << 24);
    private const uint Mref = 'M' | ('R' << 8) | ('E' << 16) | ('F' << 24);
    private const uint Cred = 'C' | ('R' << 8) | ('E' << 16) | ('D' << 24);
    private const uint Svwz = 'S' | ('V' << 8) | ('W' << 16) | ('Z' << 24);

    /// <summary>Reads a purpose, with keywords or without.</summary>
    /// <param name="buffer">The purpose, printable ASCII, with sixty-four bytes of room behind it.</param>
    /// <param name="length">How long it is.</param>
    /// <param name="into">What it says.</param>
    internal void Read(byte[] buffer, int length, Narrative into)
    {
        ReadOnlySpan<byte> text = buffer.AsSpan(0, length);
        var keywords = _found;
        if (!TryFind(buffer, text, keywords, out var count))
        {
            ReadPlainly(text, into);
            return;
        }

        if (count == 0)
        {
            into.SetRemittance(MtPlainText.Trim(text));
            return;
        }

        for (var i = 0; i < count; i++)
        {
            var value = MtPlainText.Trim(text[(keywords[i].At + 5)..(i + 1 < count ? keywords[i + 1].At : length)]);
            if (value.IsEmpty)
            {
                continue;
            }

            switch (keywords[i].Key)
            {
                case Eref:
                    into.SetEndToEndId(value);
                    break;
                case Kref:
                    into.CustomerReference = AsciiText.ToText(value);
                    break;
                case Mref:
                    into.MandateId = AsciiText.ToText(value);
                    break;
                case Cred:
                    into.CreditorId = into.Pool.GetAscii(value);
                    break;
                default:
                    into.SetRemittance(value);
                    break;
            }
        }
    }

    /// <summary>Whether a text begins with a keyword and a plus.</summary>
    internal static bool StartsWithKeyword(ReadOnlySpan<byte> text)
    {
        if (text.Length <= 4 || (text[4] != '+' && text[3] != '+'))
        {
            return false;
        }

        if (text[4] == '+' && BinaryPrimitives.ReadUInt32LittleEndian(text) is Eref or Kref or Mref or Cred or Svwz)
        {
            return true;
        }

        Span<char> chars = stackalloc char[5];
        AsciiText.Widen(text[..5], chars);
        return SepaKeywords.StartsWithKeyword(chars);
    }

    // False where the purpose is to be read the other way: colons, a text before the first keyword, one that comes twice, a rare one.
    private bool TryFind(byte[] buffer, ReadOnlySpan<byte> text, Span<Keyword> keywords, out int count)
    {
        var places = _places;
        count = 0;
        if (MtPlainText.Mark(buffer, text.Length, '+', ':', places))
        {
            return false;
        }

        for (var word = 0; word * 64 < text.Length; word++)
        {
            for (var marks = places[word]; marks != 0; marks &= marks - 1)
            {
                var at = (word * 64) + BitOperations.TrailingZeroCount(marks);
                if (at < 4 || (at > 4 && text[at - 5] != ' '))
                {
                    // BIC, of three letters.
                    if (at >= 3 && (at == 3 || text[at - 4] == ' ') && text[(at - 3)..at].SequenceEqual("BIC"u8))
                    {
                        return false;
                    }

                    continue;
                }

                var key = BinaryPrimitives.ReadUInt32LittleEndian(text[(at - 4)..]);
                if (key is not (Eref or Kref or Mref or Cred or Svwz))
                {
                    if (IsRare(text[(at - 4)..at]))
                    {
                        return false;
                    }

                    continue;
                }

                foreach (ref readonly var known in keywords[..count])
                {
                    if (known.Key == key)
                    {
                        return false;
                    }
                }

                if (count == keywords.Length || (count == 0 && at > 4))
                {
                    return false;
                }

                keywords[count++] = new Keyword(at - 4, key);
            }
        }

        return true;
    }

    private static bool IsRare(ReadOnlySpan<byte> word)
    {
        Span<char> chars = stackalloc char[4];
        AsciiText.Widen(word, chars);
        return SepaKeywords.IsKeyword(chars) || chars[1..] is "BIC";
    }

    private static void ReadPlainly(ReadOnlySpan<byte> text, Narrative into)
    {
        var chars = AsciiText.ToText(text);
        if (!SepaKeywords.TryRead(chars, into, isGerman: true))
        {
            SpelledLabels.Read(chars, into);
            into.Remittance = TextBlanks.Collapse(chars);
        }
    }

    /// <summary>A keyword: where it starts, its letters.</summary>
    private readonly record struct Keyword(int At, uint Key);
}
