using System.Text.Json;
using NodaTime;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Statements;

namespace Receivables.Sdk.TestKit.Matching;

/// <summary>A bank statement with open invoices and notes on what is right, from the collection's JSON form.</summary>
/// <param name="Name">The folder.</param>
/// <param name="Ledger">The open items.</param>
/// <param name="Transactions">The bank's lines, each with its note.</param>
public sealed record AnnotatedCases(string Name, LedgerSnapshot Ledger, IReadOnlyList<(BankTransaction Transaction, string Note)> Transactions)
{
    /// <summary>Reads a folder with <c>bank_statement.json</c> and <c>open_ar.json</c>.</summary>
    public static AnnotatedCases Read(string folder)
    {
        using var bank = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "bank_statement.json")));
        using var ledger = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "open_ar.json")));
        var keys = new ImportKeyScope();
        keys.Begin(new StatementHeader { Format = default, Account = new StatementAccount { Number = "1000200030" } });
        var transactions = new List<(BankTransaction, string)>();
        foreach (var line in bank.RootElement.GetProperty("transactions").EnumerateArray())
        {
            var transaction = new BankTransaction
            {
                Amount = new Money(line.GetProperty("amount").GetDecimal(), Currency.Parse(Text(line, "currency")!)),
                BookingDate = SampleLedger.Date(Text(line, "date")!),
                Remittance = Text(line, "remittance_text"),
                BankReference = Text(line, "bank_reference"),
                Counterparty = new Counterparty { Name = Text(line, "payer_raw") },
            };
            keys.Assign(transaction);
            transactions.Add((transaction, Text(line, "note") ?? ""));
        }

        return new AnnotatedCases(Path.GetFileName(folder), Snapshot(ledger.RootElement), transactions);
    }

    private static LedgerSnapshot Snapshot(JsonElement root)
    {
        var customers = new Dictionary<string, Customer>();
        var open = new List<OpenItem>();
        var settled = new List<OpenItem>();
        var payments = new List<RecordedPayment>();
        foreach (var invoice in root.GetProperty("invoices").EnumerateArray())
        {
            var customer = new CustomerId(Text(invoice, "customer_id")!);
            customers.TryAdd(customer.Value, new Customer { Id = customer, Name = Text(invoice, "customer_name") });
            var item = Item(invoice, customer);
            (item.Open.IsZero ? settled : open).Add(item);
            if (item.Open.IsZero)
            {
                var payment = new DocumentId("P-" + item.Id.Value);
                var allocation = new StandingAllocation(new AllocationId("A-" + item.Id.Value), payment, item.Id, item.Amount, item.Due, AllocationKind.Payment);
                payments.Add(new RecordedPayment(item with { Id = payment, Kind = DocumentKind.Payment, Number = null, OrderNumber = null }, new TransactionId("t-" + item.Id.Value), null, Money.Zero(item.Amount.Currency), [allocation]));
            }
        }

        if (root.TryGetProperty("credit_memos", out var memos) && memos.ValueKind == JsonValueKind.Array)
        {
            foreach (var memo in memos.EnumerateArray())
            {
                AddMemo(memo, open);
            }
        }

        return new LedgerSnapshot { Name = Text(root, "company"), AsOf = new LocalDate(2024, 12, 31), Customers = [.. customers.Values], OpenItems = open, SettledItems = settled, Payments = payments };
    }

    private static void AddMemo(JsonElement memo, List<OpenItem> open)
    {
        var id = Text(memo, "cm_id") ?? Text(memo, "credit_memo_id") ?? Text(memo, "id");
        var amount = memo.TryGetProperty("amount", out var a) ? a.GetDecimal() : 0m;
        if (id is null || amount <= 0m || Text(memo, "customer_id") is not { } customer)
        {
            return;
        }

        var money = new Money(amount, Currency.Parse(Text(memo, "currency") ?? "USD"));
        var issued = new LocalDate(2024, 5, 1);
        open.Add(new OpenItem { Id = new DocumentId(id), Number = id, Kind = DocumentKind.CreditNote, Customer = new CustomerId(customer), Issued = issued, Due = issued, Amount = money, Open = money });
    }

    private static OpenItem Item(JsonElement invoice, CustomerId customer)
    {
        var currency = Currency.Parse(Text(invoice, "currency")!);
        var open = new Money(invoice.GetProperty("open_amount").GetDecimal(), currency);
        var percent = invoice.TryGetProperty("discount_pct", out var p) ? p.GetDecimal() : 0m;
        var isHeld = Text(invoice, "status") == "ON_HOLD" || Text(invoice, "dispute_reason") is not null;
        return new OpenItem
        {
            Id = new DocumentId(Text(invoice, "invoice_id")!),
            Number = Text(invoice, "invoice_id"),
            Kind = DocumentKind.Invoice,
            Customer = customer,
            Issued = SampleLedger.Date(Text(invoice, "invoice_date")!),
            Due = SampleLedger.Date(Text(invoice, "due_date")!),
            Amount = new Money(Math.Max(open.Amount, invoice.GetProperty("original_amount").GetDecimal()), currency),
            Open = open,
            Disputed = isHeld ? open : null,
            OrderNumber = Text(invoice, "po_reference"),
            CashDiscounts = percent > 0 && Text(invoice, "discount_deadline") is { } until ? [new CashDiscount(new Percentage(percent), SampleLedger.Date(until))] : [],
        };
    }

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
