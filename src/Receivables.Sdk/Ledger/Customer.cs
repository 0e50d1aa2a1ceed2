namespace Receivables.Sdk.Ledger;

/// <summary>What kind of party a customer is: law differs for consumers.</summary>
public enum PartyKind
{
    /// <summary>Not known: whatever only a business may be charged is not charged.</summary>
    Unknown,

    /// <summary>A business.</summary>
    Business,

    /// <summary>A consumer.</summary>
    Consumer,
}

/// <summary>A customer as the host knows it. Everything but the id may be missing.</summary>
/// <remarks>Personal data stands here and nowhere else: events and items carry the id. Immutable and safe to share between threads.</remarks>
public sealed record Customer
{
    /// <summary>The host's id.</summary>
    public required CustomerId Id { get; init; }

    /// <summary>The name.</summary>
    public string? Name { get; init; }

    /// <summary>Other names under which the customer pays.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Business or consumer.</summary>
    public PartyKind Kind { get; init; }

    /// <summary>The language of letters, BCP 47 (<c>nl</c>, <c>fr-CA</c>).</summary>
    public string? Language { get; init; }

    /// <summary>The country, ISO 3166 alpha-2.</summary>
    public string? Country { get; init; }

    /// <summary>The profile that policy and texts hang on.</summary>
    public string? Profile { get; init; }

    /// <summary>The group for reports and policy.</summary>
    public string? Group { get; init; }

    /// <summary>The customer whose subsidiary this is.</summary>
    public CustomerId? Parent { get; init; }

    /// <summary>The ids of the customers that were merged into this one, in order; what was recorded under them is shown under <see cref="Id"/>.</summary>
    public IReadOnlyList<CustomerId> MergedIds { get; init; } = [];

    /// <summary>The accounts that the customer pays from.</summary>
    public IReadOnlyList<Iban> Ibans { get; init; } = [];

    /// <summary>Accounts that the customer pays from and that are no IBANs.</summary>
    public IReadOnlyList<string> BankAccounts { get; init; } = [];

    /// <summary>The credit limit.</summary>
    public Money? CreditLimit { get; init; }

    /// <summary>How much of the credit limit a credit insurer covers.</summary>
    public Money? InsuredLimit { get; init; }

    /// <summary>The e-mail address for everything that no contact has an address for.</summary>
    public string? Email { get; init; }

    /// <summary>The telephone number for everything that no contact has one for.</summary>
    public string? Phone { get; init; }

    /// <summary>People and desks at the customer, those to be written to first in front.</summary>
    public IReadOnlyList<Contact> Contacts { get; init; } = [];

    /// <summary>Whom to write a mail to: the first contact for the purpose that has an address, else the customer itself.</summary>
    /// <param name="purpose">What about, such as <see cref="ContactPurpose.Reminders"/>.</param>
    /// <returns>A contact with an e-mail address; null where there is none at all.</returns>
    public Contact? MailContact(string purpose) => ContactBy(purpose, static c => c.Email);

    /// <summary>Whom to call or send a short message to: the first contact for the purpose that has a number, else the customer itself.</summary>
    /// <param name="purpose">What about.</param>
    /// <returns>A contact with a telephone number; null where there is none at all.</returns>
    public Contact? PhoneContact(string purpose) => ContactBy(purpose, static c => c.Phone);

    // The customer's own name, address and number are a contact like any other, for everything.
    private Contact? ContactBy(string purpose, Func<Contact, string?> address)
    {
        ArgumentNullException.ThrowIfNull(purpose);
        var own = new Contact { Name = Name, Email = Email, Phone = Phone };
        return Contacts.Where(c => c.Has(purpose)).Append(own).FirstOrDefault(c => !string.IsNullOrWhiteSpace(address(c)));
    }
}
