using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Serialization;
using Receivables.Sdk.TestKit;
using Receivables.Sdk.TestKit.Ledger;
using Xunit;

namespace Receivables.Sdk.Tests.Ledger;

/// <summary>Many events about one invoice and one customer on the same few days, which differ in one field or none: nothing but what they say decides between them.</summary>
public class CrowdedDayLaws
{
    private static readonly LocalDate Day = new(2026, 3, 2);
    private static readonly DocumentId I1 = new("I1");
    private static readonly CustomerId C1 = new("C1");

    private static readonly Gen<LocalDate> Days = Gen.Choose(0, 1).Select(d => Day.PlusDays(d));
    private static readonly Gen<string?> Reasons = Gen.Elements<string?>("one", "two", null);
    private static readonly Gen<decimal> Amounts = Gen.Elements(10m, 20m);

    // Only a few kinds at once, that lie close to each other: so they meet.
    private static Gen<LedgerEvent> Happenings(int first) =>
        from kind in Gen.Choose(first, first + 2).Select(k => k % 16)
        from day in Days
        from reason in Reasons
        from amount in Amounts
        from hasAmount in Gen.Elements(true, false)
        from outcome in Gen.Elements(AgreementOutcome.Kept, AgreementOutcome.Broken)
        select Happening(kind, day, reason, amount, hasAmount ? amount : null, outcome);

    private static readonly IReadOnlyList<LedgerEvent> Base =
    [
        new LedgerOpened { Currency = Currency.EUR },
        new CustomerRecorded { Customer = new Customer { Id = C1, Name = "One" } },
        new CustomerRecorded { Customer = new Customer { Id = new CustomerId("C2"), Name = "Two" } },
        new DocumentIssued { Id = I1, Kind = DocumentKind.Invoice, Customer = C1, Issued = Day.PlusDays(-30), Amount = 100m },
        new PaymentReceived { Id = new DocumentId("P1"), Customer = C1, Received = Day.PlusDays(-5), Amount = 500m },
    ];

    private static LedgerEvent Happening(int kind, LocalDate on, string? reason, decimal amount, decimal? maybe, AgreementOutcome outcome) => kind switch
    {
        0 => new DisputeOpened { Invoice = I1, Opened = on, Amount = maybe, Reason = reason },
        1 => new DisputePartlyAccepted { Invoice = I1, On = on, Accepted = amount, Reason = reason },
        2 => new DisputeResolved { Invoice = I1, On = on, Accepted = maybe, Reason = reason },
        3 => new PromiseMade { Invoice = I1, Made = on, Until = on.PlusDays(3), Amount = maybe },
        4 => new PromiseEnded { Invoice = I1, On = on, Outcome = outcome },
        5 => new PlanAgreed { Invoice = I1, Agreed = on, Instalments = [new InstalmentTerm(on.PlusDays((int)amount), 100m)] },
        6 => new PlanEnded { Invoice = I1, On = on, Outcome = outcome },
        7 => new CustomerChanged { On = on, Customer = new Customer { Id = C1, Name = reason, Contacts = [new Contact { Name = maybe is null ? "Anna" : "Bert" }] } },
        8 => new CreditLimitChanged { Customer = C1, On = on, Limit = maybe, Insured = amount },
        9 => new HoldPlaced { Customer = C1, From = on, Until = maybe is null ? null : on.PlusDays(5), Reason = reason },
        10 => new HandedOver { Invoice = I1, On = on, To = reason },
        11 => new HandoverRecalled { Invoice = I1, On = on },
        12 => new PaymentReturned { Payment = new DocumentId("P1"), On = on, Amount = amount, Reason = reason, Kind = maybe is null ? ReversalKind.Return : ReversalKind.Chargeback },
        13 => new NoteWritten { Invoice = I1, At = on.AtMidnight().InUtc().ToInstant(), Text = reason, Kind = maybe is null ? NoteKind.Call : NoteKind.Comment },
        14 => new InsolvencyDeclared { Customer = C1, On = on, Reason = reason },
        _ => new ReminderSent { Invoice = I1, Level = 1, Sent = on, Channel = reason },
    };

    [Fact]
    public void Of_events_of_one_day_what_they_say_decides_and_never_their_line() => Law.ForAll(
        from count in Gen.Choose(2, 7)
        from first in Gen.Choose(0, 15)
        from happenings in Happenings(first).ListOf(count)
        from shuffled in LedgerGenerator.Shuffled([.. happenings])
        select (happenings, shuffled),
        x => Assert.Equal(Seen([.. Base, .. x.happenings]), Seen([.. Base, .. x.shuffled])),
        cases: 1000);

    private static string Seen(IReadOnlyList<LedgerEvent> events)
    {
        var snapshot = LedgerBook.Create(events).Snapshot(Day.PlusDays(2));
        var customers = snapshot.Customers.Select(c => LedgerFileWriter.ToLine(new CustomerRecorded { Customer = c }));
        return LedgerBookLaws.Print(snapshot) + "\n" + string.Join('\n', customers.Concat(snapshot.Insolvencies.Select(i => i.ToString())));
    }
}
