using NodaTime;
using NodaTime.Text;

namespace Receivables.Sdk.Ledger;

/// <summary>Makes the plain values of one moment from a judged ledger.</summary>
internal sealed class LedgerSnapshotBuilder(LedgerRowStore rows, LedgerResolver resolved, LedgerJudgement judgement, LocalDate asOf, Instant? knownAt)
{
    private readonly int _day = RowTime.DayKey(asOf);
    private readonly CustomerMerges _merges = new(rows, resolved.Others, knownAt);
    private int[] _standsFor = [];
    private readonly Dictionary<int, List<StandingAllocation>> _bySource = [];
    private ILookup<DocumentId, PaymentCleared>? _cleared;
    private ILookup<CustomerId, CustomerChanged>? _changes;
    private readonly List<UndoneAllocation> _undone = [];
    private ILookup<CustomerId, LocalDate>? _released;

    internal LedgerSnapshot Build()
    {
        _standsFor = _merges.At(asOf);
        var allocations = Allocations();
        var outflows = Outflows();
        var disputes = Disputes();
        var disputed = disputes.Where(d => d.Resolved is not { } end || asOf < end).ToLookup(d => rows.DocumentIds.Find(d.Invoice.Value));
        var promises = WithEnds<PromiseMade, PromiseEnded>(e => e.Invoice, e => e.Invoice)
            .Select(p => (Promise: new PaymentPromise(p.Begin.Invoice, p.Begin.Made, p.Begin.Until, In(p.Begin.Invoice, p.Begin.Amount)), p.End))
            .OrderBy(p => p.Promise.Invoice).ThenBy(p => p.Promise.Made).ThenBy(p => p.Promise.Until).ThenBy(p => p.Promise.Amount?.Amount).ToLookup(p => p.End is null);
        var plans = WithEnds<PlanAgreed, PlanEnded>(e => e.Invoice, e => e.Invoice).Select(p => (Plan: Plan(p.Begin), p.End))
            .OrderBy(p => p.Plan.Invoice).ThenBy(p => p.Plan.Agreed).ThenBy(p => p.Plan.Instalments.Count).ThenBy(p => InFull(p.Plan), StringComparer.Ordinal).ToLookup(p => p.End is null);
        List<Handover> handovers = [.. WithEnds<HandedOver, HandoverRecalled>(e => e.Invoice, e => e.Invoice).Where(h => h.End is null).Select(h => h.Begin).Select(h => new Handover(h.Invoice, h.On, h.To)).OrderBy(h => h.Invoice).ThenBy(h => h.On).ThenBy(h => h.To, StringComparer.Ordinal)];
        var again = handovers.ToLookup(h => h.Invoice);
        var results = Of<ReminderConcluded>().ToLookup(e => e.Action);
        var open = new List<OpenItem>();
        var settled = new List<OpenItem>();
        var payments = new List<RecordedPayment>();
        foreach (var id in InOrder(rows.DocumentIds))
        {
            ref readonly var row = ref rows.Documents[id];
            if (!judgement.Counts[id] || row.Issued > asOf)
            {
                continue;
            }

            var item = Item(id, row, disputed[id]);
            if (row.Kind == DocumentKind.Payment)
            {
                payments.Add(Payment(id, row, item));
            }

            if (!item.Open.IsZero)
            {
                open.Add(item);
            }
            else if (row.Kind != DocumentKind.Payment)
            {
                settled.Add(item);
            }
        }

        return new LedgerSnapshot
        {
            AsOf = asOf,
            KnownAt = knownAt,
            Name = rows.Opened?.Name,
            Country = rows.Opened?.Country,
            Currency = rows.Opened?.Currency,
            OwnAccounts = rows.Opened?.Accounts ?? [],
            Customers = Customers(),
            OpenItems = open,
            SettledItems = settled,
            Payments = payments,
            BookedDebits = BookedDebits(outflows),
            Outflows = outflows,
            Allocations = allocations,
            UndoneAllocations = [.. _undone.OrderBy(u => u.Allocation.Id).ThenBy(u => u.On).ThenBy(u => u.Allocation.Amount.Amount).ThenBy(u => u.Reason, StringComparer.Ordinal)],
            UndoneBookings = [.. judgement.Undoings.Done.Select(u => new UndoneBooking(u.Document, u.Transaction) { Reason = u.Reason })],
            Movements = new LedgerMovements(rows, judgement, asOf, _standsFor),
            Disputes = [.. disputes.OrderBy(d => d.Invoice).ThenBy(d => d.Opened).ThenBy(d => d.Resolved).ThenBy(d => d.Amount?.Amount).ThenBy(d => d.Reason, StringComparer.Ordinal)],
            Promises = [.. promises[true].Select(p => p.Promise)],
            EndedPromises = [.. promises[false].Select(p => new EndedPromise(p.Promise, p.End!.On, p.End.Outcome))],
            Holds = [.. Of<HoldPlaced>().Select(h => new ReminderHold(Whose(h.Customer), h.From, LastDay(h), h.Reason)).Where(h => !(h.Until < h.From))
                .OrderBy(h => h.Customer).ThenBy(h => h.From).ThenBy(h => h.Until).ThenBy(h => h.Reason, StringComparer.Ordinal)],
            Plans = [.. plans[true].Select(p => p.Plan)],
            EndedPlans = [.. plans[false].Select(p => new EndedPlan(p.Plan, p.End!.On, p.End.Outcome))],
            DirectDebits = [.. Of<DirectDebitAnnounced>(isOfAnyDate: true).Select(d => new AnnouncedDirectDebit(d.Invoice, d.CollectOn)).OrderBy(d => d.Invoice).ThenBy(d => d.CollectOn)],
            Handovers = handovers,
            Recalls = [.. Of<HandoverRecalled>().Where(r => !again[r.Invoice].Any(h => h.On >= r.On)).Select(r => new HandoverRecall(r.Invoice, r.On)).OrderBy(r => r.Invoice).ThenBy(r => r.On)],
            Reminders = [.. Of<ReminderSent>().Where(r => r.Action is not { } action || !results[action].Any(c => IsTakenBack(r, c)))
                .Select(r => new SentReminder(r.Invoice, r.Instalment, r.Level, r.Sent, r.Channel, r.Action))
                .OrderBy(r => r.Invoice).ThenBy(r => r.Instalment).ThenBy(r => r.Sent).ThenBy(r => r.Level).ThenBy(r => r.Channel, StringComparer.Ordinal).ThenBy(r => r.Action?.Value, StringComparer.Ordinal)],
            ReminderResults = [.. Of<ReminderConcluded>().Where(e => e.Outcome != ReminderOutcome.Cancelled).Select(e => new ReminderResult(e.Action, e.On, e.Outcome)).OrderBy(r => r.Action).ThenBy(r => r.On).ThenBy(r => r.Outcome)],
            // What a bank's data covers is known of every day up to its own, also when the report is about an earlier one.
            BankData = [.. Of<BankDataReceived>(isOfAnyDate: true).Select(b => new BankCoverage(b.Account, b.Until)).OrderBy(b => b.Account, StringComparer.Ordinal).ThenBy(b => b.Until)],
            Insolvencies = [.. Of<InsolvencyDeclared>().Select(i => new Insolvency(Whose(i.Customer), i.On, i.Reason)).OrderBy(i => i.Customer).ThenBy(i => i.On).ThenBy(i => i.Reason, StringComparer.Ordinal)],
            Deliveries = [.. Of<DocumentTransmitted>().Select(d => new DocumentDelivery(d.Invoice, d.On, d.Outcome, d.Channel))
                .OrderBy(d => d.Invoice).ThenBy(d => d.On).ThenBy(d => d.Outcome).ThenBy(d => d.Channel, StringComparer.Ordinal)],
            Notes = [.. Of<NoteWritten>().Select(n => new DossierNote(n.Invoice, n.At, n.By, n.Text) { Kind = n.Kind, Reference = n.Reference })
                .OrderBy(n => n.Invoice).ThenBy(n => n.At).ThenBy(n => n.Kind).ThenBy(n => n.By, StringComparer.Ordinal).ThenBy(n => n.Text, StringComparer.Ordinal).ThenBy(n => n.Reference, StringComparer.Ordinal)],
        };
    }

    // A reminder that was taken back may go out again under its id.
    private static bool IsTakenBack(ReminderSent sent, ReminderConcluded result) =>
        result.Outcome == ReminderOutcome.Cancelled && (sent.Sent < result.On || (sent.Sent == result.On && sent.KnownFrom <= result.KnownFrom));

    private List<StandingAllocation> Allocations()
    {
        var standing = new List<StandingAllocation>();
        foreach (var id in InOrder(rows.AllocationIds))
        {
            ref readonly var row = ref rows.Allocations[id];
            if (!judgement.Accepted[id] || row.Day > _day)
            {
                continue;
            }

            var whole = Allocation(id, row, row.Minor, row.PaidMinor);
            foreach (var part in judgement.Undone.TryGetValue(id, out var parts) ? parts : [])
            {
                if (part.Day <= _day)
                {
                    var reason = part.Cause switch { AllocationReversed e => e.Reason, PaymentReturned e => e.Reason, _ => null };
                    _undone.Add(new UndoneAllocation(Allocation(id, row, part.Minor, part.PaidMinor), RowTime.Date(part.Day), reason));
                }
            }

            var undone = LedgerJudgement.UndoneBy(judgement.Undone, id, _day);
            if (undone.Minor == row.Minor && undone.PaidMinor == row.PaidMinor)
            {
                continue;
            }

            var allocation = undone.Minor == 0 && undone.PaidMinor == 0 ? whole : Allocation(id, row, row.Minor - undone.Minor, row.PaidMinor - undone.PaidMinor);
            standing.Add(allocation);
            if (row.From >= 0)
            {
                if (!_bySource.TryGetValue(row.From, out var list))
                {
                    _bySource.Add(row.From, list = []);
                }

                list.Add(allocation);
            }
        }

        return standing;
    }

    private StandingAllocation Allocation(int id, in AllocationRow row, long minor, long paidMinor)
    {
        var currency = rows.Documents[row.To].Currency;
        var extras = rows.AllocationExtras.GetValueOrDefault(id);
        return new StandingAllocation(
            new AllocationId(rows.AllocationIds.Text(id)),
            row.From < 0 ? null : new DocumentId(rows.DocumentIds.Text(row.From)),
            new DocumentId(rows.DocumentIds.Text(row.To)),
            Money.FromMinorUnits(minor, currency),
            RowTime.Date(row.Day),
            row.Kind)
        {
            Paid = row.From >= 0 && rows.Documents[row.From].Currency is var paidIn && paidIn != currency ? Money.FromMinorUnits(paidMinor, paidIn) : null,
            Origin = row.Origin == 0 ? null : (AllocationOrigin)(row.Origin - 1),
            By = extras?.By,
            Reason = extras?.Reason,
        };
    }

    private OpenItem Item(int id, in DocumentRow row, IEnumerable<Dispute> disputes)
    {
        var minor = judgement.Open(id, row.Minor, _day);
        var open = Money.FromMinorUnits(minor, row.Currency);
        var extras = rows.DocumentExtras.GetValueOrDefault(id);
        var isPayment = row.Kind == DocumentKind.Payment;
        return new OpenItem
        {
            Id = new DocumentId(rows.DocumentIds.Text(id)),
            Kind = row.Kind,
            Customer = Whose(row.Customer),
            Number = isPayment ? null : rows.Pool.Text(row.Number),
            Issued = row.Issued,
            Due = row.Due,
            Amount = Money.FromMinorUnits(row.Minor, row.Currency),
            Open = open,
            Disputed = Disputed(disputes, open),
            Instalments = resolved.Instalments.TryGetValue(id, out var parts) ? OpenParts(parts, row.Minor - minor, row.Currency) : [],
            Reference = isPayment ? null : rows.Pool.Text(row.Reference),
            OrderNumber = extras?.OrderNumber,
            ContractNumber = extras?.ContractNumber,
            OtherNumbers = extras?.OtherNumbers ?? [],
            CashDiscounts = extras?.CashDiscounts ?? [],
            RelatedTo = extras?.RelatedTo,
            Entity = extras?.Entity,
        };
    }

    private RecordedPayment Payment(int id, in DocumentRow row, OpenItem item)
    {
        var own = rows.Pool.Text(row.Number) is { Length: > 0 } transaction ? new TransactionId(transaction) : (TransactionId?)null;
        var cleared = own is null ? ClearingOf(item.Id) : null;
        return new RecordedPayment(
            item,
            own ?? cleared?.Transaction,
            rows.Pool.Text(row.Reference),
            Money.FromMinorUnits(LedgerJudgement.UndoneBy(judgement.Returned, id, _day).Minor, row.Currency),
            _bySource.TryGetValue(id, out var list) ? list : [])
        {
            ClearedOn = cleared?.On,
        };
    }

    private PaymentCleared? ClearingOf(DocumentId payment)
    {
        _cleared ??= Of<PaymentCleared>().Where(e => !judgement.Undoings.Has(e)).OrderBy(e => e.On).ThenBy(e => e.Transaction).ToLookup(e => e.Payment);
        return _cleared[payment].FirstOrDefault();
    }

    private List<MoneyOut> Outflows() =>
    [
        .. judgement.Outflows.Where(o => o.Day <= _day)
            .Select(o => new MoneyOut(
                new DocumentId(rows.DocumentIds.Text(o.Document)), Whose(rows.Documents[o.Document].Customer), RowTime.Date(o.Day),
                Money.FromMinorUnits(o.Minor, rows.Documents[o.Document].Currency), o.Event is PaymentReturned)
            {
                Transaction = o.Event switch { PaymentReturned e => e.Transaction, MoneyRefunded e => e.Transaction, _ => null },
                Reason = (o.Event as PaymentReturned)?.Reason,
                Kind = (o.Event as PaymentReturned)?.Kind ?? ReversalKind.Unknown,
                Cause = (o.Event as PaymentReturned)?.Cause ?? ReversalCause.Unknown,
            })
            .OrderBy(o => o.Document).ThenBy(o => o.On).ThenBy(o => o.IsReturn).ThenBy(o => o.Amount.Amount).ThenBy(o => o.Transaction).ThenBy(o => o.Kind).ThenBy(o => o.Reason, StringComparer.Ordinal),
    ];

    private static List<BookedDebit> BookedDebits(List<MoneyOut> outflows) =>
    [
        .. outflows.Where(o => o.Transaction is not null).GroupBy(o => (o.Transaction, o.Document))
            .Select(g => new BookedDebit(g.Key.Transaction!.Value, g.Key.Document, g.First().Customer) { On = g.Max(o => o.On) })
            .OrderBy(d => d.Transaction).ThenBy(d => d.Document),
    ];

    private CustomerId? Whose(int customer) => customer < 0 ? null : new CustomerId(rows.CustomerIds.Text(_standsFor[customer]));

    private CustomerId Whose(CustomerId customer) => _merges.IsEmpty ? customer : Whose(rows.CustomerIds.Find(customer.Value))!.Value;

    // A resolution ends the disputes that stood on its day; what was accepted before is taken off those that stood then, the earliest first.
    private List<Dispute> Disputes()
    {
        var resolutions = Of<DisputeResolved>().OrderBy(e => e.On).ThenBy(e => e.Accepted).ThenBy(e => e.Reason, StringComparer.Ordinal).ToLookup(e => e.Invoice);
        var acceptances = Of<DisputePartlyAccepted>().OrderBy(e => e.On).ThenBy(e => e.Accepted).ThenBy(e => e.Reason, StringComparer.Ordinal).ToLookup(e => e.Invoice);
        var disputes = new List<Dispute>();
        foreach (var invoice in Of<DisputeOpened>().GroupBy(d => d.Invoice))
        {
            var mine = invoice.OrderBy(d => d.Opened).ThenBy(d => d.Resolved).ThenBy(d => d.Amount).ThenBy(d => d.Reason, StringComparer.Ordinal).Select(d =>
            {
                var resolution = resolutions[d.Invoice].FirstOrDefault(r => r.On >= d.Opened);
                var isResolved = resolution is not null && !(d.Resolved < resolution.On);
                return new Dispute(d.Invoice, d.Opened, isResolved ? resolution!.On : d.Resolved, In(d.Invoice, d.Amount), d.Reason)
                {
                    Accepted = isResolved ? In(d.Invoice, resolution!.Accepted) : null,
                    Decision = isResolved ? resolution!.Reason : null,
                };
            }).ToList();
            foreach (var acceptance in acceptances[invoice.Key])
            {
                Accept(mine, acceptance, In(invoice.Key, acceptance.Accepted)!.Value);
            }

            disputes.AddRange(mine);
        }

        return disputes;
    }

    private static void Accept(List<Dispute> disputes, DisputePartlyAccepted acceptance, Money left)
    {
        for (var i = 0; i < disputes.Count && left.IsPositive; i++)
        {
            var dispute = disputes[i];
            if (dispute.Opened > acceptance.On || dispute.Resolved <= acceptance.On)
            {
                continue;
            }

            var taken = dispute.Amount is { } amount ? Money.Min(amount, left) : left;
            left -= taken;
            if (taken.IsPositive)
            {
                disputes[i] = dispute with { Amount = dispute.Amount - taken, Accepted = dispute.Accepted + taken ?? taken, Decision = dispute.Decision ?? acceptance.Reason };
            }
        }
    }

    private LocalDate? LastDay(HoldPlaced hold)
    {
        _released ??= ReleasesByCustomer();
        return Earliest(hold.Until, _released[hold.Customer].Where(on => on >= hold.From).Select(on => Days.Add(on, -1)));
    }

    // Whom a release is for, it releases with all who were one with them on its day.
    private ILookup<CustomerId, LocalDate> ReleasesByCustomer()
    {
        var releases = Of<HoldReleased>();
        return (_merges.IsEmpty
            ? releases.Select(r => (r.Customer, r.On))
            : releases.SelectMany(r => OneWith(r.Customer, _merges.At(r.On)).Select(c => (Customer: c, r.On)))).ToLookup(r => r.Customer, r => r.On);
    }

    private IEnumerable<CustomerId> OneWith(CustomerId customer, int[] standsFor)
    {
        var mine = standsFor[rows.CustomerIds.Find(customer.Value)];
        return Enumerable.Range(0, standsFor.Length).Where(c => standsFor[c] == mine).Select(c => new CustomerId(rows.CustomerIds.Text(c)));
    }

    private static LocalDate? Earliest(LocalDate? end, IEnumerable<LocalDate> others)
    {
        foreach (var other in others)
        {
            end = end is { } known && known <= other ? known : other;
        }

        return end;
    }

    // What began by the date of the report, with the first end on its first day or after it by then; no end is null.
    private IEnumerable<(TBegin Begin, TEnd? End)> WithEnds<TBegin, TEnd>(Func<TBegin, DocumentId> keyOf, Func<TEnd, DocumentId> endedKey)
        where TBegin : LedgerEvent
        where TEnd : LedgerEvent
    {
        // Of several ends of one day: withdrawn, else broken, else kept.
        var ends = Of<TEnd>().OrderBy(e => e.EffectiveDate).ThenByDescending(e => e switch { PromiseEnded p => p.Outcome, PlanEnded p => p.Outcome, _ => default }).ToLookup(endedKey);
        return Of<TBegin>().Select(b => (b, ends[keyOf(b)].FirstOrDefault(e => e.EffectiveDate >= b.EffectiveDate)));
    }

    // Several disputes together never cover more than what is open.
    private static Money? Disputed(IEnumerable<Dispute> disputes, Money open)
    {
        var sum = 0m;
        foreach (var dispute in disputes)
        {
            sum = Math.Min(open.Amount, sum + Math.Min(open.Amount, dispute.Amount?.Amount ?? open.Amount));
        }

        return sum > 0m ? new Money(sum, open.Currency) : null;
    }

    // What closes a document goes to the instalment due earliest. What an exchange difference reopened beyond the whole stands at the last.
    private static OpenInstalment[] OpenParts((LocalDate Due, long Minor)[] parts, long closed, Currency currency)
    {
        var open = new OpenInstalment[parts.Length];
        var left = closed;
        var last = parts.Length - 1;
        foreach (var (at, rank) in Enumerable.Range(0, parts.Length).OrderBy(i => parts[i].Due).Select((i, rank) => (i, rank)))
        {
            var (due, minor) = parts[at];
            var taken = left < 0 && rank < last ? 0 : Math.Min(left, minor);
            left -= taken;
            open[at] = new OpenInstalment(at + 1, due, Money.FromMinorUnits(minor, currency), Money.FromMinorUnits(minor - taken, currency));
        }

        return open;
    }

    private List<Customer> Customers()
    {
        var customers = new List<Customer>();
        var changes = Of<CreditLimitChanged>().ToLookup(e => e.Customer);
        var order = InOrder(rows.CustomerIds);
        var merged = _merges.IsEmpty ? null : order.Where(id => _standsFor[id] != id).ToLookup(id => _standsFor[id]);
        foreach (var id in order)
        {
            // Who stands for another is known by the merge, if only by the id; and so is whom it stands for.
            var stub = merged?.Contains(id) == true ? new CustomerRecorded { Customer = new Customer { Id = new CustomerId(rows.CustomerIds.Text(id)) } } : null;
            if (_standsFor[id] != id || (Known(id) ?? stub) is not { } recorded)
            {
                continue;
            }

            var parent = ParentOf(id);
            var customer = WithLimit(recorded, changes[recorded.Customer.Id]) with { Parent = parent < 0 ? null : new CustomerId(rows.CustomerIds.Text(parent)) };
            customers.Add(merged is null ? customer : WithMerged(customer, [.. merged[id].Select(m => Known(m)?.Customer ?? new Customer { Id = new CustomerId(rows.CustomerIds.Text(m)) })]));
        }

        return customers;
    }

    // As it was recorded, or as the last change by the date of the report has it; the limits are no part of a change.
    private CustomerRecorded? Known(int id)
    {
        if (rows.Customers[id].Event is not CustomerRecorded recorded || (knownAt is { } at && recorded.KnownFrom > at))
        {
            return null;
        }

        // Of changes of one day that became known together, what they say decides which is last: never their lines.
        _changes ??= Of<CustomerChanged>().OrderBy(c => c.On).ThenBy(c => c.KnownFrom).ThenBy(c => InFull(c.Customer), StringComparer.Ordinal).ToLookup(c => c.Customer.Id);
        return _changes[recorded.Customer.Id].LastOrDefault() is { Customer: var changed }
            ? recorded with { Customer = changed with { CreditLimit = recorded.Customer.CreditLimit, InsuredLimit = recorded.Customer.InsuredLimit } }
            : recorded;
    }

    private static string InFull(PaymentPlan plan) => string.Join('\n', plan.Instalments.Select(i => LocalDatePattern.Iso.Format(i.Due) + i.Amount.ToAmountString()));

    private static string InFull(Customer c) => string.Join('\n', new[]
    {
        c.Name, c.Kind.ToString(), c.Language, c.Country, c.Profile, c.Group, c.Parent?.Value, c.Email, c.Phone, string.Join('\t', c.Aliases), string.Join('\t', c.Ibans), string.Join('\t', c.BankAccounts),
        string.Join('\t', c.Contacts.Select(p => $"{p.Name}\f{p.Role}\f{p.Email}\f{p.Phone}\f{p.Language}\f{string.Join('\v', p.Purposes)}")),
    });

    // Where merging makes parents meet in a circle, none of them is one.
    private int ParentOf(int customer)
    {
        var first = Step(customer);
        var at = first;
        for (var steps = 0; at >= 0 && at != customer && steps < _standsFor.Length; steps++)
        {
            at = Step(at);
        }

        return at == customer ? -1 : first;

        // What a change says of the parent stands in place of what was recorded.
        int Step(int id)
        {
            var parent = _changes?[new CustomerId(rows.CustomerIds.Text(id))].LastOrDefault() is { } change
                ? change.Customer.Parent is { } changed ? rows.CustomerIds.Find(changed.Value) : -1
                : resolved.Parents[id];
            return parent >= 0 ? _standsFor[parent] : -1;
        }
    }

    private static Customer WithMerged(Customer customer, IReadOnlyList<Customer> merged) => merged.Count == 0 ? customer : customer with
    {
        MergedIds = [.. merged.Select(m => m.Id)],
        Aliases = [.. customer.Aliases.Concat(merged.SelectMany(m => m.Name is { } name ? m.Aliases.Prepend(name) : m.Aliases)).Where(a => a != customer.Name).Distinct(StringComparer.Ordinal)],
        Ibans = [.. customer.Ibans.Concat(merged.SelectMany(m => m.Ibans)).Distinct()],
        BankAccounts = [.. customer.BankAccounts.Concat(merged.SelectMany(m => m.BankAccounts)).Distinct(StringComparer.Ordinal)],
        Contacts = [.. customer.Contacts.Concat(merged.SelectMany(m => m.Contacts))],
    };

    // The last change by the date of the report counts; two on one day, the higher limit.
    private Customer WithLimit(CustomerRecorded recorded, IEnumerable<CreditLimitChanged> changes) =>
        changes.OrderBy(c => c.On).ThenBy(c => c.Limit ?? decimal.MaxValue).ThenBy(c => c.Insured).LastOrDefault() is { } change
            ? recorded.Customer with { CreditLimit = Own(change.Limit), InsuredLimit = Own(change.Insured) }
            : recorded.Customer with
            {
                CreditLimit = recorded.Customer.CreditLimit ?? Own(recorded.CreditLimit),
                InsuredLimit = recorded.Customer.InsuredLimit ?? Own(recorded.InsuredLimit),
            };

    private Money? Own(decimal? amount) => amount is { } value && rows.Opened?.Currency is { } currency ? new Money(value, currency) : null;

    private PaymentPlan Plan(PlanAgreed plan) =>
        new(plan.Invoice, plan.Agreed, [.. plan.Instalments.OrderBy(i => i.Due).Select(i => new PlanInstalment(i.Due, In(plan.Invoice, i.Amount)!.Value))]);

    // What had happened by the date of the report, as far as known then; of what is only known whatever the date, all.
    private IReadOnlyList<T> Of<T>(bool isOfAnyDate = false)
        where T : LedgerEvent =>
        [.. resolved.Others.Select(o => o.Event).OfType<T>().Where(e => (isOfAnyDate || e.EffectiveDate <= asOf) && (knownAt is not { } at || (e.KnownFrom <= at && IsOfWhatCounts(e))))];

    // What was known of a document before the document itself was: that it is one, only later knowledge says.
    private bool IsOfWhatCounts(LedgerEvent item) => item switch
    {
        DisputeOpened e => Counts(e.Invoice),
        DisputePartlyAccepted e => Counts(e.Invoice),
        DisputeResolved e => Counts(e.Invoice),
        PromiseMade e => Counts(e.Invoice),
        PromiseEnded e => Counts(e.Invoice),
        PlanAgreed e => Counts(e.Invoice),
        PlanEnded e => Counts(e.Invoice),
        DirectDebitAnnounced e => Counts(e.Invoice),
        HandedOver e => Counts(e.Invoice),
        HandoverRecalled e => Counts(e.Invoice),
        ReminderSent e => Counts(e.Invoice),
        DocumentTransmitted e => Counts(e.Invoice),
        NoteWritten e => Counts(e.Invoice),
        PaymentCleared e => Counts(e.Payment),
        _ => true,
    };

    private bool Counts(DocumentId document) => judgement.Counts[rows.DocumentIds.Find(document.Value)];

    private Money? In(DocumentId document, decimal? amount) =>
        amount is { } value ? new Money(value, rows.Documents[rows.DocumentIds.Find(document.Value)].Currency) : null;

    private static int[] InOrder(IdTable ids)
    {
        var order = new int[ids.Count];
        var isSorted = true;
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
            isSorted = isSorted && (i == 0 || ids.Compare(i - 1, i) < 0);
        }

        // Files are often written in order of id; then there is nothing to sort.
        if (!isSorted)
        {
            order.AsSpan().Sort(ids.Compare);
        }

        return order;
    }
}
