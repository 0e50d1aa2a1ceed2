using Receivables.Sdk.Statements;
using Xunit;
using static Receivables.Sdk.Tests.Statements.Mt.MtSample;

namespace Receivables.Sdk.Tests.Statements.Mt;

/// <summary>Statements over several pages.</summary>
public class MtPagesTests
{
    private static string Page(string number, string opening, string closing, string account = "123") =>
        $":20:X\n:25:{account}\n:28C:{number}\n:60{opening}\n:61:260105C10,00NTRFNONREF\n:62{closing}\n-\n";

    [Fact]
    public void Pages_that_go_on_are_one_statement()
    {
        var statement = Read(Page("7/1", "F:C260101EUR1,00", "M:C260105EUR11,00") + Page("7/2", "M:C260105EUR11,00", "M:C260105EUR21,00") + Page("7/3", "M:C260105EUR21,00", "F:C260131EUR31,00")).Single();
        Assert.Equal((3, "7/1", true), (statement.Transactions.Count, statement.Header.Number, statement.IsBalanced));
        Assert.Equal((1m, 31m), (statement.Closing.Opening!.Amount.Amount, statement.Closing.Closing!.Amount.Amount));
        Assert.Equal(["balance", "pages"], Assert.IsType<IntegrityVerdict.Proven>(statement.Verdict).Proofs);
        Assert.Empty(statement.Diagnostics);
    }

    [Theory]
    [InlineData("7/3", "M:C260105EUR11,00", "123")]
    [InlineData("8/2", "M:C260105EUR11,00", "123")]
    [InlineData("7/2", "M:C260105EUR12,00", "123")]
    [InlineData("7/2", "M:C260105USD11,00", "123")]
    [InlineData("7/2", "M:C260105EUR11,00", "124")]
    public void A_gap_ends_the_chain_with_one_diagnostic(string number, string opening, string account)
    {
        var closing = opening.Replace("M:", "F:", StringComparison.Ordinal).Replace("11,00", "21,00", StringComparison.Ordinal).Replace("12,00", "22,00", StringComparison.Ordinal);
        var statements = Read(Page("7/1", "F:C260101EUR1,00", "M:C260105EUR11,00") + Page(number, opening, closing, account));
        Assert.Equal(2, statements.Count);
        Assert.All(statements, s => Assert.True(s.IsBalanced));
        Assert.Single(statements.SelectMany(s => s.Diagnostics), d => d.Code == "STM008");
    }

    [Theory]
    [InlineData("7/1")]
    [InlineData("7/2")]
    public void Statements_with_final_balances_are_never_joined(string number)
    {
        var statements = Read(Page("7/1", "F:C260101EUR1,00", "F:C260105EUR11,00") + Page(number, "F:C260105EUR11,00", "F:C260131EUR21,00"));
        Assert.Equal(2, statements.Count);
        Assert.All(statements, s => Assert.Empty(s.Diagnostics));
    }

    [Fact]
    public void A_last_page_that_is_missing_is_told()
    {
        var statement = Read(Page("7/1", "F:C260101EUR1,00", "M:C260105EUR11,00")).Single();
        Assert.True(statement.IsBalanced);
        Assert.Single(statement.Diagnostics, d => d.Code == "STM008");
    }
}
