using System.Collections.Immutable;

namespace Receivables.Sdk.Statements.Camt;

/// <summary>Builds a <see cref="CamtTree"/> from paths.</summary>
internal sealed class CamtTreeBuilder
{
    private readonly List<string> _names = [];
    private readonly List<Node> _nodes = [];
    private readonly Node _outside;

    internal CamtTreeBuilder()
    {
        _ = new Node(this);
        _outside = new Node(this);
    }

    /// <summary>Adds a message under two names, wherever it stands outside of another.</summary>
    internal Node AddRoot(string name, string olderName, CamtField field)
    {
        var root = _outside.Add(name, field);
        _outside.Children[NameOf(olderName)] = root;
        return root;
    }

    /// <summary>A group that stands in several places.</summary>
    internal Node Create(CamtField field) => new(this, field);

    /// <summary>The table.</summary>
    internal CamtTree Build()
    {
        var width = _names.Count + 1;
        var steps = new ushort[_nodes.Count * width];
        steps.AsSpan(width, width).Fill(CamtTree.Outside);
        foreach (var node in _nodes)
        {
            foreach (var (name, child) in node.Children)
            {
                steps[(node.Index * width) + name] = child.Index;
            }
        }

        return new CamtTree(new XmlNames(_names), [.. steps], [.. _nodes.Select(n => n.Info)], width);
    }

    private int NameOf(string name)
    {
        var at = _names.IndexOf(name);
        if (at < 0)
        {
            at = _names.Count;
            _names.Add(name);
        }

        return at + 1;
    }

    /// <summary>A node under construction.</summary>
    internal sealed class Node
    {
        private readonly CamtTreeBuilder _builder;

        internal Node(CamtTreeBuilder builder, CamtField field = CamtField.None)
        {
            _builder = builder;
            Info = field == CamtField.None ? default : new CamtTree.NodeInfo(field, KindOf(field));
            Index = checked((ushort)builder._nodes.Count);
            builder._nodes.Add(this);
        }

        internal ushort Index { get; }

        internal CamtTree.NodeInfo Info { get; private set; }

        internal Dictionary<int, Node> Children { get; } = [];

        /// <summary>Adds an element whose text is kept, or a group.</summary>
        internal Node Add(string path, CamtField field) => Add(path, field, KindOf(field));

        /// <summary>Adds a group that stands in several places.</summary>
        internal void Add(string name, Node group) => Children.Add(_builder.NameOf(name), group);

        /// <summary>Adds several elements whose text is the same field.</summary>
        internal void AddAll(CamtField field, params ReadOnlySpan<string> paths)
        {
            foreach (var path in paths)
            {
                _ = Add(path, field);
            }
        }

        /// <summary>Adds an amount with its currency.</summary>
        internal void AddAmount(string path, CamtField field) => Add(path, field, CamtTree.NodeKind.Amount);

        private Node Add(string path, CamtField field, CamtTree.NodeKind kind)
        {
            var node = this;
            foreach (var name in path.Split('/'))
            {
                var id = _builder.NameOf(name);
                if (!node.Children.TryGetValue(id, out var child))
                {
                    child = new Node(_builder);
                    node.Children.Add(id, child);
                }

                node = child;
            }

            node.Info = new CamtTree.NodeInfo(field, kind);
            return node;
        }

        private static CamtTree.NodeKind KindOf(CamtField field) => field switch
        {
            CamtField.Balance or CamtField.Charge or CamtField.Batch or CamtField.Structured => CamtTree.NodeKind.Mark,
            CamtField.Detail or >= CamtField.Message052 => CamtTree.NodeKind.Group,
            _ => CamtTree.NodeKind.Text,
        };
    }
}
