using NodaTime;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.TestKit.Ledger;

/// <summary>Makes the events of one generated ledger.</summary>
internal sealed class LedgerSource(int seed, int size)
{
    private readonly Random _random = new(seed);
    private readonly List<LedgerEvent> _events = [];
    private readonly List<DocumentIssued> _documents = [];
    private readonly List<PaymentReceived> _payments = [];
    private readonly List<AllocationMade> _allocations = [];

    internal IReadOnlyList<LedgerEvent> Events()
    {
        _events.Add(new LedgerOpened { Currency = Currency.EUR, Name = "Voorbeeld B.V.", Country = "NL", Accounts = ["NL91ABNA0417164300"] });
        var customers = 1 + _random.Next(5);
        for (var i = 0; i < customers; i++)
        {
            _events.Add(Customer(i));
        }

        for (var i = 0; i < size; i++)
        {
            Document(i, customers);
            Payment(i, customers);
        }

        for (var i = 0; i < size; i++)
        {
            Allocation();
        }

        // What was written off so far is taken up again in places, and the allocations to come may pay it.
        foreach (var writeOff in _allocations.FindAll(a => a.Kind == AllocationKind.WriteOff && _random.Next(2) == 0))
        {
            Recovery(writeOff);
        }

        for (var i = 0; i < size; i++)
        {
            Allocation();
        }

        for (var i = 0; i < size; i++)
        {
            Movement();
            Claim(customers);
        }

        Undo();
        return _events;
    }

    private CustomerRecorded Customer(int i) => new()
    {
        Customer = new Customer
        {
            Id = new CustomerId("C" + i),
            Name = "Klant " + i,
            Kind = Pick(PartyKind.Business, PartyKind.Consumer, PartyKind.Unknown),
            Language = Pick("nl", "fr-CA", null),
            Group = Pick("retail", "*", "", null),
            Email = i % 2 == 0 ? $"klant{i}@example.org" : null,
            Phone = i == 3 ? "+31 20 1234567" : null,
            Contacts = i % 3 == 2 ? [] :
            [
                new Contact { Name = "Directeur " + i, Role = "director", Phone = "+31 6 1111111" },
                new Contact { Name = "Boekhouding " + i, Email = $"boekhouding{i}@example.org", Language = "fr", Purposes = [ContactPurpose.Reminders, "audit"] },
            ],
            InsuredLimit = i == 2 ? new Money(50m, Currency.USD) : null,
            Parent = i > 0 && _random.Next(3) == 0 ? new CustomerId("C" + _random.Next(i)) : null,
        },
        CreditLimit = i == 1 ? 250m : null,
        InsuredLimit = i == 1 ? 100m : null,
        RecordedAt = Recorded(LedgerGenerator.FirstDay),
    };

    private void Document(int i, int customers)
    {
        var currency = Pick(Currency.EUR, Currency.EUR, Currency.JPY, Currency.Parse("KWD"));
        var issued = Day();
        var amount = Amount(currency);
        var kind = Pick(DocumentKind.Invoice, DocumentKind.Invoice, DocumentKind.Invoice, DocumentKind.CreditNote, DocumentKind.DebitNote, DocumentKind.FeeClaim);
        var document = new DocumentIssued
        {
            Id = new DocumentId(Pick("I", "i") + i),
            Kind = kind,
            Customer = new CustomerId("C" + _random.Next(customers)),
            Number = "2026-" + i,
            Entity = i % 7 == 3 ? "B" : null,
            Issued = issued,
            Due = _random.Next(4) == 0 ? null : issued.PlusDays(_random.Next(35)),
            Amount = amount,
            Currency = currency == Currency.EUR && _random.Next(2) == 0 ? null : currency,
            Instalments = kind == DocumentKind.Invoice && _random.Next(3) == 0 ? Instalments(amount, currency, issued) : [],
            CashDiscounts = _random.Next(5) == 0 ? [new CashDiscount(new Percentage(2m), issued.PlusDays(8))] : [],
            RecordedAt = Recorded(issued),
        };
        _documents.Add(document);
        _events.Add(document);
    }

    private List<InstalmentTerm> Instalments(decimal amount, Currency currency, LocalDate issued)
    {
        var units = new Money(amount, currency).ToMinorUnits();
        var terms = new List<InstalmentTerm>();
        for (var rest = units; rest > 0;)
        {
            var part = terms.Count == 3 ? rest : 1 + _random.NextInt64(rest);
            terms.Add(new InstalmentTerm(issued.PlusDays(_random.Next(60)), Money.FromMinorUnits(part, currency).Amount));
            rest -= part;
        }

        return terms;
    }

    private void Payment(int i, int customers)
    {
        var currency = Pick(Currency.EUR, Currency.EUR, Currency.EUR, Currency.JPY, Currency.USD);
        var received = Day();
        var payment = new PaymentReceived
        {
            Id = new DocumentId("P" + i),
            Customer = new CustomerId("C" + _random.Next(customers)),
            Received = received,
            Amount = Amount(currency),
            Currency = currency,
            Transaction = _random.Next(2) == 0 ? new TransactionId("t" + i) : null,
            Method = Pick("transfer", "card", null),
            Entity = i % 5 == 2 ? "B" : null,
            RecordedAt = Recorded(received),
        };
        _payments.Add(payment);
        _events.Add(payment);
    }

    private void Allocation()
    {
        var to = _documents[_random.Next(_documents.Count)];
        var toCurrency = to.Currency ?? Currency.EUR;
        var kind = Pick(AllocationKind.Payment, AllocationKind.Payment, AllocationKind.Payment, AllocationKind.Credit, AllocationKind.Discount, AllocationKind.WriteOff, AllocationKind.Fx);
        var (from, left, fromCurrency) = Source(kind);
        var amount = _random.Next(3) switch
        {
            0 => to.Amount,
            1 when from is not null && fromCurrency == toCurrency => Math.Min(left, to.Amount),
            _ => Part(to.Amount, toCurrency),
        };
        decimal? paid = null, rate = null;
        if (from is not null && fromCurrency != toCurrency)
        {
            paid = Part(left, fromCurrency);
            rate = _random.Next(10) == 0 ? null : decimal.Round(paid.Value / amount, 12);
        }

        var allocation = new AllocationMade
        {
            Id = new AllocationId(Pick("A", "a") + _random.Next(size * 4)),
            From = from,
            To = to.Id,
            Amount = kind == AllocationKind.Fx && _random.Next(2) == 0 ? -amount : amount,
            On = Day(),
            Kind = kind,
            Paid = paid,
            Rate = rate,
            Origin = Pick(AllocationOrigin.Automatic, AllocationOrigin.Manual, (AllocationOrigin?)null),
            RecordedAt = Recorded(Day()),
        };
        _allocations.Add(allocation);
        _events.Add(allocation);
    }

    private void Recovery(AllocationMade writeOff)
    {
        var of = _documents.Find(d => d.Id == writeOff.To)!;
        var issued = LocalDate.Max(of.Issued, writeOff.On).PlusDays(_random.Next(20));
        var recovery = new DocumentIssued
        {
            Id = new DocumentId("R" + _documents.Count),
            Kind = DocumentKind.Recovery,
            Customer = of.Customer,
            Issued = issued,
            Amount = _random.Next(2) == 0 ? writeOff.Amount : Part(writeOff.Amount, of.Currency ?? Currency.EUR),
            Currency = of.Currency,
            RelatedTo = of.Id,
            RecordedAt = Recorded(issued),
        };
        _documents.Add(recovery);
        _events.Add(recovery);
    }

    private (DocumentId? From, decimal Left, Currency Currency) Source(AllocationKind kind)
    {
        if (kind == AllocationKind.Payment)
        {
            var payment = _payments[_random.Next(_payments.Count)];
            return (payment.Id, payment.Amount, payment.Currency ?? Currency.EUR);
        }

        if (kind == AllocationKind.Credit)
        {
            var credits = _documents.FindAll(d => d.Kind == DocumentKind.CreditNote);
            return credits.Count == 0 ? (new DocumentId("N0"), 1m, Currency.EUR) : credits[_random.Next(credits.Count)] is var credit ? (credit.Id, credit.Amount, credit.Currency ?? Currency.EUR) : default;
        }

        return (null, 0m, Currency.EUR);
    }

    private void Movement()
    {
        var on = Day();
        var payment = _payments[_random.Next(_payments.Count)];
        var part = Part(payment.Amount, payment.Currency ?? Currency.EUR);
        LedgerEvent? movement = _random.Next(4) switch
        {
            0 => new AllocationReversed { Allocation = _allocations[_random.Next(_allocations.Count)].Id, On = on, RecordedAt = Recorded(on) },
            1 => new PaymentReturned { Payment = payment.Id, On = on, Amount = _random.Next(2) == 0 ? null : part, Kind = on.Day % 3 == 0 ? ReversalKind.Chargeback : ReversalKind.Unknown, Reason = on.Day % 3 == 0 ? "13.1" : on.Day % 3 == 1 ? "AC04" : $"Klant {payment.Customer?.Value[1..]} belde", Transaction = on.Day % 2 == 0 ? new TransactionId("d" + on.Day) : null, RecordedAt = Recorded(on) },
            2 => new MoneyRefunded { From = payment.Id, On = on, Amount = part, Transaction = on.Day % 2 == 0 ? new TransactionId("e" + on.Day) : null, RecordedAt = Recorded(on) },
            _ => null,
        };
        if (movement is not null)
        {
            _events.Add(movement);
        }
    }

    private void Claim(int customers)
    {
        var on = Day();
        var document = _documents[_random.Next(_documents.Count)];
        var invoice = document.Id;
        decimal? amount = _random.Next(2) == 0 ? null : Part(document.Amount, document.Currency ?? Currency.EUR);
        LedgerEvent claim = _random.Next(26) switch
        {
            0 or 1 => new DisputeOpened { Invoice = invoice, Opened = on, Resolved = _random.Next(2) == 0 ? null : on.PlusDays(_random.Next(20)), Amount = amount, Reason = "damaged" },
            2 => new PromiseMade { Invoice = invoice, Made = on, Until = on.PlusDays(_random.Next(15)), Amount = amount },
            3 => new HoldPlaced { Customer = new CustomerId("C" + _random.Next(customers)), From = on, Until = _random.Next(2) == 0 ? null : on.PlusDays(_random.Next(15)) },
            4 => new PlanAgreed { Invoice = invoice, Agreed = on, Instalments = [new InstalmentTerm(on.PlusDays(10), document.Amount)] },
            5 => new DirectDebitAnnounced { Invoice = invoice, CollectOn = on },
            6 => new HandedOver { Invoice = invoice, On = on, To = "agency" },
            7 => new ReminderSent { Invoice = invoice, Level = 1, Sent = on, Channel = "email" },
            9 => new DisputeResolved { Invoice = invoice, On = on, Accepted = amount },
            10 => new PromiseEnded { Invoice = invoice, On = on, Outcome = AgreementOutcome.Broken },
            11 => new PlanEnded { Invoice = invoice, On = on, Outcome = AgreementOutcome.Kept },
            12 => new HoldReleased { Customer = new CustomerId("C" + _random.Next(customers)), On = on },
            13 => new HandoverRecalled { Invoice = invoice, On = on },
            14 => new CreditLimitChanged { Customer = new CustomerId("C" + _random.Next(customers)), On = on, Limit = _random.Next(3) * 100m },
            15 => new PaymentCleared { Payment = _payments[_random.Next(_payments.Count)].Id, On = on, Transaction = new TransactionId("c" + on.Day) },
            16 => new DocumentTransmitted { Invoice = invoice, On = on, Outcome = DeliveryOutcome.Bounced, Channel = "email" },
            17 or 18 => new CustomersMerged { Customer = new CustomerId("C" + _random.Next(customers)), Into = new CustomerId("C" + _random.Next(customers)), On = on, Reason = "one company", RecordedAt = Recorded(on) },
            19 => new MergeUndone { Customer = new CustomerId("C" + _random.Next(customers)), On = on, RecordedAt = Recorded(on) },
            8 => new NoteWritten
            {
                Invoice = invoice,
                At = on.AtMidnight().InUtc().ToInstant(),
                By = "anna",
                Text = "called",
                Kind = Pick(NoteKind.Comment, NoteKind.Call, NoteKind.MailIn, NoteKind.Attachment),
                Reference = Pick("<m1@example.org>", null),
            },
            20 or 21 => new DisputePartlyAccepted { Invoice = invoice, On = on, Accepted = Part(document.Amount, document.Currency ?? Currency.EUR), Reason = "half of it" },
            22 => new CustomerChanged { Customer = Customer(_random.Next(customers)).Customer with { Name = Pick("Anders", "Nieuw"), BankAccounts = ["123"] }, On = on, RecordedAt = Recorded(on) },
            23 => new ReminderConcluded { Action = new ActionId("a1"), On = on, Outcome = Pick(ReminderOutcome.Delivered, ReminderOutcome.Failed, ReminderOutcome.Cancelled) },
            24 => new InsolvencyDeclared { Customer = new CustomerId("C" + _random.Next(customers)), On = on, Reason = "surseance", RecordedAt = Recorded(on) },
            _ => new BankDataReceived { Account = "NL91ABNA0417164300", Until = on },
        };
        _events.Add(claim);
    }

    // What transactions booked is undone in places, some of it booked once more, some of it undone twice.
    private void Undo()
    {
        foreach (var booking in _events.FindAll(e => _random.Next(8) == 0))
        {
            (DocumentId Document, TransactionId? Transaction) booked = booking switch
            {
                PaymentReceived e => (e.Id, e.Transaction),
                PaymentCleared e => (e.Payment, e.Transaction),
                PaymentReturned e => (e.Payment, e.Transaction),
                MoneyRefunded e => (e.From, e.Transaction),
                _ => default,
            };
            if (booked.Transaction is { } transaction)
            {
                var on = booking.EffectiveDate.PlusDays(_random.Next(20));
                var start = on.AtMidnight().InUtc().ToInstant();
                if (Another(booking) is { } another && _random.Next(2) == 0)
                {
                    // Booked again before it is undone, with another amount: of the two the last goes.
                    _events.Add(another with { RecordedAt = start - Duration.FromHours(_random.Next(1, 48)) });
                }

                var others = _allocations.FindAll(a => a.From is null && _random.Next(10) == 0).ConvertAll(a => a.Id);
                _events.Add(new BookingUndone { Document = booked.Document, Transaction = transaction, On = on, Allocations = others, Reason = "wrong", RecordedAt = Recorded(on) });
                if (booking is not PaymentReceived && _random.Next(2) == 0)
                {
                    _events.Add(booking with { RecordedAt = start + Duration.FromHours(1) });
                }
            }
        }
    }

    private static LedgerEvent? Another(LedgerEvent booking) => booking switch
    {
        PaymentReturned { Amount: > 0.01m and var amount } e => e with { Amount = decimal.Truncate(amount / 2m) + 1m },
        MoneyRefunded e => e with { Amount = decimal.Truncate(e.Amount / 2m) + 1m },
        _ => null,
    };

    // Month ends and a few shared days come up often.
    private LocalDate Day() => _random.Next(4) switch
    {
        0 => LedgerGenerator.FirstDay.PlusDays(_random.Next(4)),
        1 => Pick(new LocalDate(2026, 1, 31), new LocalDate(2026, 2, 28), new LocalDate(2026, 3, 31)),
        _ => LedgerGenerator.FirstDay.PlusDays(_random.Next(LedgerGenerator.Days)),
    };

    private Instant? Recorded(LocalDate effective) => _random.Next(3) == 0
        ? effective.AtMidnight().InUtc().ToInstant() + Duration.FromHours(_random.Next(-48, 240))
        : null;

    private decimal Amount(Currency currency) =>
        Money.FromMinorUnits(Pick<long>(1, 2, 3, 100, 9_999, 10_000, 10_001, 1 + _random.Next(1_000_000), 1 + _random.Next(1_000)), currency).Amount;

    private decimal Part(decimal amount, Currency currency)
    {
        var units = Math.Max(1, new Money(amount, currency).RoundToMinorUnits().ToMinorUnits());
        return Money.FromMinorUnits(1 + _random.NextInt64(units), currency).Amount;
    }

    private T Pick<T>(params T[] values) => values[_random.Next(values.Length)];
}
