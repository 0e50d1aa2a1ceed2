using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Receivables.Sdk.Matching;
using Receivables.Sdk.Reminders;
using Receivables.Sdk.Reporting;
using Receivables.Sdk.Statements;

namespace Receivables.Sdk.Storage;

/// <summary>The JSON in which a host's database keeps what the ports carry, UTF-8, one object each.</summary>
/// <remarks>
/// What is read is what was written: a transaction has its id and keys, an answer its reasons. Events of a ledger are kept as lines of a ledger file
/// (<c>LedgerFileWriter.ToLine</c>), what people said about answers as <see cref="LearningJson"/>. Fields may be added in later versions; unknown ones are
/// passed over. The objects hold what the bank says of payers: they are kept as the ledger is. Safe to use from several threads.
/// </remarks>
public static class StoredJson
{
    /// <summary>Writes a bank transaction, with what its import keys are made of.</summary>
    /// <param name="transaction">The transaction.</param>
    public static byte[] Write(BankTransaction transaction) => Write(transaction, StoredJsonContext.Default.BankTransaction);

    /// <summary>Writes an answer, with its transaction.</summary>
    /// <param name="match">The answer.</param>
    public static byte[] Write(MatchResult match) => Write(match, StoredJsonContext.Default.MatchResult);

    /// <summary>Writes a planned reminder.</summary>
    /// <param name="action">The reminder.</param>
    public static byte[] Write(ReminderAction action) => Write(action, StoredJsonContext.Default.ReminderAction);

    /// <summary>Writes a period of reconciliation.</summary>
    /// <param name="period">The period.</param>
    public static byte[] Write(ReconciliationPeriod period) => Write(period, StoredJsonContext.Default.ReconciliationPeriod);

    /// <summary>Reads a bank transaction.</summary>
    /// <param name="utf8">What <see cref="Write(BankTransaction)"/> wrote.</param>
    /// <param name="transaction">The transaction; null when the text is none.</param>
    /// <returns>Whether the text is a transaction.</returns>
    public static bool TryRead(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out BankTransaction? transaction) => TryRead(utf8, StoredJsonContext.Default.BankTransaction, out transaction);

    /// <summary>Reads an answer.</summary>
    /// <param name="utf8">What <see cref="Write(MatchResult)"/> wrote.</param>
    /// <param name="match">The answer; null when the text is none.</param>
    /// <returns>Whether the text is an answer.</returns>
    public static bool TryRead(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out MatchResult? match) => TryRead(utf8, StoredJsonContext.Default.MatchResult, out match);

    /// <summary>Reads a planned reminder.</summary>
    /// <param name="utf8">What <see cref="Write(ReminderAction)"/> wrote.</param>
    /// <param name="action">The reminder; null when the text is none.</param>
    /// <returns>Whether the text is a reminder.</returns>
    public static bool TryRead(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out ReminderAction? action) => TryRead(utf8, StoredJsonContext.Default.ReminderAction, out action);

    /// <summary>Reads a period of reconciliation.</summary>
    /// <param name="utf8">What <see cref="Write(ReconciliationPeriod)"/> wrote.</param>
    /// <param name="period">The period; null when the text is none.</param>
    /// <returns>Whether the text is a period.</returns>
    public static bool TryRead(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out ReconciliationPeriod? period) => TryRead(utf8, StoredJsonContext.Default.ReconciliationPeriod, out period);

    private static byte[] Write<T>(T value, JsonTypeInfo<T> type)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(value);
        return JsonSerializer.SerializeToUtf8Bytes(value, type);
    }

    private static bool TryRead<T>(ReadOnlySpan<byte> utf8, JsonTypeInfo<T> type, [NotNullWhen(true)] out T? value)
        where T : class
    {
        try
        {
            value = JsonSerializer.Deserialize(utf8, type);
        }
        catch (JsonException)
        {
            value = null;
        }

        return value is not null;
    }
}
