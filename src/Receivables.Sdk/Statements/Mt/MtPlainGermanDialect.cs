using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Receivables.Sdk.Text;

namespace Receivables.Sdk.Statements.Mt;

/// <summary>The fields that <see cref="GermanFields"/> reads, found in the bytes of a text that begins with a code, a separator and a field number.</summary>
/// <remarks>Reads as the other does, or not at all: then nothing is set. Not thread-safe.</remarks>
/// <param name="parties">The parties that were read before.</param>
internal sealed class MtPlainGermanDialect(StretchCache<Counterparty> parties)
{
    private const int MostFields = 40;
    private const int FieldWidth = GermanFields.FieldWidth;

    private readonly byte[] _purpose = new byte[MtPlainText.Longest + MtPlainText.Slack];
    private readonly Field[] _fields = new Field[MostFields];
    private readonly MtPlainSepaKeywords _keywords = new();
    private int _length;
    private int _lastLength;

    /// <summary>Whether a text begins with a code, a separator and a field number.</summary>
    internal static bool IsBegin(ReadOnlySpan<byte> text) =>
        text.Length > 6 && text[3] is (byte)'?' or (byte)'~' or (byte)'^' or (byte)'<' && text[..3].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0
        && char.IsAsciiDigit((char)text[4]) && char.IsAsciiDigit((char)text[5]);

    /// <summary>Reads a text.</summary>
    /// <param name="text">The text, with the places of its separators.</param>
    /// <param name="into">What it says.</param>
    /// <returns>Whether it was read.</returns>
    internal bool TryRead(MtPlainText text, Narrative into)
    {
        var fields = _fields;
        var count = FindFields(text, fields);
        if (count == 0)
        {
            return false;
        }

        var joined = text.Joined;
        into.Gvc = into.Pool.GetAscii(joined[..3]);
        ReadOnlySpan<byte> name1 = default, name2 = default, account = default, bank = default;
        int bankAt = -1, accountAt = -1, nameAt = -1, moreAt = -1;
        (_length, _lastLength) = (0, 0);
        for (var i = 0; i < count; i++)
        {
            var (start, key) = (fields[i].Start, fields[i].Key);
            var end = i + 1 < count ? fields[i + 1].At : joined.Length;
            var value = joined[start..end];
            switch (key)
            {
                case 0:
                    into.BookingText = Pooled(value, into);
                    break;
                case 10:
                    into.Proprietary = Pooled(value, into);
                    break;
                case (>= 20 and <= 29) or (>= 60 and <= 69):
                    AddPurpose(value);
                    break;
                case 30:
                    bank = FirstWord(value);
                    bankAt = i;
                    break;
                case 31:
                    account = MtPlainText.Trim(value);
                    accountAt = i;
                    break;
                case 32:
                    name1 = value;
                    nameAt = i;
                    break;
                case 33:
                    name2 = value;
                    moreAt = i;
                    break;
                default:
                    AddOther(key, joined.Slice(start - 2, 2), value, into);
                    break;
            }
        }

        // Where bank, account and name stand side by side, the bytes of all of them tell the party.
        var last = moreAt < 0 ? nameAt : moreAt;
        var stretch = bankAt >= 0 && accountAt == bankAt + 1 && nameAt == bankAt + 2 && (moreAt < 0 || moreAt == bankAt + 3) && joined[3] == '?'
            ? joined[fields[bankAt].Start..(last + 1 < count ? fields[last + 1].At : joined.Length)]
            : default;
        if (!stretch.IsEmpty && into.IsWithoutParty && parties.TryGet(stretch, '?', out var known))
        {
            into.SetKnown(known);
        }
        else
        {
            SetParty(account, bank, name1, name2, into);
            if (!stretch.IsEmpty && into.Known is { } read)
            {
                parties.Add(stretch, '?', read);
            }
        }

        _keywords.Read(_purpose, _length, into);
        return true;
    }

    // How many fields there are; none where the text is to be read the other way.
    private static int FindFields(MtPlainText text, Span<Field> fields)
    {
        var places = text.Places;
        var joined = text.Joined;
        var count = 0;
        for (var word = 0; word * 64 < joined.Length; word++)
        {
            for (var marks = places[word]; marks != 0; marks &= marks - 1)
            {
                var at = (word * 64) + BitOperations.TrailingZeroCount(marks);
                var start = at + (at + 1 < joined.Length && joined[at + 1] == ' ' ? 4 : 3);
                if (start > joined.Length)
                {
                    continue;
                }

                uint high = (uint)joined[start - 2] - '0', low = (uint)joined[start - 1] - '0';
                if (high > 9 || low > 9)
                {
                    continue;
                }

                var key = (byte)((high * 10) + low);
                if (count == fields.Length || !IsReadHere(key, joined[start..]))
                {
                    return 0;
                }

                fields[count++] = new Field(at, start, key);
            }
        }

        return count > 0 && fields[0].At == 3 ? count : 0;
    }

    // Bank codes of before SEPA, two accounts, and what stands behind a BIC are read the other way.
    private static bool IsReadHere(byte key, ReadOnlySpan<byte> value) => key switch
    {
        30 => value.Length > 0 && char.IsAsciiLetterUpper((char)value[0]),
        38 => false,
        _ => true,
    };

    // As GermanFields does.
    private void AddPurpose(ReadOnlySpan<byte> value)
    {
        var target = _purpose.AsSpan(_length);
        if (_length > 0 && (_lastLength != FieldWidth || MtPlainSepaKeywords.StartsWithKeyword(value)) && _purpose[_length - 1] != ' ')
        {
            target[0] = (byte)' ';
            target = target[1..];
            _length++;
        }

        if (value.Length <= Vector256<byte>.Count)
        {
            // What is behind the value is written over by the next one.
            Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(value)).CopyTo(target);
        }
        else
        {
            value.CopyTo(target);
        }

        _length += value.Length;
        _lastLength = value.Length;
    }

    [SkipLocalsInit]
    private static void SetParty(ReadOnlySpan<byte> account, ReadOnlySpan<byte> bank, ReadOnlySpan<byte> name1, ReadOnlySpan<byte> name2, Narrative into)
    {
        // A first part that is full was cut.
        Span<byte> joined = stackalloc byte[2 * FieldWidth];
        scoped var name = name1;
        if (name1.Length == FieldWidth && name2.Length is > 0 and <= FieldWidth)
        {
            name1.CopyTo(joined);
            name2.CopyTo(joined[FieldWidth..]);
            name = joined[..(FieldWidth + name2.Length)];
        }

        if ((name2.IsEmpty || (name.Length > FieldWidth && !ShortBytes.HasDoubleBlank(name))) && into.TrySetKnown(account, bank, name))
        {
            return;
        }

        SetPartyPlainly(account, bank, name1, name2, into);
    }

    [SkipLocalsInit]
    private static void SetPartyPlainly(ReadOnlySpan<byte> account, ReadOnlySpan<byte> bank, ReadOnlySpan<byte> name1, ReadOnlySpan<byte> name2, Narrative into)
    {
        Span<char> room = stackalloc char[MtPlainText.Longest];
        GermanFields.SetParty(Take(account, ref room), Take(bank, ref room), Take(name1, ref room), Take(name2, ref room), into);

        static ReadOnlySpan<char> Take(ReadOnlySpan<byte> text, ref Span<char> room)
        {
            AsciiText.Widen(text, room);
            var taken = room[..text.Length];
            room = room[text.Length..];
            return taken;
        }
    }

    private static void AddOther(byte key, ReadOnlySpan<byte> number, ReadOnlySpan<byte> value, Narrative into)
    {
        if (key == 34 && value.SequenceEqual("000"u8))
        {
            return;
        }

        var text = AsciiText.ToText(MtPlainText.Trim(value));
        if (key == 34)
        {
            GermanFields.AddTextKey(text, into);
        }
        else
        {
            into.AddOther(into.Pool.GetAscii(number), text);
        }
    }

    private static ReadOnlySpan<byte> FirstWord(ReadOnlySpan<byte> value)
    {
        var blank = value.IndexOf((byte)' ');
        return blank < 0 ? value : value[..blank];
    }

    private static string? Pooled(ReadOnlySpan<byte> value, Narrative into)
    {
        value = MtPlainText.Trim(value);
        return value.IsEmpty ? null : into.Pool.GetAscii(value);
    }

    /// <summary>A field: where its separator stands, where its value starts, its number.</summary>
    private readonly record struct Field(int At, int Start, byte Key);
}
