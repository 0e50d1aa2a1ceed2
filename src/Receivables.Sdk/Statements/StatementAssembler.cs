using System.Runtime.CompilerServices;
using NodaTime;

namespace Receivables.Sdk.Statements;

/// <summary>What a mapper knows when a statement (or a chain of pages) ends.</summary>
internal sealed record StatementEnd
{
    internal LocalDate? From { get; init; }

    internal LocalDate? To { get; init; }

    /// <summary>Only where the opening balance stands behind the header (camt pages, CSV); else the header's is taken.</summary>
    internal StatementBalance? Opening { get; init; }

    internal StatementBalance? Closing { get; init; }

    internal IReadOnlyList<StatementBalance> OtherBalances { get; init; } = [];

    internal string? Information { get; init; }

    /// <summary>Where the closing balance stands, or the end of the statement.</summary>
    internal required SourceLocation Location { get; init; }

    /// <summary>The format's own checks: a code that held (<c>sums</c>, <c>pages</c>, <c>runningBalance</c> …), or one that failed by a difference.</summary>
    internal IReadOnlyList<(string Code, Money? Difference)> Checks { get; init; } = [];

    /// <summary>Why the balances prove nothing although they stand there, such as <c>unreadableEntry</c>; null when they do.</summary>
    internal string? NotVerifiable { get; init; }
}

/// <summary>
/// Where every mapper hands over what it read: gives transactions their keys, adds them up, and ends each statement with its verdict.
/// The parts wait in <see cref="Parts"/> until the reader has yielded them.
/// </summary>
internal sealed class StatementAssembler(StatementReaderOptions options, DiagnosticBag diagnostics)
{
    private readonly long _most = options.MaxTransactions;
    private readonly ImportKeyScope _keys = new();
    private readonly AmountReadings _readings = new();
    private StatementHeader? _header;
    private AmountSum _sum;
    private Currency? _currency;
    private bool _isMixed;
    private int _count;
    private long _total;

    /// <summary>Parts that wait to be yielded; the reader clears them. Transactions among them may still be without their keys.</summary>
    internal List<StatementPart> Parts { get; } = [];

    /// <summary>The parts, every transaction with its keys: what a reader yields.</summary>
    /// <param name="fault">What ends the read, if anything: then transactions that wait for a closing balance come as the standard reads them.</param>
    internal List<StatementPart> SettledParts(StatementFormatException? fault = null)
    {
        if (fault is not null && _readings.IsHolding)
        {
            Emit(AmountReading.Standard);
        }

        _keys.Settle();
        return Parts;
    }

    /// <summary>Whether a statement is open.</summary>
    internal bool IsOpen => _header is not null;

    /// <summary>Begins a statement. The pages of a chain begin once.</summary>
    internal void Begin(StatementHeader header)
    {
        (_header, _sum, _count, _isMixed) = (header, default, 0, false);
        _currency = header.Opening?.Amount.Currency ?? header.Account.Currency;
        _keys.Begin(header);
        _readings.Clear();
        Parts.Add(StatementPart.Of(header));
    }

    /// <summary>Adds a transaction to the open statement.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="texts">The hashes of its texts, where they are known.</param>
    internal void Add(BankTransaction transaction, in TextHashes texts = default)
    {
        CheckTotal(transaction);
        if (!_readings.IsHolding)
        {
            Emit(transaction, texts);
            return;
        }

        _readings.Hold(transaction);
        LetGoWhenFull();
    }

    /// <summary>Adds a transaction whose amount a bank's habit leaves open: the balances tell how all of its kind are read.</summary>
    internal void Add(in OpenTransaction open)
    {
        CheckTotal(open.Standard);
        if (!_readings.TryHold(open))
        {
            Emit(open.Standard);
            return;
        }

        LetGoWhenFull();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void CheckTotal(BankTransaction transaction)
    {
        if (++_total > _most)
        {
            ThrowTooMany(transaction);
        }
    }

    private static void ThrowTooMany(BankTransaction transaction) => throw new StatementFormatException(new Diagnostic(
        DiagnosticSeverity.Error, StatementCodes.TooManyTransactions, "The file has more transactions than the limit allows.",
        new SourceLocation(transaction.Offset, transaction.Length, transaction.Line, 1)));

    private void LetGoWhenFull()
    {
        if (_readings.IsFull)
        {
            Emit(AmountReading.Standard);
        }
    }

    private void Emit(AmountReading reading)
    {
        foreach (var transaction in _readings.Release(reading))
        {
            Emit(transaction);
        }
    }

    private void Emit(BankTransaction transaction, in TextHashes texts = default)
    {
        _keys.AssignSoon(transaction, texts);
        _count++;
        if (transaction.Status == TransactionStatus.Booked)
        {
            _currency ??= transaction.Currency;
            _isMixed |= _currency.GetValueOrDefault() != transaction.Currency;
            _sum.Add(transaction.Exact);
        }

        Parts.Add(StatementPart.Of(transaction));
    }

    /// <summary>Ends the open statement.</summary>
    internal void End(StatementEnd end)
    {
        var opening = end.Opening ?? _header!.Opening;
        ReadOpenAmounts(opening, end);
        var verdict = Judge(opening, end);
        Parts.Add(StatementPart.Of(new StatementClosing
        {
            From = end.From ?? _header!.From ?? opening?.Date,
            To = end.To ?? _header!.To ?? end.Closing?.Date,
            Opening = opening,
            Closing = end.Closing,
            OtherBalances = end.OtherBalances,
            Information = end.Information,
            Verdict = verdict,
            Diagnostics = diagnostics.Take(),
            TransactionCount = _count,
        }));
        _header = null;
    }

    /// <summary>Gives back the memory of the import keys: at the end of a read, however it ends.</summary>
    internal void Release() => _keys.Release();

    /// <summary>Hands over what was said outside of any statement.</summary>
    internal void FlushFileDiagnostics()
    {
        if (_header is null)
        {
            foreach (var diagnostic in diagnostics.Take())
            {
                Parts.Add(StatementPart.Of(diagnostic));
            }
        }
    }

    // Where a habit leaves amounts open, the one reading that adds up for all of their kind is taken, and named. Balances are never altered.
    private void ReadOpenAmounts(StatementBalance? opening, StatementEnd end)
    {
        var isHolding = _readings.IsHolding;
        var reading = opening is null || end.Closing is null || end.NotVerifiable is not null || opening.Amount.Currency != end.Closing.Amount.Currency
            ? AmountReading.Standard
            : _readings.Decide(end.Closing.Amount.Amount - opening.Amount.Amount - _sum.Value - (isHolding ? _readings.HeldSum : 0m));
        if (isHolding)
        {
            Emit(reading);
        }

        if (reading == AmountReading.Standard)
        {
            return;
        }

        var what = reading switch
        {
            AmountReading.OppositeSign => "the entries marked as reversals have the opposite sign",
            AmountReading.MinorUnits => "the amounts without a decimal sign count minor units",
            _ => "the entries marked as reversals have the opposite sign and the amounts without a decimal sign count minor units",
        };
        if (isHolding)
        {
            diagnostics.Warning(StatementCodes.ReadingProved, $"The balances add up in one reading alone: {what}. That is how they were read.", _readings.First);
        }
        else
        {
            diagnostics.Warning(StatementCodes.ReadingNotTaken, $"The balances would add up if {what}; the statement is too long to wait for that, and they are given as the standard reads them.", _readings.First);
        }
    }

    private IntegrityVerdict Judge(StatementBalance? opening, StatementEnd end)
    {
        var held = new List<string>();
        IntegrityVerdict.Inconsistent? failed = null;
        foreach (var (code, difference) in end.Checks)
        {
            if (difference is { } by)
            {
                diagnostics.Error(StatementCodes.SumDoesNotHold, $"The statement's own figures do not hold ({code}): the difference is {by}.", end.Location);
                failed ??= new IntegrityVerdict.Inconsistent(code, by);
            }
            else
            {
                held.Add(code);
            }
        }

        var reason = WhyUnverifiable(opening, end);
        if (opening is not null && end.Closing is not null && opening.Amount.Currency != end.Closing.Amount.Currency && !_isMixed)
        {
            diagnostics.Error(StatementCodes.CurrenciesDiffer, "Opening and closing balance are in different currencies.", end.Location);
            var figures = new Money(end.Closing.Amount.Amount - (opening.Amount.Amount + _sum.Value), opening.Amount.Currency);
            return new IntegrityVerdict.Inconsistent("currency", figures) { BalancesAddUp = figures.IsZero };
        }

        // An entry that could not be read shows in the difference; without one it still proves nothing.
        if (reason is null or "unreadableEntry")
        {
            var currency = opening!.Amount.Currency;
            var difference = new Money(end.Closing!.Amount.Amount - (opening.Amount.Amount + _sum.Value), currency);
            if (!difference.IsZero)
            {
                diagnostics.Error(
                    StatementCodes.DoesNotAddUp,
                    $"Opening balance and booked transactions do not make the closing balance: the difference is {difference}.",
                    end.Location);
                return new IntegrityVerdict.Inconsistent("balance", difference);
            }

            if (reason is null)
            {
                held.Insert(0, "balance");
            }
        }

        return failed is not null ? failed with { BalancesAddUp = reason is null ? true : null }
            : held.Count > 0 && reason is not ("unreadableEntry" or "derivedBalance") ? new IntegrityVerdict.Proven(held)
            : new IntegrityVerdict.Unverifiable(reason!);
    }

    private string? WhyUnverifiable(StatementBalance? opening, StatementEnd end) =>
        (opening, end.Closing) switch
        {
            (null, null) => "noBalances",
            (null, _) => "noOpening",
            (_, null) => "noClosing",
            var (o, c) when _isMixed || o.Amount.Currency != c.Amount.Currency || (_count > 0 && _currency is { } used && used != o.Amount.Currency) => "mixedCurrencies",
            _ => end.NotVerifiable,
        };
}
