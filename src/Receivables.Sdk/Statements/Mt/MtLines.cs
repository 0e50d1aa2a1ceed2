using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Receivables.Sdk.Statements.Mt;

/// <summary>Lines of MT bytes: CR LF, LF and CR each end one, and in files that say so <c>@@</c>.</summary>
internal static class MtLines
{
    /// <summary>Finds the end of a line.</summary>
    /// <param name="data">The bytes.</param>
    /// <param name="start">Where the line starts.</param>
    /// <param name="isAtEnd">Whether the input ends with the bytes.</param>
    /// <param name="hasDoubleAt">Whether lines end in <c>@@</c> (a bank's own replacement for CR LF).</param>
    /// <param name="end">The end of the line without its line end.</param>
    /// <param name="next">The start of the next line.</param>
    /// <returns>False when more bytes are needed to tell.</returns>
    internal static bool TryEnd(ReadOnlySpan<byte> data, int start, bool isAtEnd, bool hasDoubleAt, out int end, out int next)
    {
        var rest = data[start..];
        var at = hasDoubleAt ? IndexOfDoubleAtOrEnd(rest) : LineEnds.IndexOfEnd(rest);
        if (at < 0)
        {
            end = next = data.Length;
            return isAtEnd;
        }

        end = start + at;
        next = end + 1;
        if (data[end] == '\n')
        {
            return true;
        }

        if (next == data.Length)
        {
            return isAtEnd;
        }

        if (data[end] == '\r' ? data[next] == '\n' : data[next] == '@')
        {
            next++;
        }

        return true;
    }

    /// <summary>Whether the lines of a file end in <c>@@</c>: what comes first decides; null when more bytes are needed.</summary>
    internal static bool? HasDoubleAt(ReadOnlySpan<byte> data, bool isAtEnd)
    {
        var at = data.IndexOfAny((byte)'\n', (byte)'\r');
        var doubled = data.IndexOf("@@"u8);
        return doubled >= 0 && (at < 0 || doubled < at) ? true
            : at >= 0 || isAtEnd ? false
            : null;
    }

    /// <summary>A field without the line end behind its first line; empty where there is one line alone.</summary>
    /// <param name="content">The field.</param>
    /// <param name="isNumberCut">Whether digits and decimal signs stand on both sides of it.</param>
    internal static byte[] Join(ReadOnlySpan<byte> content, out bool isNumberCut)
    {
        isNumberCut = false;
        if (content.IndexOfAny((byte)'\r', (byte)'\n') < 0)
        {
            return [];
        }

        _ = TryEnd(content, 0, true, false, out var end, out var next);
        _ = TryEnd(content, next, true, false, out var lineEnd, out _);
        var first = content[..end].TrimEnd((byte)' ');
        var second = content[next..lineEnd].TrimEnd((byte)' ');
        isNumberCut = first is [.., >= (byte)'0' and <= (byte)'9' or (byte)','] && second is [>= (byte)'0' and <= (byte)'9' or (byte)',', ..];
        return first.IsEmpty || second.IsEmpty ? [] : [.. first, .. second, .. content[lineEnd..]];
    }

    /// <summary>Whether there is nothing but blanks and control characters.</summary>
    internal static bool IsBlank(ReadOnlySpan<byte> line)
    {
        foreach (var b in line)
        {
            if (b > ' ')
            {
                return false;
            }
        }

        return true;
    }

    private static int IndexOfDoubleAtOrEnd(ReadOnlySpan<byte> rest)
    {
        var from = 0;
        while (true)
        {
            var at = rest[from..].IndexOfAny((byte)'\n', (byte)'\r', (byte)'@');
            if (at < 0)
            {
                return -1;
            }

            at += from;
            if (rest[at] != '@' || at + 1 == rest.Length || rest[at + 1] == '@')
            {
                return at + 1 == rest.Length && rest[at] == '@' ? -1 : at;
            }

            from = at + 1;
        }
    }
}
