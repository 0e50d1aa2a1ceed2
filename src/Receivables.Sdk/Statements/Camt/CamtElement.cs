using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Receivables.Sdk.Statements.Camt;

/// <summary>
/// An element of the file at hand, told by the exact names of all that it stands in: what it means, and which markup followed it before.
/// </summary>
/// <remarks>Files are made by programs: the same elements come again in the same order, so both are looked up once. Not thread-safe.</remarks>
internal sealed class CamtElement
{
    // Far more than any message has; beyond it elements are made anew each time, so that a hostile file cannot fill the memory.
    private const int MostKept = 2048;

    private readonly CamtTree _tree;
    private readonly CamtElement _root;
    private readonly byte[] _longName = [];
    private CamtElement? _firstChild;
    private CamtElement? _next;
    private CamtStretch? _stretch;
    private CamtStretch? _otherStretch;
    private int _kept;

    /// <summary>What stands outside of all elements.</summary>
    internal CamtElement(CamtTree tree)
    {
        (_tree, _root, Parent) = (tree, this, this);
        Node = CamtTree.Outside;
    }

    private CamtElement(CamtElement parent, in XmlTokenizer xml)
    {
        (_tree, _root, Parent) = (parent._tree, parent._root, parent);
        Depth = parent.Depth + 1;
        (Key, NameLength) = (xml.NameKey, xml.Name.Length);
        _longName = HasLongName ? xml.Name.ToArray() : [];
        NameId = xml.NameId;
        Node = _tree.Step(parent.Node, xml.NameId);
        (Field, Kind) = _tree.Info(Node);
    }

    /// <summary>The element that it stands in; outside of all elements, itself.</summary>
    internal CamtElement Parent { get; }

    /// <summary>How many elements are open in it, with itself.</summary>
    internal int Depth { get; }

    /// <summary>The name as a vector, when it has at most 16 bytes.</summary>
    internal Vector128<byte> Key { get; }

    /// <summary>The length of the name with its prefix.</summary>
    internal int NameLength { get; }

    /// <summary>Whether the name is no vector.</summary>
    internal bool HasLongName => NameLength > Vector128<byte>.Count;

    /// <summary>The number of the local name; 0 when it is not known.</summary>
    internal byte NameId { get; }

    /// <summary>The place in the tree of known paths.</summary>
    internal ushort Node { get; }

    /// <summary>The field that its text is, or the group that begins with it.</summary>
    internal CamtField Field { get; }

    /// <summary>How it is read.</summary>
    internal CamtTree.NodeKind Kind { get; }

    /// <summary>Whether its text is a field.</summary>
    internal bool IsText => Kind is CamtTree.NodeKind.Text or CamtTree.NodeKind.Amount;

    /// <summary>The length of its end tag in the plainest form.</summary>
    internal int EndTagLength => NameLength + 3;

    /// <summary>Remembers markup that follows its text; two kinds are kept.</summary>
    internal void Remember(CamtStretch stretch) => (_stretch, _otherStretch) = (stretch, _stretch);

    /// <summary>The markup at a place, when it followed the element's text before; else null.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal CamtStretch? StretchAt(ReadOnlySpan<byte> data, int at) =>
        _stretch is { } stretch && stretch.IsAt(data, at) ? stretch : OtherStretchAt(data, at);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private CamtStretch? OtherStretchAt(ReadOnlySpan<byte> data, int at)
    {
        if (_otherStretch is not { } other || !other.IsAt(data, at))
        {
            return null;
        }

        (_stretch, _otherStretch) = (other, _stretch);
        return other;
    }

    /// <summary>The child that the tokenizer stands at.</summary>
    internal CamtElement Child(in XmlTokenizer xml)
    {
        var (key, length) = (xml.NameKey, xml.Name.Length);
        for (var child = _firstChild; child is not null; child = child._next)
        {
            if (child.Key == key && child.NameLength == length && (!child.HasLongName || xml.Name.SequenceEqual(child._longName)))
            {
                return child;
            }
        }

        return Add(xml);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private CamtElement Add(in XmlTokenizer xml)
    {
        var child = new CamtElement(this, xml);
        if (_root._kept < MostKept)
        {
            _root._kept++;
            (child._next, _firstChild) = (_firstChild, child);
        }

        return child;
    }
}
