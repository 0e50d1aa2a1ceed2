using System.Buffers;
using System.Text;

namespace Receivables.Sdk.Statements.Csv;

/// <summary>Reads the columns of a row that are texts.</summary>
internal sealed partial class CsvTextReader(CsvLayout layout, CsvValueReader values, DiagnosticBag diagnostics, TextPool parties)
{
    private readonly Dictionary<string, BankTransactionCode> _codes = [];
    private readonly CsvStringPool _pool = new(values.Decoder);
    private const int MaxIbanLength = 48;
    private const int MaxNameLength = 64;
    private const int PurposeField = 27;

    private bool _hasToldEncoding;

    /// <summary>Reads them into the draft.</summary>
    internal void Read(in CsvRow row, SourceLocation location, CsvDraft draft)
    {
        foreach (var column in layout.Texts)
        {
            var field = row[column.Index];
            if (!field.IsEmpty && !TryPutPooled(column.Role, field, draft))
            {
                var text = values.Decoder.Decode(field, out var isFallback);
                if (isFallback && !_hasToldEncoding)
                {
                    _hasToldEncoding = true;
                    diagnostics.Warning(CsvCodes.MixedEncoding, "A field is not valid UTF-8 in a file that is; it was read as windows-1252.", CsvMapper.At(row, location, column.Index));
                }

                Put(column, WithoutQuotes(InOneLine(text)), draft);
            }
        }

        CsvSepaKeywords.Take(draft);
        if (draft.StructuredReference is null && draft.Remittance is { } remittance)
        {
            draft.StructuredReference = CsvReferences.Find(remittance);
        }
    }

    /// <summary>Adds what a row without a transaction of its own says to the one before.</summary>
    internal void GoOn(in CsvRow row, CsvDraft draft)
    {
        for (var i = 0; i < row.Count; i++)
        {
            // Dates, accounts and currencies repeat what the transaction says.
            if (i != layout.Account && i != layout.Currency && i != layout.BookingDate && i != layout.ValueDate && !row[i].IsEmpty)
            {
                draft.GoOn(InOneLine(values.Decoder.Decode(row[i])));
            }
        }
    }

    // What stands in many rows, and an IBAN, which needs no text beside its value.
    private bool TryPutPooled(CsvColumnRole role, ReadOnlySpan<byte> field, CsvDraft draft)
    {
        switch (role)
        {
            case CsvColumnRole.CounterpartyBic:
                PutBic(field, draft);
                return true;
            case CsvColumnRole.TransactionCode:
                draft.Code = CodeOf(_pool.Get(field));
                return true;
            case CsvColumnRole.BookingText when draft.BookingText is null:
                draft.BookingText = InOneLine(_pool.Get(field));
                return true;
            case CsvColumnRole.CounterpartyAccount when field.Length <= MaxIbanLength:
                Span<char> text = stackalloc char[MaxIbanLength];
                if (Ascii.ToUtf16(field, text, out var length) != OperationStatus.Done || !parties.TryIban(text[..length], out var iban))
                {
                    return false;
                }

                draft.Iban = iban;
                return true;
            case CsvColumnRole.CounterpartyName when draft.Name is null && field.Length <= MaxNameLength && field[0] != '"' && field.IndexOfAny((byte)'\r', (byte)'\n') < 0:
                Span<char> name = stackalloc char[MaxNameLength];
                if (Ascii.ToUtf16(field, name, out var nameLength) != OperationStatus.Done)
                {
                    return false;
                }

                draft.Name = parties.Get(name[..nameLength]);
                return true;
            default:
                return false;
        }
    }

    // Some banks have one column for the BIC and the older national code: that one is digits.
    private void PutBic(ReadOnlySpan<byte> field, CsvDraft draft)
    {
        if (field.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0)
        {
            draft.BankCode = _pool.Get(field);
        }
        else if (field.IndexOfAnyExcept((byte)'-') >= 0)
        {
            draft.Bic = _pool.Get(field);
        }
    }

    private void Put(in CsvTextColumn column, string text, CsvDraft draft)
    {
        switch (column.Role)
        {
            case CsvColumnRole.Remittance:
                draft.Remittance = draft.Remittance is null ? text : $"{draft.Remittance} {text}";
                break;
            case CsvColumnRole.CounterpartyName:
                draft.Name = draft.Name is null ? text : $"{draft.Name} {text}";
                break;
            case CsvColumnRole.PayerName:
                draft.Payer = text;
                break;
            case CsvColumnRole.PayeeName:
                draft.Payee = text;
                break;
            case CsvColumnRole.CounterpartyAccount:
                draft.Account = UnlessFiller(WithoutGuard(text));
                break;
            case CsvColumnRole.PayerAccount:
                draft.PayerAccount = UnlessFiller(WithoutGuard(text));
                break;
            case CsvColumnRole.PayeeAccount:
                draft.PayeeAccount = UnlessFiller(WithoutGuard(text));
                break;
            case CsvColumnRole.CounterpartyBankCode:
                draft.BankCode = WithoutGuard(text);
                break;
            case CsvColumnRole.CounterpartyAddress:
                draft.Address = draft.Address is null ? text : $"{draft.Address}, {text}";
                break;
            case CsvColumnRole.AccountBic or CsvColumnRole.AccountOwner or CsvColumnRole.StatementNumber:
                // These stand in the header of the statement.
                break;
            case CsvColumnRole.UltimateName:
                draft.UltimateName = text;
                break;
            case CsvColumnRole.BookingText:
                draft.BookingText = draft.BookingText is null ? text : $"{draft.BookingText} {text}";
                break;
            case CsvColumnRole.StructuredReference:
                draft.StructuredReference = CsvReferences.Canonical(text, layout.Profile.Country);
                break;
            default:
                PutIdentifier(column, text, draft);
                break;
        }
    }

    private void PutIdentifier(in CsvTextColumn column, string text, CsvDraft draft)
    {
        switch (column.Role)
        {
            case CsvColumnRole.EndToEndId:
                draft.EndToEndId = UnlessFiller(text);
                break;
            case CsvColumnRole.MandateId:
                draft.MandateId = UnlessFiller(text);
                break;
            case CsvColumnRole.CreditorId:
                draft.CreditorId = UnlessFiller(text);
                break;
            case CsvColumnRole.BankReference:
                draft.BankReference = UnlessFiller(WithoutGuard(text));
                break;
            case CsvColumnRole.CustomerReference:
                draft.CustomerReference = UnlessFiller(text);
                break;
            case CsvColumnRole.Batch:
                draft.Batch = UnlessFiller(text);
                break;
            case CsvColumnRole.ReturnReason:
                draft.ReturnReason = text;
                break;
            case CsvColumnRole.OriginalAmount when values.ReadAmount(text, out var original, out var glued) == CsvNumberResult.Ok:
                draft.OriginalAmount = original;
                draft.OriginalCurrency ??= glued;
                break;
            case CsvColumnRole.OriginalCurrency when CsvCurrencyNames.TryParse(text, out var currency):
                draft.OriginalCurrency = currency ?? draft.OriginalCurrency;
                break;
            case CsvColumnRole.Rate when values.ReadAmount(text, out var rate, out _) == CsvNumberResult.Ok:
                draft.Rate = rate;
                break;
            default:
                draft.AddOther(column.Name, text);
                break;
        }
    }

    private BankTransactionCode CodeOf(string text)
    {
        if (!_codes.TryGetValue(text, out var code))
        {
            code = new BankTransactionCode { Proprietary = text };
            if (_codes.Count < 1000)
            {
                _codes.Add(text, code);
            }
        }

        return code;
    }

    /// <summary>Without the apostrophe, or the equals sign and quotes, that keep spreadsheets from reading a number.</summary>
    internal static string WithoutGuard(string text)
    {
        text = text.Length > 1 && text[0] == '=' ? text[1..].Trim('"') : text;
        return text.Length > 1 && text[0] == '\'' ? text.Trim('\'') : text;
    }

    private static string? UnlessFiller(string text) => text is "NONREF" or "NOTPROVIDED" or "NOTAVAIL" or "/" or "n/a" or "N/A" || text.AsSpan().IndexOfAnyExcept('0', '*', '-') < 0 ? null : text;

    // A bank quotes what it has quoted already: """ACME""".
    private static string WithoutQuotes(string text) =>
        text.Length > 2 && text[0] == '"' && text[^1] == '"' && text.IndexOf('"', 1) == text.Length - 1 ? text[1..^1] : text;

    // Line breaks in quotes are the bank's layout, whatever line ends the file has.
    private static string InOneLine(string text)
    {
        if (text.AsSpan().IndexOfAny('\r', '\n') < 0)
        {
            return text;
        }

        // Where no line is longer than a field of the German purpose, those that fill it were cut there.
        var lines = text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
        var isOfFields = lines.Length > 1 && lines.Max(l => l.Length) == PurposeField;
        var joined = new StringBuilder(text.Length);
        var isCut = false;
        foreach (var line in lines)
        {
            var part = line.AsSpan().Trim();
            joined.Append(joined.Length > 0 && part.Length > 0 && !(isCut && line[0] != ' ') ? " " : "").Append(part);
            isCut = isOfFields && line.Length == PurposeField && line[^1] != ' ';
        }

        return joined.ToString();
    }
}
