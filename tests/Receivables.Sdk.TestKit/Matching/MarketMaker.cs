using System.Globalization;
using System.Text;
using NodaTime;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.TestKit.Matching;

/// <summary>Makes a seller's ledger: customers, open invoices in one numbering scheme, credit notes, settled invoices with their payments.</summary>
internal sealed class MarketMaker
{
    private readonly Dice _dice;
    private readonly MarketParameters _parameters;
    private readonly string _scheme;
    private readonly decimal[] _prices;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private int _sequence;

    internal MarketMaker(MarketParameters parameters)
    {
        _parameters = parameters;
        _dice = new Dice(parameters.Seed * 31 + (ulong)parameters.Difficulty);
        _scheme = _dice.Of(parameters.Schemes);
        _sequence = _dice.Between(1, 900);
        Words = MarketWords.All[_dice.Of(parameters.Languages)];
        _prices = [.. Enumerable.Range(0, 8).Select(_ => NewAmount())];
    }

    internal MarketWords Words { get; }

    internal Dice Dice => _dice;

    internal List<Customer> Customers { get; } = [];

    internal List<string> Accounts { get; } = [];

    internal List<OpenItem> Open { get; } = [];

    internal List<OpenItem> Settled { get; } = [];

    internal List<RecordedPayment> Payments { get; } = [];

    internal static LocalDate Today => new(2026, 6, 30);

    internal void MakeLedger()
    {
        var customers = Math.Max(5, _parameters.Items * 3 / 20);
        for (var i = 0; i < customers; i++)
        {
            MakeCustomer(i);
        }

        for (var i = 0; i < _parameters.Items; i++)
        {
            Open.Add(MakeInvoice(i, Customers[(int)(customers * _dice.Part() * _dice.Part())], Today.PlusDays(-_dice.Between(5, 90))));
        }

        for (var i = 0; i < _parameters.Items / 30; i++)
        {
            MakeCreditNote(i);
        }

        for (var i = 0; i < _parameters.Items / 5; i++)
        {
            MakeSettled(i);
        }
    }

    internal LedgerSnapshot Snapshot() => new()
    {
        AsOf = Today,
        Currency = Currency.EUR,
        Customers = Customers,
        OpenItems = Open,
        SettledItems = Settled,
        Payments = Payments,
    };

    internal string NewName()
    {
        for (; ; )
        {
            var form = _dice.Of(Words.Forms);
            var core = _dice.Below(4) switch
            {
                0 => _dice.Of(Words.Families) + " " + _dice.Of(Words.Trades),
                1 => _dice.Of(Words.Trades) + " " + _dice.Of(Words.Families),
                2 => _dice.Of(Words.Families) + " & " + _dice.Of(Words.Families),
                _ => Invent() + " " + _dice.Of(Words.Trades),
            };
            var name = (core + (_dice.Is(0.3) ? " " + Invent() : "") + " " + form).Trim();
            if (_names.Add(name))
            {
                return name;
            }
        }
    }

    internal string NewIban()
    {
        var body = new StringBuilder("NL00INGB");
        for (var i = 0; i < 10; i++)
        {
            body.Append((char)('0' + _dice.Below(10)));
        }

        var text = body.ToString();
        for (var check = 2; check < 99; check++)
        {
            var iban = text[..2] + check.ToString("00", CultureInfo.InvariantCulture) + text[4..];
            if (Iban.TryParse(iban, out _))
            {
                return iban;
            }
        }

        return NewIban();
    }

    internal decimal NewAmount()
    {
        var amount = (decimal)Math.Round(20 * Math.Pow(250, _dice.Part()), 2);
        return _dice.Is(_parameters.RoundAmounts) ? Math.Max(5m, decimal.Round(amount / 5m) * 5m) : amount;
    }

    internal string NewNumber(LocalDate date, int customer)
    {
        _sequence += IsConsecutive ? 1 : _dice.Between(1, 3);
        return Fill(_scheme, date, customer, _sequence);
    }

    private static string Fill(string scheme, LocalDate date, int customer, int sequence)
    {
        var text = new StringBuilder();
        for (var i = 0; i < scheme.Length;)
        {
            var c = scheme[i];
            var run = 1;
            while (i + run < scheme.Length && scheme[i + run] == c)
            {
                run++;
            }

            text.Append(c switch
            {
                'y' => date.Year.ToString("0000", CultureInfo.InvariantCulture)[^run..],
                'm' => date.Month.ToString("00", CultureInfo.InvariantCulture),
                'n' => sequence.ToString(new string('0', run), CultureInfo.InvariantCulture),
                'k' => (1000 + customer).ToString(CultureInfo.InvariantCulture),
                _ => new string(c, run),
            });
            i += run;
        }

        return text.ToString();
    }

    /// <summary>The sequence goes on one by one for the next numbers.</summary>
    internal bool IsConsecutive { get; set; }

    internal void MakeCustomer(int i)
    {
        var iban = NewIban();
        Accounts.Add(iban);
        Customers.Add(new Customer
        {
            Id = new CustomerId("C" + (10_000 + i).ToString(CultureInfo.InvariantCulture)),
            Name = NewName(),
            Parent = i > 5 && _dice.Is(0.03) ? Customers[_dice.Below(i)].Id : null,
            Ibans = _dice.Is(_parameters.KnownAccounts) ? [Iban.Parse(iban)] : [],
        });
    }

    internal OpenItem MakeInvoice(int i, Customer customer, LocalDate issued)
    {
        var index = int.Parse(customer.Id.Value.AsSpan(1), CultureInfo.InvariantCulture) - 10_000;
        var repeated = _parameters.Difficulty switch { Difficulty.Easy => 0.05, Difficulty.Medium => 0.10, _ => 0.15 };
        var amount = new Money(_dice.Is(repeated) ? _dice.Of(_prices) : NewAmount(), Currency.EUR);
        var number = NewNumber(issued, index);
        return new OpenItem
        {
            Id = new DocumentId("I" + i.ToString(CultureInfo.InvariantCulture)),
            Kind = DocumentKind.Invoice,
            Customer = customer.Id,
            Number = number,
            Issued = issued,
            Due = issued.PlusDays(30),
            Amount = amount,
            Open = amount,
            Reference = _dice.Is(_parameters.References) ? CreditorReference(number) : null,
            OrderNumber = _dice.Is(0.4) ? "PO-" + _dice.Between(10_000, 99_999).ToString(CultureInfo.InvariantCulture) : null,
            CashDiscounts = _dice.Is(0.3) ? [new CashDiscount(new Percentage(_dice.Is(0.5) ? 2m : 3m), issued.PlusDays(_dice.Between(8, 14)))] : [],
            Disputed = _dice.Is(0.01) ? amount : null,
        };
    }

    private void MakeCreditNote(int i)
    {
        var invoice = Open[_dice.Below(_parameters.Items)];
        var amount = new Money(decimal.Round(invoice.Amount.Amount * _dice.Between(5, 40) / 100m, 2), Currency.EUR);
        Open.Add(new OpenItem
        {
            Id = new DocumentId("N" + i.ToString(CultureInfo.InvariantCulture)),
            Kind = DocumentKind.CreditNote,
            Customer = invoice.Customer,
            Number = "CN-" + _dice.Between(1000, 9999).ToString(CultureInfo.InvariantCulture) + i.ToString(CultureInfo.InvariantCulture),
            Issued = invoice.Issued.PlusDays(3),
            Due = invoice.Issued.PlusDays(3),
            Amount = amount,
            Open = amount,
        });
    }

    private void MakeSettled(int i)
    {
        var customer = Customers[_dice.Below(Customers.Count)];
        var invoice = MakeInvoice(0, customer, Today.PlusDays(-_dice.Between(60, 200))) with { Id = new DocumentId("S" + i.ToString(CultureInfo.InvariantCulture)), Disputed = null };
        Settled.Add(invoice with { Open = Money.Zero(Currency.EUR) });
        var payment = new DocumentId("P" + i.ToString(CultureInfo.InvariantCulture));
        var on = invoice.Due.PlusDays(-5);
        Payments.Add(new RecordedPayment(
            invoice with { Id = payment, Kind = DocumentKind.Payment, Number = null, Reference = null, OrderNumber = null, CashDiscounts = [], Issued = on, Open = Money.Zero(Currency.EUR) },
            new TransactionId("t" + i.ToString(CultureInfo.InvariantCulture)), "transfer", Money.Zero(Currency.EUR),
            [new StandingAllocation(new AllocationId("A" + i.ToString(CultureInfo.InvariantCulture)), payment, invoice.Id, invoice.Amount, on, AllocationKind.Payment)]));
    }

    private string Invent()
    {
        var text = new StringBuilder();
        var syllables = _dice.Between(2, 3);
        for (var i = 0; i < syllables; i++)
        {
            text.Append("bdfgklmnprstvwz"[_dice.Below(15)]).Append("aeiou"[_dice.Below(5)]);
            if (_dice.Is(0.3))
            {
                text.Append("lnrsx"[_dice.Below(5)]);
            }
        }

        text[0] = char.ToUpperInvariant(text[0]);
        return text.ToString();
    }

    private static string CreditorReference(string number)
    {
        var body = string.Concat(number.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
        var remainder = 0;
        foreach (var c in body + "RF00")
        {
            remainder = char.IsAsciiDigit(c) ? ((remainder * 10) + c - '0') % 97 : ((remainder * 100) + c - 'A' + 10) % 97;
        }

        return "RF" + (98 - remainder).ToString("00", CultureInfo.InvariantCulture) + body;
    }
}
