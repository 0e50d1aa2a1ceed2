using Receivables.Sdk.Text;

namespace Receivables.Sdk.Statements.Camt;

/// <summary>What the head and the end of a statement mean, and which pages make one statement.</summary>
internal sealed class CamtStatementMapper
{
    private readonly StatementAssembler _assembler;
    private readonly DiagnosticBag _diagnostics;
    private readonly CamtTexts _texts;
    private readonly CamtAmounts _amounts;
    private readonly CamtEntryMapper _entries;
    private readonly CamtFields _fields = new();
    private StatementFormat _format;
    private CamtHead? _page;
    private Chain? _chain;

    internal CamtStatementMapper(StatementAssembler assembler, DiagnosticBag diagnostics, TextDecoder decoder)
    {
        (_assembler, _diagnostics) = (assembler, diagnostics);
        _texts = new CamtTexts(decoder, diagnostics);
        _amounts = new CamtAmounts(diagnostics);
        _entries = new CamtEntryMapper(assembler, diagnostics, _texts, _amounts);
    }

    /// <summary>A message begins.</summary>
    internal void BeginMessage(CamtField message) => _format = message switch
    {
        CamtField.Message052 => StatementFormat.Camt052,
        CamtField.Message053 => StatementFormat.Camt053,
        _ => StatementFormat.Camt054,
    };

    /// <summary>All that stands before the first entry of a statement.</summary>
    internal void Head(CamtRecord message, CamtRecord statement)
    {
        var page = CamtPages.Read(message, statement, _fields, _texts);
        _fields.Clear(statement);
        _fields.Add(0, statement.Count);
        _texts.Place = statement.Location;
        var account = ReadAccount(statement.Location);
        _amounts.Fallback = account.Currency;
        var balances = new List<StatementBalance>();
        CamtBalances.Read(statement, balances, _texts, _amounts, _diagnostics);
        var head = new CamtHead(
            new StatementHeader
            {
                Format = _format,
                Account = account.Currency is null && balances.Count > 0 ? account with { Currency = balances[0].Amount.Currency } : account,
                StatementId = _texts.Text(_fields[CamtField.StatementId]),
                Number = _texts.Text(_fields[_fields.Has(CamtField.ElectronicNumber) ? CamtField.ElectronicNumber : CamtField.LegalNumber]),
                From = ReadDate(CamtField.FromDate, statement.Location),
                To = ReadDate(CamtField.ToDate, statement.Location),
                Location = statement.Location,
            },
            page,
            balances,
            CamtSummary.Of(_fields));
        _amounts.Fallback = head.Header.Account.Currency;
        Open(head with { Header = head.Header with { Opening = head.Opening } });
    }

    /// <summary>An entry has ended.</summary>
    internal void Entry(CamtRecord entry) => _entries.Map(entry, _chain!.Context);

    /// <summary>An entry could not be read.</summary>
    internal void EntryLost() => _entries.IsEntryLost = true;

    /// <summary>All that stands behind the first entry of a statement, which ends here.</summary>
    internal void Tail(CamtRecord statement, SourceLocation end)
    {
        var (page, chain) = (_page!, _chain!);
        _fields.Clear(statement);
        _fields.Add(0, statement.Count);
        _texts.Place = end;
        CamtBalances.Read(statement, page.Balances, _texts, _amounts, _diagnostics);
        chain.Add(page, _texts.Text(_fields[CamtField.StatementInformation]), end);
        if (page.Page.IsLast)
        {
            Close();
        }
    }

    /// <summary>The file ends.</summary>
    internal void EndFile()
    {
        Close();
        _assembler.FlushFileDiagnostics();
    }

    private void Open(CamtHead head)
    {
        if (_chain is { } chain)
        {
            if (CamtPages.Continues(chain.LastPage, head))
            {
                _page = head;
                return;
            }

            if (CamtPages.ShouldContinue(chain.LastPage, head))
            {
                _diagnostics.Warning(StatementCodes.ChainBroken, "The next page does not go on where the last one ended; the pages are separate statements.", head.Header.Location);
            }

            Close();
        }

        _page = head;
        _chain = new Chain(head);
        _entries.IsEntryLost = false;
        _assembler.Begin(head.Header);
    }

    private void Close()
    {
        if (_chain is not { } chain)
        {
            return;
        }

        _chain = null;
        if (!_assembler.IsOpen)
        {
            return;
        }

        var (opening, closing) = (chain.Opening, chain.Closing);
        _assembler.End(new StatementEnd
        {
            From = chain.FirstPage.From,
            To = chain.LastPage.To,
            Opening = opening,
            Closing = closing,
            OtherBalances = [.. chain.Balances.Where(b => !ReferenceEquals(b, opening) && !ReferenceEquals(b, closing))],
            Information = chain.Information,
            Location = chain.End,
            Checks = chain.Checks(_entries.IsEntryLost),
            NotVerifiable = _entries.IsEntryLost ? "unreadableEntry" : null,
        });
    }

    private StatementAccount ReadAccount(SourceLocation place)
    {
        var text = _fields[CamtField.AccountIban];
        var written = _texts.Pooled(text.IsEmpty ? _fields[CamtField.AccountOther] : text);
        Currency? currency = null;
        if (_fields.Has(CamtField.AccountCurrency))
        {
            if (CamtAmounts.TryParseCurrency(_fields[CamtField.AccountCurrency], out var named))
            {
                currency = named;
            }
            else
            {
                _diagnostics.Error(CamtCodes.BadCurrency, "The currency of the account is none of ISO 4217.", place, CamtAmounts.Slice(_fields[CamtField.AccountCurrency]));
            }
        }

        Iban? iban = Iban.TryParse(written, out var parsed) ? parsed : null;
        return new StatementAccount
        {
            Iban = iban,
            Number = iban is { } known ? NationalAccount.NumberOf(known) : written,
            Bic = _texts.Pooled(_fields[CamtField.ServicerBic]),
            Currency = currency,
            Owner = _texts.Text(_fields[_fields.Has(CamtField.AccountOwner) ? CamtField.AccountOwner : CamtField.AccountName]),
        };
    }

    private NodaTime.LocalDate? ReadDate(CamtField field, SourceLocation place)
    {
        var text = _fields[field];
        if (text.IsEmpty)
        {
            return null;
        }

        if (CamtValues.TryParseDate(text, out var date))
        {
            return date;
        }

        _diagnostics.Error(CamtCodes.BadDate, "A date of the statement does not exist.", place, CamtAmounts.Slice(text));
        return null;
    }

    /// <summary>The pages of one statement, mostly one.</summary>
    private sealed class Chain(CamtHead first)
    {
        private readonly List<CamtSummary> _summaries = [];

        internal CamtHead FirstPage { get; } = first;

        internal CamtHead LastPage { get; private set; } = first;

        internal CamtEntryContext Context { get; } = new(first.Header);

        internal List<StatementBalance> Balances { get; } = [];

        internal string? Information { get; private set; }

        internal SourceLocation End { get; private set; } = first.Header.Location;

        internal StatementBalance? Opening => FirstPage.Opening;

        internal StatementBalance? Closing => LastPage.Closing;

        internal void Add(CamtHead page, string? information, SourceLocation end)
        {
            if (!ReferenceEquals(page, FirstPage))
            {
                IsJoined = true;
            }

            LastPage = page;
            Balances.AddRange(page.Balances);
            _summaries.Add(page.Summary);
            Information = Information is null ? information : information is null ? Information : Information + " " + information;
            End = end;
        }

        private bool IsJoined { get; set; }

        // A summary is of its page or, on each page again, of the whole statement: the last one counts where it holds, else their sum.
        internal List<(string Code, Money? Difference)> Checks(bool isEntryLost)
        {
            var currency = Context.Header.Account.Currency ?? Currency.None;
            var checks = new List<(string Code, Money? Difference)>();
            if (isEntryLost)
            {
                return checks;
            }

            if (IsJoined)
            {
                checks.Add(("pages", null));
            }

            if (_summaries.Count > 0 && _summaries[^1].Check(Context.Totals, currency) is { } check && (check.Difference is null || !IsJoined))
            {
                checks.Add(check);
            }

            if (Context.BatchCheck is { } batches)
            {
                checks.Add(batches);
            }

            if (Context.DetailCheck is { } details)
            {
                checks.Add(details);
            }

            return checks;
        }
    }
}
