namespace Receivables.Sdk.Statements.Camt;

/// <summary>What entries of one statement share: its header, and what was counted so far.</summary>
internal sealed class CamtEntryContext(StatementHeader header)
{
    private Money? _batchDifference;
    private Money? _detailDifference;
    private bool _hasBatchTotals;

    internal StatementHeader Header { get; } = header;

    internal CamtTotals Totals { get; } = new();

    /// <summary>How many entries there were.</summary>
    internal int Entries { get; set; }

    /// <summary>Whether it was told that remittances stand in the entries themselves.</summary>
    internal bool HasToldRemittance { get; set; }

    /// <summary>Whether the totals of batches hold; null when none could be checked.</summary>
    internal (string Code, Money? Difference)? BatchCheck => _hasBatchTotals ? ("batches", _batchDifference) : null;

    /// <summary>By how much the first entry differs from its one detail; null when all agree.</summary>
    internal (string Code, Money? Difference)? DetailCheck => _detailDifference is { } difference ? ("details", difference) : null;

    /// <summary>Takes note of an entry that is not what its one detail says.</summary>
    internal void DiffersFromDetail(Money by) => _detailDifference ??= by;

    /// <summary>Compares the stated total of a batch with its details.</summary>
    internal void CheckBatch(Money stated, Money counted)
    {
        if (stated.Currency != counted.Currency)
        {
            return;
        }

        _hasBatchTotals = true;
        var difference = stated.Magnitude - counted.Magnitude;
        _batchDifference ??= difference.IsZero ? null : difference;
    }
}
