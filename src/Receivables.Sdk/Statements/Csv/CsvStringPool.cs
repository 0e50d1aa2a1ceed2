using Receivables.Sdk.Text;

namespace Receivables.Sdk.Statements.Csv;

/// <summary>Short texts that stand in many rows, decoded once: codes, words, names of banks.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class CsvStringPool(TextDecoder decoder)
{
    private const int Slots = 256;
    private const int MaxLength = 40;

    private readonly CsvFieldCache<string> _texts = new(Slots);

    /// <summary>The text of a field.</summary>
    internal string Get(ReadOnlySpan<byte> field) =>
        field.Length is 0 or > MaxLength ? decoder.Decode(field)
            : _texts.TryGet(field, out var text) ? text
            : _texts.Add(field, decoder.Decode(field));
}
