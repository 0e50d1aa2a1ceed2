using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Receivables.Sdk.Statements;
using Receivables.Sdk.Statements.Camt;
using Receivables.Sdk.TestKit;

namespace Receivables.Sdk.Tests.Statements.Camt;

/// <summary>What was read as text, so that two readings can be compared field by field.</summary>
internal static class CamtShape
{
    internal static IReadOnlyList<BankStatement> Read(byte[] file, StatementReaderOptions? options = null) => new CamtStatementReader(options).Read(file);

    internal static async Task<IReadOnlyList<BankStatement>> ReadChunks(byte[] file, int size, StatementReaderOptions? options = null)
    {
        var statements = new List<BankStatement>();
        await foreach (var statement in new CamtStatementReader(options).ReadAsync(Chunks.Pipe(file, size)))
        {
            statements.Add(statement);
        }

        return statements;
    }

    internal static byte[] Bytes(string xml) => Encoding.UTF8.GetBytes(xml);

    internal static string Of(IEnumerable<BankStatement> statements, bool withPlaces = true) => StatementShape.Of(statements, withPlaces);

    internal static string Number(decimal value) => value.ToString(CultureInfo.InvariantCulture);
}
