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

    internal static string Write(ReadOnlySpan<byte> start)
    {
        var detected = EncodingDetector.Detect(start, false);
        var bytes = start[detected.MarkLength..];
        var decoder = new TextDecoder(detected.Encoding);
        if (!detected.Encoding.IsAsciiSuperset)
        {
            bytes = Encoding.UTF8.GetBytes(detected.Encoding.ToEncoding().GetString(bytes));
            decoder = new TextDecoder(TextEncoding.Utf8);
        }

        var (delimiter, columns) = FindHeader(bytes, decoder);
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("name", "xx-bank");
            json.WriteNumber("version", 1);
            json.WriteString("bank", "");
            json.WriteString("delimiter", ((char)delimiter).ToString());
            json.WriteNull("decimal");
            json.WriteStartArray("dates");
            foreach (var form in (ReadOnlySpan<string>)["dd.MM.yyyy", "dd/MM/yyyy", "yyyy-MM-dd"])
            {
                json.WriteStringValue(form);
            }

            json.WriteEndArray();
            json.WriteString("sign", "signed");
            json.WriteStartArray("columns");
            foreach (var column in columns.Where(c => c.Length > 0))
            {
                json.WriteStartObject();
                json.WriteString("role", CsvProfileJson.NameOf(Suggest(column)));
                json.WriteStartArray("labels");
                json.WriteStringValue(column);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
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
