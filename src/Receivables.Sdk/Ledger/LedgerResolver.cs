using NodaTime;

namespace Receivables.Sdk.Ledger;

/// <summary>Judges what does not depend on time: whether rows refer to what exists, and whether amounts fit their currencies.</summary>
/// <remarks>What is at fault is marked as left out and told. Runs once, when a book is made.</remarks>
internal sealed class LedgerResolver(LedgerRowStore rows)
{
    private readonly LedgerFaultList _faults = rows.Faults;

    /// <summary>The other events that stand, with documents and customers that exist.</summary>
    internal List<PlacedEvent> Others { get; } = [];

    /// <summary>Whose parent each customer is, by number; -1 is nobody.</summary>
    internal int[] Parents { get; private set; } = [];

    /// <summary>Instalments in minor units, for the documents where they add up.</summary>
    internal Dictionary<int, (LocalDate Due, long Minor)[]> Instalments { get; } = [];

    internal void Resolve()
    {
        ResolveLimits();
        ResolveParents();
        for (var id = 0; id < rows.DocumentIds.Count; id++)
        {
            ref var row = ref rows.Documents[id];
            if (row.State == RowState.Defined && !ResolveDocument(id, ref row))
            {
                row.State = RowState.LeftOut;
            }
        }

        foreach (var (id, extras) in rows.DocumentExtras)
        {
            ref var row = ref rows.Documents[id];
            if (row is { State: RowState.Defined, Kind: DocumentKind.Recovery } && !ResolveRecovery(row, extras.RelatedTo))
            {
                row.State = RowState.LeftOut;
            }
        }

        for (var id = 0; id < rows.AllocationIds.Count; id++)
        {
            ref var row = ref rows.Allocations[id];
            if (row.State == RowState.Defined && !ResolveAllocation(id, ref row))
            {
                row.State = RowState.LeftOut;
            }
        }

        foreach (var placed in rows.Others)
        {
            if (ResolveOther(placed))
            {
                Others.Add(placed);
            }
        }
    }

    // A customer whose limit no currency has is left out, as any line at fault is.
    private void ResolveLimits()
    {
        for (var id = 0; id < rows.CustomerIds.Count; id++)
        {
            if (rows.Customers[id] is { Event: CustomerRecorded e } placed
                && !(FitsLimit(e.Customer.CreditLimit?.Amount ?? e.CreditLimit, e.Customer.CreditLimit?.Currency ?? rows.Opened?.Currency, placed)
                    && FitsLimit(e.Customer.InsuredLimit?.Amount ?? e.InsuredLimit, e.Customer.InsuredLimit?.Currency ?? rows.Opened?.Currency, placed)))
            {
                rows.Customers[id] = default;
            }
        }
    }

    // Zero is a limit. Without a currency of the ledger there is none to fit, and the limit does not count.
    private bool FitsLimit(decimal? limit, Currency? currency, PlacedEvent placed) =>
        limit is null or 0m || currency is not { } known || TryMinor(limit.Value, known, placed.Line, placed.Column, out _);

    private bool ResolveDocument(int id, ref DocumentRow row)
    {
        if (row.Customer >= 0 && rows.Customers[row.Customer].Event is null)
        {
            return Fault(LedgerCodes.NoSuchCustomer, "The customer does not exist.", row.Line);
        }

        if (row.Customer < 0)
        {
            _faults.Error(LedgerCodes.PaymentWithoutCustomer, "The payment has no customer; it is kept as the unapplied money of nobody.", row.Line);
        }

        if ((row.StatedCurrency ?? rows.Opened?.Currency) is not { } currency)
        {
            return Fault(LedgerCodes.NoCurrency, "The document names no currency, and the ledger has none.", row.Line);
        }

        row.Currency = currency;
        if (!TryMinor(row.Amount, currency, row.Line, row.Column, out row.Minor))
        {
            return false;
        }

        row.Scale = (byte)currency.MinorUnitDigits;

        if (row.Minor <= 0)
        {
            return Fault(LedgerCodes.NotPositive, "The amount is not above zero.", row.Line, row.Column);
        }

        var isEarly = row.Due < row.Issued;
        var hasExtras = rows.DocumentExtras.TryGetValue(id, out var extras);
        if (row.Kind == DocumentKind.Recovery && extras?.RelatedTo is null)
        {
            return Fault(LedgerCodes.FieldMissing, "The recovery does not say what was written off: the field invoice is missing.", row.Line);
        }

        if (hasExtras && extras!.Instalments.Count > 0)
        {
            isEarly |= extras.Instalments.Any(i => i.Due < rows.Documents[id].Issued);
            if (!ResolveInstalments(id, row, extras.Instalments))
            {
                return false;
            }
        }

        if (isEarly)
        {
            _faults.Warning(LedgerCodes.DueBeforeIssued, "The due date is before the date of issue.", row.Line);
        }

        return true;
    }

    private bool ResolveRecovery(in DocumentRow row, DocumentId? of)
    {
        var id = rows.DocumentIds.Find(of!.Value.Value);
        if (id < 0 || rows.Documents[id].State != RowState.Defined)
        {
            return Fault(LedgerCodes.NoSuchDocument, "The document that was written off does not exist.", row.Line);
        }

        return rows.Documents[id].IsCredit ? Fault(LedgerCodes.WrongSide, "A recovery is of a document that is owed.", row.Line)
            : rows.Documents[id].Currency == row.Currency || Fault(LedgerCodes.CurrenciesDiffer, "A recovery is in the currency of what was written off.", row.Line);
    }

    private bool ResolveInstalments(int id, in DocumentRow row, IReadOnlyList<InstalmentTerm> terms)
    {
        var parts = new (LocalDate Due, long Minor)[terms.Count];
        Int128 sum = 0;
        for (var i = 0; i < parts.Length; i++)
        {
            if (!TryMinor(terms[i].Amount, row.Currency, row.Line, 1, out var minor))
            {
                return false;
            }

            parts[i] = (terms[i].Due, minor);
            sum += minor;
        }

        if (sum == row.Minor)
        {
            Instalments.Add(id, parts);
            return true;
        }

        _faults.Error(LedgerCodes.InstalmentsDoNotAddUp, "The instalments do not add up to the amount; the document's own due date counts.", row.Line);
        return true;
    }

    private bool ResolveAllocation(int id, ref AllocationRow row)
    {
        ref readonly var to = ref rows.Documents[row.To];
        if (to.State != RowState.Defined || (row.From >= 0 && rows.Documents[row.From].State != RowState.Defined))
        {
            return Fault(LedgerCodes.NoSuchDocument, "A document of the allocation does not exist.", row.Line);
        }

        if (to.IsCredit || (row.From >= 0 && !rows.Documents[row.From].IsCredit))
        {
            return Fault(LedgerCodes.WrongSide, "An allocation goes from a payment or credit note to a document that is owed.", row.Line);
        }

        if (row.From < 0 && row.Kind is AllocationKind.Payment or AllocationKind.Credit)
        {
            return Fault(LedgerCodes.FieldMissing, "The field from is missing.", row.Line);
        }

        if (!TryMinor(row.Amount, to.Currency, row.Line, row.Column, out row.Minor))
        {
            return false;
        }

        row.Scale = (byte)to.Currency.MinorUnitDigits;

        var mayReopen = row.Kind == AllocationKind.Fx && row.From < 0;
        if (mayReopen ? row.Minor == 0 : row.Minor <= 0)
        {
            return Fault(LedgerCodes.NotPositive, "The amount is not above zero.", row.Line, row.Column);
        }

        row.Day = RowTime.DayKey(row.On < to.Issued ? to.Issued : row.On);
        if (row.From < 0)
        {
            return true;
        }

        row.Day = Math.Max(row.Day, RowTime.DayKey(rows.Documents[row.From].Issued));
        return ResolvePaid(id, ref row, rows.Documents[row.From].Currency, to.Currency);
    }

    private bool ResolvePaid(int id, ref AllocationRow row, Currency from, Currency to)
    {
        var rate = rows.AllocationExtras.TryGetValue(id, out var extras) ? extras.Rate : null;
        if (!row.HasPaid || rate is null)
        {
            if (from != to)
            {
                return Fault(LedgerCodes.CurrenciesDiffer, "The documents are in different currencies, and paid and rate do not both stand.", row.Line);
            }

            if (!row.HasPaid)
            {
                (row.PaidMinor, row.PaidScale) = (row.Minor, row.Scale);
                return true;
            }
        }

        if (!TryMinor(row.Paid, from, row.Line, row.Column, out row.PaidMinor))
        {
            return false;
        }

        row.PaidScale = (byte)from.MinorUnitDigits;

        if (row.PaidMinor <= 0)
        {
            return Fault(LedgerCodes.NotPositive, "The amount paid is not above zero.", row.Line, row.Column);
        }

        if (from == to ? row.PaidMinor != row.Minor : !RateHolds(row, rate!.Value, from))
        {
            return Fault(LedgerCodes.RateDoesNotHold, "The rate is not paid divided by amount, to a minor unit.", row.Line);
        }

        return true;
    }

    private static bool RateHolds(in AllocationRow row, decimal rate, Currency from)
    {
        var unit = 1m / Money.PowerOfTen(from.MinorUnitDigits);
        var paid = row.Paid.ToDecimal();
        // A rate beyond this cannot be right, and the product below could pass the largest decimal.
        return rate > 0m && rate < 1_000_000_000m && decimal.Abs((row.Amount.ToDecimal() * rate) - paid) <= unit;
    }

    private bool ResolveOther(PlacedEvent placed) => placed.Event switch
    {
        AllocationReversed e => Exists(e.Allocation, placed),
        PaymentReturned e => Exists(e.Payment, placed, e.Amount, d => d.Kind == DocumentKind.Payment),
        MoneyRefunded e => Exists(e.From, placed, e.Amount, d => d.IsCredit),
        DisputeOpened e => Exists(e.Invoice, placed, e.Amount) && InOrder(e.Opened, e.Resolved, placed),
        PromiseMade e => Exists(e.Invoice, placed, e.Amount) && InOrder(e.Made, e.Until, placed),
        HoldPlaced e => Exists(e.Customer, placed) && InOrder(e.From, e.Until, placed),
        PlanAgreed e => Exists(e.Invoice, placed) && e.Instalments.All(i => Exists(e.Invoice, placed, i.Amount)),
        DirectDebitAnnounced e => Exists(e.Invoice, placed),
        HandedOver e => Exists(e.Invoice, placed),
        ReminderSent e => Exists(e.Invoice, placed),
        NoteWritten e => Exists(e.Invoice, placed),
        DocumentTransmitted e => Exists(e.Invoice, placed),
        PaymentCleared e => Exists(e.Payment, placed, null, d => d.Kind == DocumentKind.Payment),
        BookingUndone e => Exists(e.Document, placed, null, d => d.IsCredit) && TellMissing(e.Allocations, placed),
        CustomerChanged e => Exists(e.Customer.Id, placed) && (e.Customer.Parent is not { } parent || Exists(parent, placed)),
        DisputePartlyAccepted e => Exists(e.Invoice, placed, e.Accepted),
        DisputeResolved e => Exists(e.Invoice, placed, e.Accepted),
        PromiseEnded e => Exists(e.Invoice, placed),
        PlanEnded e => Exists(e.Invoice, placed),
        HoldReleased e => Exists(e.Customer, placed),
        HandoverRecalled e => Exists(e.Invoice, placed),
        InsolvencyDeclared e => Exists(e.Customer, placed),
        CreditLimitChanged e => Exists(e.Customer, placed) && FitsLimit(e.Limit, rows.Opened?.Currency, placed) && FitsLimit(e.Insured, rows.Opened?.Currency, placed),
        CustomersMerged e => Exists(e.Customer, placed) && Exists(e.Into, placed),
        MergeUndone e => Exists(e.Customer, placed),
        _ => true,
    };

    private bool Exists(AllocationId allocation, PlacedEvent placed)
    {
        var id = rows.AllocationIds.Find(allocation.Value);
        return (id >= 0 && rows.Allocations[id].State == RowState.Defined)
            || Fault(LedgerCodes.NoSuchAllocation, "The allocation does not exist.", placed.Line);
    }

    // Allocations that an undoing names and that do not exist are told; it stands all the same.
    private bool TellMissing(IReadOnlyList<AllocationId> allocations, PlacedEvent placed)
    {
        foreach (var allocation in allocations)
        {
            Exists(allocation, placed);
        }

        return true;
    }

    private bool Exists(CustomerId customer, PlacedEvent placed)
    {
        var id = rows.CustomerIds.Find(customer.Value);
        return (id >= 0 && rows.Customers[id].Event is not null) || Fault(LedgerCodes.NoSuchCustomer, "The customer does not exist.", placed.Line);
    }

    private bool Exists(DocumentId document, PlacedEvent placed, decimal? amount = null, Func<DocumentRow, bool>? fits = null)
    {
        var id = rows.DocumentIds.Find(document.Value);
        if (id < 0 || rows.Documents[id].State != RowState.Defined)
        {
            return Fault(LedgerCodes.NoSuchDocument, "The document does not exist.", placed.Line);
        }

        if (fits is not null && !fits(rows.Documents[id]))
        {
            return Fault(LedgerCodes.WrongSide, "The document is not of the kind that this is done with.", placed.Line);
        }

        return amount is null || TryMinor(amount.Value, rows.Documents[id].Currency, placed.Line, placed.Column, out _);
    }

    private bool InOrder(LocalDate first, LocalDate? last, PlacedEvent placed) =>
        last is not { } end || end >= first || Fault(LedgerCodes.EndsBeforeItBegins, "It ends before it begins.", placed.Line);

    private bool TryMinor(decimal value, Currency currency, int line, int column, out long minor)
    {
        minor = 0;
        if (!ScaledAmount.TryCreate(value, rows.IsAsWritten, out var amount))
        {
            return Fault(LedgerCodes.AmountTooLarge, "The amount is beyond what a ledger keeps exactly.", line, column);
        }

        return TryMinor(amount, currency, line, column, out minor)
            && (minor > 0 || Fault(LedgerCodes.NotPositive, "The amount is not above zero.", line, column));
    }

    private bool TryMinor(ScaledAmount amount, Currency currency, int line, int column, out long minor) => amount.ToMinorUnits(currency.MinorUnitDigits, out minor) switch
    {
        null => true,
        LedgerCodes.TooManyDecimals => Fault(LedgerCodes.TooManyDecimals, $"The amount has more decimals than {currency.Code}.", line, column),
        var code => Fault(code, "The amount is beyond what a ledger keeps exactly.", line, column),
    };

    private bool Fault(string code, string message, int line, int column = 1)
    {
        _faults.Error(code, message, line, column);
        return false;
    }

    // A parent that does not exist, a customer that is its own parent, a circle: told, and each is its own parent.
    private void ResolveParents()
    {
        var count = rows.CustomerIds.Count;
        var parents = new int[count];
        Array.Fill(parents, -1);
        for (var id = 0; id < count; id++)
        {
            if (rows.Customers[id] is { Event: CustomerRecorded { Customer.Parent: { } parent }, Line: var line })
            {
                var at = rows.CustomerIds.Find(parent.Value);
                if (at >= 0 && rows.Customers[at].Event is not null)
                {
                    parents[id] = at;
                }
                else
                {
                    _faults.Error(LedgerCodes.NoSuchCustomer, "The parent does not exist; the customer is its own.", line);
                }
            }
        }

        // 0 not seen, 1 on the chain now walked, 2 done: walking up from each customer meets its own chain only in a circle.
        var state = new byte[count];
        var chain = new List<int>();
        for (var id = 0; id < count; id++)
        {
            chain.Clear();
            var at = id;
            for (; at >= 0 && state[at] == 0; at = parents[at])
            {
                state[at] = 1;
                chain.Add(at);
            }

            if (at >= 0 && state[at] == 1)
            {
                BreakCircle(parents, chain[chain.IndexOf(at)..]);
            }

            foreach (var walked in chain)
            {
                state[walked] = 2;
            }
        }

        Parents = parents;
    }

    private void BreakCircle(int[] parents, List<int> circle)
    {
        int[] lines = [.. circle.Select(c => rows.Customers[c].Line).Order()];
        foreach (var member in circle)
        {
            parents[member] = -1;
            _faults.Error(
                LedgerCodes.CircleOfParents,
                circle.Count == 1 ? "The customer is its own parent." : $"The parents on lines {string.Join(", ", lines)} make a circle; each is its own parent.",
                rows.Customers[member].Line,
                1,
                lines);
        }
    }
}
