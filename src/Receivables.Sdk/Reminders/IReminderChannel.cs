namespace Receivables.Sdk.Reminders;

/// <summary>Sends messages: the host's mail server, printer, SMS gateway or task list.</summary>
/// <remarks>
/// An implementation sends at most once for an action's id, also when it is asked again after a crash: the id is the idempotency key. It
/// reports what it knows at once; what becomes known later (a bounce, a receipt) goes into <see cref="ReminderFacts.Deliveries"/> of a later plan.
/// </remarks>
public interface IReminderChannel
{
    /// <summary>The name that levels use.</summary>
    string Name { get; }

    /// <summary>Sends a message.</summary>
    /// <param name="action">The action it carries out.</param>
    /// <param name="message">What is sent.</param>
    /// <param name="cancellationToken">Ends the wait; whether it was sent is then not known, and asking again is safe.</param>
    ValueTask<DeliveryReport> SendAsync(ReminderAction action, RenderedMessage message, CancellationToken cancellationToken = default);
}
