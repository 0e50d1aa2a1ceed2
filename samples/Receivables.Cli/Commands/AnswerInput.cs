using System.Globalization;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Receivables.Cli.Output;
using Receivables.Sdk;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Matching;

namespace Receivables.Cli.Commands;

/// <summary>Reads back what <c>match --json</c> printed: each broken line is told and left out.</summary>
internal static class AnswerInput
{
    internal static async Task<List<(MatchDecision Decision, AcceptedMatch Match)>?> ReadAsync(Terminal terminal, Faults faults, string name, CancellationToken cancellationToken)
    {
        var answers = new List<(MatchDecision, AcceptedMatch)>();
        try
        {
            await using var stream = name == "-" ? terminal.Input : File.OpenRead(name);
            using var reader = new StreamReader(stream);
            var number = 0;
            while (await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
            {
                number++;
                if (!string.IsNullOrWhiteSpace(line) && Read(line, faults, name, number) is { } answer)
                {
                    answers.Add(answer);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            faults.CannotOpen(name, e);
            return null;
        }

        return answers;
    }

    private static (MatchDecision Decision, AcceptedMatch Match)? Read(string line, Faults faults, string name, int number)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return Read(document.RootElement);
        }
        catch (JsonException e)
        {
            faults.Error(name, number, (int)(e.BytePositionInLine ?? 0) + 1, "CLI014", "The line is not JSON.");
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException or OverflowException)
        {
            faults.Error(name, number, 1, "CLI015", "The line is no answer of match: a field is missing or of the wrong type.");
        }

        return null;
    }

    private static (MatchDecision Decision, AcceptedMatch Match) Read(JsonElement json)
    {
        var currency = Currency.Parse(Text(json, "currency")!);
        var match = new AcceptedMatch
        {
            Transaction = new TransactionId(Text(json, "transaction")!),
            BookedOn = Text(json, "bookingDate") is { } date ? LocalDatePattern.Iso.Parse(date).Value : LocalDate.MinIsoValue,
            Amount = Amount(json, "amount", currency)!.Value,
            Customer = Text(json, "customer") is { } customer ? new CustomerId(customer) : null,
            Outcome = Word<MatchOutcome>(json, "outcome"),
            Allocations = [.. Items(json, "allocations").Select(a => Allocation(a, currency))],
            Reverses = [.. Items(json, "reverses").Select(p => new DocumentId(p.GetString()!))],
            Refunds = [.. Items(json, "refunds").Select(r => new MatchRefund(new DocumentId(Text(r, "from")!), Amount(r, "amount", currency)!.Value))],
            ReturnReason = Text(json, "returnReason"),
        };
        return (Word<MatchDecision>(json, "decision"), match);
    }

    private static MatchAllocation Allocation(JsonElement json, Currency currency)
    {
        // Where the document's currency is another, the line says so.
        var own = Text(json, "currency") is { } code ? Currency.Parse(code) : currency;
        return new MatchAllocation(new DocumentId(Text(json, "document")!), Amount(json, "amount", own)!.Value, Word<AllocationKind>(json, "kind"))
        {
            To = Text(json, "to") is { } to ? new DocumentId(to) : null,
            Customer = Text(json, "customer") is { } customer ? new CustomerId(customer) : null,
            Paid = Amount(json, "paid", currency),
            Rate = Text(json, "rate") is { } rate ? decimal.Parse(rate, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) : null,
        };
    }

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static Money? Amount(JsonElement json, string name, Currency currency) => Text(json, name) is { } text
        ? new Money(decimal.Parse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture), currency)
        : null;

    private static T Word<T>(JsonElement json, string name)
        where T : struct, Enum => Text(json, name) is { } word && Words.TryRead<T>(word, out var value) ? value : throw new FormatException("An unknown word.");

    private static JsonElement.ArrayEnumerator Items(JsonElement json, string name) => json.TryGetProperty(name, out var list) ? list.EnumerateArray() : default;
}
