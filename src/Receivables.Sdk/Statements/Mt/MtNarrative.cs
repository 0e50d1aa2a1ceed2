using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Receivables.Sdk.Text;

namespace Receivables.Sdk.Statements.Mt;

/// <summary>What the text of one entry says: filled by a dialect, read by the entry mapper, used again for the next entry.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class MtNarrative(TextPool pool)
{
    private List<KeyValuePair<string, string>>? _others;
    private string? _remittance;
    private string? _endToEndId;

    internal TextPool Pool => pool;

    internal string? Name { get; set; }

    /// <summary>Who ordered the payment, and who is to have it: which of them is the other party the entry's side says.</summary>
    internal string? OrderingParty { get; set; }

    internal string? Beneficiary { get; set; }

    internal string? UltimateName { get; set; }

    internal string? Address { get; set; }

    /// <summary>The other account as an IBAN.</summary>
    internal Iban? Iban { get; private set; }

    /// <summary>The other account as written, when it is no IBAN.</summary>
    internal string? Account { get; private set; }

    /// <summary>The party that account, bank and name were taken from; null when they were read.</summary>
    internal Counterparty? Known { get; private set; }

    /// <summary>Whether either is known.</summary>
    internal bool HasAccount => Iban is not null || Account is not null;

    internal string? Bic { get; set; }

    internal string? Remittance
    {
        get => _remittance;
        set => (_remittance, MayHoldReference, RemittanceHash) = (value, true, 0);
    }

    /// <summary>The hash of the remittance, where it is known; else 0.</summary>
    internal ulong RemittanceHash { get; private set; }

    /// <summary>Whether the remittance may hold a structured reference: it is to be searched.</summary>
    internal bool MayHoldReference { get; private set; }

    internal string? StructuredReference { get; set; }

    internal string? EndToEndId
    {
        get => _endToEndId;
        set => (_endToEndId, EndToEndHash) = (value, 0);
    }

    /// <summary>The hash of the payer's id, where it is known; else 0.</summary>
    internal ulong EndToEndHash { get; private set; }

    internal string? MandateId { get; set; }

    internal string? CreditorId { get; set; }

    internal string? CustomerReference { get; set; }

    internal string? ReturnReason { get; set; }

    internal string? Purpose { get; set; }

    internal string? BookingText { get; set; }

    internal string? Gvc { get; set; }

    internal string? Proprietary { get; set; }

    /// <summary>What was instructed in another currency, as written: <c>USD12,50</c>.</summary>
    internal string? Original { get; set; }

    internal string? Charges { get; set; }

    internal string? Rate { get; set; }

    /// <summary>Fields without a place of their own; null when there are none.</summary>
    internal List<KeyValuePair<string, string>>? Others => _others;

    internal void Clear()
    {
        _others = null;
        Iban = null;
        Known = null;
        Name = OrderingParty = Beneficiary = UltimateName = Address = Account = Bic = Remittance = StructuredReference = EndToEndId = MandateId = CreditorId = null;
        CustomerReference = ReturnReason = Purpose = BookingText = Gvc = Proprietary = Original = Charges = Rate = null;
    }

    /// <summary>Sets the other account: an IBAN where it is one (a Polish number of 26 digits is one without its country), else as written.</summary>
    internal void SetAccount(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (text.IsEmpty)
        {
            return;
        }

        if (pool.TryIban(text, out var iban) || (text.Length == 26 && Receivables.Sdk.Iban.TryParse(string.Concat("PL", text), out iban)))
        {
            Iban = iban;
        }
        else
        {
            Account = text.ToString();
        }
    }

    /// <summary>Sets account, bank and name at once where a party was read from the same texts before, and nothing is set yet.</summary>
    internal bool TrySetKnown(ReadOnlySpan<char> account, ReadOnlySpan<char> bic, ReadOnlySpan<char> name)
    {
        if (HasAccount || Bic is not null || Name is not null || pool.FindParty(account, bic, name) is not { } known)
        {
            return false;
        }

        (Known, Iban, Bic, Name) = (known, known.Iban, known.Bic, known.Name);
        return true;
    }

    /// <summary>The same; the texts are ASCII.</summary>
    internal bool TrySetKnown(ReadOnlySpan<byte> account, ReadOnlySpan<byte> bic, ReadOnlySpan<byte> name)
    {
        if (!IsWithoutParty || pool.FindParty(account, bic, name) is not { } known)
        {
            return false;
        }

        SetKnown(known);
        return true;
    }

    /// <summary>Whether nothing was said.</summary>
    internal bool IsEmpty => IsWithoutParty && _remittance is null && _endToEndId is null && BookingText is null && _others is null;

    /// <summary>Whether neither account nor bank nor name is set.</summary>
    internal bool IsWithoutParty => !HasAccount && Bic is null && Name is null;

    /// <summary>Sets account, bank and name at once.</summary>
    internal void SetKnown(Counterparty known) => (Known, Iban, Bic, Name) = (known, known.Iban, known.Bic, known.Name);

    /// <summary>Sets the remittance; the text is printable ASCII without blanks at its ends.</summary>
    internal void SetRemittance(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            Remittance = null;
        }
        else if (ShortBytes.HasDoubleBlank(text))
        {
            Remittance = MtBlanks.Collapse(AsciiText.ToText(text));
        }
        else
        {
            (_remittance, MayHoldReference, RemittanceHash) = (AsciiText.ToText(text), MtReferences.MayHold(text), OccurrenceHash.OfRemittance(text));
        }
    }

    /// <summary>Sets the payer's id; the text is ASCII.</summary>
    internal void SetEndToEndId(ReadOnlySpan<byte> text) => (_endToEndId, EndToEndHash) = (AsciiText.ToText(text), OccurrenceHash.OfReference(text));

    /// <summary>Sets the other party's name; names come again.</summary>
    internal void SetName(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        Name = text.IsEmpty ? null : MtBlanks.IsCollapsed(text) || !text.Contains("  ", StringComparison.Ordinal) ? pool.Get(text) : MtBlanks.Collapse(text);
    }

    /// <summary>Takes the other party of the two that a payment names; the holder's own side is kept.</summary>
    /// <param name="isDebit">Whether the holder paid.</param>
    internal void ChooseParty(bool isDebit)
    {
        if (OrderingParty is null && Beneficiary is null)
        {
            return;
        }

        var (other, own, key) = isDebit ? (Beneficiary, OrderingParty, "ORDP") : (OrderingParty, Beneficiary, "BENM");
        if (other is not null && own is not null)
        {
            AddOther(key, own);
        }

        if (Name is not null)
        {
            AddOther("NAME", Name);
        }

        Name = other ?? own;
    }

    internal void AddOther(string key, ReadOnlySpan<char> value)
    {
        value = value.Trim();
        if (!value.IsEmpty)
        {
            (_others ??= []).Add(new(key, value.ToString()));
        }
    }

    internal void AddOther(ReadOnlySpan<char> key, ReadOnlySpan<char> value) => AddOther(pool.Get(key), value);
}

/// <summary>The text of an entry's fields in one piece, put together again where the bank broke it.</summary>
/// <remarks>Not thread-safe; its buffers are used again for the next entry.</remarks>
internal sealed class MtText(TextDecoder decoder)
{
    private (int Start, int End)[] _lines = new (int, int)[16];
    private int _lineCount;
    private char[] _raw = new char[1024];
    private char[] _joined = new char[1024];
    private int _rawLength;
    private int _length;

    /// <summary>The text without line ends.</summary>
    internal ReadOnlySpan<char> Joined => _joined.AsSpan(0, _length);

    /// <summary>How many lines there are.</summary>
    internal int LineCount => _lineCount;

    /// <summary>A line as the bank wrote it.</summary>
    internal ReadOnlySpan<char> Line(int index) => _raw.AsSpan(_lines[index].Start, _lines[index].End - _lines[index].Start);

    /// <summary>Drops the first line.</summary>
    internal void DropFirstLine()
    {
        _lineCount--;
        Array.Copy(_lines, 1, _lines, 0, _lineCount);
    }

    internal void Clear() => (_lineCount, _rawLength, _length) = (0, 0, 0);

    /// <summary>Adds a field's content; each field begins a line.</summary>
    internal void Add(ReadOnlySpan<byte> content, bool hasDoubleAt)
    {
        var start = _rawLength;
        Reserve(ref _raw, _rawLength + content.Length);
        if (TryWiden(content, _raw.AsSpan(_rawLength)))
        {
            _rawLength += content.Length;
            if (!hasDoubleAt)
            {
                AddLines(content, start);
                return;
            }
        }
        else
        {
            var text = decoder.Decode(content);
            text.CopyTo(_raw.AsSpan(_rawLength));
            _rawLength += text.Length;
        }

        while (true)
        {
            var rest = _raw.AsSpan(start, _rawLength - start);
            var at = hasDoubleAt ? rest.IndexOf("@@") : rest.IndexOfAny('\n', '\r');
            if (at < 0)
            {
                AddLine(start, _rawLength);
                return;
            }

            AddLine(start, start + at);
            start += at + (hasDoubleAt || (rest[at] == '\r' && at + 1 < rest.Length && rest[at + 1] == '\n') ? 2 : 1);
        }
    }

    // False where a byte is beyond ASCII. The last part overlaps the one before it, so that no byte stands alone.
    private static bool TryWiden(ReadOnlySpan<byte> content, Span<char> target)
    {
        var last = content.Length - Vector256<byte>.Count;
        if (last < 0)
        {
            return System.Text.Ascii.ToUtf16(content, target, out _) == System.Buffers.OperationStatus.Done;
        }

        ref var from = ref MemoryMarshal.GetReference(content);
        ref var to = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(target));
        var all = Vector256<byte>.Zero;
        for (var i = 0; ; i = Math.Min(i + Vector256<byte>.Count, last))
        {
            var part = Vector256.LoadUnsafe(ref from, (nuint)i);
            all |= part;
            var (lower, upper) = Vector256.Widen(part);
            lower.StoreUnsafe(ref to, (nuint)i);
            upper.StoreUnsafe(ref to, (nuint)(i + Vector256<ushort>.Count));
            if (i == last)
            {
                return all.ExtractMostSignificantBits() == 0;
            }
        }
    }

    // One character for each byte: the lines are found in the bytes.
    private void AddLines(ReadOnlySpan<byte> content, int start)
    {
        while (true)
        {
            var at = MtLines.IndexOfEnd(content);
            if (at < 0)
            {
                AddLine(start, _rawLength);
                return;
            }

            AddLine(start, start + at);
            var next = at + (content[at] == '\r' && at + 1 < content.Length && content[at + 1] == '\n' ? 2 : 1);
            start += next;
            content = content[next..];
        }
    }

    private void AddLine(int start, int end)
    {
        if (_lineCount == _lines.Length)
        {
            Array.Resize(ref _lines, _lineCount * 2);
        }

        _lines[_lineCount++] = (start, end);
    }

    /// <summary>Puts the lines together.</summary>
    /// <param name="marker">The character that begins a field of the text and may have been cut from its number, or <c>\0</c>.</param>
    internal void Join(char marker)
    {
        if (_lineCount == 1)
        {
            var (start, end) = _lines[0];
            _length = end - start;
            Reserve(ref _joined, _length);
            _raw.AsSpan(start, _length).CopyTo(_joined);
            return;
        }

        Reserve(ref _joined, _rawLength + _lineCount);
        _length = MtLineJoin.Join<char>(_raw, _lines.AsSpan(0, _lineCount), marker, _joined);
    }

    private static void Reserve(ref char[] buffer, int length)
    {
        if (buffer.Length < length)
        {
            Array.Resize(ref buffer, Math.Max(length, buffer.Length * 2));
        }
    }
}

/// <summary>Text for people: no blanks at the ends, one where the bank has several.</summary>
internal static class MtBlanks
{
    /// <summary>The text, or null when nothing is left.</summary>
    internal static string? Collapse(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (text.IsEmpty)
        {
            return null;
        }

        if (IsCollapsed(text))
        {
            return text.ToString();
        }

        var buffer = text.Length <= 512 ? stackalloc char[text.Length] : new char[text.Length];
        var length = 0;
        var wasBlank = false;
        foreach (var c in text)
        {
            var isBlank = c is ' ' or '\t' or '\r' or '\n';
            if (!isBlank || !wasBlank)
            {
                buffer[length++] = isBlank ? ' ' : c;
            }

            wasBlank = isBlank;
        }

        return buffer[..length].ToString();
    }

    /// <summary>Whether a text surely has neither two blanks side by side nor tabs and line ends.</summary>
    internal static bool IsCollapsed(ReadOnlySpan<char> text)
    {
        ref var start = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text));
        var last = text.Length - Vector256<ushort>.Count - 1;
        if (last < 0)
        {
            return IsCollapsedShort(text);
        }

        for (var i = 0; ; i = Math.Min(i + Vector256<ushort>.Count, last))
        {
            var part = Vector256.LoadUnsafe(ref start, (nuint)i);
            var next = Vector256.LoadUnsafe(ref start, (nuint)i + 1);
            var blank = Vector256.Create((ushort)' ');
            // A control character is at most as great as a blank, and is none; where the pair has one of them it is looked at closely.
            var pairs = Vector256.LessThanOrEqual(part, blank) & Vector256.LessThanOrEqual(next, blank);
            var controls = Vector256.LessThan(part, blank) | Vector256.LessThan(next, blank);
            if ((pairs | controls) != Vector256<ushort>.Zero)
            {
                return false;
            }

            if (i == last)
            {
                return true;
            }
        }
    }

    private static bool IsCollapsedShort(ReadOnlySpan<char> text)
    {
        var wasBlank = false;
        foreach (var c in text)
        {
            if (c <= ' ' && (wasBlank || c != ' '))
            {
                return false;
            }

            wasBlank = c == ' ';
        }

        return true;
    }

    /// <summary>Whether a reference says that there is none.</summary>
    internal static bool IsFiller(ReadOnlySpan<char> reference)
    {
        // Few others have the second letter of one of them.
        return reference.Length is < 2 or > 16 || (reference[1] | 0x20) is not ('o' or 'r' or 'a' or ' ' or '.' or '-' or '+')
            ? reference.IsEmpty
            : IsFillerPlainly(reference);
    }

    /// <summary>The same of a text that is ASCII.</summary>
    internal static bool IsFiller(ReadOnlySpan<byte> reference)
    {
        if (reference.Length is < 2 or > 16 || (reference[1] | 0x20) is not ('o' or 'r' or 'a' or ' ' or '.' or '-' or '+'))
        {
            return reference.IsEmpty;
        }

        if (reference.SequenceEqual("NOTPROVIDED"u8))
        {
            return true;
        }

        Span<char> chars = stackalloc char[16];
        AsciiText.Widen(reference, chars);
        return IsFillerPlainly(chars[..reference.Length]);
    }

    [SkipLocalsInit]
    private static bool IsFillerPlainly(ReadOnlySpan<char> reference)
    {
        Span<char> solid = stackalloc char[16];
        var length = 0;
        foreach (var c in reference)
        {
            if (c is not (' ' or '.' or '-' or '+'))
            {
                solid[length++] = c is >= 'a' and <= 'z' ? (char)(c - 32) : c;
            }
        }

        return solid[..length] is "" or "NONREF" or "NOREF" or "NOTPROVIDED" or "NOTAVAIL" or "NOTAVAILABLE" or "EREF" or "KREF" or "MREF" or "PREF" or "MARF";
    }
}
