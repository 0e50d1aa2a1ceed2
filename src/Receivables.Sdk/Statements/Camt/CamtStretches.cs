namespace Receivables.Sdk.Statements.Camt;

/// <summary>Learns stretches of markup while tags are read one by one.</summary>
/// <param name="entryName">The number of the name of entries, which is looked at wherever it stands.</param>
internal sealed class CamtStretches(byte entryName)
{
    private readonly List<CamtElement> _opened = [];
    private readonly List<CamtField> _marks = [];
    private CamtElement? _from;
    private int _start;
    private int _closed;

    /// <summary>A text has ended.</summary>
    /// <param name="leaf">Its element.</param>
    /// <param name="at">Where the end tag stands.</param>
    internal void Begin(CamtElement leaf, int at)
    {
        (_from, _start, _closed) = (leaf, at, 0);
        _opened.Clear();
        _marks.Clear();
    }

    /// <summary>Something comes that is no plain markup, or the bytes end.</summary>
    internal void Abandon() => _from = null;

    /// <summary>An element begins that holds others.</summary>
    internal void Open(CamtElement element)
    {
        if (_from is null)
        {
            return;
        }

        if (element.HasLongName || element.NameId == entryName || element.Kind is CamtTree.NodeKind.Amount or CamtTree.NodeKind.Group)
        {
            Abandon();
            return;
        }

        _opened.Add(element);
        if (element.Kind == CamtTree.NodeKind.Mark)
        {
            _marks.Add(element.Field);
        }
    }

    /// <summary>An element that holds others ends.</summary>
    internal void Close(CamtElement element)
    {
        if (element.HasLongName || element.Kind == CamtTree.NodeKind.Group || _opened.Count > 0)
        {
            Abandon();
        }

        _closed++;
    }

    /// <summary>The next element with text begins: the stretch is known now.</summary>
    /// <param name="leaf">The element.</param>
    /// <param name="xml">The tokenizer, at the leaf.</param>
    /// <param name="data">What it reads.</param>
    internal void End(CamtElement leaf, in XmlTokenizer xml, ReadOnlySpan<byte> data)
    {
        if (_from is not { } from)
        {
            return;
        }

        _from = null;
        var length = xml.TextStart - _start;
        if (length > CamtStretch.Longest || leaf.HasLongName || leaf.NameId == entryName || leaf.Kind is CamtTree.NodeKind.Mark or CamtTree.NodeKind.Group)
        {
            return;
        }

        var bytes = data.Slice(_start, length);
        var hasCurrency = xml.Attributes.TryFind("Ccy"u8, out var currency) & leaf.Kind == CamtTree.NodeKind.Amount;
        from.Remember(new CamtStretch(bytes)
        {
            Closed = _closed,
            Opened = [.. _opened],
            Marks = [.. _marks],
            Target = leaf,
            CurrencyAt = hasCurrency && bytes.Overlaps(currency, out var at) ? at : -1,
            CurrencyLength = currency.Length,
        });
    }
}
