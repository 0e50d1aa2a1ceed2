using FluentValidation;
using FluentValidation.Results;
using Receivables.Sdk.Calendars;
using Receivables.Sdk.Reminders;

namespace Receivables.Sdk.Validation;

/// <summary>Validates a reminder policy with FluentValidation: every problem at once, its JSON path as the name of the property.</summary>
/// <remarks>The rules stand beside the type (<see cref="ReminderPolicy.Check"/>); the engine asks the same ones. Thread-safe.</remarks>
public sealed class ReminderPolicyValidator : AbstractValidator<ReminderPolicy>
{
    /// <summary>A validator.</summary>
    /// <param name="calendars">The calendar of a name; null takes those that come with the library.</param>
    public ReminderPolicyValidator(Func<string, IBusinessCalendar?>? calendars = null) => RuleFor(policy => policy).Custom((policy, context) =>
    {
        foreach (var problem in policy.Check(calendars))
        {
            context.AddFailure(new ValidationFailure(problem.Path, problem.Message) { ErrorCode = problem.Code });
        }
    });
}
