using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;
using Receivables.Sdk;
using Receivables.Sdk.References;
using Receivables.Sdk.Statements;

namespace Receivables.HostReader.Tests;

/// <summary>A host's reader of the Belgian CODA: header, movements with their further records, old and new balance. Information records (3) and free messages (4) are passed over.</summary>
internal sealed class CodaStatementReader : IStatementReader
{
    private static readonly StatementFormat Coda = new("coda");

    public string Name => "coda";

    public FormatMatch Detect(ReadOnlySpan<byte> start)
    {
        // Record 0: zeros, a date, the application code 05, version 1 or 2 at the end of 128 characters.
        if (start.Length < CodaLine.Width || !start.StartsWith("00000"u8) || !start.Slice(14, 2).SequenceEqual("05"u8))
        {
            return FormatMatch.No;
        }

        return start[CodaLine.Width - 1] is (byte)'1' or (byte)'2' ? FormatMatch.Certain : FormatMatch.Possible;
    }

    public async IAsyncEnumerable<StatementPart> ReadPartsAsync(PipeReader input, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var keys = new ImportKeyScope();
        var statement = new CodaStatement(Coda, keys);
        await foreach (var line in LinesAsync(input, cancellationToken).ConfigureAwait(false))
        {
            foreach (var part in statement.Take(line))
            {
                yield return part;
            }
        }

        if (statement.IsOpen)
        {
            yield return statement.End(null);
        }
    }

    private static async IAsyncEnumerable<CodaLine> LinesAsync(PipeReader input, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long offset = 0;
        var number = 0;
        while (true)
        {
            var read = await input.ReadAsync(cancellationToken).ConfigureAwait(false);
            var buffer = read.Buffer;
            while (TryTakeLine(ref buffer, read.IsCompleted, out var line, out var length))
            {
                number++;
                if (line.Length > 0)
                {
                    yield return new CodaLine(line.PadRight(CodaLine.Width), offset, number);
                }

                offset += length;
            }

            input.AdvanceTo(buffer.Start, buffer.End);
            if (read.IsCompleted)
            {
                yield break;
            }
        }
    }

    private static bool TryTakeLine(ref ReadOnlySequence<byte> buffer, bool isLast, out string line, out long length)
    {
        (line, length) = ("", 0);
        if (buffer.IsEmpty)
        {
            return false;
        }

        var end = buffer.PositionOf((byte)'\n');
        if (end is null && (!isLast || buffer.Length > 4096))
        {
            return buffer.Length > 4096
                ? throw new StatementFormatException(new Diagnostic(DiagnosticSeverity.Error, "CODA01", "A record is longer than 128 characters.", SourceLocation.Start))
                : false;
        }

        var bytes = end is { } position ? buffer.Slice(0, position) : buffer;
        line = Encoding.Latin1.GetString(bytes).TrimEnd('\r');
        length = bytes.Length + (end is null ? 0 : 1);
        buffer = buffer.Slice(length);
        return true;
    }
}
