using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using Receivables.Sdk.Text;

namespace Receivables.Sdk.Statements.Mt;

/// <summary>The codes that <see cref="SlashCodes"/> reads, found in the bytes of a text that begins with one of them.</summary>
/// <remarks>Reads as the other does, or not at all: then nothing is set. Only slashes that stand a code apart are looked at. Not thread-safe.</remarks>
/// <param name="parties">The parties that were read before.</param>
internal sealed class MtPlainSlashDialect(StretchCache<Counterparty> parties)
{
    private const int MostCodes = 32;

    // Not on the stack: a method that takes room there is compiled once, before anything is known of how it runs.
    private readonly Code[] _codes = new Code[MostCodes];

    private const uint Eref = 'E' | ('R' << 8) | ('E' << 16) | ('F' << 24);
    private const uint Cntp = 'C' | ('N' << 8) | ('T' << 16) | ('P' << 24);
    private const uint Remi = 'R' | ('E' << 8) | ('M' << 16) | ('I' << 24);
    private const uint Marf = 'M' | ('A' << 8) | ('R' << 16) | ('F' << 24);
    private const uint Csid = 'C' | ('S' << 8) | ('I' << 16) | ('D' << 24);
    private const uint Trtp = 'T' | ('R' << 8) | ('T' << 16) | ('P' << 24);
    private const uint Rtrn = 'R' | ('T' << 8) | ('R' << 16) | ('N' << 24);
    private const uint Name = 'N' | ('A' << 8) | ('M' << 16) | ('E' << 24);
    private const uint Iban = 'I' | ('B' << 8) | ('A' << 16) | ('N' << 24);
    private const uint Bic = 'B' | ('I' << 8) | ('C' << 16);

    /// <summary>Reads a text.</summary>
    /// <param name="text">The text, with the places of its slashes.</param>
    /// <param name="into">What it says.</param>
    /// <returns>Whether it was read.</returns>
    internal bool TryRead(MtPlainText text, Narrative into)
    {
        var codes = _codes;
        var slashes = text.Places;
        var joined = MtPlainText.TrimEnd(text.Joined);
        var count = FindCodes(joined, slashes, codes);
        if (count == 0)
        {
            return false;
        }

        for (var i = 0; i < count; i++)
        {
            ref readonly var code = ref codes[i];
            var start = code.At + code.Length;
            var end = i + 1 < count ? codes[i + 1].At : joined.Length;
            if (code.Key == Remi)
            {
                SetRemittance(start < end ? joined[start..end] : default, into);
                continue;
            }

            var value = start < end ? joined[start..end] : default;
            while (start < end && joined[start] == ' ')
            {
                start++;
            }

            // Blanks, slashes, and blanks before these.
            end = TrimEnd(joined, start, TrimEnd(joined, start, TrimEnd(joined, start, end, ' '), '/'), ' ');
            if (start < end && !(code.Key == Cntp && TrySetParty(joined, start, end, slashes, into)) && !TryAssign(code.Key, joined[start..end], into))
            {
                AssignPlainly(code.Key, value, into);
            }
        }

        return true;
    }

    private static int TrimEnd(ReadOnlySpan<byte> text, int start, int end, char character)
    {
        while (start < end && text[end - 1] == character)
        {
            end--;
        }

        return end;
    }

    // How many codes there are; none where the text is to be read the other way.
    private static int FindCodes(ReadOnlySpan<byte> joined, ReadOnlySpan<ulong> slashes, Span<Code> codes)
    {
        var count = 0;
        var hasRemittance = false;
        for (var word = 0; word * 64 < joined.Length; word++)
        {
            // A slash with another one behind three or four characters.
            var (here, behind) = (slashes[word], slashes[word + 1]);
            var pairs = here & ((here >> 4) | (behind << 60) | (here >> 5) | (behind << 59));
            for (; pairs != 0; pairs &= pairs - 1)
            {
                var at = (word * 64) + BitOperations.TrailingZeroCount(pairs);
                var length = CodeLength(joined[at..], out var key);
                if (length == 0)
                {
                    continue;
                }

                if (count == codes.Length || !IsReadHere(key, joined[(at + length)..]) || (key == Remi && hasRemittance))
                {
                    return 0;
                }

                hasRemittance |= key == Remi;
                codes[count++] = new Code(at, length, key);
            }
        }

        return count > 0 && codes[0].At == 0 ? count : 0;
    }

    // The length of the code at the start, with both slashes; 0 when there is none.
    private static int CodeLength(ReadOnlySpan<byte> text, out uint key)
    {
        key = 0;
        if (text.Length > 5 && text[5] == '/')
        {
            key = BinaryPrimitives.ReadUInt32LittleEndian(text[1..]);
            if (key is Eref or Cntp or Remi or Marf or Csid or Trtp or Rtrn or Name or Iban || IsOtherCode(text.Slice(1, 4)))
            {
                return 6;
            }
        }

        if (text.Length > 4 && text[4] == '/')
        {
            key = BinaryPrimitives.ReadUInt32LittleEndian(text[1..]) & 0xFFFFFF;
            return key == Bic || IsOtherCode(text.Slice(1, 3)) ? 5 : 0;
        }

        return 0;
    }

    private static bool IsOtherCode(ReadOnlySpan<byte> key)
    {
        // What codes hold.
        if (key.SequenceEqual("USTD"u8))
        {
            return false;
        }

        Span<char> chars = stackalloc char[4];
        AsciiText.Widen(key, chars);
        return SlashCodes.IsKnown(chars[..key.Length]);
    }

    // Whether a code depends on nothing but itself: of the others few texts have one.
    private static bool IsReadHere(uint key, ReadOnlySpan<byte> value) => key switch
    {
        Remi => !value.StartsWith("STRD"u8) && !(value.Length > 0 && value[0] == ' '),
        Eref or Cntp or Marf or Csid or Trtp or Rtrn or Name or Iban or Bic => true,
        _ => false,
    };

    private static void SetRemittance(ReadOnlySpan<byte> value, Narrative into)
    {
        value = MtPlainText.TrimEnd(value);
        into.SetRemittance(MtPlainText.Trim((value.StartsWith("USTD/"u8) ? value[5..] : value).Trim((byte)'/')));
    }

    private static bool TryAssign(uint key, ReadOnlySpan<byte> value, Narrative into)
    {
        switch (key)
        {
            case Eref:
                if (into.EndToEndId is null && !TextBlanks.IsFiller(value))
                {
                    into.SetEndToEndId(value);
                }

                return true;
            case Marf:
                into.MandateId ??= AsciiText.ToText(value);
                return true;
            case Csid:
                into.CreditorId ??= into.Pool.GetAscii(value);
                return true;
            case Trtp:
                into.BookingText ??= into.Pool.GetAscii(value);
                return true;
            case Rtrn:
                into.ReturnReason ??= into.Pool.GetAscii(value);
                return true;
            case Bic:
                into.Bic ??= into.Pool.GetAscii(value);
                return true;
            default:
                return false;
        }
    }

    // ING: account, bank, name; a party that was read before.
    private bool TrySetParty(ReadOnlySpan<byte> text, int start, int end, ReadOnlySpan<ulong> slashes, Narrative into)
    {
        if (!into.IsWithoutParty)
        {
            return false;
        }

        var stretch = text[start..end];
        if (parties.TryGet(stretch, '/', out var known))
        {
            into.SetKnown(known);
            return true;
        }

        var first = MtPlainText.Next(slashes, start, end);
        var second = MtPlainText.Next(slashes, first + 1, end);
        if (second >= end || MtPlainText.Next(slashes, second + 1, end) != end || !into.TrySetKnown(text[start..first], text[(first + 1)..second], text[(second + 1)..end]))
        {
            return false;
        }

        parties.Add(stretch, '/', into.Known!);
        return true;
    }

    [SkipLocalsInit]
    private static void AssignPlainly(uint key, ReadOnlySpan<byte> value, Narrative into)
    {
        Span<byte> keyBytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(keyBytes, key);
        Span<char> chars = stackalloc char[sizeof(uint) + MtPlainText.Longest];
        AsciiText.Widen(keyBytes, chars);
        AsciiText.Widen(value, chars[sizeof(uint)..]);
        SlashCodes.Assign(chars[..sizeof(uint)], chars.Slice(sizeof(uint), value.Length), into);
    }

    /// <summary>A code: where it starts, how long it is with its slashes, its letters.</summary>
    private readonly record struct Code(int At, int Length, uint Key);
}
