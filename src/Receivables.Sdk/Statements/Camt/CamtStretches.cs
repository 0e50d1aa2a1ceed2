namespace Receivables.Sdk.Statements.Camt;

/// <summary>Learns stretches of markup while tags are read one by one.</summary>
/// <param name="entryName">The number of the name of entries, which is looked at wherever it stands.</param>
internal sealed class CamtStretches(byte entryName)
{
    private readonly List<(CamtField Field, int At)> _marks = [];
    private CamtElement? _from;
    private int _start;
    private bool _hasOpened;

    /// <summary>A text has ended.</summary>
    /// <param name="leaf">Its element.</param>
    /// <param name="at">Where the end tag stands.</param>
    internal void Begin(CamtElement leaf, int at)
    {
        (_from, _start, _hasOpened) = (leaf, at, false);
        _marks.Clear();
    }

    /// <summary>Something comes that is no plain markup, or the bytes end.</summary>
    internal void Abandon() => _from = null;

    /// <summary>An element begins that holds others.</summary>
    /// <param name="element">The element.</param>
    /// <param name="at">Where its tag starts.</param>
    internal void Open(CamtElement element, int at)
    {
        if (_from is null)
        {
            return;
        }

        if (element.HasLongName || element.NameId == entryName || element.Kind == CamtTree.NodeKind.Amount
            || (element.Kind == CamtTree.NodeKind.Group && element.Field != CamtField.Detail))
        {
            Abandon();
            return;
        }

        _hasOpened = true;
        if (element.Kind is CamtTree.NodeKind.Mark or CamtTree.NodeKind.Group)
        {
            _marks.Add((element.Field, at - _start));
        }
    }

    /// <summary>An element that holds others ends.</summary>
    /// <param name="element">The element.</param>
    /// <param name="at">Where its end tag ends.</param>
    internal void Close(CamtElement element, int at)
    {
        if (_from is null)
        {
            return;
        }

        if (element.HasLongName || _hasOpened || (element.Kind == CamtTree.NodeKind.Group && element.Field != CamtField.Detail))
        {
            Abandon();
            return;
        }

        if (element.Kind == CamtTree.NodeKind.Group)
        {
            _marks.Add((CamtField.DetailEnd, at - _start));
        }
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
            Marks = [.. _marks],
            Target = leaf,
            CurrencyAt = hasCurrency && bytes.Overlaps(currency, out var at) ? at : -1,
            CurrencyLength = currency.Length,
        });
    }
}
