using System.Globalization;
using System.Runtime.CompilerServices;

namespace Receivables.Sdk.Statements;

/// <summary>Gives the transactions of one file their import keys.</summary>
/// <remarks>
/// <para>The id of a transaction is a hash of its account and of what the bank says about it — booking and value date, amount, currency,
/// status and texts, blanks and line ends aside — and a count that tells equal transactions of one day apart. So the same file, an
/// overlapping one or the same one downloaded again gives the same ids, and two real payments that agree in every field have two.</para>
/// <para>Equals are counted over the distinct statements of the file; a statement that begins as an earlier one did (same account, id, number,
/// opening balance and first transaction) is taken for its repetition and counts from there again.</para>
/// <para>A key never changes within a scheme; a new scheme gets a new number and leaves those before it computable (<see cref="Schemes"/>): a scope of an older one
/// computes (<see cref="Compute"/>) under which keys a host stored what it reads again.</para>
/// <para>Not thread-safe: one scope for one read. Memory: about 15 bytes for each distinct transaction.</para>
/// </remarks>
public sealed class ImportKeyScope
{
    /// <summary>The number of the key scheme, which every key begins with.</summary>
    public const int SchemeNumber = 1;

    private const int Parties = 1024;
    private const int Codes = 64;
    private const int Apart = 4;

    private readonly ImportKeyScheme _scheme;
    private readonly OccurrenceCounter _counter = new();
    private readonly Dictionary<UInt128, int> _statements = [];
    private StatementHeader? _header;
    private string _accountKey = "";
    private ulong _accountHash;
    private bool _isFirst;

    // Transactions whose equals are not counted yet. Their texts are hashed when they have come to rest in the cache: reading what was written just now stalls.
    private readonly Waiting[] _waiting = new Waiting[16];
    private int _waitingCount;
    private readonly (Counterparty? Party, ulong Hash)[] _parties = new (Counterparty?, ulong)[Parties];
    private readonly (BankTransactionCode? Code, ulong Hash)[] _codes = new (BankTransactionCode?, ulong)[Codes];

    /// <summary>A scope of the current scheme.</summary>
    public ImportKeyScope()
        : this(SchemeNumber)
    {
    }

    /// <summary>A scope of a scheme.</summary>
    /// <param name="scheme">One of <see cref="Schemes"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no scheme of this number.</exception>
    public ImportKeyScope(int scheme)
        : this(ImportKeyScheme.Find(scheme) ?? throw new ArgumentOutOfRangeException(nameof(scheme), scheme, "There is no key scheme of this number."))
    {
    }

    internal ImportKeyScope(ImportKeyScheme scheme) => _scheme = scheme;

    /// <summary>The numbers of the schemes that can be computed, the oldest first. The last one is the current, <see cref="SchemeNumber"/>.</summary>
    public static IReadOnlyList<int> Schemes { get; } = [.. ImportKeyScheme.All.Select(s => s.Number)];

    /// <summary>The number of the scope's scheme.</summary>
    public int Scheme => _scheme.Number;

    /// <summary>Begins a statement: the transactions that follow are its own.</summary>
    /// <param name="header">The statement's header.</param>
    public void Begin(StatementHeader header)
    {
        ArgumentNullException.ThrowIfNull(header);
        Settle();
        _header = header;
        _accountKey = header.Account.Key;
        _accountHash = OccurrenceHash.Of(_accountKey, (ulong)SchemeNumber);
        _isFirst = true;
    }

    /// <summary>Gives a transaction its keys.</summary>
    /// <param name="transaction">A transaction of the statement that was begun last.</param>
    /// <exception cref="InvalidOperationException">No statement was begun, the transaction has keys already, or the scope is of an older scheme.</exception>
    public void Assign(BankTransaction transaction)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        if (_header is null || transaction.Identity.IsAssigned || Scheme != SchemeNumber)
        {
            throw new InvalidOperationException(
                _header is null ? "No statement was begun." : Scheme != SchemeNumber ? "Only keys of the current scheme are assigned; those of an older one are computed." : "The transaction has its keys already.");
        }

        AssignSoon(transaction);
        Settle();
    }

    /// <summary>The keys of a transaction under the scope's scheme; the transaction keeps those that it has.</summary>
    /// <param name="transaction">A transaction of the statement that was begun last. All transactions of a file must come, in the order in which the reader gave them: equals are counted.</param>
    /// <returns>Its id and keys, as a reader of that scheme would have given them.</returns>
    /// <exception cref="InvalidOperationException">No statement was begun.</exception>
    /// <remarks>A scope computes or assigns; one that does both counts twice.</remarks>
    public TransactionKeys Compute(BankTransaction transaction)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        if (_header is null)
        {
            throw new InvalidOperationException("No statement was begun.");
        }

        var (whole, common) = (_scheme.WholeHash(_accountKey, transaction), _scheme.CommonHash(_accountKey, transaction));
        if (_isFirst)
        {
            _isFirst = false;
            TellStatementsApart(whole);
        }

        var (ordinal, commonOrdinal) = _counter.Next(whole, common);
        return new TransactionKeys(Scheme, _scheme.Id(_accountKey, transaction, ordinal), _scheme.Keys(_accountKey, transaction, commonOrdinal));
    }

    // Gives a transaction its keys at the next Settle, or before: between the two the counts of its equals come near.
    // What is known of the hashes of its texts need not be computed again.
    internal void AssignSoon(BankTransaction transaction, in TextHashes texts = default)
    {
        var common = OccurrenceHash.OfCommon(_accountHash, transaction);
        _counter.Approach(common);
        if (_isFirst)
        {
            _isFirst = false;
            Settle();
            TellStatementsApart(OccurrenceHash.OfAll(common, HashesOf(transaction), transaction));
        }

        if (_waitingCount == _waiting.Length)
        {
            Settle();
        }

        // Each step to a page waits for memory, which comes while the next transactions are read.
        if (_waitingCount >= Apart)
        {
            _counter.Expect(_waiting[_waitingCount - Apart].Common);
        }

        _waiting[_waitingCount++] = new Waiting(transaction, common, texts.Remittance == 0 ? 0 : OccurrenceHash.OfAll(common, Completed(texts, transaction), transaction));
    }

    internal void Settle()
    {
        foreach (ref readonly var waiting in _waiting.AsSpan(0, _waitingCount)[Math.Max(0, _waitingCount - Apart)..])
        {
            _counter.Expect(waiting.Common);
        }

        foreach (ref var waiting in _waiting.AsSpan(0, _waitingCount))
        {
            var hash = waiting.Hash == 0 ? OccurrenceHash.OfAll(waiting.Common, HashesOf(waiting.Transaction), waiting.Transaction) : waiting.Hash;
            var (ordinal, commonOrdinal) = _counter.Next(hash, waiting.Common);
            waiting.Transaction.Identity = new ImportIdentity(_accountKey, ordinal, commonOrdinal);
        }

        _waitingCount = 0;
    }

    // Forgets all counts, and gives the memory back that they took: at the end of a read.
    internal void Release()
    {
        Settle();
        Array.Clear(_waiting);
        Array.Clear(_parties);
        Array.Clear(_codes);
        _counter.Release();
        _statements.Clear();
        _header = null;
    }

    // A bank's reference is trusted when it is long enough to be unique and says so by being no filler; the account keeps banks apart.
    internal static ImportKey? BankKey(string accountKey, BankTransaction transaction) =>
        transaction.BankReference is { Length: >= 8 } reference && !IsSharedByBatch(transaction)
            ? new ImportKey(ImportKeyKind.Bank, string.Create(CultureInfo.InvariantCulture, $"{SchemeNumber}b-{accountKey}-{TransactionFingerprint.ComputeBank(accountKey, transaction, reference):x32}"))
            : null;

    // The details of a batch share the reference of their entry.
    private static bool IsSharedByBatch(BankTransaction transaction) => transaction.Batch is not null;

    private TextHashes HashesOf(BankTransaction transaction) =>
        new(HashOf(transaction.Counterparty), HashOf(transaction.Code), OccurrenceHash.OfRemittance(transaction.Remittance));

    // Parties and codes come again, and are not written just now.
    private TextHashes Completed(in TextHashes texts, BankTransaction transaction) =>
        texts with { Party = texts.Party == 0 ? HashOf(transaction.Counterparty) : texts.Party, Code = texts.Code == 0 ? HashOf(transaction.Code) : texts.Code };

    // Readers share the parties that come again: their texts are hashed once.
    private ulong HashOf(Counterparty? party)
    {
        if (party is null or { IbanText: "" })
        {
            return OccurrenceHash.OfParty(party);
        }

        ref var place = ref _parties[RuntimeHelpers.GetHashCode(party) & (Parties - 1)];
        if (!ReferenceEquals(place.Party, party))
        {
            place = (party, OccurrenceHash.OfParty(party));
        }

        return place.Hash;
    }

    // Codes, too.
    private ulong HashOf(BankTransactionCode? code)
    {
        if (code is null)
        {
            return OccurrenceHash.OfCode(code);
        }

        ref var place = ref _codes[RuntimeHelpers.GetHashCode(code) & (Codes - 1)];
        if (!ReferenceEquals(place.Code, code))
        {
            place = (code, OccurrenceHash.OfCode(code));
        }

        return place.Hash;
    }

    private void TellStatementsApart(ulong firstTransaction)
    {
        var id = TransactionFingerprint.ComputeStatement(_header!, firstTransaction);
        var isRepeated = _statements.TryGetValue(id, out var index);
        if (!isRepeated)
        {
            index = _statements.Count;
            _statements.Add(id, index);
        }

        _counter.BeginStatement(index, isRepeated);
    }

    // The hash of all is 0 until it is computed.
    private readonly record struct Waiting(BankTransaction Transaction, ulong Common, ulong Hash);
}
