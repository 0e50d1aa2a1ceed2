using System.Text;
using Receivables.Sdk.TestKit.Statements;

namespace Receivables.Sdk.Tests.Statements.Fuzz;

/// <summary>Damages files, the same way for the same seed on every machine.</summary>
internal static class Mutator
{
    private static readonly byte[] Marks = Encoding.Latin1.GetBytes("<>&\"'/!?[]-0:;,.CDR9\n\r\0 \u00e4\u00ff");

    /// <summary>A file with one to four changes: bytes set, flipped, removed, inserted or repeated, or the end cut off.</summary>
    /// <param name="source">The file.</param>
    /// <param name="snippets">What is inserted: pieces that mean something in the format.</param>
    /// <param name="random">Where numbers come from.</param>
    internal static byte[] Mutate(byte[] source, byte[][] snippets, SampleRandom random)
    {
        var bytes = new List<byte>(source.Length + 256);
        bytes.AddRange(source);
        for (var n = random.Next(4); n >= 0; n--)
        {
            Change(bytes, snippets, random);
        }

        return [.. bytes];
    }

    private static void Change(List<byte> bytes, byte[][] snippets, SampleRandom random)
    {
        if (bytes.Count == 0)
        {
            bytes.Add((byte)random.Next(256));
            return;
        }

        var at = random.Next(bytes.Count);
        switch (random.Next(16))
        {
            case 0 or 1:
                bytes[at] = (byte)random.Next(256);
                break;
            case 2 or 3:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 4 or 5 or 6:
                bytes[at] = Marks[random.Next(Marks.Length)];
                break;
            case 7 or 8:
                bytes.RemoveRange(at, Math.Min(1 + random.Next(40), bytes.Count - at));
                break;
            case 9 or 10:
                bytes.InsertRange(at, snippets[random.Next(snippets.Length)]);
                break;
            case 11 or 12:
                var from = random.Next(bytes.Count);
                bytes.InsertRange(at, bytes.GetRange(from, Math.Min(1 + random.Next(120), bytes.Count - from)));
                break;
            case 13 or 14:
                ChangeDigit(bytes, at, random);
                break;
            default:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
        }
    }

    // What nothing but arithmetic can find: another digit where a digit stands.
    private static void ChangeDigit(List<byte> bytes, int at, SampleRandom random)
    {
        for (var i = 0; i < bytes.Count; i++)
        {
            var place = (at + i) % bytes.Count;
            if (char.IsAsciiDigit((char)bytes[place]))
            {
                bytes[place] = (byte)('0' + random.Next(10));
                return;
            }
        }
    }
}
