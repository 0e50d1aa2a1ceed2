using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Aging;

/// <summary>Finds the top of a customer's chain of parents.</summary>
internal static class ParentChain
{
    /// <summary>The top of the chain. A chain that runs into a circle ends where it enters the circle: there each customer is its own parent.</summary>
    /// <param name="customer">Where to begin.</param>
    /// <param name="customers">The customers known.</param>
    internal static CustomerId Top(CustomerId customer, IReadOnlyDictionary<string, Customer> customers)
    {
        var path = new Dictionary<CustomerId, int>();
        var at = customer;
        while (customers.TryGetValue(at.Value, out var known) && known.Parent is { } parent && parent != at)
        {
            if (!path.TryAdd(at, path.Count))
            {
                // The first customer seen twice is the first of the circle.
                return at;
            }

            at = parent;
        }

        return at;
    }
}
