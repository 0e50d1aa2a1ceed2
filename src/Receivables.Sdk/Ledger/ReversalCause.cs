namespace Receivables.Sdk.Ledger;

/// <summary>By which way a payment was taken back.</summary>
public enum ReversalKind
{
    /// <summary>Not said.</summary>
    Unknown,

    /// <summary>The bank returned it: a direct debit or transfer that was rejected, returned, refunded or recalled, with an ISO 20022 code.</summary>
    Return,

    /// <summary>A card holder disputed it with the card's issuer: a chargeback, with the code of the card scheme.</summary>
    Chargeback,
}

/// <summary>Why a payment was taken back, as far as its code says; codes of banks and card schemes side by side, no finer than all of them tell.</summary>
public enum ReversalCause
{
    /// <summary>There is no code, or one that is not known or says nothing (<c>MS03</c>).</summary>
    Unknown,

    /// <summary>The account had too little money: <c>AM04</c>.</summary>
    InsufficientFunds,

    /// <summary>The account is wrong, closed, blocked, or takes no such payment: <c>AC01</c>, <c>AC04</c>, <c>AC06</c>, <c>AG01</c>.</summary>
    AccountUnusable,

    /// <summary>There was no mandate, or no authorisation by the card's issuer: <c>MD01</c>, Visa 11.x, Mastercard 4808.</summary>
    NotAuthorised,

    /// <summary>The card holder says it was not they who paid: Visa 10.x, Mastercard 4837, 4849, 4863, 4870, 4871.</summary>
    Fraud,

    /// <summary>The payer took it back without saying why, or refused it: <c>MD06</c>, <c>MS02</c>, <c>SL01</c>.</summary>
    RefusedByPayer,

    /// <summary>The payer disputes what was sold: Visa 13.x, Mastercard 4853.</summary>
    DisputedGoods,

    /// <summary>It was sent twice, or wrong in its form, amount or date: <c>AM05</c>, <c>FF01</c>, <c>RC01</c>, Visa 12.x, Mastercard 4834.</summary>
    ProcessingError,

    /// <summary>The payer died: <c>MD07</c>.</summary>
    PayerDeceased,

    /// <summary>A rule of the law or a regulator: <c>RR01</c> to <c>RR04</c>.</summary>
    Regulatory,
}

/// <summary>Reads the codes of reversals.</summary>
/// <remarks>
/// Sources: ISO 20022 external code set, ExternalReturnReason1Code and ExternalStatusReason1Code, as the EPC uses them for SEPA direct debits (EPC173-14, EPC130-08); Visa, dispute conditions 10 to 13 since April 2018; Mastercard,
/// Chargeback Guide, message reason codes 48xx. American Express and others are not read: <see cref="ReversalCause.Unknown"/>.
/// </remarks>
internal static class ReversalCodes
{
    internal static ReversalCause Of(ReversalKind kind, string? reason)
    {
        var code = reason?.Trim();
        return string.IsNullOrEmpty(code) ? ReversalCause.Unknown
            : kind == ReversalKind.Chargeback ? OfCard(code)
            : OfBank(code.ToUpperInvariant());
    }

    private static ReversalCause OfBank(string code) => code switch
    {
        "AM04" => ReversalCause.InsufficientFunds,
        "AC01" or "AC04" or "AC06" or "AC13" or "AG01" => ReversalCause.AccountUnusable,
        "MD01" or "MD02" => ReversalCause.NotAuthorised,
        "MD06" or "MS02" or "SL01" => ReversalCause.RefusedByPayer,
        "AG02" or "AM05" or "BE05" or "CNOR" or "DNOR" or "DT01" or "FF01" or "FF05" or "RC01" or "ED05" => ReversalCause.ProcessingError,
        "FRAD" or "FR01" => ReversalCause.Fraud,
        "MD07" => ReversalCause.PayerDeceased,
        "RR01" or "RR02" or "RR03" or "RR04" => ReversalCause.Regulatory,
        _ => ReversalCause.Unknown,
    };

    // The schemes' codes look different: Visa's have a full stop, Mastercard's are four digits from 48.
    private static ReversalCause OfCard(string code) => code switch
    {
        ['1', '0', '.', _] => ReversalCause.Fraud,
        ['1', '1', '.', _] => ReversalCause.NotAuthorised,
        ['1', '2', '.', _] or ['1', '2', '.', _, '.', _] => ReversalCause.ProcessingError,
        ['1', '3', '.', _] => ReversalCause.DisputedGoods,
        "4808" => ReversalCause.NotAuthorised,
        "4834" => ReversalCause.ProcessingError,
        "4837" or "4849" or "4863" or "4870" or "4871" => ReversalCause.Fraud,
        "4853" => ReversalCause.DisputedGoods,
        _ => ReversalCause.Unknown,
    };
}
