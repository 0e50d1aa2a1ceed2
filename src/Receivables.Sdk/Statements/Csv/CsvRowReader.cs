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
    private CsvTokenizer _tokenizer;
    private byte[] _header = [];
    private long _sourceOffset;
    private long _records;

    internal CsvRowReader(SourceText source, CsvLayout layout, CsvReaderOptions options, CsvSections sections, DiagnosticBag diagnostics)
    {
        (_source, _options, _sections, _diagnostics) = (source, options, sections, diagnostics);
        (_firstDataRow, _quote) = (layout.FirstDataRow, layout.Quote);
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
            if (_tokenizer.Margin >= 0 && _records >= _firstDataRow && TryTakePlain(span, ref done))
            {
                continue;
            }

            var row = new CsvRow(span, _tokenizer, _quote, _scratch, _source);
            CheckLength(row.End - row.Start);
            var isAsGiven = !_source.IsTranscoded;
            _sourceOffset += isAsGiven ? row.Start - done : _source.SourceLength(span[done..row.Start]);
            var length = isAsGiven ? row.End - row.Start : _source.SourceLength(row.Bytes);
            Take(row, new SourceLocation(_sourceOffset, (int)Math.Min(length, int.MaxValue), _tokenizer.Line, 1));
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
        (_sourceOffset, done) = (offset + sourceLength, end);
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
                _tokenizer.ExpectedCount = row.Count;
            }

            return;
        }

        _records++;
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
            _tokenizer.ExpectedCount = _sections.Add(row, location);
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
