namespace Receivables.Sdk.Ledger;

/// <summary>A person or desk at a customer, and what to write to them about.</summary>
/// <remarks>Personal data, a part of <see cref="Customer"/>: events and items never carry it. Immutable and safe to share between threads.</remarks>
public sealed record Contact
{
    /// <summary>The name of the person or desk.</summary>
    public string? Name { get; init; }

    /// <summary>What they are there, in the customer's or the host's words: <c>accounts payable</c>, <c>director</c>.</summary>
    public string? Role { get; init; }

    /// <summary>The e-mail address.</summary>
    public string? Email { get; init; }

    /// <summary>The telephone number.</summary>
    public string? Phone { get; init; }

    /// <summary>The language to write in, BCP 47; null is the customer's.</summary>
    public string? Language { get; init; }

    /// <summary>What they get (<see cref="ContactPurpose"/>, or a host's own words, compared to the letter). Default nothing: somebody who is known, and not written to unasked.</summary>
    public IReadOnlyList<string> Purposes { get; init; } = [];

    /// <summary>Whether they get something.</summary>
    /// <param name="purpose">What.</param>
    public bool Has(string purpose) => Purposes.Contains(purpose, StringComparer.Ordinal);
}

/// <summary>What contacts are written to about. A host may use further words.</summary>
public static class ContactPurpose
{
    /// <summary>Invoices and credit notes.</summary>
    public const string Invoices = "invoices";

    /// <summary>Reminders and everything after them.</summary>
    public const string Reminders = "reminders";

    /// <summary>Statements of account.</summary>
    public const string Statements = "statements";

    /// <summary>Disputes about what was invoiced.</summary>
    public const string Disputes = "disputes";
}
