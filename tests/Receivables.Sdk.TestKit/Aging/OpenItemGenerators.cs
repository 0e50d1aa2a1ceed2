using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.TestKit.Aging;

/// <summary>A small book of open items: what aging and reports run on, with the edges that real ones have.</summary>
/// <param name="AsOf">The date.</param>
/// <param name="Customers">The customers: groups, parents, circles of parents, countries; some are missing though items name them.</param>
/// <param name="Items">Open items in no order: part payments, instalments, credit notes, payments of nobody, disputes, three minor units.</param>
public sealed record OpenBook(LocalDate AsOf, IReadOnlyList<Customer> Customers, IReadOnlyList<OpenItem> Items);

/// <summary>Generators of open items, biased to edges: due today, due tomorrow, on the border of a bucket.</summary>
public static class OpenItemGenerators
{
    /// <summary>Books of up to about sixty items.</summary>
    public static Gen<OpenBook> Books { get; } =
        from day in Gen.Choose(-400, 400)
        let asOf = new LocalDate(2026, 3, 1).PlusDays(day)
        from customers in Customers()
        from items in Gen.Choose(0, 60).SelectMany(n => Item(asOf, customers.Count).ArrayOf(n))
        select new OpenBook(asOf, customers, [.. items.Select((item, i) => item with { Id = new DocumentId("D" + i.ToString("000", System.Globalization.CultureInfo.InvariantCulture)) })]);

    /// <summary>Ages in days of which many lie on the borders of the usual buckets.</summary>
    public static Gen<int> Ages { get; } = Gen.OneOf(Gen.Elements(-31, -1, 0, 1, 30, 31, 60, 61, 90, 91, 120, 121), Gen.Choose(-200, 400));

    private static Gen<IReadOnlyList<Customer>> Customers() =>
        from count in Gen.Choose(1, 8)
        from customers in (
            from @group in Gen.Elements(null, "retail", "*", "")
            from parent in Gen.Choose(-3, 9)
            from country in Gen.Elements(null, "NL", "BE")
            select new Customer
            {
                Id = new CustomerId("x"),
                Group = @group,
                Parent = parent < 0 ? null : new CustomerId("C" + parent),
                Country = country,
            }).ArrayOf(count)
        select (IReadOnlyList<Customer>)[.. customers.Select((c, i) => c with { Id = new CustomerId("C" + i), Name = "Customer " + i })];

    private static Gen<OpenItem> Item(LocalDate asOf, int customers) =>
        from kind in Gen.Elements(DocumentKind.Invoice, DocumentKind.Invoice, DocumentKind.Invoice, DocumentKind.DebitNote, DocumentKind.CreditNote, DocumentKind.Payment)
        from customer in Gen.Choose(kind == DocumentKind.Payment ? -1 : 0, customers)
        from currency in Gen.Elements("EUR", "EUR", "JPY", "KWD")
        let money = Currency.Parse(currency)
        from amount in Gen.Choose(1, 1_000_000)
        from openShare in Gen.Elements(0, 1, 2, 2, 2)
        let open = openShare == 0 ? 0 : openShare == 1 ? Math.Max(1, amount / 3) : amount
        from disputedShare in Gen.Elements(0, 0, 0, 1, 2)
        from age in Ages
        from term in Gen.Choose(0, 60)
        from parts in Gen.Elements(1, 1, 1, 2, 3)
        let due = asOf.PlusDays(-age)
        let isCredit = kind is DocumentKind.CreditNote or DocumentKind.Payment
        select new OpenItem
        {
            Id = new DocumentId("x"),
            Kind = kind,
            Customer = customer < 0 ? null : new CustomerId("C" + customer),
            Number = "N-" + amount,
            Issued = isCredit ? due : LocalDate.Min(due.PlusDays(-term), asOf),
            Due = due,
            Amount = Money.FromMinorUnits(amount, money),
            Open = Money.FromMinorUnits(open, money),
            Disputed = disputedShare == 0 || isCredit ? null : Money.FromMinorUnits(disputedShare == 1 ? open / 2 : open, money),
            Instalments = isCredit || parts == 1 ? [] : Instalments(amount, open, parts, due, money),
        };

    // What closes a document goes to the instalment due earliest.
    private static IReadOnlyList<OpenInstalment> Instalments(int amount, int open, int parts, LocalDate due, Currency currency)
    {
        var list = new List<OpenInstalment>();
        var closed = amount - open;
        for (var i = 1; i <= parts; i++)
        {
            var share = i < parts ? amount / parts : amount - (amount / parts * (parts - 1));
            var taken = Math.Min(closed, share);
            closed -= taken;
            list.Add(new OpenInstalment(i, due.PlusDays(31 * (i - 1)), Money.FromMinorUnits(share, currency), Money.FromMinorUnits(share - taken, currency)));
        }

        return list;
    }
}
