using NodaTime;
using Receivables.Sdk.Text;

namespace Receivables.Sdk.Statements.Mt;

/// <summary>Turns fields into statements: headers, balances, sums, and the chains of pages.</summary>
/// <remarks>
/// A message ends where the next one begins, not at its terminator: an entry that stands behind the terminator still belongs to it, so that
/// it cannot be lost. Not thread-safe.
/// </remarks>
internal sealed class MtMapper
{
    private const int MostInfos = 20;
    private const int MonthsOfYear = 12;

    private readonly SourceText _source;
    private readonly DiagnosticBag _diagnostics;
    private readonly StatementAssembler _assembler;
    private readonly MtEntryMapper _entries;
    private readonly NarrativeLines _text;
    private readonly TextPool _pool = new();
    private readonly List<Diagnostic> _early = [];
    private readonly Dictionary<string, int> _told = [];
    private MtMessage? _message;
    private MtPages? _pages;
    private string? _bank;
    private string? _candidate;
    private bool? _isInterim;
    private bool _isTerminated;

    internal MtMapper(StatementReaderOptions options, SourceText source, DiagnosticBag diagnostics, StatementAssembler assembler)
    {
        (_source, _diagnostics, _assembler) = (source, diagnostics, assembler);
        _entries = new MtEntryMapper(options, source, _pool, Report);
        _text = new NarrativeLines(source.Decoder);
    }

    /// <summary>Whether any field was met.</summary>
    internal bool HasFields { get; private set; }

    /// <summary>A line before or between messages.</summary>
    internal void Noise(ReadOnlySpan<byte> line)
    {
        // A word of the form of a BIC is one when the line behind it says the type of message.
        if (line.Trim((byte)' ') is [(byte)'9', (byte)'4', _])
        {
            _bank = _candidate ?? _bank;
        }
        else if (MtEnvelope.ReadPreamble(line, out var isSure) is { } bank)
        {
            _candidate = bank;
            _bank = isSure ? bank : _bank;
        }
    }

    /// <summary>A line of SWIFT blocks: what follows is another message.</summary>
    internal void Envelope(ReadOnlySpan<byte> line)
    {
        var bank = MtEnvelope.Read(line, out var isInterim);
        if (bank is not null || isInterim is not null)
        {
            EndMessage();
            _bank = bank ?? _bank;
            _isInterim = isInterim ?? _isInterim;
        }
    }

    /// <summary>A terminator.</summary>
    internal void Terminator()
    {
        _isTerminated = true;
        _bank = _candidate = null;
        _isInterim = null;
    }

    /// <summary>A record of one field, or an entry.</summary>
    internal void Field(in MtPlace place, MtContext context, in MtRecord record)
    {
        var field = context.Fields[0];
        var content = place.Data[field.Content..field.End];
        if (field.Tag == MtTag.Unknown)
        {
            if (_message is not null && !_isTerminated)
            {
                Report(DiagnosticSeverity.Info, MtCodes.UnknownField, "A field that MT940 and MT942 do not have; it is not read.", place.At(field.Start, field.End - field.Start), Slice(content));
            }

            return;
        }

        HasFields = true;
        var message = Message(field.Tag, place, field);
        if (!MtTags.IsText(field.Tag))
        {
            ReportHidden(place, field, content);
        }

        if (context.Repaired.Count + context.Lookalikes.Count > 0)
        {
            ReportLines(place, context);
        }

        switch (field.Tag)
        {
            case MtTag.Entry61:
                Entry(message, place, context, record);
                break;
            case MtTag.Reference20:
                message.Id = OneLine(content);
                break;
            case MtTag.Account25:
                message.Account ??= MtAccount.Read(_source.Decoder.Decode(content));
                break;
            case MtTag.Number28:
                message.Number ??= OneLine(content);
                break;
            case MtTag.Opening60F or MtTag.Opening60M:
                Opening(message, place, field, content);
                break;
            case MtTag.Closing62F or MtTag.Closing62M:
                Closing(message, place, field, content);
                break;
            case MtTag.Available64 or MtTag.Forward65:
                if (!content.StartsWith("null"u8) && Balance(message, place, field, content) is { } other)
                {
                    message.Others.Add(other);
                }

                break;
            case MtTag.Information86:
                message.AddInformation(Text(content, context));
                break;
            case MtTag.NonSwift:
                Owner(message, content, context);
                break;
            case MtTag.Floor34F:
                Interim(message, content.Length >= 3 ? content[..3] : default);
                break;
            case MtTag.Created13:
                Interim(message, default);
                break;
            case MtTag.SumDebit90 or MtTag.SumCredit90:
                Sum(message, place, field, content);
                break;
            default:
                break;
        }
    }

    // Two fields in one line: the second one would be lost with nothing said.
    private void ReportHidden(in MtPlace place, in MtField field, ReadOnlySpan<byte> content)
    {
        var lineEnd = content.IndexOfAny((byte)'\r', (byte)'\n');
        if (lineEnd >= 0)
        {
            ReportTable(place, field.Content + lineEnd, content[lineEnd..]);
        }

        if (content.IndexOf(":6"u8) < 0)
        {
            return;
        }

        var at = content.IndexOf(":61:"u8) is >= 0 and var entry ? entry : content.IndexOf(":62F:"u8) is >= 0 and var closing ? closing : content.IndexOf(":60F:"u8);
        if (at >= 0)
        {
            Report(DiagnosticSeverity.Error, MtCodes.HiddenField, "A field stands within another one, where it is not read.", place.At(field.Content + at, 4), Slice(content[at..]));
        }
    }

    // A table behind the last field, where no terminator stands before it.
    private void ReportTable(in MtPlace place, int start, ReadOnlySpan<byte> lines)
    {
        int from = 0, before = 0;
        while (from < lines.Length)
        {
            _ = MtLines.TryEnd(lines, from, true, false, out var end, out var next);
            var columns = MtEnvelope.Columns(lines[from..end]);
            if (columns > 0 && columns == before)
            {
                Foreign(place.At(start + from, end - from));
                return;
            }

            before = end > from ? columns : before;
            from = Math.Max(next, from + 1);
        }
    }

    private void ReportLines(in MtPlace place, MtContext context)
    {
        foreach (var at in context.Repaired)
        {
            Report(DiagnosticSeverity.Warning, MtCodes.TagRepaired, "A tag is cut, glued, damaged or wrong; it was read as the one it must be.", place.At(at, 4), null);
        }

        foreach (var at in context.Lookalikes)
        {
            Report(DiagnosticSeverity.Info, MtCodes.LooksLikeField, "A line looks like a field and was kept as text: no such field can stand here.", place.At(at, 4), null);
        }
    }

    /// <summary>An XML document begins between messages.</summary>
    internal void Foreign(SourceLocation location) =>
        Report(DiagnosticSeverity.Warning, MtCodes.ForeignText, "An XML document or a table stands beside the messages; it is not read.", location, null);

    /// <summary>The lines are read without what stands around them.</summary>
    internal void Unwrapped() =>
        Report(DiagnosticSeverity.Warning, MtCodes.Wrapped, "The lines of the file are indented, quoted, numbered or joined; they were read without what was added.", SourceLocation.Start, null);

    /// <summary>Bytes that are no character of the file's encoding.</summary>
    internal void Undecodable(SourceLocation location) =>
        Report(DiagnosticSeverity.Error, MtCodes.Undecodable, "Bytes of the file are no character of its encoding; they stand as U+FFFD.", location, null);

    /// <summary>The end of the file.</summary>
    /// <param name="end">Where it is.</param>
    internal void Finish(SourceLocation end)
    {
        if (_message is { Opening: not null, Closing: null, IsInterim: false } message && !_isTerminated)
        {
            Begin(message);
            Report(DiagnosticSeverity.Warning, MtCodes.NoClosing, "The file ends before the closing balance of its last statement, and without the end of a message: it may be cut.", end, null);
        }

        EndMessage();
        if (_pages is not null)
        {
            EndPages(reportsGap: true);
        }

        _assembler.FlushFileDiagnostics();
    }

    // The message that a field belongs to: another one where ":20:" says so, or a second opening balance does.
    private MtMessage Message(MtTag tag, in MtPlace place, in MtField field)
    {
        var previous = _message;
        if (previous is not null && (tag == MtTag.Reference20 || (tag is MtTag.Opening60F or MtTag.Opening60M && previous.Closing is not null && !GoesOn(previous, tag, place, field))))
        {
            EndMessage();
        }

        if (_message is { } open)
        {
            return open;
        }

        _told.Clear();
        _message = new MtMessage { Location = place.At(field.Start, field.End - field.Start), Bank = _bank, IsInterim = _isInterim ?? false };
        if (tag != MtTag.Reference20 && previous is not null)
        {
            (_message.Id, _message.Account, _message.Number) = (previous.Id, previous.Account, previous.Number);
        }

        _isTerminated = false;
        return _message;
    }

    // Within one message a bank may close a page and open the next one with the same balance.
    private static bool GoesOn(MtMessage message, MtTag tag, in MtPlace place, in MtField field) =>
        tag == MtTag.Opening60M && message.Closing is { Kind: "62M" } closing
        && MtBalanceField.TryRead(place.Data[field.Content..field.End], out var opening) && opening.Amount == closing.Amount.Amount;

    private void Entry(MtMessage message, in MtPlace place, MtContext context, in MtRecord record)
    {
        if (message.Closing is not null)
        {
            Report(DiagnosticSeverity.Warning, MtCodes.EntryAfterClosing, "An entry stands behind the closing balance; it belongs to the statement that was closed.", place.At(record.Start, 0), null);
        }

        Begin(message);
        if (message.Currency is null)
        {
            Report(DiagnosticSeverity.Info, MtCodes.NoCurrency, "No field says the currency of the entries; they have none.", place.At(record.Start, 0), null);
        }

        if (_entries.Map(place, context, record, message.Currency ?? default, message.IsInterim && message.Opening is null, message.Opening?.Date) is { } transaction)
        {
            message.Count(transaction.Exact);
            if (transaction.BookingDate is { } date)
            {
                CheckDate(message, date, place, record);
            }

            Add(transaction);
        }
        else
        {
            message.HasUnreadableEntry = true;
        }
    }

    // Day, month and year in another order than the standard's may be a date as well, and then one that is years away.
    private void CheckDate(MtMessage message, LocalDate date, in MtPlace place, in MtRecord record)
    {
        var month = (date.Year * MonthsOfYear) + date.Month;
        var (near, far) = message.Months;
        if (near == 0 && message.Opening?.Date is { } opening)
        {
            near = (opening.Year * MonthsOfYear) + opening.Month;
        }

        var isNear = near == 0 || Math.Abs(month - near) <= MonthsOfYear;
        if (!isNear && (far == 0 || Math.Abs(month - far) > MonthsOfYear))
        {
            Report(DiagnosticSeverity.Warning, MtCodes.FarDate, "The date of the entry is more than a year away from the dates before it.", place.At(record.Start, 0), null);
        }

        message.Months = isNear ? (month, far) : (near, month);
    }

    // What banks' habits leave open: whether RC and RD turn the sign, and what an amount without a decimal sign counts.
    private void Add(BankTransaction transaction)
    {
        var doubts = transaction.IsReversal ? AmountReading.OppositeSign : AmountReading.Standard;
        doubts |= _entries.HasNoDecimalSign && transaction.Currency.MinorUnitDigits > 0 ? AmountReading.MinorUnits : AmountReading.Standard;
        if (doubts == AmountReading.Standard || transaction.Status != TransactionStatus.Booked)
        {
            _assembler.Add(transaction, _entries.Hashes);
        }
        else
        {
            AddOpen(doubts, transaction);
        }
    }

    // Apart, so that only what is open pays for the closure.
    private void AddOpen(AmountReading doubts, BankTransaction transaction)
    {
        var amount = transaction.Amount;
        _assembler.Add(new OpenTransaction(doubts, transaction, reading =>
        {
            var value = reading.HasFlag(AmountReading.OppositeSign) ? -amount.Amount : amount.Amount;
            for (var i = 0; i < amount.Currency.MinorUnitDigits && reading.HasFlag(AmountReading.MinorUnits); i++)
            {
                value *= 0.1m;
            }

            return transaction.WithAmount(new Money(value, amount.Currency));
        }));
    }

    private void Opening(MtMessage message, in MtPlace place, in MtField field, ReadOnlySpan<byte> content)
    {
        if (message.Closing is not null)
        {
            // The next page within the same message.
            message.Closing = null;
            return;
        }

        if (message.Opening is not null)
        {
            ReportRepeated(place, field);
            return;
        }

        message.Opening = Balance(message, place, field, content);
        message.OpeningLocation = place.At(field.Start, field.End - field.Start);
    }

    private void Closing(MtMessage message, in MtPlace place, in MtField field, ReadOnlySpan<byte> content)
    {
        Begin(message);
        if (message.Closing is not null)
        {
            ReportRepeated(place, field);
            return;
        }

        message.Closing = Balance(message, place, field, content);
        message.ClosingLocation = place.At(field.Start, field.End - field.Start);
    }

    private StatementBalance? Balance(MtMessage message, in MtPlace place, in MtField field, ReadOnlySpan<byte> content)
    {
        var location = place.At(field.Start, field.End - field.Start);
        var isJoined = TryJoin(content, out var balance);
        if (isJoined)
        {
            Report(DiagnosticSeverity.Warning, MtCodes.LineCut, "A line end stands within a balance; it was read without it.", location, null);
        }

        if (!isJoined && !MtBalanceField.TryRead(content, out balance))
        {
            Report(DiagnosticSeverity.Error, MtCodes.BalanceUnreadable, "A balance cannot be read in exactly one way; it is left out.", location, Slice(content));
            return null;
        }

        if (balance.IsDateWrong)
        {
            Report(DiagnosticSeverity.Error, MtCodes.NoSuchDate, "The date of a balance is no date that exists; it is left out.", location, Slice(content));
        }

        if (balance.Oddity != MtAmountOddity.None)
        {
            var severity = (balance.Oddity & ~(MtAmountOddity.Point | MtAmountOddity.NoComma)) != 0 ? DiagnosticSeverity.Warning : DiagnosticSeverity.Info;
            Report(severity, MtCodes.OddAmount, "An amount is not written as the standard says: digits and one comma.", location, null);
        }

        if (balance.Currency is null)
        {
            Report(DiagnosticSeverity.Warning, MtCodes.BalanceWithoutCurrency, "A balance has no currency; it has the statement's.", location, null);
        }

        return new StatementBalance(balance.Date, new Money(balance.Amount, balance.Currency ?? message.Currency ?? default)) { Kind = Kind(field.Tag) };
    }

    // A balance that goes on in the next line: only both lines are one of the standard's form.
    private static bool TryJoin(ReadOnlySpan<byte> content, out MtBalanceField balance)
    {
        balance = default;
        var joined = MtLines.Join(content, out var isNumberCut);
        return joined.Length > 0 && (isNumberCut || !MtBalanceField.TryRead(content, out _))
            && MtBalanceField.IsStrict(joined) && MtBalanceField.TryRead(joined, out balance) && balance is { Oddity: MtAmountOddity.None, Date: not null, Currency: not null };
    }

    private static string Kind(MtTag tag) => tag switch
    {
        MtTag.Opening60F => "60F",
        MtTag.Opening60M => "60M",
        MtTag.Closing62F => "62F",
        MtTag.Closing62M => "62M",
        MtTag.Available64 => "64",
        _ => "65",
    };

    // Fields of MT942: an opening balance makes it a statement all the same.
    private static void Interim(MtMessage message, ReadOnlySpan<byte> currency)
    {
        message.IsInterim |= message.Opening is null;
        if (Currency.TryParse(currency, out var named))
        {
            message.OtherCurrency ??= named;
        }
    }

    private void Sum(MtMessage message, in MtPlace place, in MtField field, ReadOnlySpan<byte> content)
    {
        Begin(message);
        content = content.Trim((byte)' ');
        var letters = content.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        var at = letters + 3;
        if (letters is < 0 or > 9 || at >= content.Length || !Currency.TryParse(content[letters..at], out var currency)
            || !MtAmount.TryRead(content, ref at, joinsBlanks: true, out decimal amount, out _)
            || (letters == 0 && amount != 0))
        {
            // Only a sum of nothing needs no number.
            Report(DiagnosticSeverity.Warning, MtCodes.SumUnreadable, "The number and sum of entries cannot be read.", place.At(field.Start, field.End - field.Start), Slice(content));
            return;
        }

        var count = 0;
        foreach (var digit in content[..letters])
        {
            count = (count * 10) + digit - '0';
        }

        var stated = (count, new Money(amount, currency));
        if (field.Tag == MtTag.SumDebit90)
        {
            message.StatedDebits ??= stated;
        }
        else
        {
            message.StatedCredits ??= stated;
        }

        message.ClosingLocation = place.At(field.Start, field.End - field.Start);
    }

    private void Owner(MtMessage message, ReadOnlySpan<byte> content, MtContext context)
    {
        _text.Clear();
        _text.Add(content, context.HasDoubleAt);
        message.Owner ??= MtNonSwift.Value(_text, "22");
    }

    // Hands the header over, unless the message is the next page of the statement before it.
    private void Begin(MtMessage message)
    {
        if (message.IsBegun)
        {
            return;
        }

        message.IsBegun = true;
        message.Account = (message.Account ?? new StatementAccount()) is var account ? account with { Bic = account.Bic ?? message.Bank, Owner = message.Owner, Currency = account.Currency ?? message.Currency } : null;
        var joins = _pages?.GoesOnWith(message) ?? false;
        if (!joins)
        {
            var isGap = message.Opening is { Kind: "60M" };
            if (_pages is not null)
            {
                EndPages(reportsGap: !isGap);
            }

            _assembler.FlushFileDiagnostics();
            if (isGap)
            {
                Add(new Diagnostic(DiagnosticSeverity.Warning, StatementCodes.ChainBroken, "The statement begins with an intermediate balance, and no page before it ends with the same: it is not joined.", message.OpeningLocation));
            }

            _assembler.Begin(new StatementHeader
            {
                Format = message.IsInterim ? StatementFormat.Mt942 : StatementFormat.Mt940,
                Account = message.Account!,
                StatementId = message.Id,
                Number = message.Number,
                Opening = message.Opening,
                Location = message.Location,
            });
            _pages = new MtPages(message);
        }
        else
        {
            _pages!.Join(message);
        }

        foreach (var diagnostic in _early)
        {
            Add(diagnostic);
        }

        _early.Clear();
    }

    private void EndMessage()
    {
        if (_message is not { } message)
        {
            return;
        }

        Begin(message);
        _message = null;
        _pages!.Collect(message);
        if (message.Closing is not { Kind: "62M" })
        {
            EndPages(reportsGap: false);
        }
    }

    private void EndPages(bool reportsGap)
    {
        var pages = _pages!;
        _pages = null;
        if (reportsGap)
        {
            Add(new Diagnostic(DiagnosticSeverity.Warning, StatementCodes.ChainBroken, "The statement ends with an intermediate balance, and no page goes on from it.", pages.End.Location));
        }

        _assembler.End(pages.End);
    }

    private void ReportRepeated(in MtPlace place, in MtField field) => Report(
        DiagnosticSeverity.Warning, MtCodes.FieldRepeated, "A balance that may stand once stands twice; the first one counts.", place.At(field.Start, field.End - field.Start), null);

    // Habits of a bank come with every entry: each is told a few times in a statement. What belongs to a header waits for its statement to begin.
    private void Report(DiagnosticSeverity severity, string code, string message, SourceLocation location, string? slice)
    {
        if (severity == DiagnosticSeverity.Info)
        {
            ref var told = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_told, code, out _);
            if (++told > (code is MtCodes.OddAmount or MtCodes.OddType or MtCodes.NoCurrency ? 1 : MostInfos))
            {
                return;
            }
        }

        var diagnostic = new Diagnostic(severity, code, message, location) { Slice = slice is { Length: > 64 } ? slice[..64] : slice };
        if (_message is { IsBegun: false })
        {
            _early.Add(diagnostic);
        }
        else
        {
            Add(diagnostic);
        }
    }

    private void Add(Diagnostic diagnostic) => _diagnostics.Add(diagnostic);

    private string? Text(ReadOnlySpan<byte> content, MtContext context)
    {
        _text.Clear();
        _text.Add(content, context.HasDoubleAt);
        _text.Join('\0');
        return TextBlanks.Collapse(_text.Joined);
    }

    private string? OneLine(ReadOnlySpan<byte> content)
    {
        var end = content.IndexOfAny((byte)'\r', (byte)'\n');
        var text = _source.Decoder.Decode(end < 0 ? content : content[..end]).Trim();
        return text.Length == 0 ? null : text;
    }

    private string Slice(ReadOnlySpan<byte> content) => _source.Decoder.Decode(content[..Math.Min(64, content.Length)]);
}
