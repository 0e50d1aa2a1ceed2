using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Matching;

namespace Receivables.Sdk.TestKit.Matching;

/// <summary>Logs of what people said, about few payers and customers, so that it agrees and contradicts itself often.</summary>
public static class LearningEvents
{
    private static readonly Gen<string?> Accounts = Gen.Elements<string?>(null, "NL20 INGB 0001 2345 67", "nl20ingb0001234567", "DE89370400440532013000", "12");

    private static readonly Gen<string?> Names = Gen.Elements<string?>(null, "Jansen B.V.", "JANSEN BV", "Müller", "Mueller", "華為 \"x\" > y", " ");

    private static readonly Gen<CustomerId?> Customers = Gen.Elements<CustomerId?>(null, new CustomerId("C1"), new CustomerId("C2"), new CustomerId("C > 3"));

    private static readonly Gen<MatchDecision?> Proposals = Gen.Elements<MatchDecision?>(null, MatchDecision.Automatic, MatchDecision.Suggested);

    private static readonly Gen<MatchAnswer> AnyAnswers =
        from customer in Customers
        from outcome in Gen.Elements(MatchOutcome.Exact, MatchOutcome.Discount, MatchOutcome.OnAccount)
        from documents in Gen.SubListOf("I1", "I2", "I 3")
        from amount in Gen.Choose(1, 2)
        from hasOthers in Gen.Choose(0, 3)
        select new MatchAnswer(
            customer,
            outcome,
            documents.Select(d => new AnswerPart(new DocumentId(d), new Money(amount * 0.05m, Currency.EUR), AllocationKind.Payment, d == "I2" ? new DocumentId("I1") : null)),
            hasOthers == 0 ? [new DocumentId("P1")] : null);

    // Often the same two, so that what was turned down is confirmed after all, and the other way round.
    private static readonly Gen<MatchAnswer> Answers = Gen.Frequency(
        (1, AnyAnswers),
        (1, Gen.Elements("I1", "I2").Select(d => new MatchAnswer(new CustomerId("C1"), MatchOutcome.Exact, [new AnswerPart(new DocumentId(d), new Money(0.05m, Currency.EUR), AllocationKind.Payment, null)], null))));

    private static readonly Gen<LocalDate> Dates = Gen.Choose(0, 1500).Select(d => new LocalDate(2024, 1, 1).PlusDays(d));

    private static readonly Gen<string?> People = Gen.Elements<string?>(null, "anna");

    private static readonly Gen<TransactionId> Transactions = Gen.Choose(1, 8).Select(t => new TransactionId("T" + t));

    private static readonly Gen<LearningEvent> Confirmed =
        from transaction in Transactions
        from answer in Answers
        from account in Accounts
        from name in Names
        from payer in Customers
        from proposed in Proposals
        from asProposed in Gen.Elements(true, false)
        from habit in Gen.Choose(0, 3)
        from day in Dates
        from person in People
        select (LearningEvent)new MatchConfirmed
        {
            Transaction = transaction,
            Answer = answer,
            Account = account,
            Name = name,
            Payer = payer,
            Proposed = proposed,
            IsAsProposed = asProposed,
            DroppedPrefix = habit == 1 ? "18000" : null,
            DiscountDaysLate = habit == 2 ? 5 : null,
            On = day,
            By = person,
        };

    private static readonly Gen<LearningEvent> Rejected =
        from transaction in Transactions
        from answer in Answers
        from account in Accounts
        from name in Names
        from proposed in Proposals
        from day in Dates
        from person in People
        select (LearningEvent)new MatchRejected { Transaction = transaction, Answer = answer, Account = account, Name = name, Proposed = proposed, On = day, By = person };

    private static readonly Gen<LearningEvent> Revoked =
        from alias in Gen.Elements("account 18:NL20INGB0001234567 > C1", "discount 0: > C1", "nothing")
        from day in Dates
        select (LearningEvent)new AliasRevoked { Alias = alias, On = day };

    private static readonly Gen<LearningEvent> Announced =
        from document in Gen.Elements("I1", "I2", "I 3")
        from amount in Gen.Choose(1, 100)
        from reference in Gen.Elements<string?>(null, "RF18 5390", "our \"ref\"")
        from isDated in Gen.Elements(true, false)
        from day in Dates
        select (LearningEvent)new PaymentAnnounced { Document = new DocumentId(document), Amount = new Money(amount * 0.05m, Currency.EUR), PaidOn = isDated ? day : null, Reference = reference, On = day };

    /// <summary>Logs of up to 30 events.</summary>
    public static Gen<IReadOnlyList<LearningEvent>> Logs =>
        from count in Gen.Choose(0, 30)
        from events in Gen.ArrayOf(Gen.Frequency((6, Confirmed), (3, Rejected), (1, Revoked), (1, Announced)), count)
        select (IReadOnlyList<LearningEvent>)events;
}
