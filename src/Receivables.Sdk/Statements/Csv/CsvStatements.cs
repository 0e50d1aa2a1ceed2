using Receivables.Sdk.Text;

namespace Receivables.Sdk.Statements.Csv;

/// <summary>The statements of a file: one for each account and currency. The first goes out row by row; what belongs to others waits until it ends.</summary>
internal sealed class CsvStatements(CsvLayout layout, CsvValueReader values, StatementAssembler assembler, DiagnosticBag diagnostics)
{
    // Rows of several accounts that alternate must not fill the memory: then a statement ends, and its account's next rows are a new one.
    private const int MaxHeld = 10_000;

    private readonly List<CsvAccountStatement> _statements = [];

    /// <summary>Whether the running balances of all statements that are open add up.</summary>
    internal bool AreProved => _statements.TrueForAll(s => s.Balance.Holds);
    private byte[] _accountBytes = [];
    private byte[] _currencyBytes = [];
    private CsvAccountStatement? _current;
    private bool _isContradicted;
    private int _held;
    private int _begun;

    /// <summary>The statement of the row before.</summary>
    internal CsvAccountStatement? Open => _current;

    /// <summary>The statement of the row before, where this row is of the same account and currency; else null.</summary>
    internal CsvAccountStatement? FindOpen(ReadOnlySpan<byte> account, ReadOnlySpan<byte> currency) =>
        _current is not null && !_isContradicted && ShortBytes.Same(account, _accountBytes) && ShortBytes.Same(currency, _currencyBytes) ? _current : null;

    /// <summary>The statement that a row belongs to.</summary>
    internal CsvAccountStatement Find(in CsvRow row, SourceLocation location, CsvMetadataReader metadata, Currency? glued)
    {
        if (FindOpen(row[layout.Account], CurrencyField(row)) is { } open && (glued is null ? !HasSignOfOthers(row, open.Currency) : glued == open.Currency))
        {
            return open;
        }

        _accountBytes = row[layout.Account].ToArray();

        // Such a row stands apart: those behind it are looked at anew.
        _isContradicted = (glued is { } beside && Stated(row) is { } stated && stated != beside) || (glued is null && HasSignOfOthers(row, Stated(row) ?? layout.Profile.Currency));
        var currency = CurrencyOf(row, location, metadata, glued);
        var text = CsvTextReader.WithoutGuard(values.Decoder.Decode(_accountBytes)).Trim('"');
        var key = AccountKey.Of(text);
        _current = _statements.Find(s => s.Key == key && s.Currency == currency) ?? Begin(row, text, currency, metadata, location);
        return _current;
    }

    /// <summary>Adds a transaction to its statement.</summary>
    /// <param name="statement">Its statement.</param>
    /// <param name="transaction">The transaction.</param>
    /// <param name="texts">The hashes of its texts, where they are known.</param>
    internal void Add(CsvAccountStatement statement, BankTransaction transaction, in TextHashes texts = default)
    {
        if (statement.Held is null)
        {
            assembler.Add(transaction, texts);
            return;
        }

        statement.Held.Add(transaction);
        if (++_held > MaxHeld)
        {
            EndOpen(new CsvMetadataReader(layout.Profile, values), isOnly: false);
        }
    }

    /// <summary>Ends all statements; a file without rows has one, too.</summary>
    internal void Finish(CsvMetadataReader metadata)
    {
        if (_begun == 0)
        {
            _current = Begin(default, "", layout.HeaderCurrency ?? metadata.Currency ?? layout.Profile.Currency, metadata, SourceLocation.Start);
        }

        var isOnly = _begun == 1;
        while (_statements.Count > 0)
        {
            EndOpen(metadata, isOnly);
        }
    }

    private void EndOpen(CsvMetadataReader metadata, bool isOnly)
    {
        var open = _statements[0];
        assembler.End(open.ToEnd(metadata, isOnly));
        _statements.RemoveAt(0);
        _current = ReferenceEquals(_current, open) ? null : _current;
        if (_statements.Count == 0)
        {
            return;
        }

        var next = _statements[0];
        assembler.Begin(next.Header);
        foreach (var held in next.Held!)
        {
            assembler.Add(held);
        }

        _held -= next.Held.Count;
        next.Held = null;
    }

    private CsvAccountStatement Begin(in CsvRow row, string accountText, Currency? currency, CsvMetadataReader metadata, SourceLocation location)
    {
        var statement = new CsvAccountStatement(accountText, currency) { Header = ToHeader(row, accountText, currency, metadata, location) };
        if (_statements.Count == 0)
        {
            assembler.Begin(statement.Header);
        }
        else
        {
            statement.Held = [];
        }

        _statements.Add(statement);
        _begun++;
        return statement;
    }

    private StatementHeader ToHeader(in CsvRow row, string accountText, Currency? currency, CsvMetadataReader metadata, SourceLocation location)
    {
        Iban? iban = Iban.TryParse(accountText, out var read) ? read : accountText.Length == 0 ? metadata.Iban : null;
        var number = iban is { } known ? NationalAccount.NumberOf(known) : accountText.Length > 0 ? accountText : metadata.Account;
        return new StatementHeader
        {
            Format = StatementFormat.Csv,
            Account = new StatementAccount
            {
                Iban = iban,
                Number = number,
                Bic = TextOf(row, CsvColumnRole.AccountBic) ?? metadata.Bic,
                Owner = TextOf(row, CsvColumnRole.AccountOwner) ?? metadata.Owner,
                Currency = currency,
            },
            Number = TextOf(row, CsvColumnRole.StatementNumber),
            From = metadata.From,
            To = metadata.To,
            Location = location with { Length = 0 },
        };
    }

    private string? TextOf(in CsvRow row, CsvColumnRole role)
    {
        foreach (var column in layout.Texts)
        {
            if (column.Role == role && row[column.Index] is { IsEmpty: false } field)
            {
                return values.Decoder.Decode(field);
            }
        }

        return null;
    }

    // $12.50 in a column of euros. The sign of several currencies names none, but says which it is not.
    private bool HasSignOfOthers(in CsvRow row, Currency? currency)
    {
        if (currency is not { } own)
        {
            return false;
        }

        foreach (var column in (ReadOnlySpan<int>)[layout.Amount, layout.Debit, layout.Credit])
        {
            if (column >= 0 && CsvCurrencyNames.IsSignOfOthers(row[column], own))
            {
                return true;
            }
        }

        return false;
    }

    private ReadOnlySpan<byte> CurrencyField(in CsvRow row) =>
        layout.OtherCurrency >= 0 && (layout.IsChosenByMark ? CsvSignReader.IsCredit(layout, values.Decoder.Decode(row[layout.Mark])) : row[layout.Currency].IsEmpty)
            ? row[layout.OtherCurrency] : row[layout.Currency];

    // The currency that the row's column or the name of the column of amounts says.
    private Currency? Stated(in CsvRow row) =>
        CurrencyField(row) is { IsEmpty: false } field ? CsvCurrencyNames.TryParse(values.Decoder.Decode(field), out var named) ? named : null : layout.OtherAmount < 0 ? layout.HeaderCurrency : null;

    private Currency? CurrencyOf(in CsvRow row, SourceLocation location, CsvMetadataReader metadata, Currency? glued)
    {
        _currencyBytes = CurrencyField(row).ToArray();
        if (_isContradicted)
        {
            diagnostics.Error(CsvCodes.UnknownCurrency, "The currency beside the amount is not the one that its row or its column names; the amount has none (XXX).", location);
            return null;
        }

        if (_currencyBytes.Length > 0)
        {
            var text = values.Decoder.Decode(_currencyBytes);
            if (CsvCurrencyNames.TryParse(text, out var named))
            {
                return named ?? glued;
            }

            if (CsvWordList.Contains(layout.Profile.Statuses.Information, text))
            {
                // A balance among the rows, whose name stands where the currency does.
                return _current?.Currency;
            }

            diagnostics.Error(CsvCodes.UnknownCurrency, "The currency is no code of ISO 4217; the amounts have none (XXX).", CsvMapper.At(row, location, layout.Currency), text);
            return null;
        }

        return glued ?? layout.HeaderCurrency ?? metadata.Currency ?? metadata.Opening?.Currency ?? metadata.Closing?.Currency ?? metadata.Balances.Select(b => b.Currency).FirstOrDefault(c => c is not null) ?? layout.Profile.Currency;
    }
}
