using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Receivables.Sdk.Statements.Camt;

/// <summary>
/// Cuts UTF-8 bytes into the tokens of the XML subset that banks send: elements, attributes, text, CDATA, comments, processing instructions,
/// the five entities and references to characters by number.
/// </summary>
/// <remarks>
/// <para>A window on contiguous bytes; the open elements are in an <see cref="XmlNesting"/>, so the next window goes on where this one ended
/// (<see cref="TokenStart"/> when <see cref="XmlToken.NeedMore"/> was given). Nothing is allocated.</para>
/// <para>Checked: tags match, markup, attributes and references have their form, nothing is deeper or longer than the limits. A document type
/// declaration is a fault, so there are no entities to expand. More is accepted than XML 1.0 allows in three places that harm nobody: control
/// characters in text, prefixes that nobody declared, and several documents one after the other.</para>
/// </remarks>
internal ref struct XmlTokenizer
{
    private readonly ReadOnlySpan<byte> _data;
    private readonly XmlNesting _nesting;
    private readonly XmlNames _names;
    private readonly int _maxToken;
    private readonly bool _isLast;
    private int _at;
    private int _nameLength;
    private int _attributesLength;
    private int _textStart;
    private int _textLength;

    /// <summary>A tokenizer over bytes.</summary>
    /// <param name="data">The bytes, from the start of a token.</param>
    /// <param name="isLast">Whether the input ends with them.</param>
    /// <param name="nesting">The open elements.</param>
    /// <param name="names">The names that get a number.</param>
    /// <param name="maxToken">The longest token in bytes.</param>
    internal XmlTokenizer(ReadOnlySpan<byte> data, bool isLast, XmlNesting nesting, XmlNames names, int maxToken)
    {
        _data = data;
        _isLast = isLast;
        _nesting = nesting;
        _names = names;
        _maxToken = maxToken;
    }

    /// <summary>Where the token starts that was read last.</summary>
    internal int TokenStart { get; private set; }

    /// <summary>Where the next token starts.</summary>
    internal readonly int Position => _at;

    /// <summary>The number of the element's local name; 0 when it is not known. Of start tags, empty tags and leaves.</summary>
    internal byte NameId { get; private set; }

    /// <summary>The element's name with its prefix as a vector, when it has at most 16 bytes; else zeros. Of start tags, empty tags and leaves.</summary>
    internal Vector128<byte> NameKey { get; private set; }

    /// <summary>The element's name with its prefix. Of start tags, empty tags and leaves.</summary>
    internal readonly ReadOnlySpan<byte> Name => _data.Slice(TokenStart + 1, _nameLength);

    /// <summary>What stands behind the name; well-formed. Of start tags, empty tags and leaves.</summary>
    internal readonly XmlAttributes Attributes => new(_data.Slice(TokenStart + 1 + _nameLength, _attributesLength));

    /// <summary>Where the content stands of text, CDATA and leaves.</summary>
    internal readonly int TextStart => _textStart;

    /// <summary>The content of text, CDATA and leaves.</summary>
    internal readonly ReadOnlySpan<byte> Text => _data.Slice(_textStart, _textLength);

    /// <summary>Whether the text holds references.</summary>
    internal bool HasReferences { get; private set; }

    /// <summary>Where the first ampersand of the text stands that begins no reference; -1 when there is none.</summary>
    internal int LooseAmpersand { get; private set; } = -1;

    /// <summary>Why the last token is an error.</summary>
    internal XmlFault Fault { get; private set; }

    /// <summary>The next token; comments and processing instructions are passed over.</summary>
    internal XmlToken Read()
    {
        while (true)
        {
            var at = _at;
            TokenStart = at;
            if (at >= _data.Length)
            {
                return !_isLast ? XmlToken.NeedMore : _nesting.Depth == 0 ? XmlToken.End : Fail(XmlFault.UnexpectedEnd);
            }

            if (_data[at] != '<')
            {
                return ReadText();
            }

            if (at + 1 >= _data.Length)
            {
                return Incomplete();
            }

            switch (_data[at + 1])
            {
                case (byte)'/':
                    return ReadEndTag();
                case (byte)'?':
                    if (Skip("<?"u8, "?>"u8) is var pi && pi != XmlToken.Text)
                    {
                        return pi;
                    }

                    break;
                case (byte)'!':
                    if (ReadDeclaration() is var declaration && declaration != XmlToken.Text)
                    {
                        return declaration;
                    }

                    break;
                default:
                    return ReadStartTag();
            }
        }
    }

    /// <summary>Goes on at another place.</summary>
    internal void MoveTo(int at) => _at = at;

    /// <summary>The place of the tag behind a text without references; -1 for anything else. 32 bytes can be read from the text's start then.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal readonly int FindEndOfText(int text)
    {
        if (text + (2 * Vector256<byte>.Count) > _data.Length)
        {
            return -1;
        }

        ref var start = ref MemoryMarshal.GetReference(_data);
        var block = Vector256.LoadUnsafe(ref start, (nuint)text);
        var hits = (Vector256.Equals(block, Vector256.Create((byte)'<')) | Vector256.Equals(block, Vector256.Create((byte)'&'))).ExtractMostSignificantBits();
        var end = hits != 0 ? text + BitOperations.TrailingZeroCount(hits) : FindMarkup(text + Vector256<byte>.Count);
        return end >= 0 && end - text <= _maxToken && Unsafe.Add(ref start, end) == '<' ? end : -1;
    }

    /// <summary>Whether an end tag in its plainest form stands at a place.</summary>
    /// <param name="at">The place.</param>
    /// <param name="key">The name.</param>
    /// <param name="length">Its length, at most 16.</param>
    internal readonly bool IsEndTag(int at, Vector128<byte> key, int length) => EndTagAt(at, key, length) > 0;

    // The next '<' or '&' from a place on, or -1.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly int FindMarkup(int from)
    {
        if (from + 16 <= _data.Length)
        {
            var block = Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(_data), (nuint)from);
            var hits = (Vector128.Equals(block, Vector128.Create((byte)'<')) | Vector128.Equals(block, Vector128.Create((byte)'&'))).ExtractMostSignificantBits();
            if (hits != 0)
            {
                return from + BitOperations.TrailingZeroCount(hits);
            }

            from += 16;
        }

        var found = _data[from..].IndexOfAny((byte)'<', (byte)'&');
        return found < 0 ? -1 : from + found;
    }

    // The place behind an end tag of this name in its plainest form; 0 for anything else.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly int EndTagAt(int at, Vector128<byte> key, int length)
    {
        if (at + 2 + 16 + 1 > _data.Length)
        {
            return 0;
        }

        ref var name = ref Unsafe.Add(ref MemoryMarshal.GetReference(_data), at + 2);
        return Unsafe.Add(ref name, -1) == '/' && (Vector128.LoadUnsafe(ref name) & MaskOf(length)) == key && Unsafe.Add(ref name, length) == '>' ? at + 3 + length : 0;
    }

    private XmlToken ReadText()
    {
        var at = _at;
        HasReferences = false;
        LooseAmpersand = -1;
        var end = FindMarkup(at);
        while (end >= 0 && _data[end] == '&')
        {
            HasReferences = true;
            var length = XmlReferences.Measure(_data[end..]);
            if (length == 0 && !_isLast)
            {
                return Incomplete();
            }

            if (length <= 0)
            {
                // Banks write names as they are: Meier & Sohn. It is a character then.
                LooseAmpersand = LooseAmpersand < 0 ? end : LooseAmpersand;
                length = 1;
            }

            end = FindMarkup(end + length);
        }

        if (end < 0)
        {
            if (!_isLast)
            {
                return Incomplete();
            }

            end = _data.Length;
        }

        if (end - at > _maxToken)
        {
            return Fail(XmlFault.TooLong);
        }

        _textStart = at;
        _textLength = end - at;
        _at = end;
        return XmlToken.Text;
    }

    private XmlToken ReadEndTag()
    {
        if (_nesting.Depth > 0 && _nesting.TopLength is <= 16 and var length && EndTagAt(_at, _nesting.TopKey, length) is > 0 and var behind)
        {
            _at = behind;
            _nesting.Pop();
            return XmlToken.EndTag;
        }

        var rest = _data[(_at + 2)..];
        var end = rest.IndexOf((byte)'>');
        if (end < 0)
        {
            return Incomplete();
        }

        if (end > _maxToken)
        {
            return Fail(XmlFault.TooLong);
        }

        if (!_nesting.IsTop(rest[..end].TrimEnd(" \t\r\n"u8)))
        {
            return Fail(XmlFault.MismatchedEndTag);
        }

        _at += end + 3;
        _nesting.Pop();
        return XmlToken.EndTag;
    }

    private XmlToken ReadStartTag()
    {
        var start = _at + 1;
        if (start + 32 > _data.Length)
        {
            return ReadStartTagSlowly();
        }

        // The name ends at '>', '/', or a blank; all blanks and control characters are below '!'.
        ref var first = ref Unsafe.Add(ref MemoryMarshal.GetReference(_data), start);
        var block = Vector128.LoadUnsafe(ref first);
        var ends = (Vector128.Equals(block, Vector128.Create((byte)'>')) | Vector128.Equals(block, Vector128.Create((byte)'/'))
            | Vector128.LessThan(block, Vector128.Create((byte)'!'))).ExtractMostSignificantBits();
        var length = BitOperations.TrailingZeroCount(ends | 0x10000);
        if (length >= 16)
        {
            return ReadStartTagSlowly();
        }

        _attributesLength = Unsafe.Add(ref first, length) == '>' ? 0 : PlainCurrencyLength(ref Unsafe.Add(ref first, length));
        var key = block & MaskOf(length);
        var id = _names.Find(key);
        if (_attributesLength < 0 || (id == 0 && !IsPlainName(block, length)))
        {
            return ReadStartTagSlowly();
        }

        NameId = id;
        NameKey = key;
        _nameLength = length;
        var behind = start + length + _attributesLength + 1;
        var end = behind < _data.Length && _data[behind] == '<' ? behind : FindMarkup(behind);
        if (end >= 0 && end - behind <= _maxToken && _data[end] == '<' && EndTagAt(end, key, length) is > 0 and var next && _nesting.Depth < _nesting.MaxDepth)
        {
            _textStart = behind;
            _textLength = end - behind;
            _at = next;
            return XmlToken.Leaf;
        }

        _at = behind;
        return _nesting.TryPush(key, length) ? XmlToken.StartTag : Fail(XmlFault.TooDeep);
    }

    // The length of ' Ccy="EUR"' in front of a '>', the one attribute that messages are full of; -1 for anything else. At least 16 bytes are in sight.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int PlainCurrencyLength(ref byte at)
    {
        const ulong Opening = 0x0000_223D_7963_4320; // ' Ccy="' with the first byte lowest
        const ulong Closing = 0x3E22; // '">'
        if (!BitConverter.IsLittleEndian || (Unsafe.ReadUnaligned<ulong>(ref at) & 0x0000_FFFF_FFFF_FFFF) != Opening || Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref at, 9)) != Closing)
        {
            return -1;
        }

        return char.IsAsciiLetter((char)Unsafe.Add(ref at, 6)) && char.IsAsciiLetter((char)Unsafe.Add(ref at, 7)) && char.IsAsciiLetter((char)Unsafe.Add(ref at, 8)) ? 10 : -1;
    }

    // Whether the first bytes are letters and digits, and the first a letter: a name, whether it is known or not.
    private static bool IsPlainName(Vector128<byte> block, int length)
    {
        var letters = block | Vector128.Create((byte)0x20);
        var isLetter = Vector128.LessThan(letters - Vector128.Create((byte)'a'), Vector128.Create((byte)26));
        var isDigit = Vector128.LessThan(block - Vector128.Create((byte)'0'), Vector128.Create((byte)10));
        var plain = (isLetter | isDigit).ExtractMostSignificantBits();
        var wanted = (1u << length) - 1;
        return length > 0 && (plain & wanted) == wanted && (isLetter.ExtractMostSignificantBits() & 1) != 0;
    }

    private XmlToken ReadStartTagSlowly()
    {
        var start = _at + 1;
        var rest = _data[start..];
        var length = rest.IndexOfAny(XmlNameRules.EndOfName);
        var name = length < 0 ? rest : rest[..length];
        if (!XmlNameRules.IsName(name, isWhole: length >= 0))
        {
            return Fail(XmlFault.BadMarkup);
        }

        if (length < 0)
        {
            return Incomplete();
        }

        var end = length;
        if (rest[length] != '>')
        {
            var (fault, measured) = XmlAttributes.Measure(rest[length..]);
            if (fault != XmlFault.None)
            {
                return fault == XmlFault.UnexpectedEnd ? Incomplete() : Fail(fault);
            }

            end += measured;
        }

        if (end > _maxToken)
        {
            return Fail(XmlFault.TooLong);
        }

        var isEmpty = rest[end - 1] == '/' && end > length;
        _nameLength = length;
        _attributesLength = (isEmpty ? end - 1 : end) - length;
        NameId = _names.Find(name[(name.LastIndexOf((byte)':') + 1)..]);
        NameKey = length <= 16 ? XmlNames.KeyOf(name) : default;
        _at = start + end + 1;
        return isEmpty ? XmlToken.EmptyTag : _nesting.TryPush(name) ? XmlToken.StartTag : Fail(XmlFault.TooDeep);
    }

    // A comment is passed over (Text stands for that), a CDATA section is a token, and what else begins with an exclamation mark is refused.
    private XmlToken ReadDeclaration()
    {
        var rest = _data[_at..];
        if (IsOrMayBecome(rest, "<!--"u8))
        {
            return Skip("<!--"u8, "-->"u8);
        }

        if (IsOrMayBecome(rest, "<![CDATA["u8))
        {
            if (Skip("<![CDATA["u8, "]]>"u8) is var token && token != XmlToken.Text)
            {
                return token;
            }

            _textStart = TokenStart + 9;
            _textLength = _at - 3 - _textStart;
            HasReferences = false;
            LooseAmpersand = -1;
            return _nesting.Depth == 0 ? Fail(XmlFault.BadMarkup) : XmlToken.CData;
        }

        return IsOrMayBecome(rest, "<!DOCTYPE"u8) && rest.Length < 9 ? Incomplete()
            : Fail(rest.StartsWith("<!DOCTYPE"u8) || rest.StartsWith("<!ENTITY"u8) ? XmlFault.DocumentType : XmlFault.BadMarkup);
    }

    private static bool IsOrMayBecome(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> opening) =>
        rest.Length >= opening.Length ? rest.StartsWith(opening) : opening.StartsWith(rest);

    private XmlToken Skip(ReadOnlySpan<byte> opening, ReadOnlySpan<byte> closing)
    {
        var rest = _data[_at..];
        var end = rest.Length < opening.Length ? -1 : rest[opening.Length..].IndexOf(closing);
        if (end < 0)
        {
            return Incomplete();
        }

        var length = opening.Length + end + closing.Length;
        if (length > _maxToken)
        {
            return Fail(XmlFault.TooLong);
        }

        _at += length;
        return XmlToken.Text;
    }

    private XmlToken Incomplete() =>
        _data.Length - _at > _maxToken ? Fail(XmlFault.TooLong) : _isLast ? Fail(XmlFault.UnexpectedEnd) : XmlToken.NeedMore;

    private XmlToken Fail(XmlFault fault)
    {
        Fault = fault;
        return XmlToken.Error;
    }

    // Ones for the first bytes, zeros for the rest.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> MaskOf(int length) => Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(Masks), (nuint)(16 - length));

    [SuppressMessage("Style", "IDE0230", Justification = "Bits, not text.")]
    private static ReadOnlySpan<byte> Masks =>
    [
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ];
}
