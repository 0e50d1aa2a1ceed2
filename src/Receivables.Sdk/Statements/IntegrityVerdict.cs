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

    /// <summary>The verdict of the balances alone, for a reader of a host's own: opening + booked transactions = closing.</summary>
    /// <param name="opening">The opening balance; null when there is none.</param>
    /// <param name="closing">The closing balance; null when there is none.</param>
    /// <param name="transactions">All transactions of the statement.</param>
    public static IntegrityVerdict OfBalances(StatementBalance? opening, StatementBalance? closing, IEnumerable<BankTransaction> transactions)
    {
        ArgumentNullException.ThrowIfNull(transactions);
        if (opening is null || closing is null)
        {
            return new Unverifiable(opening is null && closing is null ? "noBalances" : opening is null ? "noOpening" : "noClosing");
        }

        var sum = opening.Amount.Amount;
        var isMixed = opening.Amount.Currency != closing.Amount.Currency;
        foreach (var transaction in transactions.Where(t => t.Status == TransactionStatus.Booked))
        {
            isMixed |= transaction.Amount.Currency != opening.Amount.Currency;
            sum += transaction.Amount.Amount;
        }

        var difference = new Money(closing.Amount.Amount - sum, closing.Amount.Currency);
        return isMixed ? new Unverifiable("mixedCurrencies") : difference.IsZero ? new Proven(["balance"]) : new Inconsistent("balance", difference);
    }

    /// <summary>Everything the statement lets one check holds.</summary>
    /// <remarks>
    /// Where no opening balance is stated but each entry has the balance after it (<see cref="StatementBalance.Kind"/> is <c>running</c>), the opening balance is that of the oldest
    /// entry less its amount: all other entries are proved, and that one amount is taken on trust.
    /// </remarks>
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
