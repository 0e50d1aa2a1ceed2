using System.Runtime.Intrinsics;

namespace Receivables.Sdk.Statements.Camt;

/// <summary>The open elements of a document, kept between the spans that a tokenizer sees.</summary>
/// <remarks>A short name is one vector, so an end tag is checked by one comparison; the bytes of longer names stand one behind the other.</remarks>
internal sealed class XmlNesting(int maxDepth)
{
    private readonly Vector128<byte>[] _keys = new Vector128<byte>[maxDepth];
    private readonly int[] _lengths = new int[maxDepth];
    private byte[] _longNames = [];
    private int _longLength;

    /// <summary>The most that may be open.</summary>
    internal int MaxDepth => _keys.Length;

    /// <summary>How many elements are open.</summary>
    internal int Depth { get; private set; }

    /// <summary>The length of the innermost element's name.</summary>
    internal int TopLength => _lengths[Depth - 1];

    /// <summary>The innermost element's name, when it has at most 16 bytes.</summary>
    internal Vector128<byte> TopKey => _keys[Depth - 1];

    /// <summary>Opens an element with a short name; false when that is too deep.</summary>
    internal bool TryPush(Vector128<byte> key, int length)
    {
        var depth = Depth;
        if ((uint)depth >= (uint)_keys.Length)
        {
            return false;
        }

        _keys[depth] = key;
        _lengths[depth] = length;
        Depth = depth + 1;
        return true;
    }

    /// <summary>Opens an element with a name of any length; false when that is too deep.</summary>
    internal bool TryPush(ReadOnlySpan<byte> name)
    {
        if (name.Length <= 16)
        {
            return TryPush(XmlNames.KeyOf(name), name.Length);
        }

        if (!TryPush(default, name.Length))
        {
            return false;
        }

        if (_longNames.Length - _longLength < name.Length)
        {
            Array.Resize(ref _longNames, Math.Max(256, (_longLength + name.Length) * 2));
        }

        name.CopyTo(_longNames.AsSpan(_longLength));
        _longLength += name.Length;
        return true;
    }

    /// <summary>Whether the innermost element has this name.</summary>
    internal bool IsTop(ReadOnlySpan<byte> name)
    {
        if (Depth == 0 || TopLength != name.Length)
        {
            return false;
        }

        return name.Length <= 16
            ? XmlNames.KeyOf(name) == TopKey
            : name.SequenceEqual(_longNames.AsSpan(_longLength - name.Length, name.Length));
    }

    /// <summary>Closes the innermost element.</summary>
    internal void Pop()
    {
        var length = _lengths[--Depth];
        if (length > 16)
        {
            _longLength -= length;
        }
    }

    /// <summary>Puts an element with a short name at a place where none stands, or one with a short name, too.</summary>
    internal void Put(int place, Vector128<byte> key, int length) => (_keys[place], _lengths[place]) = (key, length);

    /// <summary>Moves to another depth, all elements of which were put; what is closed by that has short names.</summary>
    internal void MoveTo(int depth) => Depth = depth;

    /// <summary>Closes elements until a depth is reached: where reading goes on behind a fault.</summary>
    internal void PopTo(int depth)
    {
        while (Depth > depth)
        {
            Pop();
        }
    }
}
