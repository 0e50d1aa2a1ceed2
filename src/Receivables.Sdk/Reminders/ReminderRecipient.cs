using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Reminders;

/// <summary>Whom a reminder goes to: the contact for reminders that the channel reaches, else the customer itself.</summary>
/// <remarks>An action does not carry it, since it is personal data: it is looked up when the message is sent.</remarks>
public static class ReminderRecipient
{
    /// <summary>The contact that an action goes to.</summary>
    /// <param name="action">The action.</param>
    /// <param name="customer">The customer as the host has it now; null for one of whom nothing but the id is known.</param>
    /// <returns>The contact, with the address of the action's channel for mail, text messages and calls; null where there is nobody to name.</returns>
    public static Contact? Of(ReminderAction action, Customer? customer)
    {
        ArgumentNullException.ThrowIfNull(action);
        return Of(customer, action.Channel);
    }

    internal static Contact? Of(Customer? customer, string channel) => channel switch
    {
        _ when customer is null || ReminderIndex.IsInternal(channel) => null,
        "email" => customer.MailContact(ContactPurpose.Reminders),
        "sms" or "phone" => customer.PhoneContact(ContactPurpose.Reminders),
        _ => customer.Contacts.FirstOrDefault(c => c.Has(ContactPurpose.Reminders)),
    };

    /// <summary>Whether a channel can reach a customer; letters always can, and of a customer that is not known nothing speaks against it.</summary>
    internal static bool Reaches(Customer? customer, string channel) => customer is null || channel is not ("email" or "sms" or "phone") || Of(customer, channel) is not null;
}
