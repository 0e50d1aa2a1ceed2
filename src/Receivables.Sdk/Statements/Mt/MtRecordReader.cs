using Receivables.Sdk.Text;

namespace Receivables.Sdk.Statements.Mt;

/// <summary>Finds records in the bytes in sight and hands them to the mapper.</summary>
internal sealed class MtRecordReader(StatementReaderOptions options, SourceText source, MtMapper mapper, MtUnwrapper? unwrapper = null)
{
    private readonly MtContext _context = new();
    private long _offset = source.MarkLength;
    private int _line = 1;
    private long _position;
    private bool _knowsLineEnds;
    private bool _toldUndecodable;
    private bool _toldForeign;
    private int _columns;

    /// <summary>The location of the next record.</summary>
    internal SourceLocation Location => new(_offset, 0, _line, 1);

    /// <summary>Reads every record that is there as a whole, until enough parts wait.</summary>
    /// <param name="data">The bytes in sight.</param>
    /// <param name="isAtEnd">Whether the input ends with them.</param>
    /// <param name="parts">The parts that wait.</param>
    /// <param name="enough">How many of them are enough.</param>
    /// <returns>How many bytes are done with.</returns>
    internal int Drain(ReadOnlySpan<byte> data, bool isAtEnd, List<StatementPart> parts, int enough)
    {
        if (!_knowsLineEnds)
        {
            if (MtLines.HasDoubleAt(data, isAtEnd) is not { } hasDoubleAt)
            {
                CheckLength(data.Length);
                return 0;
            }

            _context.HasDoubleAt = hasDoubleAt;
            _knowsLineEnds = true;
        }

        var tokenizer = new MtTokenizer(data, isAtEnd, _context);
        var start = 0;
        while (start < data.Length && parts.Count < enough)
        {
            if (unwrapper is not null)
            {
                unwrapper.Forget(_position);
                var found = unwrapper.Find(_position);
                (_offset, _line) = (found.Source + (_position - found.Out), found.Line);
            }

            if (!tokenizer.TryRead(start, out var record))
            {
                CheckLength(data.Length - start);
                return start;
            }

            CheckLength(record.End - record.Start);
            Hand(data, record);
            if (source.UndecodableCount > 0 && !_toldUndecodable)
            {
                TellUndecodable(data, start, record.Next);
            }

            if (unwrapper is null)
            {
                _offset += source.IsTranscoded ? source.SourceLength(data[start..record.Next]) : record.Next - start;
                _line += record.Lines;
            }
            else
            {
                _position += record.Next - start;
            }

            start = record.Next;
        }

        return start;
    }

    private void Hand(ReadOnlySpan<byte> data, in MtRecord record)
    {
        switch (record.Kind)
        {
            case MtRecordKind.Noise:
                var line = data[record.Start..record.End];
                mapper.Noise(line);
                if (!_toldForeign && (MtEnvelope.IsXml(line) || IsTable(line)))
                {
                    _toldForeign = true;
                    mapper.Foreign(new MtPlace(data, record.Start, _offset, _line, source, unwrapper, _position).At(record.Start, line.Length));
                }

                return;
            case MtRecordKind.Envelope:
                _context.Section = MtSection.Outside;
                mapper.Envelope(data[record.Start..record.End]);
                return;
            case MtRecordKind.Terminator:
                _context.Section = MtSection.Outside;
                mapper.Terminator();
                return;
            default:
                _context.Section = Behind(_context.Fields[0].Tag, _context.Section);
                mapper.Field(new MtPlace(data, record.Start, _offset, _line, source, unwrapper, _position), _context, record);
                return;
        }
    }

    // Two lines of as many columns, behind each other: one alone may be a sentence.
    private bool IsTable(ReadOnlySpan<byte> line)
    {
        var columns = MtEnvelope.Columns(line);
        var isTable = columns > 0 && columns == _columns;
        _columns = columns;
        return isTable;
    }

    // Where bytes were no character of UTF-16 or gb18030, the text has U+FFFD instead: the first place is told.
    private void TellUndecodable(ReadOnlySpan<byte> data, int start, int next)
    {
        var at = data[start..next].IndexOf("\uFFFD"u8);
        if (at >= 0)
        {
            _toldUndecodable = true;
            mapper.Undecodable(new MtPlace(data, start, _offset, _line, source, unwrapper, _position).At(start + at, 3));
        }
    }

    private static MtSection Behind(MtTag tag, MtSection before) => tag switch
    {
        MtTag.Reference20 => MtSection.Header,
        MtTag.Opening60F or MtTag.Opening60M or MtTag.Entry61 => MtSection.Body,
        MtTag.Closing62F or MtTag.Closing62M or MtTag.SumCredit90 or MtTag.SumDebit90 => MtSection.Closed,
        _ => before == MtSection.Outside ? MtSection.Header : before,
    };

    private void CheckLength(int length)
    {
        if (length > options.MaxRecordBytes + MtTokenizer.Sight)
        {
            throw new StatementFormatException(new Diagnostic(
                DiagnosticSeverity.Error, StatementCodes.RecordTooLong, "A record is longer than the limit allows.", Location));
        }
    }
}
