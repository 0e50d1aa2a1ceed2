using System.Text;
using Receivables.Sdk;
using Receivables.Sdk.References;
using Receivables.Sdk.Statements;

namespace Receivables.HostReader.Tests;

/// <summary>What is known of a statement while its records come in.</summary>
internal sealed class CodaStatement(StatementFormat format, ImportKeyScope keys)
{
    private readonly List<BankTransaction> _transactions = [];
    private readonly List<Diagnostic> _diagnostics = [];
    private readonly List<CodaLine> _movement = [];
    private StatementHeader? _header;
    private CodaLine _fileHeader;
    private int _faults;

    internal bool IsOpen => _header is not null;

    /// <summary>Takes a record, and gives what it completes.</summary>
    internal IEnumerable<StatementPart> Take(CodaLine line)
    {
        var kind = line.Text[0];
        if (kind == '2' && line.Text[1] is '2' or '3' && _movement.Count > 0)
        {
            _movement.Add(line);
            yield break;
        }

        if (EndMovement() is { } transaction)
        {
            yield return StatementPart.Of(transaction);
        }

        switch (kind)
        {
            case '0':
                _fileHeader = line;
                break;
            case '1':
                yield return StatementPart.Of(Begin(line));
                break;
            case '2' when line.Text[1] == '1' && IsOpen:
                _movement.Add(line);
                break;
            case '8' when IsOpen:
                yield return End(line);
                break;
        }
    }

    /// <summary>Ends the statement, with its new balance where there is one.</summary>
    internal StatementPart End(CodaLine? line)
    {
        var currency = _header!.Account.Currency ?? Currency.None;
        var closing = line is { } last && last.Amount(42, 43) is { } amount ? new StatementBalance(last.Date(58), new Money(amount, currency)) { Kind = "8" } : null;
        var verdict = _faults > 0 ? new IntegrityVerdict.Unverifiable("unreadableEntry") : IntegrityVerdict.OfBalances(_header.Opening, closing, _transactions);
        var part = StatementPart.Of(new StatementClosing
        {
            From = _header.Opening?.Date,
            To = closing?.Date,
            Opening = _header.Opening,
            Closing = closing,
            Verdict = verdict,
            Diagnostics = [.. _diagnostics],
            TransactionCount = _transactions.Count,
        });
        _header = null;
        return part;
    }

    private StatementHeader Begin(CodaLine line)
    {
        _transactions.Clear();
        _diagnostics.Clear();
        _faults = 0;
        var written = line.Field(6, 39).Trim();
        Iban? iban = line.Text[1] is '2' or '3' && Iban.TryParse(written, out var parsed) ? parsed : null;
        var currency = line.Currency(40);
        _header = new StatementHeader
        {
            Format = format,
            Account = new StatementAccount { Iban = iban, Number = iban is null ? written : null, Currency = currency, Owner = line.TextOrNull(65, 90), Bic = _fileHeader.Text is null ? null : _fileHeader.TextOrNull(61, 71) },
            Number = line.TextOrNull(3, 5),
            Opening = line.Amount(43, 44) is { } amount && currency is { } known ? new StatementBalance(line.Date(59), new Money(amount, known)) { Kind = "1" } : null,
            Location = new SourceLocation(line.Offset, CodaLine.Width, line.Number, 1),
        };
        keys.Begin(_header);
        return _header;
    }

    private BankTransaction? EndMovement()
    {
        if (_movement.Count == 0)
        {
            return null;
        }

        CodaLine first = _movement[0], second = _movement.Find(l => l.Text[1] == '2'), third = _movement.Find(l => l.Text[1] == '3'), last = _movement[^1];
        _movement.Clear();

        // Details of a globalised movement repeat what the total above them moves.
        if (first.Field(7, 10) != "0000")
        {
            return null;
        }

        if (first.Amount(32, 33) is not { } amount)
        {
            _faults++;
            _diagnostics.Add(new Diagnostic(DiagnosticSeverity.Error, "CODA02", "A movement has no amount; it is left out.", new SourceLocation(first.Offset, CodaLine.Width, first.Number, 1)));
            return null;
        }

        var text = new StringBuilder(first.Field(63, 115));
        text.Append(second.Text is null ? "" : second.Field(11, 63)).Append(third.Text is null ? "" : third.Field(83, 125));
        var isStructured = first.Text[61] == '1';
        var reference = isStructured && text.Length >= 15 && text.ToString(0, 3) is "101" or "102" && PaymentReference.TryParse(text.ToString(3, 12), ReferenceType.BelgianOgm, out var ogm) ? ogm.Canonical : null;
        var transaction = new BankTransaction
        {
            Amount = new Money(amount, _header!.Account.Currency ?? Currency.None),
            BookingDate = first.Date(116),
            ValueDate = first.Date(48),
            BankReference = first.TextOrNull(11, 31),
            CustomerReference = second.Text is null ? null : second.TextOrNull(64, 98),
            Code = new BankTransactionCode { Proprietary = first.Field(54, 61) },
            Remittance = reference is not null || text.Length == 0 ? null : text.ToString().Trim(),
            StructuredReference = reference,
            Counterparty = third.Text is null ? null : Party(second, third),
            Offset = first.Offset,
            Length = (int)(last.Offset - first.Offset) + CodaLine.Width,
            Line = first.Number,
        };
        keys.Assign(transaction);
        _transactions.Add(transaction);
        return transaction;
    }

    private static Counterparty Party(CodaLine second, CodaLine third)
    {
        var account = third.TextOrNull(11, 44);
        Iban? iban = Iban.TryParse(account, out var parsed) ? parsed : null;
        return new Counterparty { Name = third.TextOrNull(48, 82), Iban = iban, Account = iban is null ? account : null, Bic = second.Text is null ? null : second.TextOrNull(99, 109) };
    }
}
