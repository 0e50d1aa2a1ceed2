namespace Receivables.Sdk.Statements;

/// <summary>Which numbers can be amounts of money in a statement.</summary>
internal static class StatementAmount
{
    // Formats allow 15 to 18 digits. Up to here, no sum of a file's amounts leaves the range of a decimal.
    private const decimal Limit = 1e20m;

    /// <summary>Whether a number is small enough.</summary>
    internal static bool IsPossible(decimal value) => value is > -Limit and < Limit;
}
