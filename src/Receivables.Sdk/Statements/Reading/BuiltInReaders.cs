using Receivables.Sdk.Statements.Camt;
using Receivables.Sdk.Statements.Csv;
using Receivables.Sdk.Statements.Mt;

namespace Receivables.Sdk.Statements.Reading;

/// <summary>The readers that come with the package.</summary>
internal static class BuiltInReaders
{
    internal static IEnumerable<IStatementReader> For(StatementFileReaderOptions options) =>
    [
        new MtStatementReader(options.Reading),
        new CamtStatementReader(options.Reading),
        new CsvStatementReader(new CsvReaderOptions(options.Reading) { Profile = options.CsvProfile, Profiles = options.CsvProfiles }),
    ];

    /// <summary>Whether a reader reads a format, when that is asked for: a family's name is the beginning of its formats' names.</summary>
    internal static bool Reads(IStatementReader reader, StatementFormat format) =>
        reader.Name == format.Name || (reader.Name == "mt940" && format == StatementFormat.Mt942)
        || (reader.Name == "camt" && format.Name.StartsWith("camt", StringComparison.Ordinal));
}
