using System.Buffers;
using System.Globalization;

namespace Receivables.Sdk.References;

/// <summary>A party on a Swiss QR-bill.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed record SwissQrAddress
{
    /// <summary>The name, 1 to 70 characters.</summary>
    public required string Name { get; init; }

    /// <summary>The street, up to 70 characters; of a combined address (type K, in bills made before 22 November 2025) its first line.</summary>
    public string Street { get; init; } = "";

    /// <summary>The house number, up to 16 characters; of a combined address its second line, up to 70.</summary>
    public string HouseNumber { get; init; } = "";

    /// <summary>The postal code, up to 16 characters; empty in a combined address.</summary>
    public string PostalCode { get; init; } = "";

    /// <summary>The town, up to 35 characters; empty in a combined address.</summary>
    public string Town { get; init; } = "";

    /// <summary>The country, ISO 3166 alpha-2.</summary>
    public required string Country { get; init; }

    /// <summary>Whether it came as a combined address (type K). Such an address is read, and is no longer lawful in new bills.</summary>
    public bool IsCombined { get; init; }

    internal PaymentCodeFault Check()
    {
        if (!EpcQrCode.IsText(Name, 1, 70))
        {
            return PaymentCodeFault.Name;
        }

        var fits = EpcQrCode.IsText(Street, 0, 70) && EpcQrCode.IsText(HouseNumber, 0, IsCombined ? 70 : 16)
            && Country is [>= 'A' and <= 'Z', >= 'A' and <= 'Z']
            && (IsCombined ? PostalCode.Length == 0 && Town.Length == 0 && HouseNumber.Length > 0 : EpcQrCode.IsText(PostalCode, 1, 16) && EpcQrCode.IsText(Town, 1, 35));
        return fits ? PaymentCodeFault.None : PaymentCodeFault.Address;
    }

    internal static IEnumerable<string> Lines(SwissQrAddress? address) => address is null
        ? ["", "", "", "", "", "", ""]
        : [address.IsCombined ? "K" : "S", address.Name, address.Street, address.HouseNumber, address.PostalCode, address.Town, address.Country];
}

/// <summary>The text inside the QR code of a Swiss QR-bill. Text, not a picture.</summary>
/// <remarks>
/// Source: SIX, "Swiss Implementation Guidelines for the QR-bill" versions 2.2 and 2.3. An account whose bank number is 30000 to 31999 (a QR-IBAN)
/// needs a QR reference, any other account an ISO 11649 reference or none. Immutable and safe to share between threads.
/// </remarks>
public sealed record SwissQrBill
{
    private const int MaxCharacters = 997;

    // Guidelines 2.3, 4.1.1: Basic Latin, the Latin-1 Supplement, Latin Extended-A, S and T with comma below, and the euro sign. Versions before took fewer.
    private static SearchValues<char> Permitted { get; } = SearchValues.Create([
        '\n', .. Enumerable.Range(0x20, 0x5F).Concat(Enumerable.Range(0xA0, 0xE0)).Concat(Enumerable.Range(0x218, 4)).Append(0x20AC).Select(c => (char)c),
    ]);

    /// <summary>The creditor's account, of Switzerland or Liechtenstein.</summary>
    public required Iban Account { get; init; }

    /// <summary>The creditor.</summary>
    public required SwissQrAddress Creditor { get; init; }

    /// <summary>The currency, CHF or EUR.</summary>
    public required Currency Currency { get; init; }

    /// <summary>The amount, 0.01 to 999 999 999.99 in <see cref="Currency"/>; null leaves it to the payer (a zero stands for a notice without payment).</summary>
    public decimal? Amount { get; init; }

    /// <summary>The debtor; null leaves it to the payer.</summary>
    public SwissQrAddress? Debtor { get; init; }

    /// <summary>A QR reference or an ISO 11649 one; null for a bill without.</summary>
    public PaymentReference? Reference { get; init; }

    /// <summary>Free text, with <see cref="BillingInformation"/> up to 140 characters.</summary>
    public string? Message { get; init; }

    /// <summary>Structured information for the debtor's software, as in <c>//S1/…</c>.</summary>
    public string? BillingInformation { get; init; }

    /// <summary>Up to two alternative schemes, up to 100 characters each.</summary>
    public IReadOnlyList<string> AlternativeSchemes { get; init; } = [];

    /// <summary>Whether an account is a QR-IBAN, which takes QR references only.</summary>
    /// <param name="account">The account.</param>
    public static bool IsQrIban(Iban account) =>
        account.CountryCode is "CH" or "LI" && int.Parse(account.Bban.AsSpan(0, 5), NumberStyles.None, CultureInfo.InvariantCulture) is >= 30000 and <= 31999;

    /// <summary>Whether the parts fit into a code, and if not, the first fault.</summary>
    public PaymentCodeFault Check()
    {
        if (Account.CountryCode is not ("CH" or "LI") || !char.IsAsciiDigit(Account.Bban[0]) || Account.Bban.AsSpan(0, 5).ContainsAnyExceptInRange('0', '9'))
        {
            return PaymentCodeFault.Iban;
        }

        if ((Creditor.Check() is var creditor and not PaymentCodeFault.None ? creditor : Debtor?.Check()) is { } party and not PaymentCodeFault.None)
        {
            return party;
        }

        if (Currency != Currency.CHF && Currency != Currency.EUR)
        {
            return PaymentCodeFault.Currency;
        }

        if (Amount is { } amount && (amount is < 0m or > 999_999_999.99m || !new Money(amount, Currency).HasMinorUnitScale))
        {
            return PaymentCodeFault.Amount;
        }

        if ((Reference?.Type == ReferenceType.SwissQrr) != IsQrIban(Account) || Reference is { Type: not (ReferenceType.SwissQrr or ReferenceType.Iso11649) })
        {
            return PaymentCodeFault.Reference;
        }

        var text = Write();
        return !EpcQrCode.IsText((Message ?? "") + (BillingInformation ?? ""), 0, 140) || AlternativeSchemes.Count > 2
            || AlternativeSchemes.Any(a => !EpcQrCode.IsText(a, 1, 100)) ? PaymentCodeFault.Text
            : text.AsSpan().ContainsAnyExcept(Permitted) ? PaymentCodeFault.CharacterSet
            : text.Length > MaxCharacters ? PaymentCodeFault.Size : PaymentCodeFault.None;
    }

    /// <summary>The text of the code: lines ended by line feeds.</summary>
    /// <exception cref="InvalidOperationException">The parts do not fit, see <see cref="Check"/>.</exception>
    public string ToText() => Check() is var fault and not PaymentCodeFault.None
        ? throw new InvalidOperationException($"The payment does not fit into a Swiss QR code: {fault}.")
        : Write();

    /// <summary>Reads the text of a code.</summary>
    /// <param name="text">The text as a scanner gives it; lines end with line feeds, or carriage returns and line feeds.</param>
    /// <param name="result">The bill, or null.</param>
    /// <returns><see cref="PaymentCodeFault.None"/>, or the first fault.</returns>
    public static PaymentCodeFault TryParse(string text, out SwissQrBill? result)
    {
        ArgumentNullException.ThrowIfNull(text);
        result = null;
        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd('\n').Split('\n');
        if (lines[0] != "SPC" || lines.Length < 31 || lines[30] != "EPD")
        {
            return PaymentCodeFault.Header;
        }

        if (lines.Length > 34)
        {
            return PaymentCodeFault.Size;
        }

        if (!lines[1].StartsWith("02", StringComparison.Ordinal) || lines[1].Length != 4)
        {
            return PaymentCodeFault.Version;
        }

        if (lines[2] != "1")
        {
            return PaymentCodeFault.CharacterSet;
        }

        if (!Iban.TryParse(lines[3], out var account))
        {
            return PaymentCodeFault.Iban;
        }

        if (!Currency.TryParse(lines[19], out var currency))
        {
            return PaymentCodeFault.Currency;
        }

        decimal amount = 0;
        if (lines[18].Length > 0 && !decimal.TryParse(lines[18], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out amount))
        {
            return PaymentCodeFault.Amount;
        }

        if (ReadReference(lines[27], lines[28], out var reference) is var bad and not PaymentCodeFault.None)
        {
            return bad;
        }

        var bill = new SwissQrBill
        {
            Account = account,
            Creditor = ReadAddress(lines.AsSpan(4, 7)) ?? new SwissQrAddress { Name = "", Country = "" },
            Currency = currency,
            Amount = lines[18].Length > 0 ? amount : null,
            Debtor = ReadAddress(lines.AsSpan(20, 7)),
            Reference = reference,
            Message = EpcQrCode.OrNull(lines[29]),
            BillingInformation = lines.Length > 31 ? EpcQrCode.OrNull(lines[31]) : null,
            AlternativeSchemes = lines.Length > 32 ? lines[32..] : [],
        };
        var fault = bill.Check();
        result = fault == PaymentCodeFault.None ? bill : null;
        return fault;
    }

    private static PaymentCodeFault ReadReference(string type, string text, out PaymentReference? reference)
    {
        reference = null;
        if (type == "NON" && text.Length == 0)
        {
            return PaymentCodeFault.None;
        }

        var found = default(PaymentReference);
        var holds = type switch
        {
            "QRR" => text.Length == 27 && PaymentReference.TryParse(text, ReferenceType.SwissQrr, out found),
            "SCOR" => PaymentReference.TryParse(text, ReferenceType.Iso11649, out found),
            _ => false,
        };
        reference = holds ? found : null;
        return holds ? PaymentCodeFault.None : PaymentCodeFault.Reference;
    }

    private static SwissQrAddress? ReadAddress(ReadOnlySpan<string> lines) => lines[0].Length == 0 ? null : new SwissQrAddress
    {
        IsCombined = lines[0] == "K",
        Name = lines[1],
        Street = lines[2],
        HouseNumber = lines[3],
        PostalCode = lines[4],
        Town = lines[5],
        Country = lines[6],
    };

    private string Write()
    {
        var lines = new List<string>(34) { "SPC", "0200", "1", Account.Value };
        lines.AddRange(SwissQrAddress.Lines(Creditor));
        lines.AddRange(SwissQrAddress.Lines(null));
        lines.Add(Amount is { } amount ? amount.ToString("0.00", CultureInfo.InvariantCulture) : "");
        lines.Add(Currency.Code);
        lines.AddRange(SwissQrAddress.Lines(Debtor));
        lines.Add(Reference switch { null => "NON", { Type: ReferenceType.SwissQrr } => "QRR", _ => "SCOR" });
        lines.Add(Reference?.Canonical ?? "");
        lines.Add(Message ?? "");
        lines.Add("EPD");
        if (BillingInformation is not null || AlternativeSchemes.Count > 0)
        {
            lines.Add(BillingInformation ?? "");
            lines.AddRange(AlternativeSchemes);
        }

        return string.Join('\n', lines);
    }
}
