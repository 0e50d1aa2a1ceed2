using Receivables.Sdk.Statements;
using Xunit;
using static Receivables.Sdk.Tests.Statements.Camt.CamtXml;

namespace Receivables.Sdk.Tests.Statements.Camt;

public class CamtPagesTests
{
    private static string Page(int number, bool isLast, string balances, string entries, string id = "S1") =>
        Statement($"<StmtPgntn><PgNb>{number}</PgNb><LastPgInd>{(isLast ? "true" : "false")}</LastPgInd></StmtPgntn>{Account}{balances}{entries}", id);

    private static IReadOnlyList<BankStatement> Read(params string[] pages) => CamtShape.Read(CamtShape.Bytes(Message(string.Concat(pages))));

    [Fact]
    public void Pages_whose_balances_meet_are_one_statement()
    {
        var statement = Assert.Single(Read(
            Page(1, false, Balance("OPBD", "10", date: "2026-01-01") + Balance("ITBD", "11"), Entry("1", "CRDT")),
            Page(2, false, Balance("ITBD", "11") + Balance("ITBD", "13"), Entry("2", "CRDT")),
            Page(3, true, Balance("ITBD", "13") + Balance("CLBD", "16"), Entry("3", "CRDT"))));
        Assert.Equal([1m, 2m, 3m], statement.Transactions.Select(t => t.Amount.Amount));
        Assert.Equal((10m, 16m), (statement.Closing.Opening!.Amount.Amount, statement.Closing.Closing!.Amount.Amount));
        Assert.Equal(["balance", "pages"], Assert.IsType<IntegrityVerdict.Proven>(statement.Verdict).Proofs);
        Assert.Equal(4, statement.Closing.OtherBalances.Count);
    }

    [Fact]
    public void Pages_that_repeat_the_balances_of_the_whole_are_one_statement()
    {
        var balances = Balance("OPBD", "10") + Balance("CLBD", "13");
        var statement = Assert.Single(Read(Page(1, false, balances, Entry("1", "CRDT")), Page(2, true, balances, Entry("2", "CRDT"))));
        Assert.True(statement.IsBalanced);
    }

    [Fact]
    public void Pages_in_documents_of_one_message_are_one_statement()
    {
        static string Document(int page, bool isLast, string body) =>
            Message(Statement(Account + body), header: $"<MsgPgntn><PgNb>{page}</PgNb><LastPgInd>{(isLast ? "true" : "false")}</LastPgInd></MsgPgntn>");
        var file = Document(1, false, Balance("OPBD", "10") + Balance("ITBD", "11") + Entry("1", "CRDT")) + "\n" + Document(2, true, Balance("ITBD", "11") + Balance("CLBD", "13") + Entry("2", "CRDT"));
        Assert.True(Assert.Single(CamtShape.Read(CamtShape.Bytes(file))).IsBalanced);
    }

    [Fact]
    public void Final_balances_on_both_sides_make_two_statements()
    {
        var statements = Read(
            Page(1, false, Balance("OPBD", "10") + Balance("CLBD", "11"), Entry("1", "CRDT")),
            Page(2, true, Balance("OPBD", "11") + Balance("CLBD", "13"), Entry("2", "CRDT")));
        Assert.Equal(2, statements.Count);
        Assert.All(statements, s => Assert.True(s.IsBalanced));
    }

    [Fact]
    public void A_gap_ends_the_chain_and_is_said()
    {
        var statements = Read(
            Page(1, false, Balance("OPBD", "10") + Balance("ITBD", "11"), Entry("1", "CRDT")),
            Page(3, true, Balance("ITBD", "13") + Balance("CLBD", "16"), Entry("3", "CRDT")));
        Assert.Equal(2, statements.Count);
        Assert.Contains(statements.SelectMany(s => s.Diagnostics), d => d.Code == StatementCodes.ChainBroken);
    }

    [Fact]
    public void Pages_of_other_accounts_are_not_joined()
    {
        var other = Page(2, true, Balance("ITBD", "11") + Balance("CLBD", "13"), Entry("2", "CRDT")).Replace("NL91ABNA0417164300", "DE89370400440532013000");
        Assert.Equal(2, Read(Page(1, false, Balance("OPBD", "10") + Balance("ITBD", "11"), Entry("1", "CRDT")), other).Count);
    }
}
