using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Serialization;

/// <summary>Writes the fields of one record; what has no value is not written.</summary>
internal sealed class LedgerRecordWriter(Utf8JsonWriter json, IReadOnlyList<UnknownPart> unknown)
{
    private static ImmutableArray<JsonEncodedText> Names { get; } =
        [.. Enumerable.Range(0, LedgerFieldNames.Count).Select(f => JsonEncodedText.Encode(LedgerFieldNames.Of((LedgerField)f)))];

    internal static void WriteUnknown(Utf8JsonWriter json, string members)
    {
        using var document = JsonDocument.Parse("{" + members + "}");
        foreach (var member in document.RootElement.EnumerateObject())
        {
            json.WritePropertyName(member.Name);
            json.WriteRawValue(member.Value.GetRawText());
        }
    }

    internal LedgerRecordWriter Text(LedgerField field, string? value)
    {
        if (value is not null)
        {
            json.WriteString(Names[(int)field], value);
        }

        return this;
    }

    internal LedgerRecordWriter Word<T>(LedgerField field, T value)
        where T : struct, Enum => Text(field, LedgerWords.Of(value));

    internal LedgerRecordWriter Texts(LedgerField field, IReadOnlyList<string> values)
    {
        if (values.Count > 0)
        {
            json.WriteStartArray(Names[(int)field]);
            foreach (var value in values)
            {
                json.WriteStringValue(value);
            }

            json.WriteEndArray();
        }

        return this;
    }

    internal LedgerRecordWriter Count(LedgerField field, int value)
    {
        json.WriteNumber(Names[(int)field], value);
        return this;
    }

    internal LedgerRecordWriter Date(LedgerField field, LocalDate? value) => Text(field, value is { } date ? LocalDatePattern.Iso.Format(date) : null);

    internal LedgerRecordWriter Instant(LedgerField field, Instant? value) => Text(field, value is { } instant ? InstantPattern.ExtendedIso.Format(instant) : null);

    internal LedgerRecordWriter Amount(LedgerField field, decimal? value, Currency? currency = null) =>
        value is { } amount && currency is { } known ? Text(field, new Money(amount, known).ToAmountString()) : Number(field, value is { Scale: > 3 } exact ? WithoutZeros(exact) : value);

    /// <summary>A number with the decimals it has.</summary>
    internal LedgerRecordWriter Number(LedgerField field, decimal? value) => Text(field, value?.ToString(CultureInfo.InvariantCulture));

    // A database's 12.3400 does not mean four decimals; read as a line's, its zeros would be more than the currency has.
    private static decimal WithoutZeros(decimal amount) => ScaledAmount.TryCreate(amount, isAsWritten: false, out var scaled) ? scaled.ToDecimal() : amount;

    internal LedgerRecordWriter Terms(IReadOnlyList<InstalmentTerm> terms, Currency? currency)
    {
        if (terms.Count > 0)
        {
            json.WriteStartArray(Names[(int)LedgerField.Instalments]);
            for (var i = 0; i < terms.Count; i++)
            {
                json.WriteStartObject();
                Date(LedgerField.Due, terms[i].Due).Amount(LedgerField.Amount, terms[i].Amount, currency).End(LedgerField.Instalments, i);
            }

            json.WriteEndArray();
        }

        return this;
    }

    internal LedgerRecordWriter Contacts(IReadOnlyList<Contact> contacts)
    {
        if (contacts.Count > 0)
        {
            json.WriteStartArray(Names[(int)LedgerField.Contacts]);
            for (var i = 0; i < contacts.Count; i++)
            {
                json.WriteStartObject();
                Text(LedgerField.Name, contacts[i].Name).Text(LedgerField.Role, contacts[i].Role).Text(LedgerField.Email, contacts[i].Email).Text(LedgerField.Phone, contacts[i].Phone)
                    .Text(LedgerField.Language, contacts[i].Language).Texts(LedgerField.Purposes, contacts[i].Purposes).End(LedgerField.Contacts, i);
            }

            json.WriteEndArray();
        }

        return this;
    }

    // One step is written as the object itself, several as a list.
    internal LedgerRecordWriter Discounts(IReadOnlyList<CashDiscount> steps)
    {
        if (steps.Count == 0)
        {
            return this;
        }

        json.WritePropertyName(Names[(int)LedgerField.CashDiscount]);
        if (steps.Count > 1)
        {
            json.WriteStartArray();
        }

        for (var i = 0; i < steps.Count; i++)
        {
            json.WriteStartObject();
            Number(LedgerField.Percent, steps[i].Percent.Percent).Date(LedgerField.Until, steps[i].Until).End(LedgerField.CashDiscount, i);
        }

        if (steps.Count > 1)
        {
            json.WriteEndArray();
        }

        return this;
    }

    // Ends the object at a place of a field, after its unknown fields.
    private void End(LedgerField field, int index)
    {
        foreach (var part in unknown)
        {
            if (part.Index == index && string.Equals(part.Field, Names[(int)field].Value, StringComparison.Ordinal))
            {
                WriteUnknown(json, part.Fields);
            }
        }

        json.WriteEndObject();
    }
}
