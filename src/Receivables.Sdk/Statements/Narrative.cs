using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Receivables.Sdk.Text;

namespace Receivables.Sdk.Statements;

/// <summary>What the text of one entry says: filled by a dialect, read by the entry mapper, used again for the next entry.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class Narrative(TextPool pool)
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
            Remittance = TextBlanks.Collapse(AsciiText.ToText(text));
        }
        else
        {
            (_remittance, MayHoldReference, RemittanceHash) = (AsciiText.ToText(text), RemittanceReferences.MayHold(text), OccurrenceHash.OfRemittance(text));
        }
    }

    /// <summary>Sets the payer's id; the text is ASCII.</summary>
    internal void SetEndToEndId(ReadOnlySpan<byte> text) => (_endToEndId, EndToEndHash) = (AsciiText.ToText(text), OccurrenceHash.OfReference(text));

    /// <summary>Sets the other party's name; names come again.</summary>
    internal void SetName(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        Name = text.IsEmpty ? null : TextBlanks.IsCollapsed(text) || !text.Contains("  ", StringComparison.Ordinal) ? pool.Get(text) : TextBlanks.Collapse(text);
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
