using Receivables.Sdk.Statements;
using Receivables.Sdk.Statements.Reading;
using Receivables.Sdk.Storage;

namespace Receivables.Sdk.Workflows;

/// <summary>What an import brought.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed record ImportResult
{
    /// <summary>The files, with everything the readers had to say.</summary>
    public required IReadOnlyList<StatementFile> Files { get; init; }

    /// <summary>What stands out when the files are seen together: gaps, overlaps, repetitions.</summary>
    public required IReadOnlyList<ImportFinding> Findings { get; init; }

    /// <summary>Transactions that were not known, in order; they are stored. Of those who import one at once, one has it here. A command that comes again has here what it stored the first time.</summary>
    public required IReadOnlyList<BankTransaction> New { get; init; }

    /// <summary>How many transactions were known by their id or by the bank's own reference, from the store or an earlier file of the import.</summary>
    public required int KnownCount { get; init; }

    /// <summary>
    /// Transactions known by the format-independent key alone, from the store or an earlier file of the import, most likely the same day in another format; they are not stored. A person decides;
    /// <see cref="StatementImporter.AcceptAsync"/> stores what is new after all.
    /// </summary>
    public required IReadOnlyList<BankTransaction> Doubtful { get; init; }

    /// <summary>Transactions of statements that do not add up; they are not stored, so that nobody imports them unseen.</summary>
    public required IReadOnlyList<BankTransaction> Unproved { get; init; }
}

/// <summary>Reads statement files and stores what is new: read twice, overlapping or downloaded again adds nothing, in one import or in several.</summary>
/// <remarks>
/// Whoever was interrupted after the import and before anything came of it imports once more under the same key, and has the same transactions before
/// them. Thread-safe as far as the store is.
/// </remarks>
/// <param name="store">Where transactions are kept.</param>
/// <param name="reader">How files are read; null is a reader with default options.</param>
public sealed class StatementImporter(IImportStore store, StatementFileReader? reader = null)
{
    private readonly IImportStore _store = store ?? throw new ArgumentNullException(nameof(store));
    private readonly StatementFileReader _reader = reader ?? new StatementFileReader();

    /// <summary>Imports files.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="idempotencyKey">The id of the command; the same key again stores nothing more.</param>
    /// <param name="files">Names and bytes; the streams stay open.</param>
    /// <param name="cancellationToken">Gives up before anything is stored.</param>
    public async Task<ImportResult> ImportAsync(
        LedgerId ledger, string idempotencyKey, IEnumerable<KeyValuePair<string, Stream>> files, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(idempotencyKey);
        ArgumentNullException.ThrowIfNull(files);
        using var activity = Telemetry.Start("receivables.import", ledger);
        var read = new List<StatementFile>();
        foreach (var (name, stream) in files)
        {
            await foreach (var file in _reader.ReadAsync(name, stream, cancellationToken).ConfigureAwait(false))
            {
                read.Add(file);
            }
        }

        var statements = read.SelectMany(f => f.Statements).ToLookup(s => s.Verdict is not IntegrityVerdict.Inconsistent);
        var known = await _store.FindKnownAsync(ledger, [.. statements[true].SelectMany(s => s.Transactions).SelectMany(KeysOf).Distinct()], cancellationToken).ConfigureAwait(false);

        // What the command itself has stored, before it was interrupted, stands in nobody's way.
        var own = (await _store.ReadAsync(ledger, idempotencyKey, cancellationToken).ConfigureAwait(false) ?? []).Select(t => t.Id).ToHashSet();
        var sorted = Sorted(statements[true], known.Where(k => !own.Contains(k.Value)).Select(k => k.Key));
        var change = new ImportChange { Ledger = ledger, IdempotencyKey = idempotencyKey, Transactions = [.. sorted[Knowledge.None]] };
        await StoreAsync(change, cancellationToken).ConfigureAwait(false);
        return new ImportResult
        {
            Files = read,
            Findings = StatementImport.Examine(read),
            New = await _store.ReadAsync(ledger, idempotencyKey, cancellationToken).ConfigureAwait(false) ?? [],
            KnownCount = sorted[Knowledge.Sure].Count(),
            Doubtful = [.. sorted[Knowledge.Maybe]],
            Unproved = [.. statements[false].SelectMany(s => s.Transactions).DistinctBy(t => t.Id)],
        };
    }

    /// <summary>Stores transactions that a person found to be new after all.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="idempotencyKey">The id of the command; the same key again stores nothing more.</param>
    /// <param name="transactions">Some of <see cref="ImportResult.Doubtful"/> or <see cref="ImportResult.Unproved"/>.</param>
    /// <param name="cancellationToken">Gives up before anything is stored.</param>
    /// <returns>How many were stored.</returns>
    public Task<int> AcceptAsync(LedgerId ledger, string idempotencyKey, IReadOnlyList<BankTransaction> transactions, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(idempotencyKey);
        ArgumentNullException.ThrowIfNull(transactions);
        return StoreAsync(new ImportChange { Ledger = ledger, IdempotencyKey = idempotencyKey, Transactions = transactions }, cancellationToken);
    }

    private async Task<int> StoreAsync(ImportChange change, CancellationToken cancellationToken)
    {
        var count = await _store.AddAsync(change, cancellationToken).ConfigureAwait(false);
        Telemetry.Imported.Add(count);
        return count;
    }

    private static IEnumerable<string> KeysOf(BankTransaction transaction) => transaction.Keys.Select(k => k.Value).Prepend(transaction.Id.Value);

    // Statement by statement, as if each had come by itself: what one says twice is two transactions, what two say under one key is known, or a question.
    private static ILookup<Knowledge, BankTransaction> Sorted(IEnumerable<BankStatement> statements, IEnumerable<string> stored)
    {
        var known = new HashSet<string>(stored, StringComparer.Ordinal);
        var judged = new List<(Knowledge Knowledge, BankTransaction Transaction)>();
        foreach (var statement in statements)
        {
            judged.AddRange(statement.Transactions.DistinctBy(t => t.Id).Select(t => (Judge(t, known), t)).ToList());
            known.UnionWith(statement.Transactions.SelectMany(KeysOf));
        }

        return judged.ToLookup(j => j.Knowledge, j => j.Transaction);
    }

    private static Knowledge Judge(BankTransaction transaction, HashSet<string> known) =>
        known.Contains(transaction.Id.Value) || transaction.Keys.Any(k => k.Kind == ImportKeyKind.Bank && known.Contains(k.Value)) ? Knowledge.Sure
        : transaction.Keys.Any(k => known.Contains(k.Value)) ? Knowledge.Maybe
        : Knowledge.None;

    private enum Knowledge
    {
        None,
        Maybe,
        Sure,
    }
}
