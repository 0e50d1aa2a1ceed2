using NodaTime;

namespace Receivables.Sdk.Ledger;

/// <summary>What an event must be by itself, whatever the rest of the ledger: the same that a line of the ledger file must be, so that what a book takes can be written and read again.</summary>
/// <remarks>Whether amounts fit their currencies and ids exist is judged with the rest of the ledger, by <see cref="LedgerResolver"/>.</remarks>
internal static class EventRules
{
    /// <summary>Code and text of the first fault; null for none.</summary>
    internal static (string Code, string Message)? Check(LedgerEvent item) => item switch
    {
        DocumentIssued e => Id("id", e.Id.Value) ?? Id("customer", e.Customer.Value) ?? Date("issued", e.Issued) ?? Date("due", e.Due) ?? Positive("amount", e.Amount) ?? Known(e.Currency) ?? Terms(e.Instalments) ?? Discounts(e.CashDiscounts),
        PaymentReceived e => Id("id", e.Id.Value) ?? Date("received", e.Received) ?? Positive("amount", e.Amount) ?? Known(e.Currency),
        AllocationMade e => Id("id", e.Id.Value) ?? Id("to", e.To.Value) ?? Date("on", e.On) ?? Positive("amount", e.Kind == AllocationKind.Fx ? Math.Abs(e.Amount) : e.Amount) ?? Positive("paid", e.Paid) ?? Positive("rate", e.Rate),
        LedgerOpened e => Known(e.Currency),
        CustomerRecorded e => Id("id", e.Customer.Id.Value) ?? Limit("creditLimit", e.Customer.CreditLimit?.Amount ?? e.CreditLimit) ?? Limit("insured", e.Customer.InsuredLimit?.Amount ?? e.InsuredLimit),
        CreditLimitChanged e => Date("on", e.On) ?? Limit("limit", e.Limit) ?? Limit("insured", e.Insured),
        PaymentCleared e => Date("on", e.On) ?? Id("transaction", e.Transaction.Value),
        BookingUndone e => Date("on", e.On) ?? Id("transaction", e.Transaction.Value) ?? e.Allocations.Select(a => Id("allocations", a.Value)).FirstOrDefault(f => f is not null),
        DisputeOpened e => Date("opened", e.Opened) ?? Date("resolved", e.Resolved),
        PromiseMade e => Date("made", e.Made) ?? Date("until", e.Until),
        HoldPlaced e => Date("from", e.From) ?? Date("until", e.Until),
        PlanAgreed e => Date("agreed", e.Agreed) ?? (e.Instalments.Count == 0 ? (LedgerCodes.FieldMissing, "The field instalments is missing or empty.") : Terms(e.Instalments)),
        DirectDebitAnnounced e => Date("collectOn", e.CollectOn),
        ReminderSent e => Date("sent", e.Sent) ?? Count("level", e.Level) ?? Count("instalment", e.Instalment),
        ReminderConcluded e => Date("on", e.On) ?? Id("action", e.Action.Value),
        BankDataReceived e => Id("account", e.Account) ?? Date("until", e.Until),
        DatedLedgerEvent e => Date("on", e.On),
        _ => null,
    };

    // What is no text in UTF-8 would not be the same id any more once it is kept.
    private static (string, string)? Id(string field, string? value) =>
        string.IsNullOrEmpty(value) ? (LedgerCodes.FieldMissing, $"The field {field} is empty.")
        : value.AsSpan().ContainsAnyInRange('\ud800', '\udfff') && !IsWhole(value) ? (LedgerCodes.NotJson, "The text holds half of a surrogate pair.")
        : null;

    private static bool IsWhole(ReadOnlySpan<char> text)
    {
        for (; !text.IsEmpty; text = text[1..])
        {
            if (char.IsSurrogate(text[0]))
            {
                if (text.Length < 2 || !char.IsSurrogatePair(text[0], text[1]))
                {
                    return false;
                }

                text = text[1..];
            }
        }

        return true;
    }

    private static (string, string)? Date(string field, LocalDate? value) =>
        value is { } date && (date.Calendar != CalendarSystem.Iso || date.Year < 1) ? (LedgerCodes.NoSuchDate, $"The field {field} is no date of the ISO calendar from year 1 on.") : null;

    // XXX is a code of ISO 4217, and names no currency.
    private static (string, string)? Known(Currency? value) => value == Currency.None ? (LedgerCodes.UnknownCurrency, "The field currency is no currency code of ISO 4217.") : null;

    private static (string, string)? Positive(string field, decimal? value) => value <= 0m ? (LedgerCodes.NotPositive, $"The field {field} is not above zero.") : null;

    private static (string, string)? Count(string field, int value) => value < 1 ? (LedgerCodes.WrongType, $"The field {field} is no whole number from 1.") : null;

    private static (string, string)? Limit(string field, decimal? value) => value switch
    {
        null => null,
        < 0m => (LedgerCodes.NotPositive, $"The field {field} is below zero."),
        { } limit when !ScaledAmount.TryCreate(limit, isAsWritten: false, out _) => (LedgerCodes.AmountTooLarge, $"The field {field} is no decimal number that a ledger keeps exactly."),
        _ => null,
    };

    private static (string, string)? Terms(IReadOnlyList<InstalmentTerm> terms) =>
        terms.Select(t => Date("due", t.Due) ?? Positive("amount", t.Amount)).FirstOrDefault(f => f is not null);

    private static (string, string)? Discounts(IReadOnlyList<CashDiscount> steps) => steps.Select(s =>
        Date("until", s.Until) ?? (s.Percent.Percent is <= 0m or > 100m ? (LedgerCodes.NotAnAmount, "A cash discount is above 0 and at most 100 percent.") : null)).FirstOrDefault(f => f is not null);
}
