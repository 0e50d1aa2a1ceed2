using FluentValidation;
using FluentValidation.Results;
using Receivables.Sdk.Matching;

namespace Receivables.Sdk.Validation;

/// <summary>Validates matching options with FluentValidation: every problem at once, the option as the name of the property.</summary>
/// <remarks>The rules stand beside the type (<see cref="MatchingOptions.Check"/>); the matcher asks the same ones. Thread-safe.</remarks>
public sealed class MatchingOptionsValidator : AbstractValidator<MatchingOptions>
{
    /// <summary>A validator.</summary>
    public MatchingOptionsValidator() => RuleFor(options => options).Custom((options, context) =>
    {
        foreach (var problem in options.Check())
        {
            context.AddFailure(new ValidationFailure(problem.Key, problem.Value));
        }
    });
}

/// <summary>Validates learning options with FluentValidation: every problem at once, the option as the name of the property.</summary>
/// <remarks>The rules stand beside the type (<see cref="LearningOptions.Check"/>); replaying a log asks the same ones. Thread-safe.</remarks>
public sealed class LearningOptionsValidator : AbstractValidator<LearningOptions>
{
    /// <summary>A validator.</summary>
    public LearningOptionsValidator() => RuleFor(options => options).Custom((options, context) =>
    {
        foreach (var problem in options.Check())
        {
            context.AddFailure(new ValidationFailure(problem.Key, problem.Value));
        }
    });
}
