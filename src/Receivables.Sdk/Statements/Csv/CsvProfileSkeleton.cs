using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Receivables.Sdk.Text;

namespace Receivables.Sdk.Statements.Csv;

/// <summary>Writes a profile to fill in for a file whose layout is not known.</summary>
internal static class CsvProfileSkeleton
{
    /// <summary>The row that looks most like a header: the first one with the most fields, all of them words; empty when there is none.</summary>
    internal static (byte Delimiter, string[] Columns) FindHeader(ReadOnlySpan<byte> start, TextDecoder decoder)
    {
        (byte Delimiter, string[] Columns) best = ((byte)',', []);
        foreach (var delimiter in CsvRecognizer.Delimiters)
        {
            foreach (var row in CsvRecognizer.ReadRows(start, false, decoder, delimiter, (byte)'"', 64))
            {
                // A header names things, and has no figures that a file of somebody's payments would have.
                var named = row.Count(f => f.Length is > 0 and <= 60 && !f.Any(char.IsAsciiDigit));
                if (named * 4 >= row.Length * 3 && named > best.Columns.Length)
                {
                    best = (delimiter, row);
                }
            }
        }

        return best;
    }

    /// <summary>The columns that were seen, in words; of rows without a header only what kind of thing they hold.</summary>
    internal static string Describe(ReadOnlySpan<byte> bytes, TextDecoder decoder)
    {
        var (_, columns) = FindHeader(bytes, decoder);
        if (columns.Length > 0)
        {
            return $"The columns seen are: {string.Join(", ", columns.Where(c => c.Length > 0))}.";
        }

        var (_, roles) = FindShape(bytes, decoder);
        var kinds = roles.Select(r => r is CsvColumnRole.BookingDate or CsvColumnRole.ValueDate ? "date" : r is CsvColumnRole.Amount or CsvColumnRole.Balance ? "amount" : "text");
        return roles.Length == 0 ? "No columns were found in its first rows." : $"No header was found in its first rows; the columns seen hold: {string.Join(", ", kinds)}.";
    }

    /// <summary>A profile to fill in for the start of a file.</summary>
    internal static string Write(ReadOnlySpan<byte> start)
    {
        var detected = EncodingDetector.Detect(start, false);
        return Write(SourceText.Readable(start, detected), new TextDecoder(detected.Encoding.IsAsciiSuperset ? detected.Encoding : TextEncoding.Utf8), isIndented: true);
    }

    /// <summary>A profile to fill in, with the columns of the header, else of the first row of the commonest form.</summary>
    internal static string Write(ReadOnlySpan<byte> bytes, TextDecoder decoder, bool isIndented)
    {
        var (delimiter, names) = FindHeader(bytes, decoder);
        var hasHeader = names.Length > 0;
        CsvColumnRole[] roles;
        if (hasHeader)
        {
            names = [.. names.Where(n => n.Length > 0)];
            roles = Array.ConvertAll(names, Suggest);
            for (var i = 1; i < roles.Length; i++)
            {
                roles[i] = CsvProfileCheck.IsSingle(roles[i]) && roles.AsSpan(0, i).Contains(roles[i]) ? CsvColumnRole.Other : roles[i];
            }
        }
        else
        {
            (delimiter, roles) = FindShape(bytes, decoder);
        }

        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = isIndented, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("name", "xx-bank");
            json.WriteNumber("version", 1);
            json.WriteString("bank", "");
            json.WriteString("delimiter", ((char)delimiter).ToString());
            json.WriteNull("decimal");
            if (!hasHeader)
            {
                json.WriteBoolean("header", false);
            }

            json.WriteStartArray("dates");
            foreach (var form in (ReadOnlySpan<string>)["dd.MM.yyyy", "dd/MM/yyyy", "yyyy-MM-dd"])
            {
                json.WriteStringValue(form);
            }

            json.WriteEndArray();
            json.WriteString("sign", roles.Contains(CsvColumnRole.Debit) && roles.Contains(CsvColumnRole.Credit) && !roles.Contains(CsvColumnRole.Amount) ? "twoColumns" : "signed");
            json.WriteStartArray("columns");
            for (var i = 0; i < roles.Length; i++)
            {
                json.WriteStartObject();
                json.WriteString("role", CsvProfileJson.NameOf(roles[i]));
                if (hasHeader)
                {
                    json.WriteStartArray("labels");
                    json.WriteStringValue(names[i]);
                    json.WriteEndArray();
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    /// <summary>What the fields of rows without a header hold, as far as their form tells: dates, the first amount, a second one as the balance; empty when no rows are alike.</summary>
    internal static (byte Delimiter, CsvColumnRole[] Roles) FindShape(ReadOnlySpan<byte> bytes, TextDecoder decoder)
    {
        (byte Delimiter, CsvColumnRole[] Roles) best = ((byte)',', []);
        var forms = CsvDateFormat.CreateAll([.. CsvDateFormat.Common, .. CsvDateFormat.CommonWithoutYear]);
        foreach (var delimiter in CsvRecognizer.Delimiters)
        {
            var rows = CsvRecognizer.ReadRows(bytes, false, decoder, delimiter, (byte)'"', 64).FindAll(r => r.Length > 1);
            if (rows.Count > 0 && rows.GroupBy(r => r.Length).MaxBy(g => g.Count())!.First() is { } row && row.Length > best.Roles.Length)
            {
                best = (delimiter, Roles(row, forms));
            }
        }

        return best;
    }

    private static CsvColumnRole[] Roles(string[] row, ImmutableArray<CsvDateFormat> forms)
    {
        // What a role falls to once; the rest is kept as it stands.
        Queue<CsvColumnRole> dates = new([CsvColumnRole.BookingDate, CsvColumnRole.ValueDate]), amounts = new([CsvColumnRole.Amount, CsvColumnRole.Balance]);
        return Array.ConvertAll(row, field =>
        {
            if (forms.Any(f => f.TryRead(Encoding.UTF8.GetBytes(field), out _)))
            {
                return dates.TryDequeue(out var date) ? date : CsvColumnRole.Other;
            }

            var isAmount = field.AsSpan().IndexOfAny(".,") >= 0 && CsvNumberText.TryParse(field, out var number, out _) && number.Digits.Length > 0;
            return isAmount && amounts.TryDequeue(out var amount) ? amount : CsvColumnRole.Other;
        });
    }

    // The role that the profiles of no bank give to a column of this name.
    private static CsvColumnRole Suggest(string column)
    {
        var folded = CsvLabel.Fold(column);
        foreach (var matcher in CsvProfileCatalog.Index.WithHeader)
        {
            if (matcher.Profile.IsGeneric && matcher.RoleOf(folded) is { } role)
            {
                return role;
            }
        }

        return CsvColumnRole.Other;
    }
}
