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

    /// <summary>The e-mail address.</summary>
    public string? Email { get; init; }

    /// <summary>The telephone number.</summary>
    public string? Phone { get; init; }
}
