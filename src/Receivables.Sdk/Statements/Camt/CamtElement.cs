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
    private int _kept;

    /// <summary>What stands outside of all elements.</summary>
    internal CamtElement(CamtTree tree)
    {
        (_tree, _root) = (tree, this);
        Node = CamtTree.Outside;
    }

    private CamtElement(CamtElement parent, in XmlTokenizer xml)
    {
        (_tree, _root) = (parent._tree, parent._root);
        (Key, NameLength) = (xml.NameKey, xml.Name.Length);
        _longName = HasLongName ? xml.Name.ToArray() : [];
        NameId = xml.NameId;
        Node = _tree.Step(parent.Node, xml.NameId);
        (Field, Kind) = _tree.Info(Node);
    }

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

    /// <summary>The markup that followed its text last; null when none is known.</summary>
    internal CamtStretch? Stretch { get; private set; }

    /// <summary>The markup that followed its text before that.</summary>
    internal CamtStretch? OtherStretch { get; private set; }

    /// <summary>Remembers the markup that follows its text.</summary>
    internal void Remember(CamtStretch stretch) => (Stretch, OtherStretch) = (stretch, Stretch);

    /// <summary>Says that the other markup follows its text now.</summary>
    internal void Swap() => (Stretch, OtherStretch) = (OtherStretch, Stretch);

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
