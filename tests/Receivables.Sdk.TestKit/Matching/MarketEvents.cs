using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.TestKit.Matching;

/// <summary>The open documents of a market as events, for tests that post to a real ledger.</summary>
public static class MarketEvents
{
    /// <summary>The events: customers, invoices and credit notes, nothing paid yet.</summary>
    public static IReadOnlyList<LedgerEvent> Of(Market market)
    {
        ArgumentNullException.ThrowIfNull(market);
        return [new LedgerOpened { Currency = Currency.EUR },
            .. market.Ledger.Customers.Select(c => new CustomerRecorded { Customer = c }),
            .. market.Ledger.OpenItems.Where(i => i.Kind is DocumentKind.Invoice or DocumentKind.CreditNote).Select(i => new DocumentIssued
            {
                Id = i.Id,
                Kind = i.Kind,
                Customer = i.Customer!.Value,
                Number = i.Number,
                Issued = i.Issued,
                Due = i.Due,
                Amount = i.Amount.Amount,
                Currency = i.Amount.Currency,
                Reference = i.Reference,
                OrderNumber = i.OrderNumber,
                CashDiscounts = i.CashDiscounts,
            })];
    }
}
