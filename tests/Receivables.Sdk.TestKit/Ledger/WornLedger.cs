using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.TestKit.Matching;

namespace Receivables.Sdk.TestKit.Ledger;

/// <summary>Events as a host with old and damaged tables hands them over: dates at the ends of the calendar, amounts at the limits, texts that are empty, huge or no text, things said twice, and things said of what there is not.</summary>
public static class WornLedger
{
    private static readonly System.Collections.Immutable.ImmutableArray<string> OddTexts =
    [
        "", " ", "0", "*", "\\*", "a\tb\r\nc", "\"", "\\", "<script>alert(1)</script>", "=1+1", "é", "\u0000", "\u001b[31m", "\ud83d\ude00", "\u202e", "\u2028", "İı", "法人", new string('x', 5000),
    ];

    private static readonly System.Collections.Immutable.ImmutableArray<decimal> OddAmounts =
    [
        0m, -1m, 0.01m, 0.001m, 0.0000000000000000000000000001m, 1.50m, 1.5000m, 999_999_999_999_999.99m, 9_999_999_999_999_999.99m, 10_000_000_000_000_000m, 999_999_999_999_999_999m, 1_000_000_000_000_000_000m,
        decimal.MaxValue, decimal.MinValue,
    ];

    private static readonly System.Collections.Immutable.ImmutableArray<LocalDate> OddDates =
    [
        new(1, 1, 1), new(1, 1, 2), new(9999, 12, 30), new(9999, 12, 31), new(1900, 1, 1), new(1970, 1, 1), new(2024, 2, 29), new(2100, 2, 28),
    ];

    private static readonly System.Collections.Immutable.ImmutableArray<string> OddCurrencies = ["JPY", "KWD", "CLF", "HUF", "XXX"];

    /// <summary>Generated events, worn.</summary>
    public static Gen<IReadOnlyList<LedgerEvent>> Events { get; } =
        from events in LedgerGenerator.Events
        from seed in Gen.Choose(0, int.MaxValue)
        from share in Gen.Elements(0.01, 0.05, 0.3)
        select Wear(events, new Dice((ulong)seed), share);

    /// <summary>Dates within the ledger and at the ends of the calendar.</summary>
    public static Gen<LocalDate> Dates { get; } = Gen.OneOf(LedgerGenerator.Dates, Gen.Elements(OddDates.AsEnumerable()));

    /// <summary>Instants within the ledger and at the ends of time, or null for no cut.</summary>
    public static Gen<Instant?> KnowledgeCuts { get; } = Gen.OneOf(
        LedgerGenerator.KnowledgeCuts,
        Gen.Elements(Instant.MinValue, Instant.MaxValue, Instant.FromUtc(1, 1, 1, 0, 0), Instant.FromUtc(9999, 12, 31, 23, 59)).Select(i => (Instant?)i));

    /// <summary>Wears events.</summary>
    /// <param name="events">The events; they stay as they are.</param>
    /// <param name="dice">Chance.</param>
    /// <param name="share">How often a field is touched, 0 to 1.</param>
    public static IReadOnlyList<LedgerEvent> Wear(IReadOnlyList<LedgerEvent> events, Dice dice, double share)
    {
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(dice);
        var wear = new Wearer(dice, share);
        List<LedgerEvent> worn = [.. events.Where(_ => !dice.Is(share / 4)).Select(wear.Event)];
        // The same once more, somewhere else.
        foreach (var item in worn.FindAll(_ => dice.Is(share / 4)))
        {
            worn.Insert(dice.Below(worn.Count + 1), dice.Is(0.5) ? item with { } : wear.Event(item));
        }

        return worn;
    }

    private sealed class Wearer(Dice dice, double share)
    {
        internal LedgerEvent Event(LedgerEvent item) => Known(item switch
        {
            LedgerOpened e => e with { Name = Text(e.Name), Country = Text(e.Country), Currency = dice.Is(share) ? null : e.Currency, Accounts = dice.Is(share) ? [dice.Of(OddTexts)] : e.Accounts },
            CustomerRecorded e => e with { Customer = Customer(e.Customer), CreditLimit = Amount(e.CreditLimit), InsuredLimit = Amount(e.InsuredLimit) },
            CustomerChanged e => e with { Customer = Customer(e.Customer), On = Date(e.On) },
            DocumentIssued e => Document(e),
            PaymentReceived e => e with
            {
                Id = Document(e.Id),
                Customer = dice.Is(share) ? null : e.Customer,
                Received = Date(e.Received),
                Amount = Amount(e.Amount),
                Currency = Currency(e.Currency),
                Transaction = dice.Is(share) ? null : e.Transaction,
                Method = Text(e.Method),
                Entity = Text(e.Entity),
            },
            AllocationMade e => e with
            {
                From = dice.Is(share) ? null : e.From is { } from ? Document(from) : null,
                To = Document(e.To),
                Amount = Amount(e.Amount),
                On = Date(e.On),
                Paid = Amount(e.Paid),
                Rate = Amount(e.Rate),
                Kind = dice.Is(share) ? dice.Of(Enum.GetValues<AllocationKind>()) : e.Kind,
                By = Text(e.By),
                Reason = Text(e.Reason),
            },
            AllocationReversed e => e with { On = Date(e.On), Reason = Text(e.Reason) },
            PaymentReturned e => e with { Payment = Document(e.Payment), On = Date(e.On), Amount = Amount(e.Amount), Reason = Text(e.Reason) },
            MoneyRefunded e => e with { From = Document(e.From), On = Date(e.On), Amount = Amount(e.Amount) },
            PaymentCleared e => e with { Payment = Document(e.Payment), On = Date(e.On) },
            BookingUndone e => e with { Document = Document(e.Document), On = Date(e.On), Reason = Text(e.Reason) },
            DisputeOpened e => e with { Invoice = Document(e.Invoice), Opened = Date(e.Opened), Resolved = Date(e.Resolved), Amount = Amount(e.Amount), Reason = Text(e.Reason) },
            DisputePartlyAccepted e => e with { Invoice = Document(e.Invoice), On = Date(e.On), Accepted = Amount(e.Accepted), Reason = Text(e.Reason) },
            DisputeResolved e => e with { Invoice = Document(e.Invoice), On = Date(e.On), Accepted = Amount(e.Accepted), Reason = Text(e.Reason) },
            PromiseMade e => e with { Invoice = Document(e.Invoice), Made = Date(e.Made), Until = Date(e.Until), Amount = Amount(e.Amount) },
            PlanAgreed e => e with { Invoice = Document(e.Invoice), Agreed = Date(e.Agreed), Instalments = Terms(e.Instalments) },
            HoldPlaced e => e with { From = Date(e.From), Until = Date(e.Until), Reason = Text(e.Reason) },
            DirectDebitAnnounced e => e with { Invoice = Document(e.Invoice), CollectOn = Date(e.CollectOn) },
            HandedOver e => e with { Invoice = Document(e.Invoice), On = Date(e.On), To = Text(e.To) },
            ReminderSent e => e with
            {
                Invoice = Document(e.Invoice),
                Sent = Date(e.Sent),
                Channel = Text(e.Channel),
                Level = dice.Is(share) ? dice.Of([int.MinValue, -1, 0, 2, 9, int.MaxValue]) : e.Level,
                Instalment = dice.Is(share) ? dice.Of([int.MinValue, -1, 0, 2, int.MaxValue]) : e.Instalment,
            },
            DocumentTransmitted e => e with { Invoice = Document(e.Invoice), On = Date(e.On), Channel = Text(e.Channel) },
            NoteWritten e => e with { Invoice = Document(e.Invoice), By = Text(e.By), Text = Text(e.Text), Reference = Text(e.Reference), At = dice.Is(share) ? dice.Of([Instant.MinValue, Instant.MaxValue, Instant.FromUtc(1, 1, 1, 0, 0)]) : e.At },
            CreditLimitChanged e => e with { On = Date(e.On), Limit = Amount(e.Limit), Insured = Amount(e.Insured) },
            BankDataReceived e => e with { Account = Text(e.Account) ?? "", Until = Date(e.Until) },
            InsolvencyDeclared e => e with { On = Date(e.On), Reason = Text(e.Reason) },
            CustomersMerged e => e with { On = Date(e.On), Reason = Text(e.Reason) },
            DatedLedgerEvent e => e with { On = Date(e.On) },
            _ => item,
        });

        private LedgerEvent Known(LedgerEvent item) => !dice.Is(share) ? item : item with
        {
            RecordedAt = dice.Of<Instant?>([null, Instant.MinValue, Instant.MaxValue, Instant.FromUtc(1, 1, 1, 0, 0), Instant.FromUtc(2026, 2, 1, 0, 0).PlusNanoseconds(1)]),
        };

        private DocumentIssued Document(DocumentIssued e) => e with
        {
            Id = Document(e.Id),
            Kind = dice.Is(share / 2) ? dice.Of(Enum.GetValues<DocumentKind>().Where(k => k != DocumentKind.Payment).ToList()) : e.Kind,
            Number = Text(e.Number),
            Issued = Date(e.Issued),
            Due = Date(e.Due),
            Amount = Amount(e.Amount),
            Currency = Currency(e.Currency),
            Reference = Text(e.Reference),
            OrderNumber = Text(e.OrderNumber),
            ContractNumber = Text(e.ContractNumber),
            Entity = Text(e.Entity),
            OtherNumbers = dice.Is(share) ? [dice.Of(OddTexts), dice.Of(OddTexts)] : e.OtherNumbers,
            CashDiscounts = dice.Is(share) ? [new CashDiscount(new Percentage(dice.Of([0m, 2m, 100m])), Date(e.Issued)), new CashDiscount(new Percentage(3m), Date(e.Issued))] : e.CashDiscounts,
            Instalments = Terms(e.Instalments),
            RelatedTo = dice.Is(share) ? e.Id : e.RelatedTo,
        };

        private Customer Customer(Customer c) => c with
        {
            Name = Text(c.Name),
            Language = Text(c.Language),
            Country = Text(c.Country),
            Profile = Text(c.Profile),
            Group = Text(c.Group),
            Email = Text(c.Email),
            Phone = Text(c.Phone),
            Aliases = dice.Is(share) ? [dice.Of(OddTexts), dice.Of(OddTexts)] : c.Aliases,
            BankAccounts = dice.Is(share) ? [dice.Of(OddTexts)] : c.BankAccounts,
            Parent = dice.Is(share) ? new CustomerId("C" + dice.Below(7)) : c.Parent,
        };

        private List<InstalmentTerm> Terms(IReadOnlyList<InstalmentTerm> terms) => [.. terms.Select(t => new InstalmentTerm(Date(t.Due), Amount(t.Amount)))];

        private DocumentId Document(DocumentId id) => dice.Is(share / 4) ? new DocumentId(dice.Of(["I0", "P0", "i1", "R1", "nothing"])) : id;

        private string? Text(string? text) => !dice.Is(share) ? text : dice.Is(0.3) ? null : dice.Of(OddTexts);

        private LocalDate Date(LocalDate date) => dice.Is(share / 2) ? dice.Of(OddDates) : date;

        private LocalDate? Date(LocalDate? date) => date is { } known ? dice.Is(share / 2) ? null : Date(known) : null;

        private decimal Amount(decimal amount) => !dice.Is(share / 2) ? amount : dice.Is(0.3) ? -amount : dice.Of(OddAmounts);

        private decimal? Amount(decimal? amount) => amount is { } known ? dice.Is(share / 2) ? null : Amount(known) : null;

        private Currency? Currency(Currency? currency) => !dice.Is(share / 2) ? currency : dice.Is(0.3) ? null : Sdk.Currency.Parse(dice.Of(OddCurrencies));
    }
}
