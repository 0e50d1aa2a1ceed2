namespace Receivables.Sdk.Ledger;

/// <summary>Collects faults.</summary>
internal sealed class LedgerFaultList
{
    private readonly List<LedgerFault> _faults = [];

    internal int Count => _faults.Count;

    internal void Error(string code, string message, int line, int column = 1, IReadOnlyList<int>? lines = null) =>
        Add(LedgerFaultSeverity.Error, code, message, line, column, lines);

    internal void Warning(string code, string message, int line, int column = 1) =>
        Add(LedgerFaultSeverity.Warning, code, message, line, column, null);

    /// <summary>The faults in order of line, column, code.</summary>
    internal IReadOnlyList<LedgerFault> InOrder() =>
        [.. _faults.OrderBy(f => f.Line).ThenBy(f => f.Column).ThenBy(f => f.Code, StringComparer.Ordinal)];

    private void Add(LedgerFaultSeverity severity, string code, string message, int line, int column, IReadOnlyList<int>? lines)
    {
        var fault = new LedgerFault(severity, code, message, line, Math.Max(1, column));
        _faults.Add(lines is null ? fault : fault with { Lines = lines });
    }
}
