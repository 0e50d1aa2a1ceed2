using Receivables.Sdk.Statements.Csv;
using Receivables.Sdk.Validation;
using Xunit;

namespace Receivables.Sdk.Tests.Statements.Csv;

public class CsvProfileValidatorTests
{
    [Fact]
    public void The_validator_says_what_the_type_says()
    {
        var validator = new CsvProfileValidator();
        Assert.All(CsvProfile.BuiltIn, p => Assert.True(validator.Validate(p).IsValid));
        var bad = CsvProfile.Find("nl-ing")! with { Version = 0, Marks = CsvWords.None, Dates = [] };
        Assert.Equal(bad.FindProblems().Select(p => (p.Path, p.Message)), validator.Validate(bad).Errors.Select(e => (e.PropertyName, e.ErrorMessage)));
        Assert.Equal(["$.version", "$.dates", "$.marks"], bad.FindProblems().Select(p => p.Path));
    }
}
