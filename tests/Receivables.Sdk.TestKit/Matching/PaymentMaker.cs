using System.Globalization;
using NodaTime;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Matching;
using Receivables.Sdk.Statements;

namespace Receivables.Sdk.TestKit.Matching;

/// <summary>Makes a market: a ledger, and payments of every kind in the shares of its difficulty, each with its truth and recipe.</summary>
public sealed partial class PaymentMaker
{
    private readonly MarketParameters _parameters;
    private readonly MarketMaker _maker;
    private readonly Dice _dice;
    private readonly Dictionary<CustomerId, List<OpenItem>> _unpaid = [];
    private readonly List<OpenItem> _order;
    private readonly HashSet<DocumentId> _paid = [];
    private readonly Dictionary<CustomerId, int> _customers = [];
    private readonly List<BankTransaction> _transactions = [];
    private readonly List<Truth> _truths = [];
    private readonly ImportKeyScope _keys = new();
    private readonly HashSet<DocumentId> _disputed;
    private readonly Dictionary<DocumentId, LocalDate> _issued;
    private readonly List<OpenItem> _credits;
    private int _next;

    private PaymentMaker(MarketParameters parameters)
    {
        _parameters = parameters;
        _maker = new MarketMaker(parameters);
        _maker.MakeLedger();
        _dice = _maker.Dice;
        for (var i = 0; i < _maker.Customers.Count; i++)
        {
            _customers.Add(_maker.Customers[i].Id, i);
        }

        foreach (var item in _maker.Open.Where(i => i.Kind == DocumentKind.Invoice))
        {
            if (!_unpaid.TryGetValue(item.Customer!.Value, out var list))
            {
                _unpaid.Add(item.Customer.Value, list = []);
            }

            list.Add(item);
        }

        _disputed = [.. _maker.Open.Where(i => i.Disputed is not null).Select(i => i.Id)];
        _issued = _maker.Open.ToDictionary(i => i.Id, i => i.Issued);
        _credits = _maker.Open.FindAll(i => i.Kind == DocumentKind.CreditNote);
        _order = [.. _maker.Open.Where(i => i.Kind == DocumentKind.Invoice).OrderBy(_ => _dice.Next())];
        _keys.Begin(new StatementHeader { Format = default, Account = new StatementAccount { Number = "1000200030" } });
    }

    /// <summary>Makes a market.</summary>
    public static Market Make(MarketParameters parameters)
    {
        var maker = new PaymentMaker(parameters);
        for (var i = 0; i < parameters.Payments && maker._next < maker._order.Count - 20; i++)
        {
            maker.MakeOne();
        }

        return new Market(maker._maker.Snapshot(), maker._transactions, maker._truths);
    }

    private double Share(double easy, double medium, double hard) => _parameters.Difficulty switch { Difficulty.Easy => easy, Difficulty.Medium => medium, _ => hard };

    private void MakeOne()
    {
        if (_dice.Is(_parameters.RareKinds))
        {
            MakeRare();
            return;
        }

        var at = _dice.Part();
        bool Next(double share)
        {
            at -= share;
            return at < 0;
        }

        if (Next(Share(.10, .12, .15)))
        {
            MakeSum();
        }
        else if (Next(Share(.05, .08, .12)))
        {
            MakePartial(instead: "partial", _dice.Between(20, 80));
        }
        else if (Next(Share(.05, .07, .08)))
        {
            MakeDiscount();
        }
        else if (Next(Share(.03, .05, .07)))
        {
            MakePartial(instead: "short", _dice.Between(90, 98));
        }
        else if (Next(Share(.05, .07, .10)))
        {
            var item = Take();
            Pay(item, item.Open.Amount, _dice.Of(_maker.Words.Thanks), "silent");
        }
        else if (Next(Share(.02, .04, .05)))
        {
            var item = Take();
            Pay(item, item.Open.Amount, item.OrderNumber ?? item.Number!, "order");
        }
        else if (Next(Share(.02, .03, .03)))
        {
            MakeDuplicate();
        }
        else if (Next(Share(.02, .03, .03)))
        {
            var item = Take();
            var over = item.Open.Amount + (_dice.Is(0.5) ? _dice.Between(1, 50) : decimal.Round(item.Open.Amount * _dice.Between(1, 20) / 100m, 2));
            Pay(item, over, Text(item.Number!), "over", MatchOutcome.Overpayment);
        }
        else if (Next(Share(.02, .03, .04)))
        {
            MakeNetted();
        }
        else if (Next(Share(.06, .05, .04)))
        {
            MakeStranger();
        }
        else if (Next(Share(.08, .08, .04)))
        {
            var customer = _dice.Of(_maker.Customers);
            Add(_maker.NewAmount(), customer, _dice.Of(_maker.Words.Advance) + " " + _dice.Between(1, 999).ToString(CultureInfo.InvariantCulture), null, "advance", [], MatchOutcome.OnAccount);
        }
        else
        {
            var item = Take();
            if (item.Reference is { } reference && _dice.Is(0.8))
            {
                Add(item.Open.Amount, Customer(item), null, reference, "reference", [(item.Id, item.Open, AllocationKind.Payment)], MatchOutcome.Exact);
            }
            else
            {
                Pay(item, item.Open.Amount, Text(item.Number!), "simple");
            }
        }
    }

    private void Pay(OpenItem item, decimal amount, string text, string recipe, MatchOutcome outcome = MatchOutcome.Exact) =>
        Add(amount, Customer(item), text, null, recipe, [(item.Id, new Money(Math.Min(amount, item.Open.Amount), Currency.EUR), AllocationKind.Payment)], outcome);

    private void MakePartial(string instead, int percent)
    {
        var item = Take();
        // Never by chance what a cash discount would leave.
        var amount = decimal.Round(item.Open.Amount * (percent + 0.37m) / 100m, 2);
        Pay(item, amount, Text(item.Number!), instead, MatchOutcome.Partial);
    }

    private void MakeDiscount()
    {
        OpenItem? found = null;
        for (var tries = 0; tries < 12 && found is null && _next < _order.Count; tries++)
        {
            var item = Take();
            found = item.CashDiscounts.Count > 0 ? item : null;
            if (found is null)
            {
                _paid.Remove(item.Id);
            }
        }

        if (found is null)
        {
            return;
        }

        var discount = found.CashDiscounts[0].Percent.Of(found.Amount);
        var net = found.Open - discount;
        Add(net.Amount, Customer(found), Text(found.Number!), null, "discount", [(found.Id, net, AllocationKind.Payment), (found.Id, discount, AllocationKind.Discount)], MatchOutcome.Discount,
            found.CashDiscounts[0].Until.PlusDays(-_dice.Between(0, 3)));
    }

    private void MakeSum()
    {
        var first = Take();
        var items = _unpaid[first.Customer!.Value].Where(i => !_paid.Contains(i.Id)).OrderBy(i => i.Issued).ThenBy(i => i.Number, StringComparer.Ordinal).Take(_dice.Between(1, 5)).Prepend(first).ToList();
        items.ForEach(i => _paid.Add(i.Id));
        var sum = items.Sum(i => i.Open.Amount);
        var isPartial = items.Count > 1 && _dice.Is(Share(.10, .25, .40));
        var inOrder = items.OrderBy(i => i.Due).ThenBy(i => i.Issued).ThenBy(i => i.Id).ToList();
        var amount = isPartial ? sum - decimal.Round(inOrder[^1].Open.Amount * _dice.Between(10, 80) / 100m, 2) : sum;
        var left = amount;
        var parts = new List<(DocumentId, Money, AllocationKind)>();
        foreach (var item in inOrder)
        {
            var part = Math.Min(left, item.Open.Amount);
            parts.Add((item.Id, new Money(part, Currency.EUR), AllocationKind.Payment));
            left -= part;
        }

        var isSilent = !isPartial && _dice.Is(0.15);
        var separator = _dice.Of([", ", " + ", " ", " / ", "; ", "\n"]);
        var text = isSilent ? _dice.Of(_maker.Words.Thanks) : _dice.Of(_maker.Words.Lead) + " " + string.Join(separator, items.Select(i => _dice.Is(0.7) ? i.Number! : PaymentNoise.Write(_dice, i.Number!)));
        Add(amount, Customer(first), text, null, isSilent ? "silent sum" : isPartial ? "sum, last in part" : "sum", parts, items.Count > 1 ? MatchOutcome.Combined : MatchOutcome.Exact);
    }

    private void MakeDuplicate()
    {
        if (_dice.Is(0.5) && _maker.Settled.Count > 0)
        {
            var item = _dice.Of(_maker.Settled);
            Add(item.Amount.Amount, _maker.Customers[_customers[item.Customer!.Value]], Text(item.Number!), null, "paid before", [], MatchOutcome.DoublePayment);
            return;
        }

        var invoice = Take();
        var text = Text(invoice.Number!);
        var date = Date(invoice);
        Add(invoice.Open.Amount, Customer(invoice), text, null, "first of two", [(invoice.Id, invoice.Open, AllocationKind.Payment)], MatchOutcome.Exact, date);
        Add(invoice.Open.Amount, Customer(invoice), text, null, "second of two", [], MatchOutcome.DoublePayment, date.PlusDays(_dice.Between(1, 10)));
    }

    private void MakeNetted()
    {
        var credit = _credits.Where(i => !_paid.Contains(i.Id)).Skip(_dice.Below(5)).FirstOrDefault();
        var invoice = credit is null ? null : _unpaid[credit.Customer!.Value].Find(i => !_paid.Contains(i.Id) && i.Open > credit.Open);
        if (credit is null || invoice is null)
        {
            return;
        }

        _paid.Add(credit.Id);
        _paid.Add(invoice.Id);
        var net = invoice.Open - credit.Open;
        Add(net.Amount, Customer(invoice), Text(invoice.Number!) + (_dice.Is(0.7) ? " -/- " + credit.Number : ""), null, "netted",
            [(credit.Id, credit.Open, AllocationKind.Credit), (invoice.Id, net, AllocationKind.Payment)], MatchOutcome.Combined);
    }

    // Somebody who owes nothing: another firm's number, a number of the same form that is not in the ledger, or by chance one that is.
    private void MakeStranger()
    {
        var number = _dice.Below(10) switch
        {
            < 5 => "ref " + _dice.Between(1000, 99_999_999).ToString(CultureInfo.InvariantCulture),
            < 8 => PaymentNoise.Err(_dice, _dice.Of(_maker.Open).Number ?? ""),
            8 => _dice.Of(_maker.Words.Thanks),
            _ => _dice.Of(_maker.Open).Number ?? "",
        };
        AddRaw(_maker.NewAmount(), _maker.NewName(), _maker.NewIban(), number, null, new Truth("stranger", null, [], MatchOutcome.None), MarketMaker.Today.PlusDays(-_dice.Below(20)));
    }

    private string Text(string number)
    {
        var written = PaymentNoise.Write(_dice, number);
        var recipe = _dice.Part();
        if (recipe < Share(.05, .12, .20))
        {
            written = PaymentNoise.Err(_dice, written);
        }
        else if (recipe < Share(.05, .12, .20) + Share(.03, .06, .10))
        {
            written = PaymentNoise.Shorten(number);
        }

        var text = _dice.Is(0.8) ? _dice.Of(_maker.Words.Lead) + " " + written : written;
        if (_dice.Is(_parameters.Distractors))
        {
            text = _dice.Is(0.5) ? text + " " + PaymentNoise.Distract(_dice) : PaymentNoise.Distract(_dice) + " " + text;
        }

        // A field of fixed width is cut, and put together again with a space.
        return text.Length > 27 && _dice.Is(0.1) ? text[..27] + " " + text[27..] : text;
    }

    private void Add(
        decimal amount, Customer customer, string? text, string? reference, string recipe, IReadOnlyList<(DocumentId, Money, AllocationKind)> parts, MatchOutcome outcome, LocalDate? date = null)
    {
        var name = customer.Name!;
        var account = _maker.Accounts[_customers[customer.Id]];
        if (_dice.Is(Share(.10, .25, .40)))
        {
            recipe += ", other name";
            if (_dice.Is(Share(.03, .06, .10)))
            {
                recipe += " of a third party";
                name = _maker.NewName();
                account = _maker.NewIban();
            }
            else
            {
                name = PaymentNoise.Vary(_dice, name);
            }
        }

        var issued = parts.Count > 0 ? (_issued.TryGetValue(parts[^1].Item1, out var of) ? of : (LocalDate?)null) : null;
        AddRaw(amount, PaymentNoise.Print(_dice, name), _dice.Is(0.9) ? account : null, text, reference, new Truth(recipe, customer.Id, parts, outcome) { IsDisputed = parts.Any(p => _disputed.Contains(p.Item1)) }, date ?? (issued ?? MarketMaker.Today).PlusDays(_dice.Between(1, 45)));
    }

    private void AddRaw(decimal amount, string name, string? account, string? text, string? reference, Truth truth, LocalDate date)
    {
        var transaction = new BankTransaction
        {
            Amount = new Money(amount, Currency.EUR),
            BookingDate = date,
            Remittance = text,
            StructuredReference = reference,
            Counterparty = new Counterparty { Name = _dice.Is(_parameters.NoName) ? null : name, Iban = account is null ? null : Iban.Parse(account) },
        };
        _keys.Assign(transaction);
        _transactions.Add(transaction);
        _truths.Add(truth);
    }

    private OpenItem Take()
    {
        while (_paid.Contains(_order[_next].Id) && _next < _order.Count - 1)
        {
            _next++;
        }

        var item = _order[_next];
        _paid.Add(item.Id);
        _next++;
        return item;
    }

    private Customer Customer(OpenItem item) => _maker.Customers[_customers[item.Customer!.Value]];

    private LocalDate Date(OpenItem item) => item.Issued.PlusDays(_dice.Between(1, 45));
}
