using System.Globalization;
using NodaTime;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Matching;
using Receivables.Sdk.Statements;

namespace Receivables.Sdk.TestKit.Matching;

/// <summary>The rarer kinds of payments. Each makes the documents it needs, so that none takes from another.</summary>
public sealed partial class PaymentMaker
{
    private static readonly string[] s_providers = ["Stichting Mollie Payments", "Stripe Payments Europe Ltd", "Adyen N.V.", "PayPal (Europe) S.a.r.l."];
    private int _rare;

    private void MakeRare()
    {
        switch (_dice.Below(13))
        {
            case 0:
                MakeReturn();
                break;
            case 1:
                MakeRefund();
                break;
            case 2:
                AddRaw(-_maker.NewAmount(), _maker.NewName(), _maker.NewIban(), _dice.Of(_maker.Words.Lead) + " " + _dice.Between(10_000, 9_999_999).ToString(CultureInfo.InvariantCulture), null, new Truth("supplier", null, [], MatchOutcome.None), Late());
                break;
            case 3:
                MakeClearing("clearing", 1, 0m);
                break;
            case 4:
                MakeClearing("deposit", _dice.Between(2, 6), 0m);
                break;
            case 5:
                MakeClearing("payout", _dice.Between(3, 8), _dice.Between(10, 29) / 1000m);
                break;
            case 6:
                MakeInstalment();
                break;
            case 7:
                MakeSeries(isRange: true);
                break;
            case 8:
                MakeSeries(isRange: false);
                break;
            case 9:
                MakeCheque();
                break;
            case 10:
                MakeMonth();
                break;
            case 11:
                MakeForSubsidiary();
                break;
            default:
                MakeForeign();
                break;
        }
    }

    private LocalDate Late() => MarketMaker.Today.PlusDays(-_dice.Below(20));

    private OpenItem NewInvoice(Customer customer, LocalDate issued)
    {
        var item = _maker.MakeInvoice(0, customer, issued) with { Id = new DocumentId("X" + (++_rare).ToString(CultureInfo.InvariantCulture)), Disputed = null, CashDiscounts = [] };
        _issued[item.Id] = issued;
        return item;
    }

    private OpenItem NewOpen(Customer customer, LocalDate issued)
    {
        var item = NewInvoice(customer, issued);
        _maker.Open.Add(item);
        return item;
    }

    private RecordedPayment Record(OpenItem paid, LocalDate on, string? transaction, string method, bool isApplied = true)
    {
        var id = new DocumentId("Y" + (++_rare).ToString(CultureInfo.InvariantCulture));
        var zero = Money.Zero(paid.Amount.Currency);
        var payment = new RecordedPayment(
            paid with { Id = id, Kind = DocumentKind.Payment, Number = null, Reference = null, OrderNumber = null, Instalments = [], Issued = on, Open = isApplied ? zero : paid.Amount },
            transaction is null ? null : new TransactionId(transaction), method, zero,
            isApplied ? [new StandingAllocation(new AllocationId("Z" + id.Value), id, paid.Id, paid.Amount, on, AllocationKind.Payment)] : []);
        _maker.Payments.Add(payment);
        return payment;
    }

    // A direct debit comes back, with what the bank prints of it.
    private void MakeReturn()
    {
        var customer = _dice.Of(_maker.Customers);
        var item = NewInvoice(customer, MarketMaker.Today.PlusDays(-_dice.Between(40, 80)));
        _maker.Settled.Add(item with { Open = Money.Zero(item.Amount.Currency) });
        var on = MarketMaker.Today.PlusDays(-_dice.Between(12, 35));
        var payment = Record(item, on, "r" + _rare.ToString(CultureInfo.InvariantCulture), "direct debit");
        AddDebit(customer, item.Amount, _dice.Is(0.7) ? Text(item.Number!) : null, "return", MatchOutcome.Return, payment, on.PlusDays(_dice.Between(2, 9)), _dice.Of(["AC04", "MD01", "AM04", "MS03"]));
    }

    private void MakeRefund()
    {
        var customer = _dice.Of(_maker.Customers);
        var on = MarketMaker.Today.PlusDays(-_dice.Between(12, 35));
        var payment = Record(NewInvoice(customer, on), on, "u" + _rare.ToString(CultureInfo.InvariantCulture), "transfer", isApplied: false);
        AddDebit(customer, payment.Item.Amount, _dice.Is(0.5) ? "refund " + payment.Item.Id.Value : "refund", "refund", MatchOutcome.Refund, payment, on.PlusDays(_dice.Between(2, 10)), null);
    }

    private void AddDebit(Customer customer, Money amount, string? text, string recipe, MatchOutcome outcome, RecordedPayment payment, LocalDate on, string? reason)
    {
        var transaction = new BankTransaction
        {
            Amount = -amount,
            BookingDate = on,
            Remittance = text,
            Details = reason is null ? null : new TransactionDetails { ReturnReason = reason },
            Counterparty = new Counterparty { Name = _dice.Is(0.9) ? PaymentNoise.Print(_dice, customer.Name!) : null, Iban = _dice.Is(0.7) ? Iban.Parse(_maker.Accounts[_customers[customer.Id]]) : null },
        };
        Add(transaction, new Truth(recipe, customer.Id, [], outcome) { Moves = [payment.Item.Id] });
    }

    // Payments that were recorded when a card was swiped or a provider told of them; their money comes later, the provider's net of its fees.
    private void MakeClearing(string recipe, int count, decimal fee)
    {
        var on = MarketMaker.Today.PlusDays(-_dice.Between(5, 25));
        var method = fee > 0 ? "provider " + _rare.ToString(CultureInfo.InvariantCulture) : _dice.Of(["card", "cash", "cheque"]) + _rare.ToString(CultureInfo.InvariantCulture);
        var payments = new List<RecordedPayment>();
        for (var i = 0; i < count; i++)
        {
            var item = NewInvoice(_dice.Of(_maker.Customers), on.PlusDays(-_dice.Between(3, 30)));
            _maker.Settled.Add(item with { Open = Money.Zero(item.Amount.Currency) });
            payments.Add(Record(item, on, null, method));
        }

        var gross = payments.Sum(p => p.Item.Amount.Amount);
        var net = gross - decimal.Round(gross * fee, 2) - (fee > 0 ? 0.25m * count : 0m);
        var customer = payments[0].Item.Customer!.Value;
        var name = fee > 0 ? _dice.Of(s_providers) : count == 1 ? PaymentNoise.Print(_dice, _maker.Customers[_customers[customer]].Name!) : "Deposit";
        var text = fee > 0 ? "payout " + _dice.Between(100_000, 9_999_999).ToString(CultureInfo.InvariantCulture) : count == 1 && _dice.Is(0.5) ? Text(_maker.Settled[^1].Number!) : "deposit";
        AddRaw(net, name, count == 1 ? _maker.Accounts[_customers[customer]] : null, text, null,
            new Truth(recipe, count == 1 ? customer : null, [], fee > 0 ? MatchOutcome.Payout : MatchOutcome.Clearing) { Moves = [.. payments.Select(p => p.Item.Id)] }, on.PlusDays(_dice.Between(1, 5)));
    }

    private void MakeInstalment()
    {
        var customer = _dice.Of(_maker.Customers);
        var issued = MarketMaker.Today.PlusDays(-_dice.Between(20, 60));
        var item = NewInvoice(customer, issued);
        var third = new Money(decimal.Round(item.Amount.Amount / 3m, 2), item.Amount.Currency);
        OpenInstalment Part(int n, Money amount) => new(n, issued.PlusDays(30 * n), amount, amount);
        item = item with { Instalments = [Part(1, third), Part(2, third), Part(3, item.Amount - third - third)] };
        _maker.Open.Add(item);
        var paid = _dice.Is(0.7) ? third : third + third;
        Add(paid.Amount, customer, Text(item.Number!), null, "instalment", [(item.Id, paid, AllocationKind.Payment)], MatchOutcome.Partial, issued.PlusDays(_dice.Between(15, 35)));
    }

    // 1001-1005, and 1001/02/03.
    private void MakeSeries(bool isRange)
    {
        var customer = _dice.Of(_maker.Customers);
        var issued = MarketMaker.Today.PlusDays(-_dice.Between(10, 40));
        _maker.IsConsecutive = true;
        var items = Enumerable.Range(0, _dice.Between(3, 5)).Select(_ => NewOpen(customer, issued)).ToList();
        _maker.IsConsecutive = false;
        var text = isRange ? items[0].Number + " - " + items[^1].Number : items[0].Number + string.Concat(items.Skip(1).Select(i => "/" + i.Number![^2..]));
        Add(items.Sum(i => i.Open.Amount), customer, _dice.Of(_maker.Words.Lead) + " " + text, null, isRange ? "range" : "short list", [.. items.Select(i => (i.Id, i.Open, AllocationKind.Payment))], MatchOutcome.Combined, issued.PlusDays(_dice.Between(5, 30)));
    }

    private void MakeCheque()
    {
        var customer = _dice.Of(_maker.Customers);
        var item = NewOpen(customer, MarketMaker.Today.PlusDays(-_dice.Between(20, 60)));
        var on = Date(item);
        var written = NodaTime.Text.LocalDatePattern.Iso.Format(on.PlusDays(-_dice.Between(1, 10)));
        Add(item.Open.Amount, customer, $"cheque {_dice.Between(1000, 999_999).ToString(CultureInfo.InvariantCulture)} dated {written} {item.Number}", null, "cheque", [(item.Id, item.Open, AllocationKind.Payment)], MatchOutcome.Exact, on);
    }

    // A customer of its own, so that nothing else of it is paid.
    private Customer NewCustomer()
    {
        _maker.MakeCustomer(_maker.Customers.Count);
        var customer = _maker.Customers[^1];
        _customers.Add(customer.Id, _maker.Customers.Count - 1);
        return customer;
    }

    private void MakeMonth()
    {
        var customer = NewCustomer();
        var paid = Enumerable.Range(0, _dice.Between(2, 5)).Select(_ => NewOpen(customer, new LocalDate(2026, 4, _dice.Between(1, 29)))).ToList();
        for (var i = 0; i < _dice.Between(1, 4); i++)
        {
            NewOpen(customer, new LocalDate(2026, 5, _dice.Between(1, 30)));
        }

        Add(paid.Sum(i => i.Open.Amount), customer, _dice.Of(_maker.Words.Thanks), null, "month", [.. paid.Select(i => (i.Id, i.Open, AllocationKind.Payment))], MatchOutcome.Combined, new LocalDate(2026, 6, _dice.Between(1, 12)));
    }

    private void MakeForSubsidiary()
    {
        var parent = _maker.Customers[_dice.Below(_maker.Customers.Count)];
        var child = NewCustomer();
        _maker.Customers[^1] = child = child with { Parent = parent.Id };
        var item = NewOpen(child, MarketMaker.Today.PlusDays(-_dice.Between(20, 60)));
        Add(item.Open.Amount, parent, Text(item.Number!), null, "parent for subsidiary", [(item.Id, item.Open, AllocationKind.Payment)], MatchOutcome.Exact, Date(item));
    }

    private void MakeForeign()
    {
        var customer = _dice.Of(_maker.Customers);
        var made = NewInvoice(customer, MarketMaker.Today.PlusDays(-_dice.Between(20, 60)));
        var dollars = new Money(made.Amount.Amount, Currency.USD);
        var item = made with { Amount = dollars, Open = dollars };
        _maker.Open.Add(item);
        var isTold = _dice.Is(0.6);
        var transaction = new BankTransaction
        {
            Amount = new Money(decimal.Round(dollars.Amount * 0.91m, 2), Currency.EUR),
            BookingDate = Date(item),
            Remittance = Text(item.Number!),
            Details = isTold ? new TransactionDetails { Original = new OriginalAmount(dollars, 0.91m) } : null,
            Counterparty = new Counterparty { Name = PaymentNoise.Print(_dice, customer.Name!), Iban = Iban.Parse(_maker.Accounts[_customers[customer.Id]]) },
        };
        Add(transaction, new Truth("other currency", customer.Id, [(item.Id, dollars, AllocationKind.Payment)], MatchOutcome.Exact));
    }

    private void Add(BankTransaction transaction, Truth truth)
    {
        _keys.Assign(transaction);
        _transactions.Add(transaction);
        _truths.Add(truth);
    }
}
