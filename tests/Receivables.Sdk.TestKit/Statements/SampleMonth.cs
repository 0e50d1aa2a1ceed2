using System.Globalization;
using NodaTime;

namespace Receivables.Sdk.TestKit.Statements;

/// <summary>One movement of a <see cref="SampleMonth"/>, in no format: every writer of a format writes the same.</summary>
/// <param name="BookingDate">When it is booked.</param>
/// <param name="ValueDate">When it counts for interest.</param>
/// <param name="Amount">The signed amount: a credit is positive.</param>
/// <param name="Name">The other side's name.</param>
/// <param name="Iban">The other side's IBAN.</param>
/// <param name="Bic">The other side's bank.</param>
/// <param name="Remittance">The unstructured text, one line without blanks at its ends.</param>
/// <param name="BankReference">What the bank calls it; at most 16 characters.</param>
public sealed record SampleRow(LocalDate BookingDate, LocalDate ValueDate, decimal Amount, string Name, string Iban, string Bic, string Remittance, string BankReference)
{
    /// <summary>The payer's end-to-end id; null when there is none.</summary>
    public string? EndToEndId { get; init; }

    /// <summary>The mandate, of a direct debit.</summary>
    public string? MandateId { get; init; }

    /// <summary>The creditor identifier, of a direct debit.</summary>
    public string? CreditorId { get; init; }

    /// <summary>An ISO 11649 reference in electronic form; null when there is none.</summary>
    public string? StructuredReference { get; init; }

    /// <summary>The batch it is booked in; null when it stands alone.</summary>
    public string? Batch { get; init; }

    /// <summary>Why it came back; null when it is no return.</summary>
    public string? ReturnReason { get; init; }
}

/// <summary>A month of one account in no format: the model that the writers of MT940, camt and CSV share, so that the formats can be compared.</summary>
/// <param name="Iban">The account.</param>
/// <param name="Bic">Its bank.</param>
/// <param name="Currency">Its currency.</param>
/// <param name="Number">The statement's number, from 1.</param>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
/// <param name="Opening">The signed opening balance.</param>
/// <param name="Rows">The movements, in order of booking date.</param>
public sealed record SampleMonth(string Iban, string Bic, Currency Currency, int Number, LocalDate From, LocalDate To, decimal Opening, IReadOnlyList<SampleRow> Rows)
{
    private const int Customers = 500;

    /// <summary>The signed closing balance.</summary>
    public decimal Closing => Opening + Rows.Sum(r => r.Amount);

    /// <summary>A month of a small firm, the same for the same seed on every machine.</summary>
    /// <param name="seed">What tells months apart.</param>
    /// <param name="rows">How many movements.</param>
    /// <param name="country"><c>NL</c> or <c>DE</c>: whose names and banks.</param>
    /// <param name="number">The statement's number; the month is <c>2026-01</c> plus the number, less one.</param>
    /// <param name="opening">The signed opening balance.</param>
    public static SampleMonth Create(int seed, int rows, string country = "NL", int number = 1, decimal opening = 1234.56m)
    {
        var random = new SampleRandom((uint)seed);
        var from = new LocalDate(2026, 1, 1).PlusMonths(number - 1);
        var to = from.PlusMonths(1).PlusDays(-1);
        var list = new List<SampleRow>(rows);
        for (var i = 0; i < rows; i++)
        {
            // Spread over the month, in order.
            var day = from.PlusDays((int)((long)i * (to.Day - 1) / Math.Max(1, rows)));
            list.Add(Row(random, day, country, i));
        }

        var (iban, bic) = Account(new SampleRandom(7), country);
        return new SampleMonth(iban, bic, Currency.EUR, number, from, to, opening, list);
    }

    private static SampleRow Row(SampleRandom random, LocalDate day, string country, int index)
    {
        // A firm's customers pay again and again.
        var customer = new SampleRandom((uint)(1000 + random.Next(Customers)));
        var (iban, bic) = Account(customer, country);
        var name = Pick(customer, country == "DE" ? GermanNames : DutchNames) + " " + Pick(customer, country == "DE" ? GermanForms : DutchForms);
        var invoice = $"2026-{random.Next(100_000):00000}";
        var amount = (random.Next(2_000_000) + 1) / 100m;
        var isDebit = random.Next(4) == 0;
        var isDirectDebit = isDebit && random.Next(2) == 0;
        var text = random.Next(4) switch
        {
            0 => (country == "DE" ? "Rechnung " : "Factuur ") + invoice,
            1 => (country == "DE" ? "RE-NR. " : "Factuurnr. ") + invoice + (country == "DE" ? " KUNDENNUMMER " : " klantnummer ") + random.Next(99_999).ToString(CultureInfo.InvariantCulture),
            2 => (country == "DE" ? "Rechnungen " : "Facturen ") + invoice + (country == "DE" ? " und " : " en ") + $"2026-{random.Next(100_000):00000}"
                + (country == "DE" ? " abzueglich Skonto wie vereinbart" : " onder aftrek van korting zoals afgesproken"),
            _ => invoice,
        };
        return new SampleRow(day, day.PlusDays(random.Next(8) == 0 ? 1 : 0), isDebit ? -amount : amount, name, iban, bic, text, $"B{index % 1_000_000:000000}{random.Next(100_000_000):00000000}")
        {
            EndToEndId = random.Next(3) == 0 ? null : $"E2E-{invoice}-{random.Next(1000):000}",
            MandateId = isDirectDebit ? $"M{random.Next(1_000_000):000000}" : null,
            CreditorId = isDirectDebit ? (country == "DE" ? "DE98ZZZ09999999999" : "NL36ZZZ340698640000") : null,
            StructuredReference = !isDebit && random.Next(6) == 0 ? RfReference(invoice) : null,
            ReturnReason = isDebit && !isDirectDebit && random.Next(10) == 0 ? "AC04" : null,
        };
    }

    // ISO 11649: RF, two check digits by mod 97, the reference.
    private static string RfReference(string invoice)
    {
        var digits = invoice.Replace("-", "", StringComparison.Ordinal);
        var check = 98 - (long)(UInt128.Parse(digits + "271500", CultureInfo.InvariantCulture) % 97);
        return $"RF{check:00}{digits}";
    }

    private static (string Iban, string Bic) Account(SampleRandom random, string country)
    {
        var bank = random.Next(4);
        var (bban, bic) = country == "DE"
            ? ($"{Pick(bank, "37040044", "10010010", "50010517", "20041133")}{random.Next(1_000_000_000):0000000000}", Pick(bank, "COBADEFFXXX", "PBNKDEFFXXX", "INGDDEFFXXX", "COBADEHD001"))
            : ($"{Pick(bank, "ABNA", "INGB", "RABO", "KNAB")}{random.Next(1_000_000_000):0000000000}", Pick(bank, "ABNANL2A", "INGBNL2A", "RABONL2U", "KNABNL2H"));
        return Receivables.Sdk.Iban.TryCreate(country, bban, out var iban) ? (iban.Value, bic) : throw new InvalidOperationException("The sample account is no IBAN.");
    }

    private static string Pick(SampleRandom random, string[] choices) => choices[random.Next(choices.Length)];

    private static string Pick(int index, params ReadOnlySpan<string> choices) => choices[index];

    private static string[] DutchNames => ["Bakkerij Jansen", "Installatiebedrijf de Vries", "Transport van Dijk", "Schildersbedrijf Bakker", "Hoveniers Visser", "Slagerij Smit", "Garage Mulder", "Drukkerij Bos"];

    private static string[] DutchForms => ["B.V.", "V.O.F.", "Holding B.V.", "Groep", "en Zn."];

    private static string[] GermanNames => ["Baeckerei Mueller", "Elektro Schmidt", "Spedition Schneider", "Malerbetrieb Fischer", "Gartenbau Weber", "Metzgerei Meyer", "Autohaus Wagner", "Druckerei Becker"];

    private static string[] GermanForms => ["GmbH", "GmbH & Co. KG", "AG", "e.K.", "OHG"];
}

/// <summary>A small generator of numbers that gives the same row on every machine and runtime (xorshift).</summary>
/// <param name="seed">What tells rows apart.</param>
public sealed class SampleRandom(uint seed)
{
    private uint _state = (seed * 2654435761u) | 1u;

    /// <summary>A number from 0 up to, without, <paramref name="below"/>.</summary>
    /// <param name="below">Above 0.</param>
    public int Next(int below)
    {
        _state ^= _state << 13;
        _state ^= _state >> 17;
        _state ^= _state << 5;
        return (int)((_state >> 1) % (uint)below);
    }
}
