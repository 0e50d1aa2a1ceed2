using NodaTime;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Statements;

namespace Receivables.Sdk.TestKit.Matching;

/// <summary>A market as a host with gaps in its tables hands it over: fields are missing, empty or odd; some documents and customers come twice, some belong to nobody.</summary>
public static class WornMarket
{
    private static readonly System.Collections.Immutable.ImmutableArray<string> OddTexts =
    [
        "", " ", "0", "000", "00000000", "-", "/", "A", "ABC", "1", "12", "12345", "2026", "20260101", "99999999999999999", "12345678901234567890", "123456789012345678901234567890123456789012345678901234567890123456789012345",
        "RF18539007547034", "RF18", "RF", "+++090/9337/55493+++", "NL91ABNA0417164300", "\u0661\u0662\u0663\u0664\u0665\u0666", "\uff11\uff12\uff13\uff14\uff15\uff16", "\ud83d\ude00", "\ud83d", "\u6cd5\u4eba", "\u00e9\u00e8\u00ea", "\u0000", "\t\r\n",
        "1-2-3-4-5-6-7-8-9-10-11-12-13-14-15-16-17-18-19-20", "1000-1100", "1001/02/03/04", "GmbH", "B.V.", "de la van der", "factuur", "salaris", "31.12.2026", "1.234,56", "O0O0O0O0", "I1I1I1I1",
    ];

    /// <summary>Wears the tables of a market.</summary>
    /// <param name="market">The market; stays as it is.</param>
    /// <param name="dice">Chance.</param>
    /// <param name="share">How often a field is touched, 0 to 1.</param>
    public static Market Wear(Market market, Dice dice, double share)
    {
        var ledger = market.Ledger;
        List<OpenItem> open = [.. ledger.OpenItems.Select(i => Wear(i, dice, share))];
        List<OpenItem> settled = [.. ledger.SettledItems.Select(i => Wear(i, dice, share) with { Open = i.Open, Amount = i.Amount, Instalments = i.Instalments })];
        List<Customer> customers = [.. ledger.Customers.Select(c => Wear(c, ledger.Customers, dice, share))];
        if (dice.Is(0.5))
        {
            // The same once more.
            open.Add(open[0]);
            customers.Add(customers[0]);
        }

        List<RecordedPayment> payments = [.. ledger.Payments.Select(p => p with { Item = Wear(p.Item, dice, share), Method = dice.Is(share) ? null : p.Method, Allocations = dice.Is(share) ? [] : p.Allocations })];
        List<BankTransaction> transactions = [.. market.Transactions.Select(t => Wear(t, dice, share))];
        var keys = new ImportKeyScope();
        keys.Begin(new StatementHeader { Format = default, Account = new StatementAccount { Number = "1000200031" } });
        // Some come without an id.
        foreach (var transaction in transactions.Where(_ => !dice.Is(share / 4)))
        {
            keys.Assign(transaction);
        }

        transactions.AddRange(market.Transactions.Where(_ => dice.Is(share / 4)));
        return market with { Ledger = ledger with { OpenItems = open, SettledItems = settled, Customers = customers, Payments = payments }, Transactions = transactions, Truths = [] };
    }

    private static OpenItem Wear(OpenItem item, Dice dice, double share)
    {
        var open = Open(item, dice, share);
        return Wear(item with { Open = open, Amount = open > item.Amount ? open : item.Amount, Instalments = open == item.Open ? item.Instalments : [] }, dice, share, item.Due);
    }

    private static OpenItem Wear(OpenItem item, Dice dice, double share, LocalDate due) => item with
    {
        Number = Text(item.Number, dice, share),
        Reference = Text(item.Reference, dice, share),
        // A number that stands in another field.
        OrderNumber = dice.Is(share) ? item.Number : Text(item.OrderNumber, dice, share),
        ContractNumber = dice.Is(share) ? item.Number : Text(item.ContractNumber, dice, share),
        OtherNumbers = dice.Is(share) ? [dice.Of(OddTexts), item.Number ?? ""] : item.OtherNumbers,
        Customer = dice.Is(share / 4) ? null : dice.Is(share / 4) ? new CustomerId("nobody-" + dice.Below(3)) : item.Customer,
        Kind = dice.Is(share / 8) ? dice.Of(Enum.GetValues<DocumentKind>()) : item.Kind,
        Disputed = dice.Is(share / 4) ? item.Open : item.Disputed,
        // What databases have for no date.
        Issued = dice.Is(share / 8) ? new LocalDate(1, 1, 1) : dice.Is(share / 16) ? new LocalDate(9999, 12, 31) : item.Issued,
        Due = dice.Is(share / 8) ? new LocalDate(9999, 12, 31) : dice.Is(share / 16) ? new LocalDate(1, 1, 1) : due,
        CashDiscounts = dice.Is(share / 4) ? [new CashDiscount(new Percentage(100m), item.Due), new CashDiscount(new Percentage(2m), item.Issued)] : item.CashDiscounts,
        Instalments = dice.Is(share / 4) ? [new OpenInstalment(1, item.Due, item.Amount, item.Open), new OpenInstalment(1, item.Due, Money.Zero(item.Open.Currency), Money.Zero(item.Open.Currency))] : item.Instalments,
        RelatedTo = dice.Is(share / 4) ? item.Id : item.RelatedTo,
    };

    private static Money Open(OpenItem item, Dice dice, double share) => !dice.Is(share / 4) ? item.Open : dice.Below(5) switch
    {
        0 => Money.Zero(item.Open.Currency),
        1 => new Money(0.0001m, item.Open.Currency),
        2 => new Money(0.00000001m, item.Open.Currency),
        3 => new Money(999_999_999_999m, item.Open.Currency),
        _ => new Money(2_000_000_000_000m, item.Open.Currency),
    };

    private static Customer Wear(Customer customer, IReadOnlyList<Customer> all, Dice dice, double share) => customer with
    {
        Name = Text(customer.Name, dice, share),
        Aliases = dice.Is(share) ? [dice.Of(OddTexts), dice.Of(all).Name ?? ""] : customer.Aliases,
        Parent = dice.Is(share / 2) ? dice.Of(all).Id : customer.Parent,
        BankAccounts = dice.Is(share) ? [dice.Of(OddTexts)] : customer.BankAccounts,
        Ibans = dice.Is(share / 2) ? dice.Of(all).Ibans : customer.Ibans,
    };

    private static BankTransaction Wear(BankTransaction t, Dice dice, double share) => new()
    {
        Amount = !dice.Is(share / 4) ? t.Amount : dice.Below(6) switch
        {
            0 => Money.Zero(t.Amount.Currency),
            1 => -t.Amount,
            2 => new Money(t.Amount.Amount, Currency.JPY),
            3 => new Money(0.0001m, t.Amount.Currency),
            4 => new Money(1_000_000_000_000m, t.Amount.Currency),
            _ => new Money(-79_228_162_514_264_337_593_543_950_335m, t.Amount.Currency),
        },
        BookingDate = dice.Is(share / 2) ? null : t.BookingDate,
        ValueDate = dice.Is(share / 2) ? null : dice.Is(share / 8) ? new LocalDate(9999, 12, 31) : t.ValueDate,
        Status = dice.Is(share / 4) ? dice.Of(Enum.GetValues<TransactionStatus>()) : t.Status,
        IsReversal = dice.Is(share / 8) || t.IsReversal,
        Counterparty = dice.Is(share / 4) ? null : t.Counterparty is { } party ? party with
        {
            Name = Text(party.Name, dice, share),
            UltimateName = Text(party.UltimateName, dice, share),
            Account = dice.Is(share / 2) ? dice.Of(OddTexts) : party.Account,
        } : null,
        Remittance = dice.Is(share / 2) ? t.Remittance + " " + string.Join(' ', Enumerable.Range(0, dice.Below(40)).Select(_ => dice.Of(OddTexts))) : Text(t.Remittance, dice, share),
        StructuredReference = Text(t.StructuredReference, dice, share),
        EndToEndId = Text(t.EndToEndId, dice, share),
        CustomerReference = Text(t.CustomerReference, dice, share),
        BankReference = Text(t.BankReference, dice, share),
        Code = dice.Is(share) ? null : t.Code,
        Details = dice.Is(share / 2) ? null : t.Details,
    };

    // Missing, odd, or one letter shorter.
    private static string? Text(string? text, Dice dice, double share) => !dice.Is(share) ? text : dice.Below(3) switch
    {
        0 => null,
        1 => dice.Of(OddTexts),
        _ => text is { Length: > 0 } ? text.Remove(dice.Below(text.Length), 1) : text,
    };
}
