using NodaTime;
using Receivables.Sdk.Ledger;
using Xunit;

namespace Receivables.Sdk.Tests.Ledger;

public class ReversalCauseTests
{
    [Theory]
    [InlineData(ReversalKind.Unknown, "AC04", ReversalCause.AccountUnusable)]
    [InlineData(ReversalKind.Return, " am04 ", ReversalCause.InsufficientFunds)]
    [InlineData(ReversalKind.Return, "MD01", ReversalCause.NotAuthorised)]
    [InlineData(ReversalKind.Return, "MD06", ReversalCause.RefusedByPayer)]
    [InlineData(ReversalKind.Return, "MD07", ReversalCause.PayerDeceased)]
    [InlineData(ReversalKind.Return, "AM05", ReversalCause.ProcessingError)]
    [InlineData(ReversalKind.Return, "RR04", ReversalCause.Regulatory)]
    [InlineData(ReversalKind.Return, "MS03", ReversalCause.Unknown)]
    [InlineData(ReversalKind.Return, "13.1", ReversalCause.Unknown)]
    [InlineData(ReversalKind.Return, null, ReversalCause.Unknown)]
    [InlineData(ReversalKind.Chargeback, "10.4", ReversalCause.Fraud)]
    [InlineData(ReversalKind.Chargeback, "11.3", ReversalCause.NotAuthorised)]
    [InlineData(ReversalKind.Chargeback, "12.6.1", ReversalCause.ProcessingError)]
    [InlineData(ReversalKind.Chargeback, "13.1", ReversalCause.DisputedGoods)]
    [InlineData(ReversalKind.Chargeback, "4837", ReversalCause.Fraud)]
    [InlineData(ReversalKind.Chargeback, "4853", ReversalCause.DisputedGoods)]
    [InlineData(ReversalKind.Chargeback, "4999", ReversalCause.Unknown)]
    [InlineData(ReversalKind.Chargeback, "AC04", ReversalCause.Unknown)]
    [InlineData(ReversalKind.Chargeback, "C08", ReversalCause.Unknown)]
    [InlineData(ReversalKind.Chargeback, "the holder was angry", ReversalCause.Unknown)]
    public void A_code_says_what_it_says_and_no_more(ReversalKind kind, string? reason, ReversalCause cause)
    {
        var returned = new PaymentReturned { Payment = new DocumentId("P1"), On = new LocalDate(2026, 2, 6), Kind = kind, Reason = reason };
        Assert.Equal(cause, returned.Cause);
        var snapshot = LedgerBook.Create(
            [new LedgerOpened { Currency = Currency.EUR }, new PaymentReceived { Id = new DocumentId("P1"), Received = new LocalDate(2026, 2, 1), Amount = 5m }, returned]).Snapshot(new LocalDate(2026, 3, 1));
        Assert.Equal((true, reason, cause, kind), snapshot.Outflows.Select(o => (o.IsReturn, o.Reason, o.Cause, o.Kind)).Single());
    }
}
