using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace Receivables.Sdk.Statements.Camt;

/// <summary>The tree of known paths as a table: from a node and the number of a name to the next node.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
internal sealed class CamtTree(XmlNames names, ImmutableArray<ushort> steps, ImmutableArray<CamtTree.NodeInfo> nodes, int width)
{
    /// <summary>An element that is of no interest, and all that stands in it.</summary>
    internal const ushort Ignored = 0;

    /// <summary>Outside of any message: envelopes, headers, <c>Document</c>.</summary>
    internal const ushort Outside = 1;

    private readonly ImmutableArray<ushort> _steps = steps;
    private readonly ImmutableArray<NodeInfo> _nodes = nodes;

    /// <summary>The names that have a number.</summary>
    internal XmlNames Names { get; } = names;

    /// <summary>The node of a child element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ushort Step(ushort node, byte nameId) => _steps[(node * width) + nameId];

    /// <summary>What a node means.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal NodeInfo Info(ushort node) => _nodes[node];

    /// <summary>What a node means.</summary>
    /// <param name="Field">The field that its text is, or the group that begins with it.</param>
    /// <param name="Kind">How it is read.</param>
    internal readonly record struct NodeInfo(CamtField Field, NodeKind Kind);

    /// <summary>How an element is read.</summary>
    internal enum NodeKind : byte
    {
        /// <summary>Only a step to its children, or ignored.</summary>
        Step,

        /// <summary>Its text is kept.</summary>
        Text,

        /// <summary>Its text and the attribute <c>Ccy</c> are kept.</summary>
        Amount,

        /// <summary>A mark is kept where it begins.</summary>
        Mark,

        /// <summary>The reader changes its state where it begins and ends.</summary>
        Group,
    }
}
