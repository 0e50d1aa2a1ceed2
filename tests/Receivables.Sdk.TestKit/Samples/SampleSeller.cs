using System.Globalization;
using NodaTime;
using NodaTime.Text;
using Receivables.Sdk.References;
using Receivables.Sdk.TestKit.Statements;

namespace Receivables.Sdk.TestKit.Samples;

/// <summary>An invoice or credit note of <see cref="SampleSeller"/>.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Customer">The index of its customer.</param>
/// <param name="Number">Its number.</param>
/// <param name="Issued">When it was issued.</param>
/// <param name="Due">When it is due.</param>
/// <param name="Amount">Its amount, positive.</param>
public sealed record SampleDocument(string Id, int Customer, string Number, LocalDate Issued, LocalDate Due, decimal Amount)
{
    /// <summary>The structured reference, as printed.</summary>
    public string? Reference { get; init; }

    /// <summary>Whether a cash discount of two percent was offered, for payment within ten days.</summary>
    public bool HasDiscount { get; init; }

    /// <summary>The invoice that a credit note credits.</summary>
    public string? Credits { get; init; }
}

/// <summary>A customer of <see cref="SampleSeller"/>.</summary>
/// <param name="Id">The id.</param>
/// <param name="Name">The name.</param>
/// <param name="Country">The country.</param>
/// <param name="Iban">The account that the customer pays from.</param>
/// <param name="Bic">Its bank.</param>
public sealed record SampleCustomer(string Id, string Name, string Country, string Iban, string Bic)
{
    /// <summary>Whether the customer is a consumer.</summary>
    public bool IsConsumer { get; init; }

    /// <summary>The index of the parent company.</summary>
    public int? Parent { get; init; }
}

/// <summary>
/// An invented seller: forty customers, one hundred and fifty documents, and what reached the bank in March 2026 — with the things that really
/// happen. The sample data of the project is written from it, and a test holds that it still is.
/// </summary>
public sealed class SampleSeller
{
    /// <summary>The seller's account.</summary>
    public const string Account = "NL91ABNA0417164300";

    private const int SettledBefore = 62;
    private readonly SampleRandom _random = new(2026);
    private readonly List<SampleRow> _rows = [];

    private SampleSeller()
    {
        Customers = [.. Enumerable.Range(0, Names.Length).Select(Customer)];
        Documents = MakeDocuments();
        Lines = new SampleLedgerText(this, SettledBefore).Lines;
        FillMonth();
        _rows.Sort((a, b) => (a.BookingDate, a.BankReference).CompareTo((b.BookingDate, b.BankReference)));
        Month = new SampleMonth(Account, "ABNANL2A", Currency.EUR, 3, new LocalDate(2026, 3, 1), new LocalDate(2026, 3, 31), 18_250.40m, _rows);
    }

    /// <summary>The customers.</summary>
    public IReadOnlyList<SampleCustomer> Customers { get; }

    /// <summary>The documents, in order of number; credit notes last.</summary>
    public IReadOnlyList<SampleDocument> Documents { get; }

    /// <summary>The ledger file, line by line.</summary>
    public IReadOnlyList<string> Lines { get; }

    /// <summary>What reached the bank.</summary>
    public SampleMonth Month { get; }

    /// <summary>Makes the seller: always the same one.</summary>
    public static SampleSeller Create() => new();

    private static string[] Names =>
    [
        "Noordzee Groep N.V.", "Noordzee Visserij B.V.", "Noordzee Logistiek B.V.", "Bakkerij De Gouden Aar B.V.", "Schildersbedrijf Van Loon",
        "Drukkerij Het Anker B.V.", "Garage Peeters BVBA", "Hotel Zonneweelde", "Brouwerij Den Toren NV", "Apotheek Lindeboom",
        "Elektro Hartmann GmbH", "Gartenbau Seidel e.K.", "Spedition Brandt & Söhne GmbH", "Tischlerei Köhler", "Praxis Dr. Weißbach",
        "Café Saint-Michel SARL", "Boulangerie Dumont", "Transports Lefèvre SA", "Kapsalon Knip & Co", "Fietsenmaker Spaak V.O.F.",
        "Installatietechniek Verhoeven B.V.", "Bouwbedrijf Kuipers en Zonen B.V.", "Tuincentrum De Linde B.V.", "Advocatenkantoor Meijer & Vos", "Sportschool Vitaal",
        "Drogisterij Smits", "Slagerij Van den Berg", "Boekhandel Het Lezend Paard", "Kwekerij Groenland B.V.", "Metaalwerken De Ridder B.V.",
        "Stichting Buurthuis Zuid", "Vereniging De Vriendschap", "Catering Lekkerland B.V.", "Optiek Helder", "Reisbureau Horizon B.V.",
        "J. de Wit", "M. El Amrani", "S. Jacobs", "P. van der Meulen", "A. Nowak",
    ];

    private SampleCustomer Customer(int index)
    {
        var country = index is 6 or 7 or 8 or 9 or 16 ? "BE" : index is >= 10 and <= 14 ? "DE" : index is 15 or 17 ? "FR" : "NL";
        var digits = (1_000_000 + (index * 7_919)).ToString("0000000000", CultureInfo.InvariantCulture);
        var (bban, bic) = country switch
        {
            "BE" => (BelgianAccount("734" + digits[3..]), "KREDBEBB"),
            "DE" => ("37040044" + digits, "COBADEFF"),
            "FR" => ("30006000011234567890189"[..12] + digits + "9", "AGRIFRPP"),
            _ => ((index % 2 == 0 ? "INGB" : "RABO") + digits, index % 2 == 0 ? "INGBNL2A" : "RABONL2U"),
        };
        return Iban.TryCreate(country, bban, out var iban)
            ? new SampleCustomer($"C{index + 1:000}", Names[index], country, iban.Value, bic) { IsConsumer = index >= 35, Parent = index is 1 or 2 ? 0 : null }
            : throw new InvalidOperationException($"No account for customer {index}.");
    }

    // The last two digits of a Belgian account are the first ten modulo 97, 0 written as 97.
    private static string BelgianAccount(string ten)
    {
        var rest = long.Parse(ten, CultureInfo.InvariantCulture) % 97;
        return ten + (rest == 0 ? 97 : rest).ToString("00", CultureInfo.InvariantCulture);
    }

    private List<SampleDocument> MakeDocuments()
    {
        var documents = new List<SampleDocument>();
        var first = new LocalDate(2025, 12, 1);
        for (var i = 0; i < 142; i++)
        {
            // Three of the last ones are for one customer, two are equal subscriptions of another.
            var customer = i switch { 95 or 96 or 97 => 20, 100 or 101 => 24, 110 or 111 or 112 => 21, _ => (i * 7) % 40 };
            var issued = first.PlusDays(i * 110 / 142);
            var number = $"2026-{101 + i:00000}";
            var amount = i is 100 or 101 ? 45.00m : Math.Round(60m + (_random.Next(240_000) / 100m), 2);
            documents.Add(new SampleDocument($"I{i + 1:0000}", customer, number, issued, issued.PlusDays(Customers[customer].IsConsumer ? 14 : 30), amount)
            {
                Reference = Reference(Customers[customer].Country, i),
                HasDiscount = i % 11 == 5 && i > 110,
            });
        }

        for (var i = 0; i < 8; i++)
        {
            var credited = documents[70 + (i * 8)];
            var issued = new LocalDate(2026, 3, 2).PlusDays(i);
            documents.Add(new SampleDocument($"N{i + 1:0000}", credited.Customer, $"CN-2026-{i + 1:000}", issued, issued, Math.Round(credited.Amount / 10m, 2)) { Credits = credited.Id });
        }

        return documents;
    }

    private static string Reference(string country, int index) => country == "BE"
        ? PaymentReference.Create(ReferenceType.BelgianOgm, (2026_000_000 + index).ToString(CultureInfo.InvariantCulture)).ToPrintString()
        : PaymentReference.Create(ReferenceType.Iso11649, (2026_00101 + index).ToString(CultureInfo.InvariantCulture)).ToPrintString();

    // Every kind of payment, from the invoices that are still open in March.
    private void FillMonth()
    {
        var open = Documents.Skip(SettledBefore).Take(142 - SettledBefore).ToList();
        var free = new Queue<SampleDocument>(open.Where(d => d.Id is not ("I0096" or "I0097" or "I0098" or "I0101" or "I0102" or "I0111" or "I0112" or "I0113")
            && Customers[d.Customer].Parent is null && d.Issued < new LocalDate(2026, 3, 1) && !Documents.Any(n => n.Credits == d.Id)));
        for (var i = 0; i < 6; i++)
        {
            Pay(2 + i, free.Dequeue(), d => d.Amount, d => "", d => d.Reference);
        }

        for (var i = 0; i < 8; i++)
        {
            Pay(3 + (i * 2), free.Dequeue(), d => d.Amount, d => (i % 3) switch { 0 => $"Factuur {d.Number}", 1 => $"betaling factuurnummer {d.Number.Replace("-", "", StringComparison.Ordinal)} klant {Customers[d.Customer].Id}", _ => $"FACT. {d.Number[5..]}" });
        }

        Pay(5, free.Dequeue(), d => d.Amount, d => "Factuur " + Mistyped(d.Number));
        Pay(12, free.Dequeue(), d => d.Amount, d => "fact " + Mistyped(d.Number));
        Pay(10, Documents[95], _ => Documents[95].Amount + Documents[96].Amount + Documents[97].Amount, _ => $"Facturen {Documents[95].Number} / {Documents[96].Number[5..]} / {Documents[97].Number[5..]}");
        Pay(17, Documents[110], _ => Documents[110].Amount + Documents[111].Amount + Documents[112].Amount, _ => "openstaande facturen");
        Pay(18, free.Dequeue(), d => Math.Round(d.Amount / 2m, 2), d => $"deelbetaling {d.Number}");
        Pay(19, free.Dequeue(), d => 50m, d => $"eerste termijn factuur {d.Number}");
        PayDiscounted(open);
        Pay(20, free.Dequeue(), d => d.Amount - 12.50m, d => $"Invoice {d.Number} charges SHA");
        var credited = Documents.First(d => d.Credits is not null);
        Pay(21, Documents.First(d => d.Id == credited.Credits), d => d.Amount - credited.Amount, d => $"fact {d.Number} minus {credited.Number}");
        PayForSubsidiary(open);
        Pay(24, Documents[100], d => d.Amount, _ => "abonnement maart", endToEnd: "ABO-2026-03");
        Pay(24, Documents[101], d => d.Amount, _ => "abonnement maart", endToEnd: "ABO-2026-03");
        Pay(25, free.Dequeue(), d => d.Amount, d => ("Hierbij voldoen wij de openstaande factuur die u ons heeft gezonden, met factuurnummer " + d.Number)[..92]);
        Pay(26, free.Dequeue(), d => d.Amount, _ => "");
        Pay(26, free.Dequeue(), d => d.Amount + 0.02m, d => $"{d.Number}");
        Pay(27, Documents[10], d => d.Amount, d => $"factuur {d.Number}");
        FillOthers();
    }

    private void PayDiscounted(List<SampleDocument> open)
    {
        foreach (var document in open.Where(d => d.HasDiscount).Take(2))
        {
            var on = document.Issued.PlusDays(8);
            Add(on, document.Amount - Math.Round(document.Amount * 0.02m, 2, MidpointRounding.AwayFromZero), Customers[document.Customer], $"{document.Number} -2% korting");
        }
    }

    private void PayForSubsidiary(List<SampleDocument> open)
    {
        var document = open.First(d => d.Customer == 1);
        Add(new LocalDate(2026, 3, 23), document.Amount, Customers[0], $"namens Noordzee Visserij factuur {document.Number}");
    }

    private void FillOthers()
    {
        // The direct debit of an invoice that was settled in February comes back.
        var returned = Documents[40];
        Add(new LocalDate(2026, 3, 4), -returned.Amount, Customers[returned.Customer], $"Incasso {returned.Number}", "DD-" + returned.Id, "AC04");
        Add(new LocalDate(2026, 3, 16), SampleLedgerText.CollectedAhead(this).Sum(d => d.Amount), new SampleCustomer("", "Voorbeeld Handel B.V.", "NL", Account, "ABNANL2A"), "SEPA incassobatch maart", batch: "SDD-2026-03-15");
        Other(9, 412.00m, "Belastingdienst", "NL86INGB0002445588", "Teruggaaf omzetbelasting 4e kwartaal 2025");
        Other(2, -1_850.00m, "Vastgoed Centraal B.V.", "NL02RABO0123456789", "Huur maart 2026");
        Other(6, -14.95m, "ABN AMRO Bank N.V.", "NL55ABNA0500000001", "Kosten zakelijk betalingsverkeer");
        Other(25, -9_730.18m, "Salarisverwerking", "NL18RABO0123459876", "Salarissen maart 2026");
        Other(13, -642.77m, "Energie Direct B.V.", "NL47INGB0004455667", "Termijnnota 88123456");
    }

    private void Other(int day, decimal amount, string name, string iban, string text) =>
        Add(new LocalDate(2026, 3, day), amount, new SampleCustomer("", name, "NL", iban, string.Concat(iban.AsSpan(4, 4), "NL2A")), text);

    private void Pay(int day, SampleDocument document, Func<SampleDocument, decimal> amount, Func<SampleDocument, string> text, Func<SampleDocument, string?>? reference = null, string? endToEnd = null)
    {
        var row = Row(new LocalDate(2026, 3, day), amount(document), Customers[document.Customer], text(document), endToEnd);
        var printed = reference?.Invoke(document);
        _rows.Add(printed is null ? row
            : printed.StartsWith("RF", StringComparison.Ordinal) ? row with { StructuredReference = printed.Replace(" ", "", StringComparison.Ordinal) }
            : row with { Remittance = printed });
    }

    private void Add(LocalDate on, decimal amount, SampleCustomer customer, string text, string? endToEnd = null, string? returnReason = null, string? batch = null) =>
        _rows.Add(Row(on, amount, customer, text, endToEnd) with { ReturnReason = returnReason, Batch = batch });

    private SampleRow Row(LocalDate on, decimal amount, SampleCustomer customer, string text, string? endToEnd) =>
        new(on, on, amount, Folded(customer.Name), customer.Iban, customer.Bic, Folded(text), $"2603{_rows.Count + 1:00000000}") { EndToEndId = endToEnd };

    // What banks leave of a name: their character set has no accents.
    private static string Folded(string text) => text.Replace('é', 'e').Replace('è', 'e').Replace("ö", "oe", StringComparison.Ordinal).Replace("ß", "ss", StringComparison.Ordinal).Replace('&', '+');

    // Two digits of the number change places.
    private static string Mistyped(string number)
    {
        var at = number.Length - 1;
        while (number[at] == number[at - 1])
        {
            at--;
        }

        var letters = number.ToCharArray();
        (letters[at], letters[at - 1]) = (letters[at - 1], letters[at]);
        return new string(letters);
    }

    /// <summary>The date in ISO form.</summary>
    internal static string Iso(LocalDate date) => LocalDatePattern.Iso.Format(date);
}
