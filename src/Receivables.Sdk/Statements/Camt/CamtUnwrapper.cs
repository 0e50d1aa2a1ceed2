using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Receivables.Sdk.Text;

namespace Receivables.Sdk.Statements.Camt;

/// <summary>Shows a message that is wrapped as XML of its own.</summary>
/// <remarks>
/// What is not shown becomes blanks, so that every byte stays where it is in the file; only before a statement alone stands the start of its message.
/// Not thread-safe, as pipe readers are. Completing it leaves the inner reader to its owner.
/// </remarks>
internal sealed class CamtUnwrapper(PipeReader inner, CamtWrapping wrapping) : RewritingPipeReader(inner)
{
    // The longest that is looked at as a whole: a reference within a reference.
    private const int Sight = 16;

    private byte[] _raw = [];
    private int _length;
    private long _seen;
    private bool _isBegun;
    private bool _isBehindEquals;
    private bool _isInSection;
    private bool _isInInnerSection;

    /// <summary>What stands before the file's own bytes.</summary>
    internal byte[] Prefix { get; } = wrapping.Wrap == CamtWrap.Bare ? Encoding.ASCII.GetBytes($"<{wrapping.Message}>") : [];

    /// <inheritdoc/>
    protected override void Rewrite(in ReadOnlySequence<byte> read, bool isLast)
    {
        if (!_isBegun)
        {
            _isBegun = true;
            Append(Prefix);
        }

        if (_raw.Length < _length + read.Length)
        {
            Array.Resize(ref _raw, (int)(_length + read.Length) * 2);
        }

        read.CopyTo(_raw.AsSpan(_length));
        _length += (int)read.Length;
        var done = Rewrite(_raw.AsSpan(0, _length), isLast ? _length : Math.Max(0, _length - Sight));
        Append(_raw.AsSpan(0, done));
        _raw.AsSpan(done, _length - done).CopyTo(_raw);
        _length -= done;
        _seen += done;
        if (isLast && wrapping.Wrap == CamtWrap.Bare)
        {
            Append(Encoding.ASCII.GetBytes($"</{wrapping.Message}>"));
        }
    }

    // How many bytes are done: at least so many as asked for.
    private int Rewrite(Span<byte> bytes, int end)
    {
        switch (wrapping.Wrap)
        {
            case CamtWrap.Behind:
                Blank(bytes[..(int)Math.Clamp(wrapping.Start - _seen, 0, end)]);
                return end;
            case CamtWrap.CData:
                return BlankSections(bytes, end);
            case CamtWrap.Escaped:
                return Unescape(bytes, end);
            default:
                return end;
        }
    }

    // The section around the message, and where it is broken off and goes on; a section within it is the message's own.
    private int BlankSections(Span<byte> bytes, int end)
    {
        var at = 0;
        while (at < end)
        {
            var found = bytes[at..end].IndexOfAny((byte)'<', (byte)']');
            if (found < 0)
            {
                return end;
            }

            at += found;
            var rest = bytes[at..];
            var length = 1;
            if (rest.StartsWith("<![CDATA["u8))
            {
                length = 9;
                if (_isInSection)
                {
                    _isInInnerSection = true;
                }
                else
                {
                    _isInSection = true;
                    rest[..length].Fill((byte)' ');
                }
            }
            else if (rest.StartsWith("]]]]><![CDATA[>"u8))
            {
                // How the end of a section is written within another one.
                length = 15;
                rest[2] = (byte)'>';
                rest[3..length].Fill((byte)' ');
                _isInInnerSection = false;
            }
            else if (rest.StartsWith("]]>"u8))
            {
                length = 3;
                if (!_isInInnerSection)
                {
                    _isInSection = false;
                    rest[..length].Fill((byte)' ');
                }

                _isInInnerSection = false;
            }

            at += length;
        }

        return at;
    }

    // A bracket keeps its place next to what it holds, blanks stand outside of it.
    private int Unescape(Span<byte> bytes, int end)
    {
        var at = 0;
        while (at < end)
        {
            var found = bytes[at..end].IndexOf((byte)'&');
            if (found < 0)
            {
                _isBehindEquals = bytes[end - 1] == '=';
                return end;
            }

            _isBehindEquals = found > 0 ? bytes[at + found - 1] == '=' : _isBehindEquals;
            at += found;
            var rest = bytes[at..];
            var (length, character) = rest.StartsWith("&lt;"u8) ? (4, '<') : rest.StartsWith("&gt;"u8) ? (4, '>')
                : rest.StartsWith("&quot;"u8) ? (6, '"') : rest.StartsWith("&apos;"u8) ? (6, '\'') : rest.StartsWith("&#39;"u8) ? (5, '\'') : rest.StartsWith("&#34;"u8) ? (5, '"') : (1, '&');
            if (rest.StartsWith("&amp;"u8))
            {
                length = UnescapeReference(rest);
            }
            else if (length > 1)
            {
                rest[..length].Fill((byte)' ');
                rest[character == '<' || (character is '"' or '\'' && _isBehindEquals) ? length - 1 : 0] = (byte)character;
            }

            at += length;
            _isBehindEquals = false;
        }

        return at;
    }

    // &amp;lt; is a reference of the message itself: it is written by its number, with as many zeros before it as keep it as long as it was.
    private static int UnescapeReference(Span<byte> rest)
    {
        const int Escape = 5;
        var end = rest[Escape..Math.Min(rest.Length, Sight)].IndexOf((byte)';');
        var name = end < 0 ? default : rest.Slice(Escape, end);
        var digits = name.SequenceEqual("lt"u8) ? "60"u8 : name.SequenceEqual("gt"u8) ? "62"u8 : name.SequenceEqual("amp"u8) ? "38"u8
            : name.SequenceEqual("quot"u8) ? "34"u8 : name.SequenceEqual("apos"u8) ? "39"u8 : default;
        if (!digits.IsEmpty)
        {
            return WriteReference(rest[..(Escape + end + 1)], "#"u8, digits);
        }

        if (name.Length > 2 && name[0] == (byte)'#')
        {
            var mark = name[1] == 'x' ? 2 : 1;
            return WriteReference(rest[..(Escape + end + 1)], name[..mark].ToArray(), name[mark..].ToArray());
        }

        // An ampersand of the message that begins nothing.
        return WriteReference(rest[..Escape], "#"u8, "38"u8);
    }

    private static int WriteReference(Span<byte> place, ReadOnlySpan<byte> mark, ReadOnlySpan<byte> digits)
    {
        place.Fill((byte)'0');
        place[0] = (byte)'&';
        mark.CopyTo(place[1..]);
        digits.CopyTo(place[(place.Length - digits.Length - 1)..]);
        place[^1] = (byte)';';
        return place.Length;
    }

    private static void Blank(Span<byte> bytes)
    {
        foreach (ref var b in bytes)
        {
            b = b is (byte)'\r' or (byte)'\n' ? b : (byte)' ';
        }
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        Commit(bytes.Length);
    }
}
