using NodaTime;
using NodaTime.Text;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Statements;

namespace Receivables.Sdk.TestKit.Matching;

/// <summary>Writes small ledgers and bank transactions down in few words.</summary>
public sealed class SampleLedger
{
    private readonly List<Customer> _customers = [];
    private readonly List<OpenItem> _open = [];
    private readonly List<OpenItem> _settled = [];
    private readonly List<RecordedPayment> _payments = [];
    private readonly ImportKeyScope _keys = new();

    /// <summary>An empty ledger in a currency.</summary>
    public SampleLedger(string currency = "EUR")
    {
        Currency = Currency.Parse(currency);
        _keys.Begin(new StatementHeader { Format = default, Account = new StatementAccount { Number = "1000200030" } });
    }

    /// <summary>The ledger's currency.</summary>
    public Currency Currency { get; }

    /// <summary>The snapshot as it stands.</summary>
    public LedgerSnapshot Snapshot => new()
    {
        AsOf = new LocalDate(2026, 12, 31),
        Currency = Currency,
        Name = "Nexus Software Inc.",
        OwnAccounts = ["NL91ABNA0417164300"],
        Customers = [.. _customers],
        OpenItems = [.. _open],
        SettledItems = [.. _settled],
        Payments = [.. _payments],
    };

    /// <summary>A date as ISO text.</summary>
    public static LocalDate Date(string iso) => LocalDatePattern.Iso.Parse(iso).Value;

    /// <summary>An amount in the ledger's currency.</summary>
    public Money Amount(decimal amount) => new(amount, Currency);

    /// <summary>Adds a customer.</summary>
    public SampleLedger Customer(string id, string name, string? iban = null, string? parent = null, params string[] aliases)
    {
        _customers.Add(new Customer
        {
            Id = new CustomerId(id),
            Name = name,
            Aliases = aliases,
            Parent = parent is null ? null : new CustomerId(parent),
            Ibans = iban is null ? [] : [Iban.Parse(iban)],
        });
        return this;
    }

    /// <summary>Adds an open invoice.</summary>
    public SampleLedger Invoice(string id, string customer, string number, decimal amount, string issued = "2026-01-10", string? due = null, decimal? open = null, Func<OpenItem, OpenItem>? more = null)
    {
        var item = Item(id, customer, number, amount, issued, due, open ?? amount, DocumentKind.Invoice);
        _open.Add(more?.Invoke(item) ?? item);
        return this;
    }

    /// <summary>Adds an open credit note.</summary>
    public SampleLedger CreditNote(string id, string customer, string number, decimal amount, string issued = "2026-01-10")
    {
        _open.Add(Item(id, customer, number, amount, issued, null, amount, DocumentKind.CreditNote));
        return this;
    }

    /// <summary>Adds an invoice that was paid, with the payment that paid it.</summary>
    public SampleLedger Paid(string id, string customer, string number, decimal amount, string payment, string received, string? transaction = null, string issued = "2026-01-10")
    {
        _settled.Add(Item(id, customer, number, amount, issued, null, 0m, DocumentKind.Invoice));
        var allocation = new StandingAllocation(new AllocationId("A-" + payment), new DocumentId(payment), new DocumentId(id), Amount(amount), Date(received), AllocationKind.Payment);
        Payment(payment, customer, amount, received, transaction, 0m, allocation);
        return this;
    }

    /// <summary>Adds a payment.</summary>
    public SampleLedger Payment(string id, string customer, decimal amount, string received, string? transaction = null, decimal? unapplied = null, params StandingAllocation[] allocations)
    {
        var item = Item(id, customer, null, amount, received, null, unapplied ?? amount, DocumentKind.Payment);
        _payments.Add(new RecordedPayment(item, transaction is null ? null : new TransactionId(transaction), null, Amount(0m), allocations));
        return this;
    }

    /// <summary>A booked transaction with an import key.</summary>
    public BankTransaction Transaction(decimal amount, string? remittance, string? name = null, string? iban = null, string date = "2026-02-09", string? reference = null, TransactionDetails? details = null, string? bankReference = null)
    {
        var transaction = new BankTransaction
        {
            Amount = Amount(amount),
            BookingDate = Date(date),
            Remittance = remittance,
            StructuredReference = reference,
            BankReference = bankReference,
            Details = details,
            Counterparty = name is null && iban is null ? null : new Counterparty { Name = name, Iban = iban is null ? null : Iban.Parse(iban) },
        };
        _keys.Assign(transaction);
        return transaction;
    }

    private OpenItem Item(string id, string customer, string? number, decimal amount, string issued, string? due, decimal open, DocumentKind kind) => new()
    {
        Id = new DocumentId(id),
        Kind = kind,
        Customer = new CustomerId(customer),
        Number = number,
        Issued = Date(issued),
        Due = Date(due ?? issued),
        Amount = Amount(amount),
        Open = Amount(open),
    };
}
