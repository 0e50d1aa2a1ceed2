using NodaTime;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Tests.Reporting;

/// <summary>Short ways to write items down.</summary>
internal static class Sample
{
    internal static readonly LocalDate AsOf = new(2026, 3, 31);

    internal static LocalDate Day(int fromAsOf) => AsOf.PlusDays(fromAsOf);

    internal static Money Eur(decimal amount) => new(amount, Currency.EUR);

    internal static OpenItem Invoice(string id, string customer, decimal amount, int due, decimal? open = null, int term = 30) => new()
    {
        Id = new DocumentId(id),
        Kind = DocumentKind.Invoice,
        Customer = new CustomerId(customer),
        Number = "2026-" + id,
        Issued = Day(due - term),
        Due = Day(due),
        Amount = Eur(amount),
        Open = Eur(open ?? amount),
    };

    internal static OpenItem Credit(string id, string? customer, decimal amount, int on, decimal? open = null, DocumentKind kind = DocumentKind.Payment) => new()
    {
        Id = new DocumentId(id),
        Kind = kind,
        Customer = customer is null ? null : new CustomerId(customer),
        Issued = Day(on),
        Due = Day(on),
        Amount = Eur(amount),
        Open = Eur(open ?? amount),
    };

    internal static RecordedPayment Paid(OpenItem item, decimal returned = 0m) => new(item, null, null, Eur(returned), []);
}
