using Receivables.Sdk.Text;

namespace Receivables.Sdk.Statements.Mt;

/// <summary>Where the bytes of a record stand in the file.</summary>
/// <remarks>Lines and columns are counted only when something is said about a place.</remarks>
internal readonly ref struct MtPlace(ReadOnlySpan<byte> data, int start, long offset, int line, SourceText source, MtUnwrapper? unwrapper = null, long position = 0)
{
    /// <summary>The bytes in sight.</summary>
    internal ReadOnlySpan<byte> Data { get; } = data;

    /// <summary>The place of the record in the file, before any transcoding.</summary>
    internal long Offset => offset;

    /// <summary>The line on which the record starts, from 1.</summary>
    internal int Line => line;

    /// <summary>How many bytes of the file stand behind a part of the bytes in sight.</summary>
    internal int LengthOf(int from, int to) =>
        unwrapper is not null ? (int)(OffsetOf(to, out _) - OffsetOf(from, out _)) : source.IsTranscoded ? (int)source.SourceLength(Data[from..to]) : to - from;

    /// <summary>The location of a part.</summary>
    internal SourceLocation At(int position, int length)
    {
        if (unwrapper is not null)
        {
            var at = OffsetOf(position, out var found);
            return new SourceLocation(at, LengthOf(position, Math.Min(Data.Length, position + length)), found.Line, found.Column);
        }

        var before = Data[start..position];
        int lines = 0, lineStart = 0;
        for (var i = 0; i < before.Length; i++)
        {
            if (before[i] == '\n' || (before[i] == '\r' && (i + 1 == before.Length || before[i + 1] != '\n')))
            {
                lines++;
                lineStart = i + 1;
            }
        }

        var end = Math.Min(Data.Length, position + length);
        return new SourceLocation(offset + LengthOf(start, position), LengthOf(position, end), line + lines, before.Length - lineStart + 1);
    }

    // Where a byte stood before the lines were unwrapped.
    private long OffsetOf(int at, out MtUnwrappedLine found)
    {
        var place = position + at - start;
        var line = unwrapper!.Find(place);
        var back = (int)(place - line.Out);
        found = line with { Column = line.Column + back };
        return line.Source + (source.IsTranscoded ? source.SourceLength(Data[Math.Max(0, at - back)..at]) : back);
    }
}
