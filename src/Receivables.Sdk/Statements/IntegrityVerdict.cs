namespace Receivables.Sdk.Statements;

/// <summary>Whether the arithmetic of a statement proves that nothing was lost or misread.</summary>
/// <remarks>A closed hierarchy: <see cref="Proven"/>, <see cref="Inconsistent"/>, <see cref="Unverifiable"/>. Immutable and safe to share between threads.</remarks>
public abstract record IntegrityVerdict
{
    private IntegrityVerdict()
    {
    }

    /// <summary>Whether opening + booked transactions = closing; null when a balance is missing.</summary>
    public abstract bool? IsBalanced { get; }

    /// <summary>Everything the statement lets one check holds.</summary>
    /// <param name="Proofs">The codes of the checks that held, such as <c>balance</c>, <c>pages</c>, <c>sums</c>, <c>runningBalance</c>.</param>
    public sealed record Proven(IReadOnlyList<string> Proofs) : IntegrityVerdict
    {
        /// <inheritdoc/>
        public override bool? IsBalanced => Proofs.Contains("balance") ? true : null;
    }

    /// <summary>A check failed.</summary>
    /// <param name="Check">The code of the check, such as <c>balance</c>, <c>sums</c>, <c>currency</c>.</param>
    /// <param name="Difference">Stated minus computed: closing − (opening + booked transactions) for <c>balance</c>.</param>
    public sealed record Inconsistent(string Check, Money Difference) : IntegrityVerdict
    {
        /// <summary>Whether the balances themselves add up, where another check failed; null when a balance is missing.</summary>
        public bool? BalancesAddUp { get; init; }

        /// <inheritdoc/>
        public override bool? IsBalanced => Check == "balance" ? false : BalancesAddUp;
    }

    /// <summary>The statement does not hold what a check needs.</summary>
    /// <param name="Reason">A code: <c>noOpening</c>, <c>noClosing</c>, <c>noBalances</c>, <c>mixedCurrencies</c>, <c>unreadableEntry</c>, <c>brokenChain</c>, <c>derivedBalance</c> (the balances were computed from the entries themselves).</param>
    public sealed record Unverifiable(string Reason) : IntegrityVerdict
    {
        /// <inheritdoc/>
        public override bool? IsBalanced => null;
    }
}
