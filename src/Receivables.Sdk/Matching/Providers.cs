using System.Collections.Frozen;
using Receivables.Sdk.Matching.Similarity;
using Receivables.Sdk.Statements;

namespace Receivables.Sdk.Matching;

/// <summary>Payment providers that pay out what they collected, net of their fees.</summary>
internal static class Providers
{
    // First words of the names under which the providers pay, as their own documentation of payouts gives them (2026).
    private static readonly FrozenSet<string> s_names =
        "STRIPE ADYEN MOLLIE PAYPAL KLARNA SUMUP WORLDLINE BUCKAROO MULTISAFEPAY GOCARDLESS SHOPIFY SQUARE WORLDPAY PAYPLUG CCV ZETTLE IZETTLE AMAZON BOLCOM RIVERTY AFTERPAY PAYONE UNZER"
            .Split(' ').ToFrozenSet(StringComparer.Ordinal);

    internal static bool IsPayout(BankTransaction transaction)
    {
        if (!transaction.Amount.IsPositive || transaction.Counterparty?.Name is not { Length: > 0 and <= 200 } name)
        {
            return false;
        }

        Span<char> buffer = stackalloc char[(name.Length * 2) + 2];
        ReadOnlySpan<char> folded = buffer[..CharacterFolding.FoldName(name, buffer)];
        foreach (var range in folded.Split(' '))
        {
            // "Stichting Mollie Payments": the first word that is no legal form.
            if (!LegalForms.IsForm(folded[range]))
            {
                return s_names.GetAlternateLookup<ReadOnlySpan<char>>().Contains(folded[range]);
            }
        }

        return false;
    }
}
