using System.Text;
using Receivables.Sdk.Statements;
using Receivables.Sdk.TestKit;
using Receivables.Sdk.TestKit.Statements;
using Xunit;

namespace Receivables.Sdk.Tests.Statements.Camt;

public class CamtSchemaTests
{
    [CorpusFact]
    public void Random_messages_of_every_version_are_read_as_by_the_plain_second_reading()
    {
        var schemas = Corpus.Files("xsd", f => f.EndsWith(".xsd", StringComparison.Ordinal));
        Assert.NotEmpty(schemas);
        foreach (var schema in schemas)
        {
            using var stream = File.OpenRead(schema);
            var generator = new CamtSchemaGenerator(stream);
            for (var seed = 1; seed <= 6; seed++)
            {
                var xml = generator.Write(seed);
                if (seed == 1)
                {
                    generator.Validate(xml);
                }

                Compare(Encoding.UTF8.GetBytes(xml), $"{Path.GetFileName(schema)}, seed {seed}");
            }
        }
    }

    private static void Compare(byte[] file, string what)
    {
        var plain = PlainCamt.Read(file);
        var read = CamtShape.Read(file);
        Assert.True(plain.Count == read.Count, what);
        for (var i = 0; i < plain.Count; i++)
        {
            Assert.True(plain[i].Transactions.Select(t => t.Amount).SequenceEqual(read[i].Transactions.Select(t => t.Amount.Amount)), what);
            Assert.DoesNotContain(read[i].Diagnostics, d => d.Severity == DiagnosticSeverity.Error && d.Code.StartsWith("CAMT", StringComparison.Ordinal));
        }

        Assert.Equal(CamtShape.Of(read), CamtShape.Of(CamtShape.ReadChunks(file, 333).GetAwaiter().GetResult()));
    }
}
