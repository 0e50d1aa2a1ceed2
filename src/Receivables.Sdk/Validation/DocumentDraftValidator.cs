using FluentValidation;
using FluentValidation.Results;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Validation;

/// <summary>Validates drafts of documents: all problems at once, with the codes of <see cref="DraftProblem"/>.</summary>
/// <remarks>The rules stand beside the type, in <see cref="DocumentDraft.Check"/>; messages do not depend on the culture. Safe to share between threads.</remarks>
public sealed class DocumentDraftValidator : AbstractValidator<DocumentDraft>
{
    /// <summary>A validator.</summary>
    /// <param name="numbersInUse">The numbers of the documents that the ledger has; null leaves doubles unchecked.</param>
    public DocumentDraftValidator(IReadOnlySet<string>? numbersInUse = null) =>
        RuleFor(draft => draft).Custom((draft, context) =>
        {
            foreach (var problem in draft.Check(numbersInUse))
            {
                context.AddFailure(new ValidationFailure(problem.Field, problem.Message) { ErrorCode = problem.Code });
            }
        });
}
