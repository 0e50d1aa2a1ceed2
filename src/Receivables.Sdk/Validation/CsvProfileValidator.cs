using FluentValidation;
using FluentValidation.Results;
using Receivables.Sdk.Statements.Csv;

namespace Receivables.Sdk.Validation;

/// <summary>Validates CSV profiles: all problems at once, each with its JSON path.</summary>
/// <remarks>The rules stand beside the type, in <see cref="CsvProfile.FindProblems"/>; messages do not depend on the culture. Safe to share between threads.</remarks>
public sealed class CsvProfileValidator : AbstractValidator<CsvProfile>
{
    /// <summary>A validator.</summary>
    public CsvProfileValidator() =>
        RuleFor(profile => profile).Custom((profile, context) =>
        {
            foreach (var problem in profile.FindProblems())
            {
                context.AddFailure(new ValidationFailure(problem.Path, problem.Message));
            }
        });
}
