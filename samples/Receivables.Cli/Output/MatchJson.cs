using System.Globalization;
using System.Text.Json;
using Receivables.Sdk;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Matching;

namespace Receivables.Cli.Output;

/// <summary>The JSON of an answer of the matching engine.</summary>
internal static class MatchJson
{
    internal static void Write(Utf8JsonWriter json, MatchResult match)
    {
        var t = match.Transaction;
        json.WriteString("transaction", t.Id.Value);
        json.Date("bookingDate", t.BookingDate);
        json.Amount("amount", t.Amount);
        json.WriteString("currency", t.Amount.Currency.Code);
        json.WriteString("decision", Words.Of(match.Decision));
        json.Text("customer", match.Customer?.Value);
        Probability(json, match.Confidence);
        Allocations(json, match.Allocations);
        json.Amount("residual", match.Residual);
        json.WriteString("outcome", Words.Of(match.Outcome));
        json.Text("payment", match.Payment?.Value);
        json.Text("returnReason", t.ReturnReason);
        Documents(json, "clears", match.Clears);
        Documents(json, "reverses", match.Reverses);
        if (match.Refunds.Count > 0)
        {
            json.Array("refunds", match.Refunds, r =>
            {
                json.WriteStartObject();
                json.WriteString("from", r.From.Value);
                json.Amount("amount", r.Amount);
                json.WriteEndObject();
            });
        }

        json.Array("explanation", match.Explanation, e =>
        {
            json.WriteStartObject();
            json.WriteString("evidence", Words.Of(e.Code));
            json.Text("detail", e.Detail);
            json.WriteNumber("weight", e.Weight);
            if (e.Field != TextField.None)
            {
                json.WriteString("field", Words.Of(e.Field));
                json.WriteNumber("start", e.Start);
                json.WriteNumber("length", e.Length);
            }

            json.WriteEndObject();
        });
        json.Array("alternatives", match.Alternatives, a => Alternative(json, a));
        json.WriteString("model", match.Model);
    }

    private static void Alternative(Utf8JsonWriter json, MatchAlternative alternative)
    {
        json.WriteStartObject();
        json.Text("customer", alternative.Customer?.Value);
        Probability(json, alternative.Confidence);
        json.WriteString("outcome", Words.Of(alternative.Outcome));
        Allocations(json, alternative.Allocations);
        json.Array("differences", alternative.Differences, d =>
        {
            json.WriteStartObject();
            json.WriteString("field", d.Field);
            json.Text("bank", d.Bank);
            json.Text("ledger", d.Ledger);
            json.WriteEndObject();
        });
        json.WriteEndObject();
    }

    private static void Allocations(Utf8JsonWriter json, IReadOnlyList<MatchAllocation> allocations) =>
        json.Array("allocations", allocations, a =>
        {
            json.WriteStartObject();
            json.WriteString("document", a.Document.Value);
            json.Amount("amount", a.Amount);
            if (a.Paid is not null)
            {
                json.WriteString("currency", a.Amount.Currency.Code);
            }

            json.WriteString("kind", Words.Of(a.Kind));
            json.Text("to", a.To?.Value);
            json.Text("customer", a.Customer?.Value);
            json.Amount("paid", a.Paid);
            json.Text("rate", a.Rate?.ToString("0.############################", CultureInfo.InvariantCulture));
            json.WriteEndObject();
        });

    private static void Probability(Utf8JsonWriter json, decimal? value)
    {
        if (value is { } probability)
        {
            json.WriteNumber("confidence", decimal.Parse(probability.ToString("0.####", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));
        }
    }

    private static void Documents(Utf8JsonWriter json, string name, IReadOnlyList<DocumentId> documents)
    {
        if (documents.Count > 0)
        {
            json.Array(name, documents, d => json.WriteStringValue(d.Value));
        }
    }
}

/// <summary>The words of the command line for the library's enumerations: the member's name, its first letter small.</summary>
internal static class Words
{
    internal static string Of<T>(T value)
        where T : struct, Enum
    {
        var name = Enum.GetName(value) ?? "";
        return name.Length == 0 ? name : char.ToLowerInvariant(name[0]) + name[1..];
    }

    internal static bool TryRead<T>(string word, out T value)
        where T : struct, Enum
    {
        foreach (var candidate in Enum.GetValues<T>())
        {
            if (Of(candidate) == word)
            {
                value = candidate;
                return true;
            }
        }

        value = default;
        return false;
    }
}
