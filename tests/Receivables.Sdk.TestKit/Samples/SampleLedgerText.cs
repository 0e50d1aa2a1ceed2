using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using NodaTime;

namespace Receivables.Sdk.TestKit.Samples;

/// <summary>Writes the ledger of <see cref="SampleSeller"/> as lines of the ledger file: what a host's export would hold at the end of February.</summary>
internal sealed class SampleLedgerText
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly SampleSeller _seller;
    private readonly List<string> _lines = [];

    internal SampleLedgerText(SampleSeller seller, int settled)
    {
        _seller = seller;
        Line("ledger", j =>
        {
            j.WriteNumber("version", 1);
            j.WriteString("currency", "EUR");
            j.WriteString("name", "Voorbeeld Handel B.V.");
            j.WriteStartArray("accounts");
            j.WriteStringValue(SampleSeller.Account);
            j.WriteEndArray();
            j.WriteString("country", "NL");
        });
        foreach (var customer in seller.Customers)
        {
            Line("customer", j => Customer(j, customer));
        }

        foreach (var document in seller.Documents)
        {
            Line(document.Credits is null ? "invoice" : "creditNote", j => Document(j, document));
        }

        for (var i = 0; i < settled; i++)
        {
            Settle(i, seller.Documents[i]);
        }

        CollectAhead();
        History();
    }

    internal IReadOnlyList<string> Lines => _lines;

    /// <summary>Three invoices whose direct debit was recorded before its money reached the bank.</summary>
    internal static IEnumerable<SampleDocument> CollectedAhead(SampleSeller seller) => seller.Documents.Where(d => d.Id is "I0130" or "I0131" or "I0132");

    private void Customer(Utf8JsonWriter j, SampleCustomer c)
    {
        j.WriteString("id", c.Id);
        j.WriteString("name", c.Name);
        j.WriteString("kind", c.IsConsumer ? "consumer" : "business");
        j.WriteString("language", c.Country switch { "DE" => "de", "FR" => "fr", _ => "nl" });
        j.WriteString("country", c.Country);
        j.WriteString("profile", c.Id is "C001" or "C009" ? "strategic" : "standard");
        j.WriteString("group", c.IsConsumer ? "consumers" : c.Country == "NL" ? "domestic" : "abroad");
        if (c.Parent is { } parent)
        {
            j.WriteString("parent", _seller.Customers[parent].Id);
        }

        // One customer in six has never paid from an account that is known.
        if (c.Id[^1] is not '6')
        {
            j.WriteStartArray("ibans");
            j.WriteStringValue(c.Iban);
            j.WriteEndArray();
        }

        j.WriteString("creditLimit", c.IsConsumer ? "500.00" : "7500.00");
        j.WriteString("email", $"{c.Id.ToLowerInvariant()}@example.org");
    }

    private void Document(Utf8JsonWriter j, SampleDocument d)
    {
        j.WriteString("id", d.Id);
        j.WriteString("customer", _seller.Customers[d.Customer].Id);
        j.WriteString("number", d.Number);
        j.WriteString("issued", SampleSeller.Iso(d.Issued));
        if (d.Credits is null)
        {
            j.WriteString("due", SampleSeller.Iso(d.Due));
        }

        j.WriteString("amount", Amount(d.Amount));
        j.WriteString("currency", "EUR");
        if (d.Reference is not null)
        {
            j.WriteString("reference", d.Reference);
        }

        if (d.HasDiscount)
        {
            j.WriteStartObject("cashDiscount");
            j.WriteString("percent", "2");
            j.WriteString("until", SampleSeller.Iso(d.Issued.PlusDays(10)));
            j.WriteEndObject();
        }

        if (d.Credits is not null)
        {
            j.WriteString("invoice", d.Credits);
        }
    }

    private void Settle(int index, SampleDocument document)
    {
        // Some pay early, most a little late.
        var on = LocalDate.Min(document.Due.PlusDays((index % 5) - 1), new LocalDate(2026, 2, 27));
        Payment($"P{index + 1:0000}", document, on, index == 40 ? "directDebit" : "transfer", $"february-{index + 1:0000}");
    }

    private void CollectAhead()
    {
        var number = 900;
        foreach (var document in CollectedAhead(_seller))
        {
            Payment($"P{++number:0000}", document, LocalDate.Max(document.Issued, new LocalDate(2026, 3, 13)), "directDebit", null);
        }
    }

    private void Payment(string id, SampleDocument document, LocalDate on, string method, string? transaction)
    {
        Line("payment", j =>
        {
            j.WriteString("id", id);
            j.WriteString("customer", _seller.Customers[document.Customer].Id);
            j.WriteString("received", SampleSeller.Iso(on));
            j.WriteString("amount", Amount(document.Amount));
            j.WriteString("currency", "EUR");
            if (transaction is not null)
            {
                j.WriteString("transaction", transaction);
            }

            j.WriteString("method", method);
        });
        Line("allocation", j =>
        {
            j.WriteString("id", "A" + id[1..]);
            j.WriteString("from", id);
            j.WriteString("to", document.Id);
            j.WriteString("amount", Amount(document.Amount));
            j.WriteString("on", SampleSeller.Iso(on));
            j.WriteString("kind", "payment");
        });
    }

    private void History()
    {
        Line("dispute", j =>
        {
            j.WriteString("invoice", "I0068");
            j.WriteString("opened", "2026-02-20");
            j.WriteString("amount", "40.00");
            j.WriteString("reason", "damaged goods");
        });
        Line("promise", j =>
        {
            j.WriteString("invoice", "I0080");
            j.WriteString("made", "2026-03-25");
            j.WriteString("until", "2026-04-10");
        });
        Line("hold", j =>
        {
            j.WriteString("customer", "C030");
            j.WriteString("from", "2026-03-01");
            j.WriteString("until", "2026-04-15");
            j.WriteString("reason", "complaint about delivery");
        });
        Line("bankData", j =>
        {
            j.WriteString("account", SampleSeller.Account);
            j.WriteString("until", "2026-03-31");
        });
        foreach (var id in new[] { "I0064", "I0066", "I0068" })
        {
            Line("reminder", j =>
            {
                j.WriteString("invoice", id);
                j.WriteNumber("instalment", 1);
                j.WriteNumber("level", 1);
                j.WriteString("sent", "2026-03-10");
                j.WriteString("channel", "email");
            });
        }

        Line("note", j =>
        {
            j.WriteString("invoice", "I0068");
            j.WriteString("at", "2026-02-20T09:30:00Z");
            j.WriteString("by", "anna");
            j.WriteString("text", "Two boxes arrived wet; photographs asked for.");
        });
    }

    private void Line(string record, Action<Utf8JsonWriter> fields)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("record", record);
            fields(json);
            json.WriteEndObject();
        }

        _lines.Add(Encoding.UTF8.GetString(buffer.ToArray()));
    }

    private static string Amount(decimal amount) => amount.ToString("0.00", CultureInfo.InvariantCulture);
}
