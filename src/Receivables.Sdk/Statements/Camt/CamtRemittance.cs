using System.Text;
using NodaTime;

namespace Receivables.Sdk.Statements.Camt;

/// <summary>Reads remittance information: unstructured lines put together, structured references and documents.</summary>
internal sealed class CamtRemittance(CamtTexts texts, CamtAmounts amounts)
{
    private readonly List<string> _lines = [];

    /// <summary>Reads the remittance of a detail, or what stands around the details.</summary>
    /// <param name="record">The record of the entry.</param>
    /// <param name="fields">The fields of the detail, or of the entry.</param>
    /// <param name="to">Where the detail ends, or the entry.</param>
    internal Result Read(CamtRecord record, CamtFields fields, int to)
    {
        var from = fields.FirstOf(CamtField.Unstructured, CamtField.Structured);
        if (from < 0)
        {
            return default;
        }

        List<string>? additional = null;
        List<RemittanceDocument>? documents = null;
        List<KeyValuePair<string, string>>? notes = null;
        string? reference = null;
        _lines.Clear();
        for (var i = from; i < to; i++)
        {
            var item = record.Items[i];
            switch (item.Field)
            {
                case CamtField.Unstructured when texts.Text(record.Bytes(item)) is { } line:
                    _lines.Add(line);
                    break;
                case CamtField.Structured:
                    ReadStructured(record, i + 1, to, ref reference, ref documents, ref additional);
                    break;
                case CamtField.Detail:
                    i = EndOfDetail(record, i, to);
                    break;
            }
        }

        string? text = _lines.Count == 0 ? null : Join(_lines);
        if (additional is not null)
        {
            notes = TakeMarks(additional);
            text ??= additional.Count == 0 ? null : Join(additional);
        }

        return new Result(text, reference ?? CamtReferences.Find(text), documents, notes);
    }

    // What a detail says is no part of what stands around it.
    private static int EndOfDetail(CamtRecord record, int at, int to)
    {
        while (at + 1 < to && record.Items[at].Field != CamtField.DetailEnd)
        {
            at++;
        }

        return at;
    }

    private void ReadStructured(CamtRecord record, int from, int to, ref string? reference, ref List<RemittanceDocument>? documents, ref List<string>? additional)
    {
        string? type = null, number = null, documentType = null, documentNumber = null;
        LocalDate? date = null;
        Money? amount = null;
        for (var i = from; i < to && record.Items[i].Field is not (CamtField.Structured or CamtField.Detail); i++)
        {
            var bytes = record.Items[i].Field is >= CamtField.ReferenceType and <= CamtField.AdditionalRemittance ? record.Bytes(record.Items[i]) : default;
            switch (record.Items[i].Field)
            {
                case CamtField.ReferenceType:
                    type ??= texts.Pooled(bytes);
                    break;
                case CamtField.Reference:
                    number ??= texts.Reference(bytes);
                    break;
                case CamtField.DocumentType:
                    documentType ??= texts.Pooled(bytes);
                    break;
                case CamtField.DocumentNumber:
                    documentNumber ??= texts.Reference(bytes);
                    break;
                case CamtField.DocumentDate when CamtValues.TryParseDate(bytes, out var read):
                    date ??= read;
                    break;
                case CamtField.DocumentAmount:
                    amount ??= amounts.Read(record, i);
                    break;
                case CamtField.DocumentIsCredit:
                    amount ??= -amounts.Read(record, i);
                    break;
                case CamtField.AdditionalRemittance when texts.Text(bytes) is { } line:
                    (additional ??= []).Add(line);
                    break;
            }
        }

        if (number is not null)
        {
            number = CamtReferences.Canonical(number, type);
            if (reference is null)
            {
                reference = number;
            }
            else if (reference != number)
            {
                (documents ??= []).Add(new RemittanceDocument(type ?? "", number));
            }
        }

        if (documentNumber is not null)
        {
            (documents ??= []).Add(new RemittanceDocument(documentType ?? "", documentNumber) { Date = date, Amount = amount });
        }
    }

    // Lines that are full to the same width were broken there, not at a word; others are lines of their own.
    private static string Join(List<string> lines)
    {
        if (lines.Count == 1)
        {
            return lines[0];
        }

        var width = lines[0].Length;
        var isBroken = width is 27 or 35 or 65 or 70 or 140;
        for (var i = 1; i < lines.Count && isBroken; i++)
        {
            isBroken = i == lines.Count - 1 ? lines[i].Length <= width : lines[i].Length == width;
        }

        return new StringBuilder().AppendJoin(isBroken ? "" : " ", lines).ToString();
    }

    // Swiss banks write marks such as ?REJECT?0 and ?ERROR?000 among the additional lines (SIX, Swiss Payment Standards, camt.054 with ISR).
    private static List<KeyValuePair<string, string>>? TakeMarks(List<string> lines)
    {
        List<KeyValuePair<string, string>>? marks = null;
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i].Split('?') is ["", { Length: > 0 } name, var value] && name.All(char.IsAsciiLetterUpper))
            {
                (marks ??= []).Add(new KeyValuePair<string, string>(name, value));
                lines.RemoveAt(i--);
            }
        }

        return marks;
    }

    /// <summary>What a remittance says.</summary>
    /// <param name="Text">The text for a person.</param>
    /// <param name="Reference">The first structured reference, else the first in the text that shows itself by its check digits.</param>
    /// <param name="Documents">Further references and documents.</param>
    /// <param name="Notes">Marks that are no text.</param>
    internal readonly record struct Result(string? Text, string? Reference, List<RemittanceDocument>? Documents, List<KeyValuePair<string, string>>? Notes);
}
