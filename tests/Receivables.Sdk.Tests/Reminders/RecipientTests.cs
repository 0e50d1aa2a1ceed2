using NodaTime;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Reminders;
using Xunit;

namespace Receivables.Sdk.Tests.Reminders;

public class RecipientTests
{
    private static readonly LocalDate Day = new(2026, 3, 31);

    private static readonly Contact Director = new() { Name = "Director", Email = "director@example.org", Phone = "+31 6 1" };
    private static readonly Contact Books = new() { Name = "Books", Email = "books@example.org", Language = "fr", Purposes = [ContactPurpose.Invoices, ContactPurpose.Reminders] };
    private static readonly Contact Caller = new() { Name = "Caller", Phone = "+31 6 2", Purposes = [ContactPurpose.Reminders] };

    private static ReminderAction Plan(Customer customer, string level)
    {
        var snapshot = LedgerBook.Create(
        [
            new LedgerOpened { Currency = Currency.EUR },
            new CustomerRecorded { Customer = customer },
            new DocumentIssued { Id = new DocumentId("I1"), Kind = DocumentKind.Invoice, Customer = customer.Id, Issued = new LocalDate(2026, 1, 1), Amount = 100m },
        ]).Snapshot(Day);
        return Assert.Single(new ReminderEngine(PolicyFile.Parse("{\"version\":1,\"levels\":[" + level + "]}")).Plan(snapshot, Day).Actions);
    }

    [Theory]
    [InlineData("email", "Books", "fr")]
    [InlineData("sms", "Caller", "nl")]
    [InlineData("phone", "Caller", "nl")]
    [InlineData("letter", "Books", "fr")]
    public void A_reminder_goes_to_the_first_contact_for_reminders_that_its_channel_reaches(string channel, string name, string language)
    {
        var customer = new Customer { Id = new CustomerId("C1"), Name = "Main", Language = "nl", Email = "main@example.org", Phone = "+31 20", Contacts = [Director, Books, Caller] };
        var action = Plan(customer, $$"""{"channel":"{{channel}}"}""");
        Assert.Equal((name, language), (ReminderRecipient.Of(action, customer)?.Name, action.Language));
    }

    [Fact]
    public void Without_such_a_contact_it_goes_to_the_customer_and_nobody_else_is_written_to()
    {
        var customer = new Customer { Id = new CustomerId("C1"), Name = "Main", Language = "nl", Email = "main@example.org", Contacts = [Director, Caller] };
        var action = Plan(customer, """{"channel":"email"}""");
        Assert.Equal(("main@example.org", "nl"), (ReminderRecipient.Of(action, customer)?.Email, action.Language));

        // Only the director has an address, and is not there for reminders: the letter goes out instead.
        var unreached = customer with { Email = null };
        Assert.Equal("letter", Plan(unreached, """{"channel":"email","fallback":["letter"]}""").Channel);
        Assert.Equal("email", Plan(unreached with { Contacts = [Books] }, """{"channel":"email","fallback":["letter"]}""").Channel);
        Assert.Null(ReminderRecipient.Of(action, null));
    }
}
