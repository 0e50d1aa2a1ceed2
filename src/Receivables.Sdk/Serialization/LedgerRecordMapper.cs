using NodaTime;
using Receivables.Sdk.Ledger;
using static Receivables.Sdk.Serialization.LedgerField;

namespace Receivables.Sdk.Serialization;

/// <summary>Makes events of lines, and the parts of them that take more than a field: <see cref="LedgerRecord"/> says which line is which.</summary>
internal sealed class LedgerRecordMapper
{
    internal const string WithoutTo = "The allocation does not say what it closes: the field to is missing.";

    private readonly LedgerLine _nested = new();
    private Action<string, string, int>? _warn;

    /// <summary>Where the unknown fields of objects within records go; null where nobody wants them.</summary>
    internal List<UnknownPart>? UnknownParts { get; init; }

    private static LedgerFieldSet TermFields => new(Due, Amount);

    private static LedgerFieldSet DiscountFields => new(Percent, Until);

    private static LedgerFieldSet ContactFields => new(LedgerField.Name, Role, Email, Phone, Language, Purposes);

    /// <summary>The event of a line.</summary>
    /// <param name="record">What the line is.</param>
    /// <param name="fields">The line's fields; its fault is set when null is given.</param>
    /// <param name="warn">Called with code, text and byte of what is odd but kept.</param>
    internal LedgerEvent? Map(LedgerRecord record, ref LedgerLineFields fields, Action<string, string, int> warn)
    {
        _warn = warn;
        var item = record.Read(this, ref fields);
        if (fields.InstantOrNull(Recorded) is { } recorded)
        {
            item = item with { RecordedAt = recorded };
        }

        return fields.Fault is null ? item : null;
    }

    internal static LedgerOpened Ledger(ref LedgerLineFields fields)
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

    internal CustomerRecorded CustomerRecorded(ref LedgerLineFields fields)
    {
        // The limits are in the ledger's currency, unless the record says another.
        var customer = Customer(fields.Id(LedgerField.Id), ref fields);
        var limit = fields.AmountOrNull(LedgerField.CreditLimit, mayBeZero: true);
        var insured = fields.AmountOrNull(Insured, mayBeZero: true);
        return fields.CurrencyOrNull(LedgerField.Currency) is { } currency
            ? new CustomerRecorded { Customer = customer with { CreditLimit = In(limit, currency), InsuredLimit = In(insured, currency) } }
            : new CustomerRecorded { Customer = customer, CreditLimit = limit, InsuredLimit = insured };

        static Money? In(decimal? amount, Currency currency) => amount is { } value ? new Money(value, currency) : null;
    }

    /// <summary>What is known of a customer, without the limits.</summary>
    internal Customer Customer(string id, ref LedgerLineFields fields)
    {
        var kind = LedgerWords.Read(ref fields, Kind, PartyKind.Unknown);
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
                _warn?.Invoke(LedgerCodes.NotAnIban, "An account among ibans is no IBAN; it is kept as a plain account.", fields.At(Ibans));
            }
        }

        return new Customer
        {
            Id = new CustomerId(id),
            Name = fields.Text(LedgerField.Name),
            Aliases = fields.Texts(Aliases),
            Kind = kind,
            Language = fields.Text(Language),
            Country = fields.Text(Country),
            Profile = fields.Text(Profile),
            Group = fields.Text(Group),
            Parent = fields.Text(Parent) is { Length: > 0 } parent ? new CustomerId(parent) : null,
            Ibans = ibans,
            BankAccounts = accounts,
            Email = fields.Text(Email),
            Phone = fields.Text(Phone),
            Contacts = ContactsOf(ref fields),
        };
    }

    private List<Contact> ContactsOf(ref LedgerLineFields fields)
    {
        if (!fields.Has(Contacts))
        {
            return [];
        }

        var contacts = new List<Contact>();
        foreach (var (start, length) in fields.Objects(Contacts, mayStandAlone: false))
        {
            var part = fields.Line.Slice(start, length);
            _nested.Read(part);
            var inner = new LedgerLineFields(_nested, part);
            var contact = new Contact
            {
                Name = inner.Text(LedgerField.Name),
                Role = inner.Text(Role),
                Email = inner.Text(Email),
                Phone = inner.Text(Phone),
                Language = inner.Text(Language),
                Purposes = inner.Texts(Purposes),
            };
            Pass(inner, ref fields, start);
            Keep("contacts", contacts.Count, UnknownParts is null ? null : _nested.UnknownFields(part, ContactFields));
            contacts.Add(contact);
        }

        return contacts;
    }

    internal DocumentIssued Document(DocumentKind kind, ref LedgerLineFields fields) => new()
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
        OtherNumbers = fields.Texts(OtherNumbers),
        CashDiscounts = CashDiscounts(ref fields),
        Instalments = Terms(ref fields),
        RelatedTo = fields.Text(Invoice) is { Length: > 0 } related ? new DocumentId(related) : null,
        Entity = EntityOf(ref fields),
    };

    /// <summary>The seller's company; an empty name is none.</summary>
    internal static string? EntityOf(ref LedgerLineFields fields) => fields.Text(Entity) is { Length: > 0 } entity ? entity : null;

    internal static AllocationMade Allocation(ref LedgerLineFields fields)
    {
        var kind = AllocationKindOf(ref fields);
        if (!fields.Has(To))
        {
            fields.Fail(LedgerCodes.AllocationWithoutTo, WithoutTo, To);
        }

        return new AllocationMade
        {
            Id = new AllocationId(fields.Id(LedgerField.Id)),
            From = fields.Text(From) is { Length: > 0 } from ? new DocumentId(from) : null,
            To = new DocumentId(fields.Id(To)),
            Amount = fields.Amount(Amount, mayBeNegative: kind == AllocationKind.Fx).ToDecimal(),
            On = fields.Date(On),
            Kind = kind,
            Paid = fields.AmountOrNull(Paid),
            Rate = fields.RateOrNull(Rate),
            By = fields.Text(By),
            Reason = fields.Text(Reason),
            Origin = OriginOf(ref fields),
        };
    }

    /// <summary>The allocations that an undoing names; an empty id is the line's fault.</summary>
    internal static IReadOnlyList<AllocationId> AllocationsOf(ref LedgerLineFields fields)
    {
        var ids = fields.Texts(Allocations);
        if (ids.Contains(""))
        {
            fields.Fail(LedgerCodes.FieldMissing, "An id among allocations is empty.", Allocations);
            return [];
        }

        return [.. ids.Select(id => new AllocationId(id))];
    }

    /// <summary>Where an allocation comes from; null where it is not said in a word that is known, since no money hangs on it.</summary>
    internal static AllocationOrigin? OriginOf(ref LedgerLineFields fields) => fields.Has(Method) ? LedgerWords.Find<AllocationOrigin>(fields.Text(Method)) : null;

    /// <summary>What an allocation does; a kind that is not known is the line's fault. Most are payments, and cost no word.</summary>
    internal static AllocationKind AllocationKindOf(ref LedgerLineFields fields) =>
        fields.Is(Kind, "payment"u8) ? AllocationKind.Payment : LedgerWords.Read<AllocationKind>(ref fields, Kind);

    internal PlanAgreed Plan(ref LedgerLineFields fields)
    {
        var plan = new PlanAgreed { Invoice = new DocumentId(fields.Id(Invoice)), Agreed = fields.Date(Agreed), Instalments = Terms(ref fields) };
        if (plan.Instalments.Count == 0)
        {
            fields.Fail(LedgerCodes.FieldMissing, "The field instalments is missing or empty.", Instalments);
        }

        return plan;
    }

    /// <summary>The event, where it does not end before it begins; otherwise that is the line's fault.</summary>
    internal static LedgerEvent InOrder(ref LedgerLineFields fields, LedgerEvent item, LocalDate first, LocalDate? last, LedgerField field)
    {
        if (fields.Fault is null && last < first)
        {
            fields.Fail(LedgerCodes.EndsBeforeItBegins, "It ends before it begins.", field);
        }

        return item;
    }

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
}
