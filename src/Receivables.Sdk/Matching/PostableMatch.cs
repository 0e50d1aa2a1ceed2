using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Matching;

/// <summary>What of an answer is needed to post it: made from a <see cref="MatchResult"/>, or read again from its JSON form.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed record PostableMatch
{
    /// <summary>The transaction's import key.</summary>
    public required TransactionId Transaction { get; init; }

    /// <summary>When the bank booked it.</summary>
    public required LocalDate Date { get; init; }

    /// <summary>The signed amount.</summary>
    public required Money Amount { get; init; }

    /// <summary>What is to be done with the answer.</summary>
    public required MatchDecision Decision { get; init; }

    /// <summary>How the money relates to what was open.</summary>
    public required MatchOutcome Outcome { get; init; }

    /// <summary>Whose account is settled.</summary>
    public CustomerId? Customer { get; init; }

    /// <summary>What is closed; the currency of each amount is the transaction's unless <see cref="MatchAllocation.Paid"/> is set, then that of the document in the ledger.</summary>
    public IReadOnlyList<MatchAllocation> Allocations { get; init; } = [];

    /// <summary>The payments recorded earlier whose money it is.</summary>
    public IReadOnlyList<DocumentId> Clears { get; init; } = [];

    /// <summary>The payments that are taken back.</summary>
    public IReadOnlyList<DocumentId> Reverses { get; init; } = [];

    /// <summary>What is paid back.</summary>
    public IReadOnlyList<MatchRefund> Refunds { get; init; } = [];

    /// <summary>Why a payment came back.</summary>
    public string? ReturnReason { get; init; }

    /// <summary>An answer as it came from the matcher.</summary>
    /// <param name="result">The answer. Its transaction must have an import key and a date.</param>
    /// <exception cref="ArgumentNullException"><paramref name="result"/> is null.</exception>
    /// <exception cref="ArgumentException">The transaction has no import key or no date.</exception>
    public static PostableMatch From(MatchResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var transaction = result.Transaction;
        return new PostableMatch
        {
            Transaction = transaction.Id.Value.Length > 0 ? transaction.Id : throw new ArgumentException("The transaction has no import key.", nameof(result)),
            Date = transaction.BookingDate ?? transaction.ValueDate ?? throw new ArgumentException("The transaction has no date.", nameof(result)),
            Amount = transaction.Amount,
            Decision = result.Decision,
            Outcome = result.Outcome,
            Customer = result.Customer,
            Allocations = result.Allocations,
            Clears = result.Clears,
            Reverses = result.Reverses,
            Refunds = result.Refunds,
            ReturnReason = transaction.ReturnReason,
        };
    }

    /// <summary>Reads one line that <see cref="MatchResultJson"/> wrote; unknown fields are passed over.</summary>
    /// <param name="utf8">The JSON object.</param>
    /// <param name="match">The answer.</param>
    /// <returns>False when the text is no such object, or lacks what posting needs.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> utf8, [NotNullWhen(true)] out PostableMatch? match)
    {
        match = null;
        try
        {
            using var document = JsonDocument.Parse(utf8);
            match = document.RootElement.ValueKind == JsonValueKind.Object ? Read(document.RootElement) : null;
        }
        catch (JsonException)
        {
            return false;
        }

        return match is not null;
    }

    private static PostableMatch? Read(JsonElement root)
    {
        if (Text(root, "transaction") is not { Length: > 0 } transaction
            || !Currency.TryParse(Text(root, "currency"), out var currency)
            || !TryAmount(root, "amount", currency, out var amount)
            || !LocalDatePattern.Iso.Parse(Text(root, "bookingDate") ?? "").TryGetValue(default, out var date)
            || !Enum.TryParse<MatchDecision>(Text(root, "decision"), ignoreCase: true, out var decision)
            || !Enum.TryParse<MatchOutcome>(Text(root, "outcome"), ignoreCase: true, out var outcome)
            || ReadAllocations(root, currency) is not { } allocations
            || ReadRefunds(root, currency) is not { } refunds)
        {
            return null;
        }

        return new PostableMatch
        {
            Transaction = new TransactionId(transaction),
            Date = date,
            Amount = amount,
            Decision = decision,
            Outcome = outcome,
            Customer = Text(root, "customer") is { Length: > 0 } customer ? new CustomerId(customer) : null,
            Allocations = allocations,
            Clears = Ids(root, "clears"),
            Reverses = Ids(root, "reverses"),
            Refunds = refunds,
            ReturnReason = Text(root, "returnReason"),
        };
    }

    private static List<MatchAllocation>? ReadAllocations(JsonElement root, Currency currency)
    {
        var allocations = new List<MatchAllocation>();
        foreach (var element in Array(root, "allocations"))
        {
            if (Text(element, "document") is not { Length: > 0 } document || !TryAmount(element, "amount", Currency.TryParse(Text(element, "currency"), out var its) ? its : currency, out var amount)
                || !Enum.TryParse<AllocationKind>(Text(element, "kind"), ignoreCase: true, out var kind))
            {
                return null;
            }

            allocations.Add(new MatchAllocation(new DocumentId(document), amount, kind)
            {
                To = Text(element, "to") is { Length: > 0 } to ? new DocumentId(to) : null,
                Paid = TryAmount(element, "paid", currency, out var paid) ? paid : null,
                Rate = decimal.TryParse(Text(element, "rate"), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rate) ? rate : null,
            });
        }

        return allocations;
    }

    private static List<MatchRefund>? ReadRefunds(JsonElement root, Currency currency)
    {
        var refunds = new List<MatchRefund>();
        foreach (var element in Array(root, "refunds"))
        {
            if (Text(element, "from") is not { Length: > 0 } from || !TryAmount(element, "amount", currency, out var amount))
            {
                return null;
            }

            refunds.Add(new MatchRefund(new DocumentId(from), amount));
        }

        return refunds;
    }

    private static DocumentId[] Ids(JsonElement root, string name) =>
        [.. Array(root, name).Where(e => e.ValueKind == JsonValueKind.String && e.GetString() is { Length: > 0 }).Select(e => new DocumentId(e.GetString()!))];

    private static JsonElement.ArrayEnumerator Array(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : default;

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool TryAmount(JsonElement element, string name, Currency currency, out Money amount)
    {
        var isAmount = decimal.TryParse(Text(element, name), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value);
        amount = new Money(value, currency);
        return isAmount;
    }
}
