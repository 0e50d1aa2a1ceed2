using System.Buffers;
using Receivables.Sdk.Text;

namespace Receivables.Sdk.Statements.Camt;

/// <summary>Finds the records of a message — statement heads, entries, statement ends — and hands each to the mapper as it ends.</summary>
/// <remarks>
/// Knows where groups begin and end, nothing of what they mean. XML that is not well-formed is passed over up to the next entry: the entry is
/// lost and said to be, the others are read.
/// </remarks>
internal sealed class CamtRecordReader
{
    // What waits to be yielded stays in the caches near the core.
    private const int PartsAtOnce = 64;

    // Outside of documents: blanks, zero bytes that fill a block, and the mark of the byte order of a file that was appended.
    private static readonly SearchValues<byte> Blanks = SearchValues.Create(" \t\r\n\0\uFEFF"u8);

    private readonly CamtTree _tree;
    private readonly StatementReaderOptions _options;
    private readonly XmlNesting _nesting;
    private readonly DiagnosticBag _diagnostics;
    private readonly CamtStatementMapper _mapper;
    private readonly CamtSource _source;
    private readonly CamtRecord _message = new();
    private readonly CamtRecord _statement = new();
    private readonly CamtRecord _entry;
    private readonly CamtElement _outside;
    private readonly CamtElement[] _elements;
    private readonly CamtStretches _stretches;
    private readonly byte _entryName;
    private readonly CamtResumption _resumption = new();
    private CamtRecord _current;
    private int _messageDepth;
    private int _statementDepth;
    private bool _isInEntry;
    private bool _isHeadSent;
    private bool _isMessageSeen;
    private bool _isLost;
    private long _lastFault = -1;
    private bool _toldAmpersand;

    internal CamtRecordReader(CamtTree tree, StatementReaderOptions options, SourceText text, byte[]? prefix = null)
    {
        (_tree, _options) = (tree, options);
        _entryName = tree.Names.Find("Ntry"u8);
        _nesting = new XmlNesting(options.MaxDepth);
        _outside = new CamtElement(tree);
        _elements = new CamtElement[options.MaxDepth];
        _stretches = new CamtStretches(_entryName);
        _diagnostics = new DiagnosticBag(options);
        Assembler = new StatementAssembler(options, _diagnostics);
        _mapper = new CamtStatementMapper(Assembler, _diagnostics, text.Decoder);
        _source = new CamtSource(text, prefix ?? []);
        if (prefix is not null)
        {
            _diagnostics.Warning(CamtCodes.Wrapped, "The message is wrapped in another text, or a statement stands without one; it was read without what stands around it.", SourceLocation.Start);
        }

        _entry = new CamtRecord { Raw = options.RawText == RawText.Entry ? new CamtRawText(options.MaxRecordBytes) : null };
        _current = _message;
    }

    /// <summary>Where the parts wait that were read.</summary>
    internal StatementAssembler Assembler { get; }

    /// <summary>Whether all was read.</summary>
    internal bool IsDone { get; private set; }

    /// <summary>Reads on until bytes are missing, parts enough wait, or all is done.</summary>
    /// <param name="data">The bytes behind those that were consumed.</param>
    /// <param name="isLast">Whether the input ends with them.</param>
    /// <param name="needsMore">Whether more bytes are needed to go on.</param>
    /// <returns>How many bytes are consumed.</returns>
    internal int Read(ReadOnlySpan<byte> data, bool isLast, out bool needsMore)
    {
        var consumed = 0;
        needsMore = false;
        while (!IsDone && !needsMore && Assembler.Parts.Count < PartsAtOnce)
        {
            consumed += _isLost ? Resume(data[consumed..], isLast, out needsMore) : Drain(data[consumed..], isLast, out needsMore);
        }

        return consumed;
    }

    private int Drain(ReadOnlySpan<byte> data, bool isLast, out bool needsMore)
    {
        var xml = new XmlTokenizer(data, isLast, _nesting, _tree.Names, _options.MaxRecordBytes);
        var element = Innermost();
        var passed = 0;
        needsMore = false;
        _stretches.Abandon();
        while (true)
        {
            switch (xml.Read())
            {
                case XmlToken.Leaf:
                    var leaf = element.Child(xml);
                    _stretches.End(leaf, xml, data);
                    if (leaf.Kind == CamtTree.NodeKind.Text)
                    {
                        _current.Add(leaf.Field, xml.Text);
                    }
                    else if (leaf.Kind != CamtTree.NodeKind.Step)
                    {
                        OnLeaf(leaf, xml, data, ref passed);
                    }

                    if (leaf.Kind is not (CamtTree.NodeKind.Mark or CamtTree.NodeKind.Group) && !leaf.HasLongName && !_current.HasOpenText)
                    {
                        element = Follow(ref xml, leaf, data, ref passed);
                    }

                    break;

                case XmlToken.StartTag when xml.NameId == _entryName && _statementDepth > 0 && _nesting.Depth != _statementDepth + 1:
                    // The end of the entry before it was lost: else it would swallow this one, and all that follow.
                    Pass(xml.TokenStart, data, ref passed);
                    OnFault(XmlFault.MissingEndTag);
                    return passed;

                case XmlToken.StartTag:
                    var child = element.Child(xml);
                    _stretches.Open(child, xml.TokenStart);
                    if (child.IsText)
                    {
                        AddCurrency(xml, child.Kind);
                        _current.BeginText();
                    }
                    else if (child.Kind is CamtTree.NodeKind.Mark or CamtTree.NodeKind.Group)
                    {
                        Begin(child, xml, data, ref passed);
                    }

                    _elements[_nesting.Depth - 1] = element = child;
                    break;

                case XmlToken.EndTag:
                    var ended = element;
                    _stretches.Close(ended, xml.Position);
                    element = Innermost();
                    if (ended.IsText)
                    {
                        _current.EndText(ended.Field);
                    }
                    else if (ended.Kind == CamtTree.NodeKind.Group)
                    {
                        End(ended.Field, xml.Position, data, ref passed);
                        if (Assembler.Parts.Count >= PartsAtOnce)
                        {
                            Pass(xml.Position, data, ref passed);
                            return passed;
                        }
                    }

                    break;

                case XmlToken.EmptyTag:
                    _stretches.Abandon();
                    var empty = element.Child(xml);
                    if (empty.Kind is CamtTree.NodeKind.Mark or CamtTree.NodeKind.Group)
                    {
                        OnLeaf(empty, xml, data, ref passed);
                    }

                    break;

                case XmlToken.Text or XmlToken.CData when _nesting.Depth == 0:
                    CheckOutside(xml.Text, xml.TokenStart, data, ref passed);
                    break;

                case XmlToken.Text or XmlToken.CData:
                    if (element.IsText)
                    {
                        _stretches.Abandon();
                        _current.AppendText(xml.Text, xml.HasReferences);
                        if (xml.LooseAmpersand >= 0 && !_toldAmpersand)
                        {
                            _toldAmpersand = true;
                            Pass(xml.LooseAmpersand, data, ref passed);
                            _diagnostics.Warning(CamtCodes.LooseAmpersand, "An ampersand in a text begins no reference of XML; it was read as it stands.", _source.Here);
                        }
                    }
                    else if (xml.Text.ContainsAnyExcept(" \t\r\n"u8))
                    {
                        _stretches.Abandon();
                    }

                    break;

                case XmlToken.NeedMore:
                    needsMore = true;
                    Pass(xml.TokenStart, data, ref passed);
                    return passed;

                case XmlToken.End:
                    Pass(data.Length, data, ref passed);
                    Finish();
                    return passed;

                default:
                    Pass(xml.TokenStart, data, ref passed);
                    OnFault(xml.Fault);
                    return passed;
            }
        }
    }

    // Behind a text: as long as the markup is what it was before, it is passed in whole stretches, from text to text.
    private CamtElement Follow(ref XmlTokenizer xml, CamtElement leaf, ReadOnlySpan<byte> data, ref int passed)
    {
        var at = xml.Position - leaf.EndTagLength;
        var stretch = leaf.StretchAt(data, at);
        while (stretch is not null)
        {
            if (stretch.HasFields)
            {
                Pass(stretch, data, at, ref passed);
            }

            var text = at + stretch.Length;
            leaf = stretch.Target;
            var end = xml.FindEndOfText(text);
            stretch = end < 0 ? null : leaf.StretchAt(data, end);
            if (stretch is null && (end < 0 || !xml.IsEndTag(end, leaf.Key, leaf.NameLength)))
            {
                // No plain text: the tokens of this element are read one by one.
                StandIn(leaf);
                _current.BeginText();
                xml.MoveTo(text);
                return leaf;
            }

            if (leaf.Field != CamtField.None)
            {
                _current.AddNear(leaf.Field, data[text..end]);
            }

            at = end;
        }

        xml.MoveTo(at + leaf.EndTagLength);
        _stretches.Begin(leaf, at);
        StandIn(leaf.Parent);
        return leaf.Parent;
    }

    // What a stretch does to the record.
    private void Pass(CamtStretch stretch, ReadOnlySpan<byte> data, int at, ref int passed)
    {
        foreach (var mark in stretch.Marks)
        {
            switch (mark.Field)
            {
                case CamtField.Detail:
                    Pass(at + mark.At, data, ref passed);
                    BeginDetail();
                    break;
                case CamtField.DetailEnd:
                    Pass(at + mark.At, data, ref passed);
                    EndDetail();
                    break;
                default:
                    _current.AddMark(mark.Field);
                    break;
            }
        }

        if (stretch.CurrencyAt >= 0)
        {
            _current.AddNear(CamtField.Currency, data.Slice(at + stretch.CurrencyAt, stretch.CurrencyLength));
        }
    }

    // Behind stretches: an element is the innermost one, and those that it stands in are open. Those of them that were not open have short names.
    private void StandIn(CamtElement element)
    {
        for (var open = element; open.Depth > 0 && (open.Depth > _nesting.Depth || _elements[open.Depth - 1] != open); open = open.Parent)
        {
            _elements[open.Depth - 1] = open;
            _nesting.Put(open.Depth - 1, open.Key, open.NameLength);
        }

        _nesting.MoveTo(element.Depth);
    }

    private CamtElement Innermost() => _nesting.Depth == 0 ? _outside : _elements[_nesting.Depth - 1];

    private void OnLeaf(CamtElement element, in XmlTokenizer xml, ReadOnlySpan<byte> data, ref int passed)
    {
        switch (element.Kind)
        {
            case CamtTree.NodeKind.Amount:
                AddCurrency(xml, element.Kind);
                _current.Add(element.Field, xml.Text);
                break;
            case CamtTree.NodeKind.Mark or CamtTree.NodeKind.Group:
                Begin(element, xml, data, ref passed);
                if (element.Kind == CamtTree.NodeKind.Group)
                {
                    End(element.Field, xml.Position, data, ref passed);
                }

                break;
        }
    }

    private void AddCurrency(in XmlTokenizer xml, CamtTree.NodeKind kind)
    {
        if (kind == CamtTree.NodeKind.Amount && xml.Attributes.TryFind("Ccy"u8, out var currency))
        {
            _current.Add(CamtField.Currency, currency);
        }
    }

    private void Begin(CamtElement element, in XmlTokenizer xml, ReadOnlySpan<byte> data, ref int passed)
    {
        if (element.Kind == CamtTree.NodeKind.Mark)
        {
            _current.AddMark(element.Field);
            return;
        }

        Pass(xml.TokenStart, data, ref passed);
        switch (element.Field)
        {
            case CamtField.Detail:
                BeginDetail();
                break;
            case CamtField.Entry:
                SendHead();
                _current = _entry;
                _entry.Clear();
                _entry.Raw?.Clear();
                _entry.Location = _source.Here;
                _isInEntry = true;
                break;
            case CamtField.Statement:
                _current = _statement;
                _statement.Clear();
                _statement.Location = _source.Here;
                _statementDepth = _nesting.Depth;
                _isHeadSent = false;
                _resumption.SetStatement(xml.Name);
                break;
            default:
                _current = _message;
                _message.Clear();
                _messageDepth = _nesting.Depth;
                _isMessageSeen = true;
                _resumption.SetMessage(xml.Name);
                _mapper.BeginMessage(element.Field);
                break;
        }
    }

    private void End(CamtField field, int position, ReadOnlySpan<byte> data, ref int passed)
    {
        Pass(position, data, ref passed);
        switch (field)
        {
            case CamtField.Detail:
                EndDetail();
                break;
            case CamtField.Entry:
                _isInEntry = false;
                _current = _statement;
                _entry.Location = _entry.Location with { Length = OffsetInEntry() };
                _mapper.Entry(_entry);
                break;
            case CamtField.Statement:
                EndStatement();
                break;
            default:
                _messageDepth = 0;
                break;
        }
    }

    private void BeginDetail() => _current.AddMark(CamtField.Detail, OffsetInEntry(), _source.Here.Line);

    private void EndDetail() => _current.AddMark(CamtField.DetailEnd, OffsetInEntry());

    private void SendHead()
    {
        if (!_isHeadSent)
        {
            _isHeadSent = true;
            _mapper.Head(_message, _statement);
            _statement.Clear();
        }
    }

    private void EndStatement()
    {
        if (_statementDepth > 0)
        {
            SendHead();
            _mapper.Tail(_statement, _source.Here);
            _statementDepth = 0;
            _current = _message;
        }
    }

    private void Pass(int to, ReadOnlySpan<byte> data, ref int passed)
    {
        var bytes = data[passed..to];
        _source.Advance(bytes);
        if (_isInEntry)
        {
            _entry.Raw?.Append(bytes);
        }

        passed = to;
    }

    private int OffsetInEntry() => (int)Math.Min(int.MaxValue, _source.Here.Offset - _entry.Location.Offset);

    private void CheckOutside(ReadOnlySpan<byte> text, int at, ReadOnlySpan<byte> data, ref int passed)
    {
        var blanks = text.IndexOfAnyExcept(Blanks);
        if (blanks < 0)
        {
            return;
        }

        Pass(at + blanks, data, ref passed);
        if (!_isMessageSeen)
        {
            throw NotCamt("The file is no XML: it does not begin with a tag.");
        }

        _diagnostics.Warning(CamtCodes.OutsideText, "Text stands behind the end of the document; it is not read.", _source.Here);
    }

    private void Finish()
    {
        if (!_isMessageSeen)
        {
            throw NotCamt("The file is XML, but no camt.052, camt.053 or camt.054 message.");
        }

        EndStatement();
        _mapper.EndFile();
        IsDone = true;
    }

    private void OnFault(XmlFault fault)
    {
        var place = _source.Here;
        switch (fault)
        {
            case XmlFault.DocumentType:
                throw new StatementFormatException(new Diagnostic(
                    DiagnosticSeverity.Error, CamtCodes.DocumentType, "The file declares a document type or an entity; no statement does, and it is not read.", place));
            case XmlFault.TooDeep:
                throw new StatementFormatException(new Diagnostic(DiagnosticSeverity.Error, CamtCodes.TooDeep, "The elements nest deeper than the limit allows.", place));
            case XmlFault.TooLong:
                throw new StatementFormatException(new Diagnostic(DiagnosticSeverity.Error, StatementCodes.RecordTooLong, "A text or a tag is longer than the limit allows.", place));
        }

        if (!_isMessageSeen)
        {
            throw NotCamt("The file is not well-formed XML.");
        }

        if (place.Offset != _lastFault)
        {
            Report(fault, place);
        }

        if (_messageDepth == 0)
        {
            Finish();
            return;
        }

        _resumption.Start(isAgain: place.Offset == _lastFault);
        _lastFault = place.Offset;
        _isLost = true;
    }

    private void Report(XmlFault fault, SourceLocation place)
    {
        var (code, what) = fault switch
        {
            XmlFault.UnexpectedEnd => (CamtCodes.Truncated, "The file ends inside an element"),
            XmlFault.MismatchedEndTag => (CamtCodes.Malformed, "An end tag does not match its start tag"),
            XmlFault.MissingEndTag => (CamtCodes.Malformed, "An end tag is missing"),
            XmlFault.BadReference => (CamtCodes.Malformed, "A reference with & is none of XML"),
            XmlFault.BadAttribute => (CamtCodes.Malformed, "An attribute is not of the form of XML"),
            _ => (CamtCodes.Malformed, "A tag is not of the form of XML"),
        };
        if (_isInEntry)
        {
            _isInEntry = false;
            _current = _statement;
            var start = _entry.Location;
            _diagnostics.Error(code, what + ".", place);
            _diagnostics.Error(
                CamtCodes.EntryLost, "The entry cannot be read, and is left out.",
                start with { Length = (int)Math.Min(int.MaxValue, place.Offset - start.Offset) });
        }
        else
        {
            _diagnostics.Error(code, what + "; reading goes on at the next entry.", place);
        }

        if (_statementDepth > 0)
        {
            _mapper.EntryLost();
        }
    }

    // Passes over what cannot be read up to a tag that belongs to the frame of the message.
    private int Resume(ReadOnlySpan<byte> data, bool isLast, out bool needsMore)
    {
        var found = _resumption.Find(data, isLast, _statementDepth > 0, out var at);
        var passed = 0;
        Pass(at, data, ref passed);
        needsMore = found == CamtResumption.Place.NeedMore;
        switch (found)
        {
            case CamtResumption.Place.NeedMore:
                return passed;
            case CamtResumption.Place.InStatement:
                _nesting.PopTo(_statementDepth);
                break;
            case CamtResumption.Place.InMessage:
                EndStatement();
                _nesting.PopTo(_messageDepth);
                break;
            default:
                Pass(data.Length, data, ref passed);
                Finish();
                break;
        }

        _isLost = false;
        return passed;
    }

    private StatementFormatException NotCamt(string message) =>
        new(new Diagnostic(DiagnosticSeverity.Error, CamtCodes.NotCamt, message, _source.Here));
}
