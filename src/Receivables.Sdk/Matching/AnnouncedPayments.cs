using NodaTime;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Statements;

namespace Receivables.Sdk.Matching;

/// <summary>What customers announced, as evidence: a payment with the reference that was named, or of about the day that was named.</summary>
/// <remarks>The matcher takes what stands in its <see cref="MatchMemory"/> by itself. The weights are conventions of this library. Immutable and safe to share between threads.</remarks>
public sealed class AnnouncedPayments : IMatchSignal
{
    // Shorter references stand in too many texts to say anything.
    private const int LeastReference = 5;
    private const int DaysBefore = 3;
    private const int DaysAfter = 10;
    private readonly ILookup<DocumentId, PaymentAnnounced> _byDocument;

    /// <summary>Takes what was announced.</summary>
    /// <param name="announced">The announcements.</param>
    /// <exception cref="ArgumentNullException"><paramref name="announced"/> is null.</exception>
    public AnnouncedPayments(IEnumerable<PaymentAnnounced> announced)
    {
        ArgumentNullException.ThrowIfNull(announced);
        _byDocument = announced.ToLookup(a => a.Document);
    }

    /// <inheritdoc/>
    public MatchSignal? Weigh(BankTransaction transaction, MatchAnswer candidate)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(candidate);
        string? text = null;
        MatchSignal? best = null;
        foreach (var announced in candidate.Parts.Where(p => p.Kind == AllocationKind.Payment).SelectMany(p => _byDocument[p.Document]))
        {
            var said = announced.Reference is { } reference && Bare(reference) is { Length: >= LeastReference } bare && (text ??= TextOf(transaction)).Contains(bare, StringComparison.Ordinal)
                ? new MatchSignal(8m, "announced with this reference: " + reference)
                : IsAbout(announced.PaidOn, transaction) ? new MatchSignal(2m, "announced for about this day") : null;
            best = said is not null && !(best?.Bits >= said.Bits) ? said : best;
        }

        return best;
    }

    private static bool IsAbout(LocalDate? paidOn, BankTransaction transaction) =>
        paidOn is { } day && (transaction.BookingDate ?? transaction.ValueDate) is { } booked && Period.DaysBetween(day, booked) is >= -DaysBefore and <= DaysAfter;

    // Blanks within a field fall away, so that a reference is found however it is grouped or wrapped.
    private static string TextOf(BankTransaction transaction) => string.Join(
        ' ', new[] { transaction.Remittance, transaction.StructuredReference, transaction.EndToEndId, transaction.CustomerReference, transaction.BankReference }.OfType<string>().Select(Bare));

    private static string Bare(string text) => new([.. text.Where(char.IsLetterOrDigit).Select(char.ToUpperInvariant)]);
}
