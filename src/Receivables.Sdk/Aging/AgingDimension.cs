using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Aging;

/// <summary>What makes a row of a report: the customer, its group, its country, whatever the host knows.</summary>
/// <remarks>
/// A row is always of one currency. A value that is not known is the empty text, which is a group like any other. A host's function must be
/// pure; it is called from one thread at a time by each report. Immutable and safe to share between threads.
/// </remarks>
public sealed class AgingDimension
{
    private AgingDimension(string name, Func<CustomerId?, Customer?, string?>? ofCustomer, Func<OpenItem, Customer?, string?>? ofItem) =>
        (Name, OfCustomerKey, OfItemKey) = (name, ofCustomer, ofItem);

    /// <summary>No rows but the totals.</summary>
    public static AgingDimension None => new("none", static (_, _) => "", null);

    /// <summary>The customer's id; empty for a payment of nobody yet known.</summary>
    public static AgingDimension Customer => new("customer", static (id, _) => id?.Value, null);

    /// <summary>The customer's group; empty for customers without one.</summary>
    public static AgingDimension Group => new("group", static (_, customer) => customer?.Group, null);

    /// <summary>The customer's country, ISO 3166 alpha-2.</summary>
    public static AgingDimension Country => new("country", static (_, customer) => customer?.Country, null);

    /// <summary>The customer's profile.</summary>
    public static AgingDimension Profile => new("profile", static (_, customer) => customer?.Profile, null);

    /// <summary>The currency.</summary>
    public static AgingDimension Currency => new("currency", null, static (item, _) => item.Open.Currency.Code);

    /// <summary>The top of the customer's chain of parents; a customer without a parent is its own. In a circle, which no chain leaves, each customer is its own.</summary>
    public static AgingDimension Parent => new("parent", null, null);

    /// <summary>The name, for titles.</summary>
    public string Name { get; }

    internal Func<CustomerId?, Customer?, string?>? OfCustomerKey { get; }

    internal Func<OpenItem, Customer?, string?>? OfItemKey { get; }

    internal bool IsParent => OfCustomerKey is null && OfItemKey is null;

    /// <summary>Whether a row's name hangs on more of the customer than the id.</summary>
    internal bool NeedsCustomers => Name is not ("none" or "customer" or "currency");

    internal bool IsNone => Name == "none";

    /// <summary>A dimension that hangs on the customer alone, such as its owner in sales: asked once for each customer.</summary>
    /// <param name="name">The name, for titles.</param>
    /// <param name="key">From the id and the customer (each null where not known) to the row's name; null is the empty text.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty or the name of a dimension that is built in.</exception>
    public static AgingDimension OfCustomer(string name, Func<CustomerId?, Customer?, string?> key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new AgingDimension(Checked(name), key, null);
    }

    /// <summary>A dimension that hangs on the document, such as its line of business: asked for each document.</summary>
    /// <param name="name">The name, for titles.</param>
    /// <param name="key">From the item and its customer (null where not known) to the row's name; null is the empty text.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty or the name of a dimension that is built in.</exception>
    public static AgingDimension OfItem(string name, Func<OpenItem, Customer?, string?> key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new AgingDimension(Checked(name), null, key);
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static string Checked(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return name is not ("none" or "customer" or "group" or "country" or "profile" or "currency" or "parent")
            ? name
            : throw new ArgumentException("A built-in dimension has this name.", nameof(name));
    }
}
