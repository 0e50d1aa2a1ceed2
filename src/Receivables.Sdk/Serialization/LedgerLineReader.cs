using System.IO.Pipelines;
using System.Text;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Serialization;

/// <summary>Reads lines as events.</summary>
internal sealed class LedgerLineReader(PipeReader reader, LedgerFileOptions options) : LedgerLineSplitter(reader, options)
{
    private readonly LedgerFileOptions _options = options;
    private readonly LedgerLine _line = new();
    private readonly LedgerRecordMapper _mapper = new() { UnknownParts = [] };
    private List<LedgerFileLine> _lines = [];
    private List<LedgerFault> _faults = [];
    private int _faultCount;

    /// <summary>The lines read since the last call.</summary>
    internal List<LedgerFileLine> Take()
    {
        var taken = _lines;
        _lines = [];
        return taken;
    }

    protected override void OnFault(string code, string message, int column)
    {
        Fault(LedgerFaultSeverity.Error, code, message, column);
        Give(null, null);
    }

    protected override void OnLine(ReadOnlySpan<byte> line)
    {
        LedgerEvent? item = null;
        string? unknown = null;
        if (!_line.Read(line))
        {
            var (code, message, at) = _line.Malformed!.Value;
            Fault(LedgerFaultSeverity.Error, code, message, Before + at + 1);
        }
        else
        {
            var fields = new LedgerLineFields(_line, line);
            var record = LedgerRecord.Find(Encoding.UTF8.GetBytes(fields.Id(LedgerField.Record)));
            if (fields.Fault is null && record is null)
            {
                Fault(LedgerFaultSeverity.Warning, LedgerCodes.UnknownRecord, "The record is not known; the line is left out.", Before + fields.At(LedgerField.Record) + 1);
            }
            else if (fields.Fault is null)
            {
                item = _mapper.Map(record!, ref fields, Warn);
                unknown = item is null ? null : _line.UnknownFields(line, record!.KnownFields);
            }

            if (fields.Fault is { } fault)
            {
                IsRefused |= fault.Code == LedgerCodes.UnknownVersion;
                var severity = fault.Code == LedgerCodes.UnknownKind ? LedgerFaultSeverity.Warning : LedgerFaultSeverity.Error;
                Fault(severity, fault.Code, fault.Message, Before + fault.At + 1);
            }
        }

        Give(item, unknown);
    }

    private void Give(LedgerEvent? item, string? unknown)
    {
        _lines.Add(new LedgerFileLine(LineNumber, item, _faults.Count == 0 ? [] : _faults)
        {
            UnknownFields = unknown,
            UnknownParts = item is null || _mapper.UnknownParts!.Count == 0 ? [] : [.. _mapper.UnknownParts],
        });
        _mapper.UnknownParts!.Clear();
        if (_faults.Count > 0)
        {
            _faults = [];
        }
    }

    private void Warn(string code, string message, int at) => Fault(LedgerFaultSeverity.Warning, code, message, Before + at + 1);

    private void Fault(LedgerFaultSeverity severity, string code, string message, int column)
    {
        if (++_faultCount > _options.MaxFaults)
        {
            (severity, code, message, IsRefused) = (LedgerFaultSeverity.Error, LedgerCodes.TooManyFaults, "The file has more faults than the limit; the rest is not read.", true);
        }

        _faults.Add(new LedgerFault(severity, code, message, LineNumber, column));
    }
}
