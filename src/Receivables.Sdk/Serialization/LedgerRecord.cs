using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using Receivables.Sdk.Ledger;
using static Receivables.Sdk.Serialization.LedgerField;

namespace Receivables.Sdk.Serialization;

/// <summary>Which rows of a book a kind of line fills without becoming an event.</summary>
internal enum LedgerRowKind
{
    None,
    Document,
    Payment,
    Allocation,
}

/// <summary>Makes the event of a line; the fault of the fields is set where there is none.</summary>
internal delegate LedgerEvent LedgerRecordReader(LedgerRecordMapper mapper, ref LedgerLineFields fields);

/// <summary>A kind of line of a ledger file: its name, its fields, and how they and an event become each other. The one place that knows all kinds.</summary>
internal sealed class LedgerRecord
{
    private readonly ImmutableArray<byte> _name;

    private LedgerRecord(string name, Type eventType, ReadOnlySpan<LedgerField> fields, LedgerRecordReader read, Action<LedgerRecordWriter, LedgerEvent> write)
    {
        (Name, EventType, Read, Write, _name) = (name, eventType, read, write, [.. Encoding.UTF8.GetBytes(name)]);
        KnownFields = new LedgerFieldSet([LedgerField.Record, Recorded, .. fields]);
    }

    /// <summary>All kinds, those of which files have most first.</summary>
    internal static ImmutableArray<LedgerRecord> All { get; } = [.. Common(), .. Claims(), .. Outcomes(), .. Parties()];

    private static FrozenDictionary<Type, LedgerRecord> ByEvent { get; } = All.Where(r => r.Rows != LedgerRowKind.Document).ToFrozenDictionary(r => r.EventType);

    private static FrozenDictionary<DocumentKind, LedgerRecord> ByKind { get; } = All.Where(r => r.Rows == LedgerRowKind.Document).ToFrozenDictionary(r => r.Kind);

    /// <summary>The name as it stands in the file.</summary>
    internal string Name { get; }

    /// <summary>The fields that it knows.</summary>
    internal LedgerFieldSet KnownFields { get; }

    internal LedgerRecordReader Read { get; }

    internal Action<LedgerRecordWriter, LedgerEvent> Write { get; }

    internal LedgerRowKind Rows { get; private init; }

    /// <summary>The kind of document, for lines that are documents.</summary>
    internal DocumentKind Kind { get; private init; }

    private Type EventType { get; }

    /// <summary>The kind of line of a name; null for one that is not known.</summary>
    internal static LedgerRecord? Find(ReadOnlySpan<byte> name)
    {
        foreach (var record in All)
        {
            if (name.SequenceEqual(record._name.AsSpan()))
            {
                return record;
            }
        }

        return null;
    }

    /// <summary>The kind of line that an event is written as.</summary>
    internal static LedgerRecord Of(LedgerEvent item) =>
        item is DocumentIssued document ? ByKind[document.Kind]
        : ByEvent.GetValueOrDefault(item.GetType()) ?? throw new ArgumentException("An event of a kind that has no record.", nameof(item));

    private static LedgerRecord Define<T>(string name, LedgerField[] fields, LedgerRecordReader read, Action<LedgerRecordWriter, T> write, LedgerRowKind rows = LedgerRowKind.None, DocumentKind kind = default)
        where T : LedgerEvent => new(name, typeof(T), fields, read, (writer, item) => write(writer, (T)item)) { Rows = rows, Kind = kind };

    private static LedgerRecord DefineDocument(DocumentKind kind) => Define<DocumentIssued>(
        LedgerWords.Of(kind),
        [LedgerField.Id, LedgerField.Customer, Number, Issued, Due, Amount, LedgerField.Currency, Reference, OrderNumber, ContractNumber, OtherNumbers, LedgerField.CashDiscount, Instalments, Invoice, Entity],
        (LedgerRecordMapper m, ref LedgerLineFields f) => m.Document(kind, ref f),
        (w, e) => w.Text(LedgerField.Id, e.Id.Value).Text(LedgerField.Customer, e.Customer.Value).Text(Number, e.Number).Date(Issued, e.Issued).Date(Due, e.Due).Amount(Amount, e.Amount, e.Currency)
            .Text(LedgerField.Currency, e.Currency?.Code).Text(Reference, e.Reference).Text(OrderNumber, e.OrderNumber).Text(ContractNumber, e.ContractNumber).Texts(OtherNumbers, e.OtherNumbers)
            .Discounts(e.CashDiscounts).Terms(e.Instalments, e.Currency).Text(Invoice, e.RelatedTo?.Value).Text(Entity, e.Entity),
        LedgerRowKind.Document,
        kind);

    private static IEnumerable<LedgerRecord> Common() =>
    [
        Define<AllocationMade>(
            "allocation",
            [LedgerField.Id, From, To, Amount, On, LedgerField.Kind, Paid, Rate, By, Reason, Method],
            (LedgerRecordMapper _, ref LedgerLineFields f) => LedgerRecordMapper.Allocation(ref f),
            (w, e) => w.Text(LedgerField.Id, e.Id.Value).Text(From, e.From?.Value).Text(To, e.To.Value).Amount(Amount, e.Amount).Date(On, e.On).Word(LedgerField.Kind, e.Kind)
                .Amount(Paid, e.Paid).Number(Rate, e.Rate).Text(By, e.By).Text(Reason, e.Reason).Text(Method, e.Origin is { } origin ? LedgerWords.Of(origin) : null),
            LedgerRowKind.Allocation),
        DefineDocument(DocumentKind.Invoice),
        Define<PaymentReceived>(
            "payment",
            [LedgerField.Id, LedgerField.Customer, Received, Amount, LedgerField.Currency, Transaction, Method, Entity],
            (LedgerRecordMapper _, ref LedgerLineFields f) => new PaymentReceived
            {
                Id = new DocumentId(f.Id(LedgerField.Id)),
                Customer = f.Text(LedgerField.Customer) is { Length: > 0 } customer ? new CustomerId(customer) : null,
                Received = f.Date(Received),
                Amount = f.Amount(Amount).ToDecimal(),
                Currency = f.CurrencyOrNull(LedgerField.Currency),
                Transaction = TransactionOrNull(ref f),
                Method = f.Text(Method),
                Entity = LedgerRecordMapper.EntityOf(ref f),
            },
            (w, e) => w.Text(LedgerField.Id, e.Id.Value).Text(LedgerField.Customer, e.Customer?.Value).Date(Received, e.Received).Amount(Amount, e.Amount, e.Currency)
                .Text(LedgerField.Currency, e.Currency?.Code).Text(Transaction, e.Transaction?.Value).Text(Method, e.Method).Text(Entity, e.Entity),
            LedgerRowKind.Payment),
        .. Enum.GetValues<DocumentKind>().Where(k => k is not (DocumentKind.Invoice or DocumentKind.Payment)).Select(DefineDocument),
        Define<AllocationReversed>(
            "reversal",
            [Allocation, On, Reason],
            (LedgerRecordMapper _, ref LedgerLineFields f) => new AllocationReversed { Allocation = new AllocationId(f.Id(Allocation)), On = f.Date(On), Reason = f.Text(Reason) },
            (w, e) => w.Text(Allocation, e.Allocation.Value).Date(On, e.On).Text(Reason, e.Reason)),
        Define<PaymentReturned>(
            "paymentReturn",
            [LedgerField.Payment, On, Amount, LedgerField.Kind, Reason, Transaction],
            (LedgerRecordMapper _, ref LedgerLineFields f) => new PaymentReturned
            {
                Payment = PaymentOf(ref f),
                On = f.Date(On),
                Amount = f.AmountOrNull(Amount),
                Kind = LedgerWords.Find<ReversalKind>(f.Text(LedgerField.Kind)) ?? ReversalKind.Unknown,
                Reason = f.Text(Reason),
                Transaction = TransactionOrNull(ref f),
            },
            (w, e) => w.Text(LedgerField.Payment, e.Payment.Value).Date(On, e.On).Amount(Amount, e.Amount)
                .Text(LedgerField.Kind, e.Kind == ReversalKind.Unknown ? null : LedgerWords.Of(e.Kind)).Text(Reason, e.Reason).Text(Transaction, e.Transaction?.Value)),
        Define<MoneyRefunded>(
            "refund",
            [From, On, Amount, Transaction],
            (LedgerRecordMapper _, ref LedgerLineFields f) => new MoneyRefunded { From = new DocumentId(f.Id(From)), On = f.Date(On), Amount = f.Amount(Amount).ToDecimal(), Transaction = TransactionOrNull(ref f) },
            (w, e) => w.Text(From, e.From.Value).Date(On, e.On).Amount(Amount, e.Amount).Text(Transaction, e.Transaction?.Value)),
        Define<PaymentCleared>(
            "clearing",
            [LedgerField.Payment, On, Transaction],
            (LedgerRecordMapper _, ref LedgerLineFields f) => new PaymentCleared { Payment = PaymentOf(ref f), On = f.Date(On), Transaction = new TransactionId(f.Id(Transaction)) },
            (w, e) => w.Text(LedgerField.Payment, e.Payment.Value).Date(On, e.On).Text(Transaction, e.Transaction.Value)),
        Define<BookingUndone>(
            "undo",
            [From, Transaction, On, Allocations, Reason],
            (LedgerRecordMapper _, ref LedgerLineFields f) => new BookingUndone
            {
                Document = new DocumentId(f.Id(From)),
                Transaction = new TransactionId(f.Id(Transaction)),
                On = f.Date(On),
                Allocations = LedgerRecordMapper.AllocationsOf(ref f),
                Reason = f.Text(Reason),
            },
            (w, e) => w.Text(From, e.Document.Value).Text(Transaction, e.Transaction.Value).Date(On, e.On).Texts(Allocations, [.. e.Allocations.Select(a => a.Value)]).Text(Reason, e.Reason)),
    ];

    private static IEnumerable<LedgerRecord> Claims() =>
    [
        Define<ReminderSent>(
            "reminder",
            [Invoice, Instalment, Level, Sent, Channel, LedgerField.Action],
            (LedgerRecordMapper _, ref LedgerLineFields f) => new ReminderSent
            {
                Invoice = InvoiceOf(ref f),
                Instalment = f.CountOrNull(Instalment) ?? 1,
                Level = f.Count(Level),
                Sent = f.Date(Sent),
                Channel = f.Text(Channel),
                Action = f.Text(LedgerField.Action) is { Length: > 0 } action ? new ActionId(action) : null,
            },
            (w, e) => w.Text(Invoice, e.Invoice.Value).Count(Instalment, e.Instalment).Count(Level, e.Level).Date(Sent, e.Sent).Text(Channel, e.Channel).Text(LedgerField.Action, e.Action?.Value)),
        Define<NoteWritten>(
            "note",
            [Invoice, At, By, LedgerField.Text, LedgerField.Kind, Reference],
            (LedgerRecordMapper _, ref LedgerLineFields f) => new NoteWritten
            {
                Invoice = InvoiceOf(ref f),
                At = f.Instant(At),
                By = f.Text(By),
                Text = f.Text(LedgerField.Text),
                Kind = LedgerWords.Find<NoteKind>(f.Text(LedgerField.Kind)) ?? NoteKind.Comment,
                Reference = f.Text(Reference),
            },
            (w, e) => w.Text(Invoice, e.Invoice.Value).Instant(At, e.At).Text(By, e.By).Text(LedgerField.Text, e.Text)
                .Text(LedgerField.Kind, e.Kind == NoteKind.Comment ? null : LedgerWords.Of(e.Kind)).Text(Reference, e.Reference)),
        Define<DisputeOpened>(
            "dispute",
            [Invoice, Opened, Resolved, Amount, Reason],
            (LedgerRecordMapper _, ref LedgerLineFields f) =>
            {
                var dispute = new DisputeOpened { Invoice = InvoiceOf(ref f), Opened = f.Date(Opened), Resolved = f.DateOrNull(Resolved), Amount = f.AmountOrNull(Amount), Reason = f.Text(Reason) };
                return LedgerRecordMapper.InOrder(ref f, dispute, dispute.Opened, dispute.Resolved, Resolved);
            },
            (w, e) => w.Text(Invoice, e.Invoice.Value).Date(Opened, e.Opened).Date(Resolved, e.Resolved).Amount(Amount, e.Amount).Text(Reason, e.Reason)),
        Define<PromiseMade>(
            "promise",
            [Invoice, Made, Until, Amount],
            (LedgerRecordMapper _, ref LedgerLineFields f) =>
            {
                var promise = new PromiseMade { Invoice = InvoiceOf(ref f), Made = f.Date(Made), Until = f.Date(Until), Amount = f.AmountOrNull(Amount) };
                return LedgerRecordMapper.InOrder(ref f, promise, promise.Made, promise.Until, Until);
            },
            (w, e) => w.Text(Invoice, e.Invoice.Value).Date(Made, e.Made).Date(Until, e.Until).Amount(Amount, e.Amount)),
        Define<HoldPlaced>(
            "hold",
            [LedgerField.Customer, From, Until, Reason],
            (LedgerRecordMapper _, ref LedgerLineFields f) =>
            {
                var hold = new HoldPlaced { Customer = CustomerOf(ref f), From = f.Date(From), Until = f.DateOrNull(Until), Reason = f.Text(Reason) };
                return LedgerRecordMapper.InOrder(ref f, hold, hold.From, hold.Until, Until);
            },
            (w, e) => w.Text(LedgerField.Customer, e.Customer.Value).Date(From, e.From).Date(Until, e.Until).Text(Reason, e.Reason)),
        Define<PlanAgreed>(
            "plan",
            [Invoice, Agreed, Instalments],
            (LedgerRecordMapper m, ref LedgerLineFields f) => m.Plan(ref f),
            (w, e) => w.Text(Invoice, e.Invoice.Value).Date(Agreed, e.Agreed).Terms(e.Instalments, null)),
        Define<DirectDebitAnnounced>(
            "directDebit",
            [Invoice, CollectOn],
            (LedgerRecordMapper _, ref LedgerLineFields f) => new DirectDebitAnnounced { Invoice = InvoiceOf(ref f), CollectOn = f.Date(CollectOn) },
            (w, e) => w.Text(Invoice, e.Invoice.Value).Date(CollectOn, e.CollectOn)),
        Define<HandedOver>(
            "handover",
            [Invoice, On, To],
            (LedgerRecordMapper _, ref LedgerLineFields f) => new HandedOver { Invoice = InvoiceOf(ref f), On = f.Date(On), To = f.Text(To) },
            (w, e) => w.Text(Invoice, e.Invoice.Value).Date(On, e.On).Text(To, e.To)),
    ];

    private static IEnumerable<LedgerRecord> Outcomes() =>
    [
        Define<DocumentTransmitted>(
            "delivery",
            [Invoice, On, Outcome, Channel],
            (LedgerRecordMapper _, ref LedgerLineFields f) => new DocumentTransmitted { Invoice = InvoiceOf(ref f), On = f.Date(On), Outcome = LedgerWords.Read<DeliveryOutcome>(ref f, Outcome), Channel = f.Text(Channel) },
            (w, e) => w.Text(Invoice, e.Invoice.Value).Date(On, e.On).Word(Outcome, e.Outcome).Text(Channel, e.Channel)),
        Define<DisputePartlyAccepted>(
            "disputeAcceptance",
            [Invoice, On, Accepted, Reason],
            (LedgerRecordMapper _, ref LedgerLineFields f) => new DisputePartlyAccepted { Invoice = InvoiceOf(ref f), On = f.Date(On), Accepted = f.Amount(Accepted).ToDecimal(), Reason = f.Text(Reason) },
            (w, e) => w.Text(Invoice, e.Invoice.Value).Date(On, e.On).Amount(Accepted, e.Accepted).Text(Reason, e.Reason)),
        Define<DisputeResolved>(
            "disputeResolution",
            [Invoice, On, Accepted, Reason],
            (LedgerRecordMapper _, ref LedgerLineFields f) => new DisputeResolved { Invoice = InvoiceOf(ref f), On = f.Date(On), Accepted = f.AmountOrNull(Accepted), Reason = f.Text(Reason) },
            (w, e) => w.Text(Invoice, e.Invoice.Value).Date(On, e.On).Amount(Accepted, e.Accepted).Text(Reason, e.Reason)),
        Define<PromiseEnded>(
            "promiseEnd",
            [Invoice, On, Outcome],
            (LedgerRecordMapper _, ref LedgerLineFields f) => new PromiseEnded { Invoice = InvoiceOf(ref f), On = f.Date(On), Outcome = LedgerWords.Read<AgreementOutcome>(ref f, Outcome) },
            (w, e) => w.Text(Invoice, e.Invoice.Value).Date(On, e.On).Word(Outcome, e.Outcome)),
        Define<PlanEnded>(
            "planEnd",
            [Invoice, On, Outcome],
            (LedgerRecordMapper _, ref LedgerLineFields f) => new PlanEnded { Invoice = InvoiceOf(ref f), On = f.Date(On), Outcome = LedgerWords.Read<AgreementOutcome>(ref f, Outcome) },
            (w, e) => w.Text(Invoice, e.Invoice.Value).Date(On, e.On).Word(Outcome, e.Outcome)),
        Define<HoldReleased>(
            "holdRelease",
            [LedgerField.Customer, On],
            (LedgerRecordMapper _, ref LedgerLineFields f) => new HoldReleased { Customer = CustomerOf(ref f), On = f.Date(On) },
            (w, e) => w.Text(LedgerField.Customer, e.Customer.Value).Date(On, e.On)),
        Define<ReminderConcluded>(
            "reminderResult",
            [LedgerField.Action, On, Outcome],
            (LedgerRecordMapper _, ref LedgerLineFields f) => new ReminderConcluded { Action = new ActionId(f.Id(LedgerField.Action)), On = f.Date(On), Outcome = LedgerWords.Read<ReminderOutcome>(ref f, Outcome) },
            (w, e) => w.Text(LedgerField.Action, e.Action.Value).Date(On, e.On).Word(Outcome, e.Outcome)),
        Define<HandoverRecalled>(
            "recall",
            [Invoice, On],
            (LedgerRecordMapper _, ref LedgerLineFields f) => new HandoverRecalled { Invoice = InvoiceOf(ref f), On = f.Date(On) },
            (w, e) => w.Text(Invoice, e.Invoice.Value).Date(On, e.On)),
    ];

    private static IEnumerable<LedgerRecord> Parties() =>
    [
        Define<LedgerOpened>(
            "ledger",
            [LedgerField.Version, LedgerField.Currency, LedgerField.Name, Accounts, Country],
            (LedgerRecordMapper _, ref LedgerLineFields f) => LedgerRecordMapper.Ledger(ref f),
            (w, e) => w.Count(LedgerField.Version, 1).Text(LedgerField.Currency, e.Currency?.Code).Text(LedgerField.Name, e.Name).Texts(Accounts, e.Accounts).Text(Country, e.Country)),
        Define<CustomerRecorded>(
            "customer",
            [LedgerField.Id, .. CustomerFields, LedgerField.CreditLimit, Insured, LedgerField.Currency],
            (LedgerRecordMapper m, ref LedgerLineFields f) => m.CustomerRecorded(ref f),
            WriteCustomerRecord),
        Define<CustomerChanged>(
            "customerChange",
            [LedgerField.Customer, On, .. CustomerFields],
            (LedgerRecordMapper m, ref LedgerLineFields f) => new CustomerChanged { On = f.Date(On), Customer = m.Customer(f.Id(LedgerField.Customer), ref f) },
            (w, e) => WriteContacts(WriteCustomer(w.Text(LedgerField.Customer, e.Customer.Id.Value).Date(On, e.On), e.Customer), e.Customer)),
        Define<InsolvencyDeclared>(
            "insolvency",
            [LedgerField.Customer, On, Reason],
            (LedgerRecordMapper _, ref LedgerLineFields f) => new InsolvencyDeclared { Customer = CustomerOf(ref f), On = f.Date(On), Reason = f.Text(Reason) },
            (w, e) => w.Text(LedgerField.Customer, e.Customer.Value).Date(On, e.On).Text(Reason, e.Reason)),
        Define<CreditLimitChanged>(
            "creditLimit",
            [LedgerField.Customer, On, Limit, Insured],
            (LedgerRecordMapper _, ref LedgerLineFields f) => new CreditLimitChanged { Customer = CustomerOf(ref f), On = f.Date(On), Limit = f.AmountOrNull(Limit, mayBeZero: true), Insured = f.AmountOrNull(Insured, mayBeZero: true) },
            (w, e) => w.Text(LedgerField.Customer, e.Customer.Value).Date(On, e.On).Amount(Limit, e.Limit).Amount(Insured, e.Insured)),
        Define<CustomersMerged>(
            "merge",
            [LedgerField.Customer, To, On, Reason],
            (LedgerRecordMapper _, ref LedgerLineFields f) => new CustomersMerged { Customer = CustomerOf(ref f), Into = new CustomerId(f.Id(To)), On = f.Date(On), Reason = f.Text(Reason) },
            (w, e) => w.Text(LedgerField.Customer, e.Customer.Value).Text(To, e.Into.Value).Date(On, e.On).Text(Reason, e.Reason)),
        Define<MergeUndone>(
            "unmerge",
            [LedgerField.Customer, On, Reason],
            (LedgerRecordMapper _, ref LedgerLineFields f) => new MergeUndone { Customer = CustomerOf(ref f), On = f.Date(On), Reason = f.Text(Reason) },
            (w, e) => w.Text(LedgerField.Customer, e.Customer.Value).Date(On, e.On).Text(Reason, e.Reason)),
        Define<BankDataReceived>(
            "bankData",
            [Account, Until],
            (LedgerRecordMapper _, ref LedgerLineFields f) => new BankDataReceived { Account = f.Id(Account), Until = f.Date(Until) },
            (w, e) => w.Text(Account, e.Account).Date(Until, e.Until)),
    ];

    private static IEnumerable<LedgerField> CustomerFields =>
        [LedgerField.Name, Aliases, LedgerField.Kind, Language, Country, Profile, Group, Parent, Ibans, BankAccounts, Email, Phone, Contacts];

    private static void WriteCustomerRecord(LedgerRecordWriter writer, CustomerRecorded e)
    {
        // As the book takes them: a limit with a currency of its own stands before one in the ledger's.
        var (limit, insured) = (e.Customer.CreditLimit, e.Customer.InsuredLimit);
        var (limitAmount, insuredAmount) = (limit?.Amount ?? e.CreditLimit, insured?.Amount ?? e.InsuredLimit);
        if (limitAmount is not null && insuredAmount is not null && limit?.Currency != insured?.Currency)
        {
            throw new ArgumentException("A line of a ledger file has the limits of a customer in one currency.", nameof(e));
        }

        WriteContacts(
            WriteCustomer(writer.Text(LedgerField.Id, e.Customer.Id.Value), e.Customer)
                .Amount(LedgerField.CreditLimit, limitAmount).Amount(Insured, insuredAmount).Text(LedgerField.Currency, (limit ?? insured)?.Currency.Code),
            e.Customer);
    }

    private static LedgerRecordWriter WriteCustomer(LedgerRecordWriter writer, Customer customer) => writer
        .Text(LedgerField.Name, customer.Name).Texts(Aliases, customer.Aliases).Text(LedgerField.Kind, customer.Kind == PartyKind.Unknown ? null : LedgerWords.Of(customer.Kind))
        .Text(Language, customer.Language).Text(Country, customer.Country).Text(Profile, customer.Profile).Text(Group, customer.Group).Text(Parent, customer.Parent?.Value)
        .Texts(Ibans, [.. customer.Ibans.Select(i => i.Value)]).Texts(BankAccounts, customer.BankAccounts);

    private static void WriteContacts(LedgerRecordWriter writer, Customer customer) => writer.Text(Email, customer.Email).Text(Phone, customer.Phone).Contacts(customer.Contacts);

    private static DocumentId InvoiceOf(ref LedgerLineFields fields) => new(fields.Id(Invoice));

    private static DocumentId PaymentOf(ref LedgerLineFields fields) => new(fields.Id(LedgerField.Payment));

    private static CustomerId CustomerOf(ref LedgerLineFields fields) => new(fields.Id(LedgerField.Customer));

    private static TransactionId? TransactionOrNull(ref LedgerLineFields fields) => fields.Text(Transaction) is { Length: > 0 } transaction ? new TransactionId(transaction) : null;
}
