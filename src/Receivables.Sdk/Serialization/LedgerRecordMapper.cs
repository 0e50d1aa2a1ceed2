using NodaTime;
using Receivables.Sdk.Ledger;
using static Receivables.Sdk.Serialization.LedgerField;

namespace Receivables.Sdk.Serialization;

/// <summary>Makes events of lines: which fields a record has, and what they mean.</summary>
internal sealed class LedgerRecordMapper
{
    internal const string WithoutTo = "The allocation does not say what it closes: the field to is missing.";

    private const ulong TermFields = (1UL << (int)Due) | (1UL << (int)Amount);
    private const ulong DiscountFields = (1UL << (int)Percent) | (1UL << (int)Until);
    private readonly LedgerLine _nested = new();

    /// <summary>Where the unknown fields of objects within records go; null where nobody wants them.</summary>
    internal List<UnknownPart>? UnknownParts { get; init; }

    /// <summary>The fields that a record knows, a bit each; 0 for a record that is not known.</summary>
    internal static ulong KnownFields(LedgerRecordName record) => record switch
    {
        LedgerRecordName.Ledger => Bits(LedgerField.Version, LedgerField.Currency, LedgerField.Name, Accounts, Country),
        LedgerRecordName.Customer => Bits(LedgerField.Id, LedgerField.Name, Aliases, Kind, Language, Country, Profile, Group, Parent, Ibans, BankAccounts, CreditLimit, Email, Phone),
        LedgerRecordName.Document => Bits(
            LedgerField.Id, LedgerField.Customer, Number, Issued, Due, Amount, LedgerField.Currency, Reference, OrderNumber, ContractNumber, OtherNumbers, LedgerField.CashDiscount, Instalments, Invoice, Entity),
        LedgerRecordName.Payment => Bits(LedgerField.Id, LedgerField.Customer, Received, Amount, LedgerField.Currency, Transaction, Method, Entity),
        LedgerRecordName.Allocation => Bits(LedgerField.Id, From, To, Amount, On, Kind, Paid, Rate, By, Reason),
        LedgerRecordName.Reversal => Bits(LedgerField.Allocation, On, Reason),
        LedgerRecordName.PaymentReturn => Bits(LedgerField.Payment, On, Amount, Reason, Transaction),
        LedgerRecordName.Refund => Bits(From, On, Amount, Transaction),
        LedgerRecordName.Dispute => Bits(Invoice, Opened, Resolved, Amount, Reason),
        LedgerRecordName.Promise => Bits(Invoice, Made, Until, Amount),
        LedgerRecordName.Hold => Bits(LedgerField.Customer, From, Until, Reason),
        LedgerRecordName.Plan => Bits(Invoice, Agreed, Instalments),
        LedgerRecordName.DirectDebit => Bits(Invoice, CollectOn),
        LedgerRecordName.Handover => Bits(Invoice, On, To),
        LedgerRecordName.BankData => Bits(Account, Until),
        LedgerRecordName.Reminder => Bits(Invoice, Instalment, Level, Sent, Channel, LedgerField.Action),
        LedgerRecordName.Note => Bits(Invoice, At, By, LedgerField.Text),
        LedgerRecordName.Delivery => Bits(Invoice, On, Outcome, Channel),
        LedgerRecordName.Clearing => Bits(LedgerField.Payment, On, Transaction),
        LedgerRecordName.DisputeResolution => Bits(Invoice, On, Accepted, Reason),
        LedgerRecordName.PromiseEnd or LedgerRecordName.PlanEnd => Bits(Invoice, On, Outcome),
        LedgerRecordName.HoldRelease => Bits(LedgerField.Customer, On),
        LedgerRecordName.ReminderResult => Bits(LedgerField.Action, On, Outcome),
        LedgerRecordName.Recall => Bits(Invoice, On),
        LedgerRecordName.Insolvency => Bits(LedgerField.Customer, On, Reason),
        LedgerRecordName.CreditLimit => Bits(LedgerField.Customer, On, Limit, Insured),
        LedgerRecordName.Merge => Bits(LedgerField.Customer, To, On, Reason),
        LedgerRecordName.Unmerge => Bits(LedgerField.Customer, On, Reason),
        _ => 0,
    };

    /// <summary>The event of a line.</summary>
    /// <param name="record">What the line is.</param>
    /// <param name="kind">The kind of a document record.</param>
    /// <param name="fields">The line's fields; its fault is set when null is given.</param>
    /// <param name="warn">Called with code, text and byte of what is odd but kept.</param>
    internal LedgerEvent? Map(LedgerRecordName record, DocumentKind kind, ref LedgerLineFields fields, Action<string, string, int> warn)
    {
        LedgerEvent item = record switch
        {
            LedgerRecordName.Ledger => MapLedger(ref fields),
            LedgerRecordName.Customer => MapCustomer(ref fields, warn),
            LedgerRecordName.Document => MapDocument(kind, ref fields),
            LedgerRecordName.Payment => MapPayment(ref fields),
            LedgerRecordName.Allocation => MapAllocation(ref fields),
            LedgerRecordName.Reversal => new AllocationReversed { Allocation = new AllocationId(fields.Id(LedgerField.Allocation)), On = fields.Date(On), Reason = fields.Text(Reason) },
            LedgerRecordName.PaymentReturn => new PaymentReturned { Payment = new DocumentId(fields.Id(LedgerField.Payment)), On = fields.Date(On), Amount = fields.AmountOrNull(Amount), Reason = fields.Text(Reason), Transaction = TransactionOrNull(ref fields) },
            LedgerRecordName.Refund => new MoneyRefunded { From = new DocumentId(fields.Id(From)), On = fields.Date(On), Amount = fields.Amount(Amount).ToDecimal(), Transaction = TransactionOrNull(ref fields) },
            LedgerRecordName.Dispute => MapDispute(ref fields),
            LedgerRecordName.Promise => MapPromise(ref fields),
            LedgerRecordName.Hold => MapHold(ref fields),
            LedgerRecordName.Plan => MapPlan(ref fields),
            LedgerRecordName.DirectDebit => new DirectDebitAnnounced { Invoice = InvoiceOf(ref fields), CollectOn = fields.Date(CollectOn) },
            LedgerRecordName.Handover => new HandedOver { Invoice = InvoiceOf(ref fields), On = fields.Date(On), To = fields.Text(To) },
            LedgerRecordName.BankData => new BankDataReceived { Account = fields.Id(Account), Until = fields.Date(Until) },
            LedgerRecordName.Reminder => MapReminder(ref fields),
            LedgerRecordName.Note => new NoteWritten { Invoice = InvoiceOf(ref fields), At = fields.Instant(At), By = fields.Text(By), Text = fields.Text(LedgerField.Text) },
            _ => MapOutcome(record, ref fields),
        };
        if (fields.InstantOrNull(Recorded) is { } recorded)
        {
            item = item with { RecordedAt = recorded };
        }

        return fields.Fault is null ? item : null;
    }

    private static LedgerEvent MapOutcome(LedgerRecordName record, ref LedgerLineFields fields) => record switch
    {
        LedgerRecordName.Delivery => new DocumentTransmitted { Invoice = InvoiceOf(ref fields), On = fields.Date(On), Outcome = OutcomeOf<DeliveryOutcome>(ref fields), Channel = fields.Text(Channel) },
        LedgerRecordName.Clearing => new PaymentCleared { Payment = new DocumentId(fields.Id(LedgerField.Payment)), On = fields.Date(On), Transaction = new TransactionId(fields.Id(Transaction)) },
        LedgerRecordName.DisputeResolution => new DisputeResolved { Invoice = InvoiceOf(ref fields), On = fields.Date(On), Accepted = fields.AmountOrNull(Accepted), Reason = fields.Text(Reason) },
        LedgerRecordName.PromiseEnd => new PromiseEnded { Invoice = InvoiceOf(ref fields), On = fields.Date(On), Outcome = OutcomeOf<AgreementOutcome>(ref fields) },
        LedgerRecordName.PlanEnd => new PlanEnded { Invoice = InvoiceOf(ref fields), On = fields.Date(On), Outcome = OutcomeOf<AgreementOutcome>(ref fields) },
        LedgerRecordName.HoldRelease => new HoldReleased { Customer = new CustomerId(fields.Id(LedgerField.Customer)), On = fields.Date(On) },
        LedgerRecordName.ReminderResult => new ReminderConcluded { Action = new ActionId(fields.Id(LedgerField.Action)), On = fields.Date(On), Outcome = OutcomeOf<ReminderOutcome>(ref fields) },
        LedgerRecordName.Recall => new HandoverRecalled { Invoice = InvoiceOf(ref fields), On = fields.Date(On) },
        LedgerRecordName.Insolvency => new InsolvencyDeclared { Customer = new CustomerId(fields.Id(LedgerField.Customer)), On = fields.Date(On), Reason = fields.Text(Reason) },
        LedgerRecordName.Merge => new CustomersMerged { Customer = new CustomerId(fields.Id(LedgerField.Customer)), Into = new CustomerId(fields.Id(To)), On = fields.Date(On), Reason = fields.Text(Reason) },
        LedgerRecordName.Unmerge => new MergeUndone { Customer = new CustomerId(fields.Id(LedgerField.Customer)), On = fields.Date(On), Reason = fields.Text(Reason) },
        _ => new CreditLimitChanged
        {
            Customer = new CustomerId(fields.Id(LedgerField.Customer)),
            On = fields.Date(On),
            Limit = fields.AmountOrNull(Limit, mayBeZero: true),
            Insured = fields.AmountOrNull(Insured, mayBeZero: true),
        },
    };

    // The names of the outcomes in the file are those of the values, in lower case.
    private static T OutcomeOf<T>(ref LedgerLineFields fields)
        where T : struct, Enum
    {
        var text = fields.Id(Outcome);
        foreach (var value in Enum.GetValues<T>())
        {
            if (string.Equals(text, LedgerRecordNames.OfOutcome(value), StringComparison.Ordinal))
            {
                return value;
            }
        }

        fields.Fail(LedgerCodes.UnknownKind, "The outcome is not known; the line is left out.", Outcome);
        return default;
    }

    private static LedgerOpened MapLedger(ref LedgerLineFields fields)
    {
        var version = fields.Count(LedgerField.Version);
        if (fields.Fault is null && version != 1)
        {
            fields.Fail(LedgerCodes.UnknownVersion, "The version of the ledger file is not known; the file is not read.", LedgerField.Version);
        }

        return new LedgerOpened
        {
            Currency = fields.CurrencyOrNull(LedgerField.Currency),
            Name = fields.Text(LedgerField.Name),
            Accounts = fields.Texts(Accounts),
            Country = fields.Text(Country),
        };
    }

    private static CustomerRecorded MapCustomer(ref LedgerLineFields fields, Action<string, string, int> warn)
    {
        var id = new CustomerId(fields.Id(LedgerField.Id));
        var kind = fields.Text(Kind) switch
        {
            null => PartyKind.Unknown,
            "business" => PartyKind.Business,
            "consumer" => PartyKind.Consumer,
            _ => (PartyKind?)null,
        };
        if (kind is null)
        {
            fields.Fail(LedgerCodes.UnknownKind, "The kind of customer is not known.", Kind);
        }

        var ibans = new List<Iban>();
        var accounts = new List<string>(fields.Texts(BankAccounts));
        foreach (var text in fields.Texts(Ibans))
        {
            if (Iban.TryParse(text, out var iban))
            {
                ibans.Add(iban);
            }
            else
            {
                accounts.Add(text);
                warn(LedgerCodes.NotAnIban, "An account among ibans is no IBAN; it is kept as a plain account.", fields.At(Ibans));
            }
        }

        var parent = fields.Text(Parent);
        return new CustomerRecorded
        {
            Customer = new Customer
            {
                Id = id,
                Name = fields.Text(LedgerField.Name),
                Aliases = fields.Texts(Aliases),
                Kind = kind ?? PartyKind.Unknown,
                Language = fields.Text(Language),
                Country = fields.Text(Country),
                Profile = fields.Text(Profile),
                Group = fields.Text(Group),
                Parent = parent is { Length: > 0 } ? new CustomerId(parent) : null,
                Ibans = ibans,
                BankAccounts = accounts,
                Email = fields.Text(Email),
                Phone = fields.Text(Phone),
            },
            CreditLimit = fields.AmountOrNull(LedgerField.CreditLimit, mayBeZero: true),
        };
    }

    private DocumentIssued MapDocument(DocumentKind kind, ref LedgerLineFields fields) => new()
    {
        Id = new DocumentId(fields.Id(LedgerField.Id)),
        Kind = kind,
        Customer = new CustomerId(fields.Id(LedgerField.Customer)),
        Number = fields.Text(Number),
        Issued = fields.Date(Issued),
        Due = fields.DateOrNull(Due),
        Amount = fields.Amount(Amount).ToDecimal(),
        Currency = fields.CurrencyOrNull(LedgerField.Currency),
        Reference = fields.Text(Reference),
        OrderNumber = fields.Text(OrderNumber),
        ContractNumber = fields.Text(ContractNumber),
        Entity = EntityOf(ref fields),
        OtherNumbers = fields.Texts(OtherNumbers),
        CashDiscounts = CashDiscounts(ref fields),
        Instalments = Terms(ref fields),
        RelatedTo = fields.Text(Invoice) is { Length: > 0 } related ? new DocumentId(related) : null,
    };

    private static PaymentReceived MapPayment(ref LedgerLineFields fields) => new()
    {
        Id = new DocumentId(fields.Id(LedgerField.Id)),
        Customer = fields.Text(LedgerField.Customer) is { Length: > 0 } customer ? new CustomerId(customer) : null,
        Received = fields.Date(Received),
        Amount = fields.Amount(Amount).ToDecimal(),
        Currency = fields.CurrencyOrNull(LedgerField.Currency),
        Transaction = TransactionOrNull(ref fields),
        Method = fields.Text(Method),
        Entity = EntityOf(ref fields),
    };

    /// <summary>The seller's company; an empty name is none.</summary>
    internal static string? EntityOf(ref LedgerLineFields fields) => fields.Text(Entity) is { Length: > 0 } entity ? entity : null;

    private static TransactionId? TransactionOrNull(ref LedgerLineFields fields) => fields.Text(Transaction) is { Length: > 0 } transaction ? new TransactionId(transaction) : null;

    private static AllocationMade MapAllocation(ref LedgerLineFields fields)
    {
        var kind = AllocationKindOf(ref fields);
        return new AllocationMade
        {
            Id = new AllocationId(fields.Id(LedgerField.Id)),
            From = fields.Text(From) is { Length: > 0 } from ? new DocumentId(from) : null,
            To = new DocumentId(ToOf(ref fields)),
            Amount = fields.Amount(Amount, mayBeNegative: kind == AllocationKind.Fx).ToDecimal(),
            On = fields.Date(On),
            Kind = kind,
            Paid = fields.AmountOrNull(Paid),
            Rate = fields.RateOrNull(Rate),
            By = fields.Text(By),
            Reason = fields.Text(Reason),
        };
    }

    private static string ToOf(ref LedgerLineFields fields)
    {
        if (!fields.Has(To))
        {
            fields.Fail(LedgerCodes.AllocationWithoutTo, WithoutTo, To);
        }

        return fields.Id(To);
    }

    /// <summary>What an allocation does; a kind that is not known is the line's fault.</summary>
    internal static AllocationKind AllocationKindOf(ref LedgerLineFields fields)
    {
        if (fields.Is(Kind, "payment"u8))
        {
            return AllocationKind.Payment;
        }

        if (LedgerRecordNames.AllocationKindOf(fields.Id(Kind)) is { } kind)
        {
            return kind;
        }

        fields.Fail(LedgerCodes.UnknownKind, "The kind of allocation is not known; the line is left out.", Kind);
        return default;
    }

    private static DisputeOpened MapDispute(ref LedgerLineFields fields)
    {
        var dispute = new DisputeOpened
        {
            Invoice = InvoiceOf(ref fields),
            Opened = fields.Date(Opened),
            Resolved = fields.DateOrNull(Resolved),
            Amount = fields.AmountOrNull(Amount),
            Reason = fields.Text(Reason),
        };
        CheckOrder(ref fields, dispute.Opened, dispute.Resolved, Resolved);
        return dispute;
    }

    private static PromiseMade MapPromise(ref LedgerLineFields fields)
    {
        var promise = new PromiseMade { Invoice = InvoiceOf(ref fields), Made = fields.Date(Made), Until = fields.Date(Until), Amount = fields.AmountOrNull(Amount) };
        CheckOrder(ref fields, promise.Made, promise.Until, Until);
        return promise;
    }

    private static HoldPlaced MapHold(ref LedgerLineFields fields)
    {
        var hold = new HoldPlaced { Customer = new CustomerId(fields.Id(LedgerField.Customer)), From = fields.Date(From), Until = fields.DateOrNull(Until), Reason = fields.Text(Reason) };
        CheckOrder(ref fields, hold.From, hold.Until, Until);
        return hold;
    }

    private static void CheckOrder(ref LedgerLineFields fields, LocalDate first, LocalDate? last, LedgerField field)
    {
        if (fields.Fault is null && last < first)
        {
            fields.Fail(LedgerCodes.EndsBeforeItBegins, "It ends before it begins.", field);
        }
    }

    private PlanAgreed MapPlan(ref LedgerLineFields fields)
    {
        var plan = new PlanAgreed { Invoice = InvoiceOf(ref fields), Agreed = fields.Date(Agreed), Instalments = Terms(ref fields) };
        if (plan.Instalments.Count == 0)
        {
            fields.Fail(LedgerCodes.FieldMissing, "The field instalments is missing or empty.", Instalments);
        }

        return plan;
    }

    private static ReminderSent MapReminder(ref LedgerLineFields fields) => new()
    {
        Invoice = InvoiceOf(ref fields),
        Instalment = fields.CountOrNull(Instalment) ?? 1,
        Level = fields.Count(Level),
        Sent = fields.Date(Sent),
        Channel = fields.Text(Channel),
        Action = fields.Text(LedgerField.Action) is { Length: > 0 } action ? new ActionId(action) : null,
    };

    /// <summary>The instalments of a document or plan.</summary>
    internal List<InstalmentTerm> Terms(ref LedgerLineFields fields)
    {
        var terms = new List<InstalmentTerm>();
        foreach (var (start, length) in fields.Objects(Instalments, mayStandAlone: false))
        {
            var part = fields.Line.Slice(start, length);
            _nested.Read(part);
            var inner = new LedgerLineFields(_nested, part);
            var due = inner.Date(Due);
            var amount = inner.Amount(Amount);
            Pass(inner, ref fields, start);
            Keep("instalments", terms.Count, UnknownParts is null ? null : _nested.UnknownFields(part, TermFields));
            terms.Add(new InstalmentTerm(due, amount.ToDecimal()));
        }

        return terms;
    }

    /// <summary>The steps of a cash discount: one object, or a list of them.</summary>
    internal List<CashDiscount> CashDiscounts(ref LedgerLineFields fields)
    {
        var steps = new List<(CashDiscount Step, string? Unknown)>();
        foreach (var (start, length) in fields.Objects(LedgerField.CashDiscount, mayStandAlone: true))
        {
            var part = fields.Line.Slice(start, length);
            _nested.Read(part);
            var inner = new LedgerLineFields(_nested, part);
            var percent = inner.Amount(Percent).ToDecimal();
            var until = inner.Date(Until);
            if (percent > 100m)
            {
                inner.Fail(LedgerCodes.NotAnAmount, "A cash discount is at most 100 percent.", Percent);
            }

            Pass(inner, ref fields, start);
            steps.Add((new CashDiscount(new Percentage(percent), until), UnknownParts is null ? null : _nested.UnknownFields(part, DiscountFields)));
        }

        return [.. steps.OrderBy(s => s.Step.Until).Select((s, i) =>
        {
            Keep("cashDiscount", i, s.Unknown);
            return s.Step;
        })];
    }

    private void Keep(string field, int index, string? unknown)
    {
        if (unknown is not null)
        {
            UnknownParts?.Add(new UnknownPart(field, index, unknown));
        }
    }

    private static void Pass(LedgerLineFields inner, ref LedgerLineFields outer, int start)
    {
        if (inner.Fault is { } fault)
        {
            outer.Fail(fault.Code, fault.Message, start + fault.At);
        }
    }

    private static DocumentId InvoiceOf(ref LedgerLineFields fields) => new(fields.Id(Invoice));

    private static ulong Bits(params ReadOnlySpan<LedgerField> fields)
    {
        var bits = (1UL << (int)LedgerField.Record) | (1UL << (int)Recorded);
        foreach (var field in fields)
        {
            bits |= 1UL << (int)field;
        }

        return bits;
    }
}
