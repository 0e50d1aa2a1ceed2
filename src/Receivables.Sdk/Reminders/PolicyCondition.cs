using System.Collections.Immutable;
using NodaTime;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Reminders;

/// <summary>What a condition is asked about: one instalment and its customer.</summary>
/// <param name="Customer">The customer; null when nothing but the id is known.</param>
/// <param name="Open">What is open and undisputed.</param>
/// <param name="DaysOverdue">Days since the due date, negative before it.</param>
/// <param name="AsOf">The day of the plan.</param>
public readonly record struct ConditionSubject(Customer? Customer, Money Open, int DaysOverdue, LocalDate AsOf);

/// <summary>A predicate over an instalment and its customer; predicates compose. A closed set: all of it can be written in a policy file.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public abstract record PolicyCondition
{
    private PolicyCondition()
    {
    }

    /// <summary>Whether it holds. What is not known never holds.</summary>
    /// <param name="subject">The instalment and its customer.</param>
    public abstract bool Holds(in ConditionSubject subject);

    /// <summary>The condition in English.</summary>
    public abstract string Describe();

    /// <summary>Holds when every one holds.</summary>
    /// <param name="Conditions">The conditions; none holds always.</param>
    public sealed record All(ImmutableArray<PolicyCondition> Conditions) : PolicyCondition
    {
        /// <inheritdoc/>
        public override bool Holds(in ConditionSubject subject)
        {
            foreach (var condition in Conditions)
            {
                if (!condition.Holds(subject))
                {
                    return false;
                }
            }

            return true;
        }

        /// <inheritdoc/>
        public override string Describe() => string.Join(" and ", Conditions.Select(c => c.Describe()));
    }

    /// <summary>Holds when one of them holds.</summary>
    /// <param name="Conditions">The conditions; none holds never.</param>
    public sealed record Any(ImmutableArray<PolicyCondition> Conditions) : PolicyCondition
    {
        /// <inheritdoc/>
        public override bool Holds(in ConditionSubject subject)
        {
            foreach (var condition in Conditions)
            {
                if (condition.Holds(subject))
                {
                    return true;
                }
            }

            return false;
        }

        /// <inheritdoc/>
        public override string Describe() => "(" + string.Join(" or ", Conditions.Select(c => c.Describe())) + ")";
    }

    /// <summary>Holds when the other does not.</summary>
    /// <param name="Condition">The other.</param>
    public sealed record Not(PolicyCondition Condition) : PolicyCondition
    {
        /// <inheritdoc/>
        public override bool Holds(in ConditionSubject subject) => !Condition.Holds(subject);

        /// <inheritdoc/>
        public override string Describe() => "not " + Condition.Describe();
    }

    /// <summary>The customer is of a kind.</summary>
    /// <param name="Kind">Business or consumer.</param>
    public sealed record CustomerKindIs(PartyKind Kind) : PolicyCondition
    {
        /// <inheritdoc/>
        public override bool Holds(in ConditionSubject subject) => (subject.Customer?.Kind ?? PartyKind.Unknown) == Kind;

        /// <inheritdoc/>
        public override string Describe() => Kind switch { PartyKind.Business => "the customer is a business", PartyKind.Consumer => "the customer is a consumer", _ => "the customer's kind is not known" };
    }

    /// <summary>A text field of the customer has a value (ordinal).</summary>
    /// <param name="Field"><c>country</c>, <c>language</c>, <c>profile</c> or <c>group</c>.</param>
    /// <param name="Value">The value.</param>
    public sealed record CustomerFieldIs(string Field, string Value) : PolicyCondition
    {
        /// <inheritdoc/>
        public override bool Holds(in ConditionSubject subject) => subject.Customer is { } c && Value == (Field switch
        {
            "country" => c.Country,
            "language" => c.Language,
            "profile" => c.Profile,
            "group" => c.Group,
            _ => null,
        });

        /// <inheritdoc/>
        public override string Describe() => $"the customer's {Field} is {Value}";
    }

    /// <summary>The customer can be reached in a way, at a contact for reminders or in general.</summary>
    /// <param name="Way"><c>email</c> or <c>phone</c>.</param>
    public sealed record CustomerHas(string Way) : PolicyCondition
    {
        /// <inheritdoc/>
        public override bool Holds(in ConditionSubject subject) => (Way == "email" ? subject.Customer?.MailContact(ContactPurpose.Reminders) : subject.Customer?.PhoneContact(ContactPurpose.Reminders)) is not null;

        /// <inheritdoc/>
        public override string Describe() => Way == "email" ? "the customer has an e-mail address" : "the customer has a telephone number";
    }

    /// <summary>At least so much is open and undisputed; never in a currency that is not listed.</summary>
    /// <param name="Amounts">The amount for each currency.</param>
    public sealed record OpenAtLeast(CurrencyAmounts Amounts) : PolicyCondition
    {
        /// <inheritdoc/>
        public override bool Holds(in ConditionSubject subject) => Amounts.In(subject.Open.Currency) is { } least && subject.Open >= least;

        /// <inheritdoc/>
        public override string Describe() => $"at least {Amounts} is open";
    }

    /// <summary>At least so many days have passed since the due date.</summary>
    /// <param name="Days">The days.</param>
    public sealed record OverdueAtLeast(int Days) : PolicyCondition
    {
        /// <inheritdoc/>
        public override bool Holds(in ConditionSubject subject) => subject.DaysOverdue >= Days;

        /// <inheritdoc/>
        public override string Describe() => $"it is at least {Days.ToString(System.Globalization.CultureInfo.InvariantCulture)} days overdue";
    }
}
