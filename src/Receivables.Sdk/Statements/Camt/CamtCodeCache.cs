using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Receivables.Sdk.Statements.Camt;

/// <summary>Transaction codes: there are few in a file, so each is made once.</summary>
internal sealed class CamtCodeCache(CamtTexts texts)
{
    private const int Size = 256;
    private const int LongestKept = 120;

    private readonly (byte[] Key, BankTransactionCode Code)[] _known = new (byte[], BankTransactionCode)[Size];

    /// <summary>The code of an entry or detail; null when there is none.</summary>
    [SkipLocalsInit]
    internal BankTransactionCode? Read(CamtFields fields)
    {
        Span<byte> key = stackalloc byte[LongestKept + 5];
        var length = 0;
        for (var field = CamtField.CodeDomain; field <= CamtField.CodeIssuer; field++)
        {
            var part = fields[field];
            if (part.Length > LongestKept - length)
            {
                return Create(fields);
            }

            part.CopyTo(key[length..]);
            length += part.Length;
            key[length++] = 0x1F;
        }

        if (length == 5)
        {
            return null;
        }

        key = key[..length];
        ref var known = ref _known[Hash(key) % Size];
        if (known.Key is null || !key.SequenceEqual(known.Key))
        {
            if (Create(fields) is not { } code)
            {
                return null;
            }

            known = (key.ToArray(), code);
        }

        return known.Code;
    }

    /// <summary>A hash of bytes; a collision of two keys only makes a value anew.</summary>
    internal static uint Hash(ReadOnlySpan<byte> key)
    {
        var hash = (ulong)key.Length;
        while (key.Length >= sizeof(ulong))
        {
            hash = (hash ^ MemoryMarshal.Read<ulong>(key)) * 0x9E3779B97F4A7C15;
            hash ^= hash >> 32;
            key = key[sizeof(ulong)..];
        }

        foreach (var b in key)
        {
            hash = (hash ^ b) * 0x9E3779B97F4A7C15;
        }

        return (uint)(hash >> 37);
    }

    // German banks write the SWIFT type, their GVC, the journal number and a text key into one code: NTRF+166+9251+997 (DK, Anlage 3, chapter 7). Some write the GVC alone.
    private BankTransactionCode? Create(CamtFields fields)
    {
        var domain = texts.Pooled(fields[CamtField.CodeDomain]);
        var proprietary = texts.Pooled(fields[CamtField.CodeProprietary]);
        if (domain is null && proprietary is null)
        {
            return null;
        }

        var issuer = texts.Pooled(fields[CamtField.CodeIssuer]);
        string? swift = null, gvc = null;
        if (proprietary?.Split('+') is [{ Length: 4 } type, { Length: 3 } number, ..] && type[0] is 'N' or 'F' or 'S' && IsNumber(number))
        {
            (swift, gvc) = (type, number);
        }
        else if (proprietary is { Length: 3 } && issuer is "ZKA" or "DK" or "DFUE" && IsNumber(proprietary))
        {
            gvc = proprietary;
        }

        return new BankTransactionCode
        {
            Domain = domain,
            Family = texts.Pooled(fields[CamtField.CodeFamily]),
            SubFamily = texts.Pooled(fields[CamtField.CodeSubFamily]),
            Proprietary = proprietary,
            Swift = swift,
            Gvc = gvc,
        };
    }

    private static bool IsNumber(string text) => text.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0;
}
