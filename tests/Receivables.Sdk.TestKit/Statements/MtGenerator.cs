using System.Globalization;
using System.Text;
using NodaTime;

namespace Receivables.Sdk.TestKit.Statements;

/// <summary>How <see cref="MtGenerator"/> writes <c>:86:</c>.</summary>
public enum MtDialect
{
    /// <summary>Slash codes as Dutch banks write them: <c>/EREF/…//CNTP/…</c>.</summary>
    Dutch,

    /// <summary>Business transaction codes with <c>?20</c> fields and SEPA keywords, as German banks write them.</summary>
    German,
}

/// <summary>Writes MT940 as banks do, from a model in no format.</summary>
public static class MtGenerator
{
    /// <summary>A statement for each month, one after the other.</summary>
    /// <param name="months">The months.</param>
    /// <param name="dialect">How <c>:86:</c> is written.</param>
    /// <param name="lineEnd">The line end.</param>
    public static byte[] Write(IEnumerable<SampleMonth> months, MtDialect dialect, string lineEnd = "\r\n")
    {
        var text = new StringBuilder();
        foreach (var month in months)
        {
            Statement(text, month, dialect, lineEnd);
        }

        return Encoding.Latin1.GetBytes(text.ToString());
    }

    /// <summary>A file of about a number of entries, thirty to a statement; each statement goes on where the last one ended.</summary>
    /// <param name="entries">How many entries.</param>
    /// <param name="dialect">How <c>:86:</c> is written.</param>
    /// <param name="seed">What tells files apart.</param>
    public static byte[] Write(int entries, MtDialect dialect, int seed = 1)
    {
        var months = new List<SampleMonth>();
        var opening = 1234.56m;
        for (var written = 0; written < entries; written += 30)
        {
            var month = SampleMonth.Create(seed + written, Math.Min(30, entries - written), dialect == MtDialect.German ? "DE" : "NL", months.Count + 1, opening);
            months.Add(month);
            opening = month.Closing;
        }

        return Write(months, dialect);
    }

    private static void Statement(StringBuilder text, SampleMonth month, MtDialect dialect, string lineEnd)
    {
        text.Append(":20:").Append(dialect == MtDialect.German ? "STARTUMSE" : "P" + Six(month.To) + "000000001").Append(lineEnd);
        text.Append(":25:").Append(dialect == MtDialect.German ? month.Iban[4..12] + "/" + month.Iban[12..] : month.Iban + month.Currency).Append(lineEnd);
        text.Append(CultureInfo.InvariantCulture, $":28C:{month.Number:00000}").Append(lineEnd);
        text.Append(":60F:").Append(Balance(month.Opening, month.From, month.Currency)).Append(lineEnd);
        foreach (var row in month.Rows)
        {
            Entry(text, row, dialect, lineEnd);
        }

        text.Append(":62F:").Append(Balance(month.Closing, month.To, month.Currency)).Append(lineEnd);
        text.Append(":64:").Append(Balance(month.Closing, month.To, month.Currency)).Append(lineEnd);
        text.Append('-').Append(lineEnd);
    }

    private static void Entry(StringBuilder text, SampleRow row, MtDialect dialect, string lineEnd)
    {
        var reference = row.EndToEndId is null ? "NONREF" : dialect == MtDialect.German ? "KREF+" : "EREF";
        text.Append(":61:").Append(Six(row.ValueDate)).Append(Six(row.BookingDate)[2..])
            .Append(row.Amount < 0 ? 'D' : 'C').Append(Amount(row.Amount))
            .Append(row.MandateId is null ? "NTRF" : "NDDT").Append(reference).Append("//").Append(row.BankReference).Append(lineEnd);
        if (dialect == MtDialect.Dutch)
        {
            text.Append("/TRCD/").Append(row.Amount < 0 ? "00200" : "00100").Append('/').Append(lineEnd);
        }

        Wrap(text, ":86:", dialect == MtDialect.Dutch ? Dutch(row) : German(row), lineEnd);
    }

    private static string Dutch(SampleRow row)
    {
        var text = new StringBuilder();
        if (row.ReturnReason is not null)
        {
            text.Append("/RTRN/").Append(row.ReturnReason).Append("//");
        }

        text.Append("/EREF/").Append(row.EndToEndId ?? "NOTPROVIDED").Append("//");
        if (row.MandateId is not null)
        {
            text.Append("/MARF/").Append(row.MandateId).Append("//").Append("/CSID/").Append(row.CreditorId).Append("//");
        }

        text.Append("/CNTP/").Append(row.Iban).Append('/').Append(row.Bic).Append('/').Append(row.Name).Append("///");
        text.Append("/REMI/USTD//").Append(Text(row)).Append('/');
        return text.ToString();
    }

    private static string German(SampleRow row)
    {
        var text = new StringBuilder(row.MandateId is not null ? "105?00FOLGELASTSCHRIFT?10931" : row.Amount < 0 ? "116?00SEPA-UEBERWEISUNG?10931" : "166?00GUTSCHRIFT?10931");
        var field = 20;
        if (row.EndToEndId is not null)
        {
            Purpose(text, ref field, "EREF+" + row.EndToEndId);
        }

        if (row.MandateId is not null)
        {
            Purpose(text, ref field, "MREF+" + row.MandateId);
            Purpose(text, ref field, "CRED+" + row.CreditorId);
        }

        Purpose(text, ref field, "SVWZ+" + Text(row));
        text.Append("?30").Append(row.Bic).Append("?31").Append(row.Iban).Append("?32").Append(row.Name.AsSpan(0, Math.Min(27, row.Name.Length)));
        if (row.Name.Length > 27)
        {
            text.Append("?33").Append(row.Name.AsSpan(27));
        }

        return text.Append("?34000").ToString();
    }

    private static void Purpose(StringBuilder text, ref int field, string value)
    {
        for (var at = 0; at < value.Length; at += 27)
        {
            text.Append(CultureInfo.InvariantCulture, $"?{field:00}").Append(value.AsSpan(at, Math.Min(27, value.Length - at)));
            field = field == 29 ? 60 : field + 1;
        }
    }

    private static string Text(SampleRow row) => row.StructuredReference is null ? row.Remittance : row.StructuredReference + " " + row.Remittance;

    // Lines of 65, wherever that cuts.
    private static void Wrap(StringBuilder text, string tag, string value, string lineEnd)
    {
        text.Append(tag);
        for (var at = 0; at < value.Length; at += 65)
        {
            text.Append(value.AsSpan(at, Math.Min(65, value.Length - at))).Append(lineEnd);
        }
    }

    private static string Balance(decimal amount, LocalDate date, Currency currency) =>
        (amount < 0 ? "D" : "C") + Six(date) + currency + Amount(amount);

    private static string Amount(decimal amount) => Math.Abs(amount).ToString("0.00", CultureInfo.InvariantCulture).Replace('.', ',');

    private static string Six(LocalDate date) => string.Create(CultureInfo.InvariantCulture, $"{date.Year % 100:00}{date.Month:00}{date.Day:00}");
}
