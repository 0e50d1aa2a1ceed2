using NodaTime;

namespace Receivables.Sdk.Matching;

/// <summary>A customer said that a document is paid: a payment to look for.</summary>
/// <remarks>It is evidence for an answer that pays the document (<see cref="AnnouncedPayments"/>), and never posts anything alone.</remarks>
public sealed record PaymentAnnounced : LearningEvent
{
    /// <summary>The document.</summary>
    public required DocumentId Document { get; init; }

    /// <summary>How much was open of it.</summary>
    public required Money Amount { get; init; }

    /// <summary>When the customer says that it paid; null where it did not say.</summary>
    public LocalDate? PaidOn { get; init; }

    /// <summary>The reference that the customer says it gave; null for none.</summary>
    public string? Reference { get; init; }
}
