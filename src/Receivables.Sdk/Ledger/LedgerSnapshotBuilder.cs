using NodaTime;

namespace Receivables.Sdk.Ledger;

/// <summary>Makes the plain values of one moment from a judged ledger.</summary>
internal sealed class LedgerSnapshotBuilder(LedgerRowStore rows, LedgerResolver resolved, LedgerJudgement judgement, LocalDate asOf, Instant? knownAt)
{
    private readonly int _day = RowTime.DayKey(asOf);
    private readonly Dictionary<int, List<StandingAllocation>> _bySource = [];

    internal LedgerSnapshot Build()
    {
        var allocations = Allocations();
        var disputes = Of<DisputeOpened>(e => e.Opened);
        var disputed = disputes.Where(d => d.Resolved is not { } end || asOf < end).ToLookup(d => rows.DocumentIds.Find(d.Invoice.Value));
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
            Allocations = allocations,
            Disputes = [.. disputes.Select(d => new Dispute(d.Invoice, d.Opened, d.Resolved, In(d.Invoice, d.Amount), d.Reason))
                .OrderBy(d => d.Invoice).ThenBy(d => d.Opened).ThenBy(d => d.Resolved).ThenBy(d => d.Amount?.Amount).ThenBy(d => d.Reason, StringComparer.Ordinal)],
            Promises = [.. Of<PromiseMade>(e => e.Made).Select(p => new PaymentPromise(p.Invoice, p.Made, p.Until, In(p.Invoice, p.Amount)))
                .OrderBy(p => p.Invoice).ThenBy(p => p.Made).ThenBy(p => p.Until).ThenBy(p => p.Amount?.Amount)],
            Holds = [.. Of<HoldPlaced>(e => e.From).Select(h => new ReminderHold(h.Customer, h.From, h.Until, h.Reason))
                .OrderBy(h => h.Customer).ThenBy(h => h.From).ThenBy(h => h.Until).ThenBy(h => h.Reason, StringComparer.Ordinal)],
            Plans = [.. Of<PlanAgreed>(e => e.Agreed).Select(Plan).OrderBy(p => p.Invoice).ThenBy(p => p.Agreed).ThenBy(p => p.Instalments.Count)],
            DirectDebits = [.. Of<DirectDebitAnnounced>(_ => asOf).Select(d => new AnnouncedDirectDebit(d.Invoice, d.CollectOn)).OrderBy(d => d.Invoice).ThenBy(d => d.CollectOn)],
            Handovers = [.. Of<HandedOver>(e => e.On).Select(h => new Handover(h.Invoice, h.On, h.To)).OrderBy(h => h.Invoice).ThenBy(h => h.On).ThenBy(h => h.To, StringComparer.Ordinal)],
            Reminders = [.. Of<ReminderSent>(e => e.Sent).Select(r => new SentReminder(r.Invoice, r.Instalment, r.Level, r.Sent, r.Channel, r.Action))
                .OrderBy(r => r.Invoice).ThenBy(r => r.Instalment).ThenBy(r => r.Sent).ThenBy(r => r.Level).ThenBy(r => r.Channel, StringComparer.Ordinal).ThenBy(r => r.Action?.Value, StringComparer.Ordinal)],
            // What a bank's data covers is known of every day up to its own, also when the report is about an earlier one.
            BankData = [.. Of<BankDataReceived>(_ => asOf).Select(b => new BankCoverage(b.Account, b.Until)).OrderBy(b => b.Account, StringComparer.Ordinal).ThenBy(b => b.Until)],
            Notes = [.. Of<NoteWritten>(e => e.EffectiveDate).Select(n => new DossierNote(n.Invoice, n.At, n.By, n.Text))
                .OrderBy(n => n.Invoice).ThenBy(n => n.At).ThenBy(n => n.By, StringComparer.Ordinal).ThenBy(n => n.Text, StringComparer.Ordinal)],
        };
    }

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

            var undone = LedgerJudgement.UndoneBy(judgement.Undone, id, _day);
            if (undone.Minor == row.Minor && undone.PaidMinor == row.PaidMinor)
            {
                continue;
            }

            var amount = Money.FromMinorUnits(row.Minor - undone.Minor, rows.Documents[row.To].Currency);
            DocumentId? from = row.From < 0 ? null : new DocumentId(rows.DocumentIds.Text(row.From));
            var allocation = new StandingAllocation(
                new AllocationId(rows.AllocationIds.Text(id)), from, new DocumentId(rows.DocumentIds.Text(row.To)), amount, RowTime.Date(row.Day), row.Kind)
            {
                Paid = row.From >= 0 && rows.Documents[row.From].Currency is var paidIn && paidIn != amount.Currency
                    ? Money.FromMinorUnits(row.PaidMinor - undone.PaidMinor, paidIn)
                    : null,
            };
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

    private OpenItem Item(int id, in DocumentRow row, IEnumerable<DisputeOpened> disputes)
    {
        var minor = judgement.Open(id, row.Minor, _day);
        var open = Money.FromMinorUnits(minor, row.Currency);
        var extras = rows.DocumentExtras.GetValueOrDefault(id);
        var isPayment = row.Kind == DocumentKind.Payment;
        return new OpenItem
        {
            Id = new DocumentId(rows.DocumentIds.Text(id)),
            Kind = row.Kind,
            Customer = row.Customer < 0 ? null : new CustomerId(rows.CustomerIds.Text(row.Customer)),
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
        };
    }

    private RecordedPayment Payment(int id, in DocumentRow row, OpenItem item) => new(
        item,
        rows.Pool.Text(row.Number) is { Length: > 0 } transaction ? new TransactionId(transaction) : null,
        rows.Pool.Text(row.Reference),
        Money.FromMinorUnits(LedgerJudgement.UndoneBy(judgement.Returned, id, _day).Minor, row.Currency),
        _bySource.TryGetValue(id, out var list) ? list : []);

    // Several disputes together never cover more than what is open.
    private static Money? Disputed(IEnumerable<DisputeOpened> disputes, Money open)
    {
        var sum = 0m;
        foreach (var dispute in disputes)
        {
            sum = Math.Min(open.Amount, sum + Math.Min(open.Amount, dispute.Amount ?? open.Amount));
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
        foreach (var id in InOrder(rows.CustomerIds))
        {
            if (rows.Customers[id].Event is not CustomerRecorded recorded || (knownAt is { } at && recorded.KnownFrom > at))
            {
                continue;
            }

            var parent = resolved.Parents[id];
            customers.Add(recorded.Customer with
            {
                Parent = parent < 0 ? null : new CustomerId(rows.CustomerIds.Text(parent)),
                CreditLimit = recorded.Customer.CreditLimit
                    ?? (recorded.CreditLimit is { } limit && rows.Opened?.Currency is { } currency ? new Money(limit, currency) : null),
            });
        }

        return customers;
    }

    private PaymentPlan Plan(PlanAgreed plan) =>
        new(plan.Invoice, plan.Agreed, [.. plan.Instalments.OrderBy(i => i.Due).Select(i => new PlanInstalment(i.Due, In(plan.Invoice, i.Amount)!.Value))]);

    private IReadOnlyList<T> Of<T>(Func<T, LocalDate> effective)
        where T : LedgerEvent =>
        [.. resolved.Others.Select(o => o.Event).OfType<T>().Where(e => effective(e) <= asOf && (knownAt is not { } at || e.KnownFrom <= at))];

    private Money? In(DocumentId document, decimal? amount) =>
        amount is { } value ? new Money(value, rows.Documents[rows.DocumentIds.Find(document.Value)].Currency) : null;

    private static int[] InOrder(IdTable ids)
    {
        var order = new int[ids.Count];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        order.AsSpan().Sort(ids.Compare);
        return order;
    }
}
