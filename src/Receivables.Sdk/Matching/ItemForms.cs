using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Matching;

/// <summary>A key of an item, the field it was made of, and its place in a <see cref="KeySketch"/>.</summary>
internal readonly record struct ItemKey(ulong Key, ushort Place, byte Field);

/// <summary>What is made of an item's texts, each of which is read once: its keys, the digits of its number, and what its numbers look like. Reused from item to item.</summary>
internal sealed class ItemForms
{
    private readonly List<ItemKey> _keys = [];
    private readonly List<int> _endings = [];

    /// <summary>The keys of every number by which a text may name the item, of its id, and of its amount where it can be paid.</summary>
    internal ReadOnlySpan<ItemKey> Keys => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_keys);

    /// <summary>The digits of its number.</summary>
    internal NumberDigits Number { get; private set; }

    /// <summary>What its number looks like, as <see cref="NumberShapes"/> counts it; negative for no number.</summary>
    internal int Mask { get; private set; }

    /// <summary>The last four digits of its numbers, where they have more.</summary>
    internal ReadOnlySpan<int> Endings => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_endings);

    internal void Read(OpenItem item, ItemRole role)
    {
        _keys.Clear();
        _endings.Clear();
        (Number, Mask) = (NumberDigits.Missing, -1);
        AddKey(KeyHash.Of(KeyForm.Document, item.Id.Value), 0);
        Add(item.Number, KeyField.Number);
        Add(item.Reference, KeyField.Reference);
        Add(item.OrderNumber, KeyField.Order);
        Add(item.ContractNumber, KeyField.Contract);
        for (var i = 0; i < item.OtherNumbers.Count; i++)
        {
            Add(item.OtherNumbers[i], KeyField.Other);
        }

        if (role == ItemRole.Debit && Amounts.TryGet(item.Open, out var open))
        {
            AddKey(KeyHash.OfAmount(open, item.Open.Currency), 0);
        }
    }

    private void AddKey(ulong key, KeyField field) => _keys.Add(new ItemKey(key, KeySketch.Nowhere, (byte)field));

    private void AddKey(KeyForm form, ReadOnlySpan<char> text, KeyField field) => _keys.Add(new ItemKey(KeyHash.Of(form, text), KeySketch.PlaceOf(form, text), (byte)field));

    private void Add(string? number, KeyField field)
    {
        if (number is null)
        {
            return;
        }

        Span<char> fullBuffer = stackalloc char[NumberKeys.MaxLength];
        Span<char> digitBuffer = stackalloc char[NumberKeys.MaxLength];
        var (fullLength, digitCount) = NumberKeys.Split(number, fullBuffer, digitBuffer);
        ReadOnlySpan<char> full = fullBuffer[..fullLength];
        ReadOnlySpan<char> digits = digitBuffer[..digitCount];
        if (field == KeyField.Number)
        {
            (Number, Mask) = (NumberDigits.Of(digits), NumberShapes.Mask(digits));
        }

        if (full.IsEmpty)
        {
            return;
        }

        if (field == KeyField.Reference)
        {
            AddReference(full);
        }

        if (fullLength != digitCount)
        {
            AddKey(KeyForm.Full, full, field);
        }

        AddDigits(digits, digits.TrimStart('0'), field);
    }

    private void AddReference(ReadOnlySpan<char> full)
    {
        AddKey(KeyForm.Reference, NumberKeys.ReferenceText(full), KeyField.Reference);
        if (NumberKeys.IsCreditorReference(full) && full[4..].TrimStart('0') is { Length: >= 4 } body && !body.ContainsAnyExceptInRange('0', '9'))
        {
            // What a creditor reference (ISO 11649) wraps is often quoted alone: then it is a number like any other.
            AddKey(KeyForm.Digits, body, KeyField.Other);
        }
    }

    private void AddDigits(ReadOnlySpan<char> digits, ReadOnlySpan<char> significant, KeyField field)
    {
        if (significant.Length >= 2)
        {
            AddKey(KeyForm.Digits, significant, field);
        }

        // Only the ends of numbers and of other numbers are looked for.
        if (field is not (KeyField.Number or KeyField.Other) || significant.Length <= 4)
        {
            return;
        }

        if (significant.Length > 6)
        {
            AddKey(KeyHash.Of(KeyForm.LastSix, significant[^6..]), field);
        }

        AddKey(KeyHash.Of(KeyForm.LastFour, significant[^4..]), field);
        _endings.Add(NumberShapes.Ending(digits));
    }
}
