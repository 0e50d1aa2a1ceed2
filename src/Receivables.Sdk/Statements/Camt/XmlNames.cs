using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace Receivables.Sdk.Statements.Camt;

/// <summary>Numbers for the names that a reader knows: from the bytes of a name to a small integer in one probe, without a string.</summary>
/// <remarks>Names up to 16 bytes are compared as one vector. Immutable and safe to share between threads.</remarks>
internal sealed class XmlNames
{
    private const int SlotBits = 10;

    private readonly Slot[] _slots = new Slot[1 << SlotBits];
    private readonly ImmutableArray<(byte[] Name, byte Id)> _long;

    /// <summary>Numbers names from 1 in their order.</summary>
    /// <param name="names">At most 255 different ASCII names.</param>
    internal XmlNames(IReadOnlyList<string> names)
    {
        var longNames = ImmutableArray.CreateBuilder<(byte[], byte)>();
        for (var i = 0; i < names.Count; i++)
        {
            var bytes = Encoding.ASCII.GetBytes(names[i]);
            var id = checked((byte)(i + 1));
            if (bytes.Length > 16)
            {
                longNames.Add((bytes, id));
                continue;
            }

            var key = KeyOf(bytes);
            var at = Hash(key);
            while (_slots[at].Id != 0)
            {
                at = (at + 1) & (_slots.Length - 1);
            }

            _slots[at] = new Slot(key, id);
        }

        _long = longNames.ToImmutable();
    }

    /// <summary>The number of a name of up to 16 bytes; 0 for one that is not known.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal byte Find(Vector128<byte> key)
    {
        var at = Hash(key);
        while (true)
        {
            ref readonly var slot = ref _slots[at];
            if (slot.Key == key)
            {
                return slot.Id;
            }

            if (slot.Id == 0)
            {
                return 0;
            }

            at = (at + 1) & (_slots.Length - 1);
        }
    }

    /// <summary>The number of a name of any length; 0 for one that is not known.</summary>
    internal byte Find(ReadOnlySpan<byte> name)
    {
        if (name.Length <= 16)
        {
            return Find(KeyOf(name));
        }

        foreach (var (known, id) in _long)
        {
            if (name.SequenceEqual(known))
            {
                return id;
            }
        }

        return 0;
    }

    /// <summary>The bytes of a short name, the rest zero.</summary>
    internal static Vector128<byte> KeyOf(ReadOnlySpan<byte> name)
    {
        Span<byte> padded = stackalloc byte[16];
        padded.Clear();
        name.CopyTo(padded);
        return Vector128.Create<byte>(padded);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Hash(Vector128<byte> key)
    {
        var words = key.AsUInt64();
        var mixed = (words.GetElement(0) * 0x9E3779B97F4A7C15UL) ^ (words.GetElement(1) * 0xC2B2AE3D27D4EB4FUL);
        return (int)((mixed ^ (mixed >> 29)) >> (64 - SlotBits));
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Slot(Vector128<byte> Key, byte Id);
}
