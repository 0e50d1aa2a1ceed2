using System.Globalization;
using System.Text;

namespace Receivables.Sdk.References;

/// <summary>
/// The text inside an EPC QR code ("Girocode", "Zahlen mit Code"): a SEPA credit transfer in euro that a banking app fills in. Text, not a picture.
/// </summary>
/// <remarks>
/// Source: European Payments Council, EPC069-12 version 3.1, "Quick Response Code: Guidelines to enable data capture for the initiation of a SEPA
/// credit transfer". Immutable and safe to share between threads.
/// </remarks>
public sealed record EpcQrCode
{
    private const int MaxBytes = 331;

    /// <summary>The version, 1 (a BIC must stand in it) or 2 (default).</summary>
    public int Version { get; init; } = 2;

    /// <summary>The bank of the beneficiary; needed in version 1 only.</summary>
    public Bic? Bic { get; init; }

    /// <summary>The beneficiary, 1 to 70 characters.</summary>
    public required string Name { get; init; }

    /// <summary>The beneficiary's account.</summary>
    public required Iban Iban { get; init; }

    /// <summary>The amount in EUR, 0.01 to 999 999 999.99; null leaves it to the payer.</summary>
    public Money? Amount { get; init; }

    /// <summary>The purpose code of ISO 20022, up to four letters or digits; null leaves it out.</summary>
    public string? Purpose { get; init; }

    /// <summary>The structured reference, up to 35 characters; one that begins with <c>RF</c> must be of ISO 11649. Null leaves it out.</summary>
    public string? Reference { get; init; }

    /// <summary>Free text for the beneficiary, up to 140 characters; not beside a <see cref="Reference"/>. Null leaves it out.</summary>
    public string? Text { get; init; }

    /// <summary>A note to the payer, up to 70 characters; null leaves it out.</summary>
    public string? Information { get; init; }

    /// <summary>Whether the parts fit into a code, and if not, the first fault.</summary>
    public PaymentCodeFault Check()
    {
        if (Version is not (1 or 2))
        {
            return PaymentCodeFault.Version;
        }

        if ((Bic is null && Version == 1) || (Bic is { } bic && bic.Value.Length == 0))
        {
            return PaymentCodeFault.Bic;
        }

        if (!IsText(Name, 1, 70))
        {
            return PaymentCodeFault.Name;
        }

        if (Iban.Value.Length == 0)
        {
            return PaymentCodeFault.Iban;
        }

        if (Amount is { } amount && amount.Currency != Currency.EUR)
        {
            return PaymentCodeFault.Currency;
        }

        if (Amount is { } value && (value.Amount is < 0.01m or > 999_999_999.99m || !value.HasMinorUnitScale))
        {
            return PaymentCodeFault.Amount;
        }

        if (Purpose is not null && (Purpose.Length is < 1 or > 4 || !Purpose.All(char.IsAsciiLetterOrDigit)))
        {
            return PaymentCodeFault.Purpose;
        }

        if (Reference is not null && (!IsText(Reference, 1, 35)
            || (Reference.StartsWith("RF", StringComparison.Ordinal) && !PaymentReference.TryParse(Reference, ReferenceType.Iso11649, out _))))
        {
            return PaymentCodeFault.Reference;
        }

        return (Text is not null && (!IsText(Text, 1, 140) || Reference is not null)) || (Information is not null && !IsText(Information, 1, 70))
            ? PaymentCodeFault.Text
            : Encoding.UTF8.GetByteCount(Write()) > MaxBytes ? PaymentCodeFault.Size : PaymentCodeFault.None;
    }

    /// <summary>The text of the code: UTF-8, lines ended by line feeds, no empty lines at the end.</summary>
    /// <exception cref="InvalidOperationException">The parts do not fit, see <see cref="Check"/>.</exception>
    public string ToText() => Check() is var fault and not PaymentCodeFault.None
        ? throw new InvalidOperationException($"The payment does not fit into an EPC QR code: {fault}.")
        : Write();

    /// <summary>Reads the text of a code.</summary>
    /// <param name="text">The text as a scanner gives it; lines end with line feeds, or carriage returns and line feeds.</param>
    /// <param name="result">The code, or null.</param>
    /// <returns><see cref="PaymentCodeFault.None"/>, or the first fault.</returns>
    public static PaymentCodeFault TryParse(string text, out EpcQrCode? result)
    {
        ArgumentNullException.ThrowIfNull(text);
        result = null;
        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd('\n').Split('\n');
        if (lines[0] != "BCD" || lines.Length < 7)
        {
            return PaymentCodeFault.Header;
        }

        if (lines.Length > 12)
        {
            return PaymentCodeFault.Size;
        }

        Array.Resize(ref lines, 12);
        if (lines[1] is not ("001" or "002"))
        {
            return PaymentCodeFault.Version;
        }

        if (lines[2] is not [>= '1' and <= '8'])
        {
            return PaymentCodeFault.CharacterSet;
        }

        if (lines[3] != "SCT")
        {
            return PaymentCodeFault.Header;
        }

        var bic = default(Bic);
        if (lines[4].Length > 0 && !Sdk.Bic.TryParse(lines[4], out bic))
        {
            return PaymentCodeFault.Bic;
        }

        if (!Sdk.Iban.TryParse(lines[6], out var iban))
        {
            return PaymentCodeFault.Iban;
        }

        Money? amount = null;
        if (lines[7] is { Length: > 0 } written)
        {
            if (!written.StartsWith("EUR", StringComparison.Ordinal))
            {
                return PaymentCodeFault.Currency;
            }

            if (!decimal.TryParse(written.AsSpan(3), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
            {
                return PaymentCodeFault.Amount;
            }

            amount = new Money(value, Currency.EUR);
        }

        var code = new EpcQrCode
        {
            Version = lines[1][2] - '0',
            Bic = lines[4].Length > 0 ? bic : null,
            Name = lines[5],
            Iban = iban,
            Amount = amount,
            Purpose = OrNull(lines[8]),
            Reference = OrNull(lines[9]),
            Text = OrNull(lines[10]),
            Information = OrNull(lines[11]),
        };
        var fault = code.Check();
        result = fault == PaymentCodeFault.None ? code : null;
        return fault;
    }

    internal static bool IsText(string text, int min, int max) => text is not null && text.Length >= min && text.Length <= max && !text.Any(char.IsControl);

    internal static string? OrNull(string? line) => string.IsNullOrEmpty(line) ? null : line;

    // A person may write an RF reference in groups; in the code it stands without blanks.
    private static string Canonical(string? reference) =>
        reference?.StartsWith("RF", StringComparison.Ordinal) == true && PaymentReference.TryParse(reference, ReferenceType.Iso11649, out var known) ? known.Canonical : reference ?? "";

    private string Write()
    {
        var amount = Amount is { } money ? "EUR" + money.ToAmountString() : "";
        return string.Join('\n', "BCD", Version == 1 ? "001" : "002", "1", "SCT", Bic?.Value ?? "", Name, Iban.Value, amount, Purpose ?? "", Canonical(Reference), Text ?? "", Information ?? "").TrimEnd('\n');
    }
}
