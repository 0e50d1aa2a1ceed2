using Receivables.Sdk.Text;

namespace Receivables.Sdk.Statements.Csv;

/// <summary>Takes the records out of each span of the file, knows where they stand in it, and hands them to the mapper.</summary>
internal sealed class CsvRowReader
{
    private readonly SourceText _source;
    private readonly CsvReaderOptions _options;
    private readonly CsvSections _sections;
    private readonly DiagnosticBag _diagnostics;
    private readonly CsvScratch _scratch = new();
    private readonly int _firstDataRow;
    private readonly byte _quote;
    private readonly byte _delimiter;
    private readonly bool _isRowQuoted;
    private readonly CsvScratch _innerScratch = new();
    private CsvTokenizer _tokenizer;
    private byte[] _header = [];
    private long _sourceOffset;
    private long _records;
    private int _columns;
    private int _lastCount;

    internal CsvRowReader(SourceText source, CsvLayout layout, CsvReaderOptions options, CsvSections sections, DiagnosticBag diagnostics)
    {
        (_source, _options, _sections, _diagnostics) = (source, options, sections, diagnostics);
        (_firstDataRow, _quote, _delimiter, _isRowQuoted) = (layout.FirstDataRow, layout.Quote, layout.Delimiter, layout.IsRowQuoted);
        _sourceOffset = source.MarkLength;
        _tokenizer = new CsvTokenizer(layout.Delimiter, layout.Quote);
    }

    /// <summary>Reads all whole records of a span.</summary>
    /// <param name="span">The bytes, from the start of a record.</param>
    /// <param name="isLast">Whether nothing follows.</param>
    /// <returns>How many bytes are done with.</returns>
    internal int Drain(ReadOnlySpan<byte> span, bool isLast)
    {
        _tokenizer.Reset();
        var done = 0;
        while (_tokenizer.TryRead(span, isLast))
        {
            // A row without a line end that has fewer fields than the header and the row before it.
            var isCut = isLast && _tokenizer.End == span.Length && _tokenizer.Count < _columns && _tokenizer.Count < _lastCount;
            if (_tokenizer.Margin >= 0 && _records >= _firstDataRow && !isCut && !_isRowQuoted && TryTakePlain(span, ref done))
            {
                continue;
            }

            _sections.IsCut = isCut;

            var row = new CsvRow(span, _tokenizer, _quote, _scratch, _source);
            CheckLength(row.End - row.Start);
            var isAsGiven = !_source.IsTranscoded;
            _sourceOffset += isAsGiven ? row.Start - done : _source.SourceLength(span[done..row.Start]);
            var length = isAsGiven ? row.End - row.Start : _source.SourceLength(row.Bytes);
            var location = new SourceLocation(_sourceOffset, (int)Math.Min(length, int.MaxValue), _tokenizer.Line, 1);
            if (!_isRowQuoted || !TakeInner(row, location))
            {
                Take(row, location);
            }

            _sourceOffset += length;
            done = row.End;
        }

        CheckLength(span.Length - _tokenizer.Consumed);
        _sourceOffset += _source.SourceLength(span[done.._tokenizer.Consumed]);
        return _tokenizer.Consumed;
    }

    // Nearly every row: the same stands around all its fields, and the section's mapper knows what they hold. Nothing is kept of a row that is left.
    private bool TryTakePlain(ReadOnlySpan<byte> span, ref int done)
    {
        int start = _tokenizer.Start, end = _tokenizer.End, length = end - start;
        if (length > _options.MaxRecordBytes || !_sections.TakesPlainRows || (length == _header.Length && span[start..end].SequenceEqual(_header)))
        {
            return false;
        }

        var (offset, sourceLength) = _source.IsTranscoded
            ? (_sourceOffset + _source.SourceLength(span[done..start]), _source.SourceLength(span[start..end]))
            : (_sourceOffset + start - done, length);
        if (!_sections.TryAddPlain(span, _tokenizer.Bounds, _tokenizer.Margin, new SourceLocation(offset, (int)Math.Min(sourceLength, int.MaxValue), _tokenizer.Line, 1)))
        {
            return false;
        }

        _tokenizer.ExpectedCount = _sections.ExpectedCount;
        (_sourceOffset, done, _lastCount) = (offset + sourceLength, end, _tokenizer.Count);
        return true;
    }

    // The row that stands within the quotes of the row. Places are those of its bytes without doubled quotes.
    private bool TakeInner(in CsvRow row, in SourceLocation location)
    {
        if (!row.IsOneField(_delimiter))
        {
            return false;
        }

        var inner = row[0].ToArray();
        var tokenizer = new CsvTokenizer(_delimiter, _quote);
        if (!tokenizer.TryRead(inner, isLast: true))
        {
            return false;
        }

        Take(new CsvRow(inner, tokenizer, _quote, _innerScratch, _source), location);
        return true;
    }

    private void Take(in CsvRow row, in SourceLocation location)
    {
        if (_records < _firstDataRow)
        {
            _records++;
            if (_records < _firstDataRow)
            {
                _sections.AddPreamble(row);
            }
            else
            {
                _header = row.Bytes.ToArray();
                _tokenizer.ExpectedCount = _isRowQuoted ? 0 : row.Count;
                _columns = row.Count;
            }

            return;
        }

        _records++;
        _lastCount = row.Count;
        if (_tokenizer.HasUnclosedQuote)
        {
            _diagnostics.Error(CsvCodes.UnclosedQuote, "A quote is never closed; it was read as a part of the text, to the end of its line.", location);
        }
        else if (_tokenizer.HasLooseQuote)
        {
            _diagnostics.Info(CsvCodes.LooseQuote, "A quoted field holds a quote that is not doubled; it was read as a part of the text.", location);
        }

        // Files that were put together from several pages repeat the header.
        if (_sections.IsBetween || _header.Length == 0 || !row.Bytes.SequenceEqual(_header))
        {
            var expected = _sections.Add(row, location);
            _tokenizer.ExpectedCount = _isRowQuoted ? 0 : expected;
        }
    }

    private void CheckLength(int length)
    {
        if (length > _options.MaxRecordBytes)
        {
            throw new StatementFormatException(new Diagnostic(
                DiagnosticSeverity.Error, StatementCodes.RecordTooLong, "A row is longer than the limit allows; is a quote never closed?", new SourceLocation(_sourceOffset, 0, _tokenizer.NextLine, 1)));
        }
    }
}
