using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using NodaTime.Text;
using Receivables.Sdk.Calendars;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.TestKit;
using Receivables.Sdk.TestKit.Calendars;
using Receivables.Sdk.TestKit.Ledger;
using Xunit;

namespace Receivables.Sdk.Tests.Ledger;

public class TermsTests
{
    private static LocalDate Date(string text) => LocalDatePattern.Iso.Parse(text).Value;

    [Theory]
    [InlineData("net 30d", "2026-01-31", "2026-03-02")]
    [InlineData("net 0d", "2026-01-31", "2026-01-31")]
    [InlineData("net 45d eom", "2021-09-13", "2021-10-31")]
    [InlineData("net eom 45d", "2021-09-13", "2021-11-14")]
    [InlineData("net 1m", "2026-01-31", "2026-02-28")]
    [InlineData("net 1m eom", "2020-06-30", "2020-07-31")]
    [InlineData("net 1m eom", "2026-02-28", "2026-03-31")]
    [InlineData("net month 1 day 15", "2026-01-20", "2026-02-15")]
    [InlineData("net month 1 day 21", "2026-12-31", "2027-01-21")]
    [InlineData("net month 1 day 31", "2026-01-31", "2026-02-28")]
    [InlineData("net month 2 day 10", "2026-01-01", "2026-03-10")]
    [InlineData("net 5d eom day 1", "2026-03-05", "2026-04-01")]
    [InlineData("net 5d eom day 1", "2026-03-28", "2026-05-01")]
    [InlineData("net cut 20 month 1 eom", "2026-01-20", "2026-02-28")]
    [InlineData("net cut 20 month 1 eom", "2026-01-21", "2026-03-31")]
    [InlineData("net pay 10,20,31", "2026-02-21", "2026-02-28")]
    [InlineData("net 30d pay 10,20 skip 8,12", "2026-07-15", "2026-09-10")]
    [InlineData("net 30d pay 25 skip 12", "2026-11-27", "2027-01-25")]
    [InlineData("net eom -5d", "2026-01-10", "2026-01-26")]
    [InlineData("net eom -5d", "2026-01-30", "2026-01-30")]
    [InlineData("net 2bd", "2026-04-02", "2026-04-08")]
    [InlineData("net 30d; roll following", "2026-04-01", "2026-05-04")]
    [InlineData("net 30d; roll preceding", "2026-04-01", "2026-04-30")]
    [InlineData("net 1m; roll modified-following", "2026-04-30", "2026-05-29")]
    [InlineData("net eom; roll modified-following", "2026-05-10", "2026-05-29")]
    public void A_due_date_is(string terms, string issued, string due) =>
        Assert.Equal(Date(due), PaymentTerms.Parse(terms).DueDate(new TermsDates(Date(issued)), BusinessCalendar.Of("TARGET")));

    [Fact]
    public void Instalments_discounts_and_bases_make_a_schedule()
    {
        var terms = PaymentTerms.Parse("part 30% 0d; part 100.00 15d; part rest 30d; part rest 60d; discount 1% 20d; discount 2% 10d; from delivery");
        var schedule = terms.Schedule(new Money(1000.01m, Currency.EUR), new TermsDates(Date("2026-01-01")) { Delivered = Date("2026-01-05") });
        Assert.Equal(
            ["1 2026-01-05 300.00", "2 2026-01-20 100.00", "3 2026-02-04 300.01", "4 2026-03-06 300.00"],
            schedule.Instalments.Select(i => $"{i.Number} {LocalDatePattern.Iso.Format(i.Due)} {i.Amount.ToAmountString()}"));
        Assert.Equal(["2% 2026-01-15", "1% 2026-01-25"], schedule.Discounts.Select(d => $"{d.Percent} {LocalDatePattern.Iso.Format(d.Until)}"));
        Assert.Equal(Date("2026-03-06"), schedule.Due);
        Assert.Throws<ArgumentException>(() => terms.DueDate(new TermsDates(Date("2026-01-01"))));
        Assert.Throws<ArgumentException>(() => terms.Schedule(new Money(99m, Currency.EUR), new TermsDates(Date("2026-01-01")) { Delivered = Date("2026-01-05") }));
        Assert.Throws<ArgumentNullException>(() => PaymentTerms.Parse("net 2bd").DueDate(new TermsDates(Date("2026-01-01"))));
        Assert.Throws<ArgumentNullException>(() => PaymentTerms.Parse("net 2d; roll following").DueDate(new TermsDates(Date("2026-01-01"))));
    }

    // G13, G14.
    [Fact]
    public void A_due_date_is_never_before_its_base_and_a_later_base_never_gives_an_earlier_one() => Law.ForAll(
        from rule in TermsGen.Rules
        from date in CalendarGen.Dates.Where(d => d.Year < 2030)
        from later in Gen.Choose(0, 40)
        from roll in Gen.Elements(Enum.GetValues<RollConvention>())
        select (terms: new PaymentTerms { Due = rule, Roll = roll }, date, later),
        x =>
        {
            var calendar = BusinessCalendar.Of("DE-BY");
            var due = x.terms.DueDate(new TermsDates(x.date), calendar);
            Assert.True(due >= x.date);
            Assert.True(x.terms.DueDate(new TermsDates(x.date.PlusDays(x.later)), calendar) >= due);
            if (x.terms.Roll == RollConvention.None && x.terms.Due.Steps is [.., TermsStep.EndOfMonth])
            {
                Assert.Equal(1, due.PlusDays(1).Day);
            }
        },
        cases: 500);

    // G13.
    [Fact]
    public void Instalments_add_up_in_order_and_keep_the_sign() => Law.ForAll(
        from terms in TermsGen.Terms
        from minor in Gen.Choose(20, 10_000_000)
        from currency in Gen.Elements("EUR", "USD", "CLF")
        from negative in Gen.Elements(true, false)
        from date in CalendarGen.Dates.Where(d => d.Year < 2030)
        select (terms, total: Money.FromMinorUnits(negative ? -minor : minor, Currency.Parse(currency)), date),
        x =>
        {
            var dates = new TermsDates(x.date) { Delivered = x.date, Received = x.date };
            var schedule = x.terms.Schedule(x.total, dates, BusinessCalendar.Of("NL"));
            Assert.Equal(x.total, schedule.Instalments.Aggregate(Money.Zero(x.total.Currency), (sum, i) => sum + i.Amount));
            Assert.All(schedule.Instalments, i => Assert.True(i.Amount.IsZero || i.Amount.IsNegative == x.total.IsNegative));
            Assert.Equal(schedule.Instalments.OrderBy(i => i.Due).Select(i => i.Number), schedule.Instalments.Select(i => i.Number));
            Assert.Equal(schedule.Due, x.terms.DueDate(dates, BusinessCalendar.Of("NL")));
            Assert.Equal(schedule.Discounts.OrderBy(d => d.Until), schedule.Discounts);
        },
        cases: 300);

    [Fact]
    public void The_notation_is_read_back() => Law.ForAll(TermsGen.AnyTerms, t => PaymentTerms.Parse(t.Notation) == t, cases: 300);

    // Equality is by notation, so the steps are compared too: what is read does what was written.
    [Fact]
    public void What_is_read_back_gives_the_same_dates() => Law.ForAll(
        from terms in TermsGen.Terms from day in Gen.Choose(0, 700) select (terms, Issued: new LocalDate(2026, 1, 1).PlusDays(day)),
        x =>
        {
            var dates = new TermsDates(x.Issued) { Delivered = x.Issued.PlusDays(3), Received = x.Issued.PlusDays(5) };
            var calendar = BusinessCalendar.Of("TARGET");
            var total = new Money(1000m, Currency.EUR);
            var read = PaymentTerms.Parse(x.terms.Notation);
            Assert.Equal(x.terms.Schedule(total, dates, calendar).Instalments, read.Schedule(total, dates, calendar).Instalments);
            Assert.Equal(x.terms.Schedule(total, dates, calendar).Discounts, read.Schedule(total, dates, calendar).Discounts);
            Assert.Equal((x.terms.IsPrepaid, x.terms.Basis, x.terms.Roll), (read.IsPrepaid, read.Basis, read.Roll));
        });

    [Theory]
    [InlineData("net 30", "net 30d")]
    [InlineData("Net 30 days", "net 30d")]
    [InlineData("30 days", "net 30d")]
    [InlineData("n/30", "net 30d")]
    [InlineData("2/10 net 30", "net 30d; discount 2% 10d")]
    [InlineData("2/10, n/30", "net 30d; discount 2% 10d")]
    [InlineData("2/10, 1/20, net 30", "net 30d; discount 2% 10d; discount 1% 20d")]
    [InlineData("2% 10, net 30", "net 30d; discount 2% 10d")]
    [InlineData("2% discount within 10 days, 30 days net", "net 30d; discount 2% 10d")]
    [InlineData("45 days end of month", "net 45d eom")]
    [InlineData("End of month + 45 days", "net eom 45d")]
    [InlineData("45 days after end of month", "net eom 45d")]
    [InlineData("Net 10 EOM", "net eom 10d")]
    [InlineData("EOM", "net eom")]
    [InlineData("15 MFI", "net month 1 day 15")]
    [InlineData("15th of the following month", "net month 1 day 15")]
    [InlineData("end of next month", "net month 1 eom")]
    [InlineData("Due on receipt", "net 0d; from receipt")]
    [InlineData("Payable within 14 days of receipt of the invoice", "net 14d; from receipt")]
    [InlineData("30 days from delivery", "net 30d; from delivery")]
    [InlineData("COD", "net 0d; from delivery")]
    [InlineData("Payment in advance", "net 0d; prepaid")]
    [InlineData("within one month", "net 1m")]
    [InlineData("Payable within 1 month of receipt of the invoice", "net 1m; from receipt")]
    [InlineData("within one calendar month of the invoice date", "net 1m")]
    [InlineData("2 months end of month", "net 2m eom")]
    [InlineData("within thirty days", "net 30d")]
    [InlineData("binnen een maand", "net 1m")]
    [InlineData("Te betalen binnen één maand na factuurdatum", "net 1m")]
    [InlineData("binnen twee weken", "net 14d")]
    [InlineData("sous un mois", "net 1m")]
    [InlineData("Paiement à un mois date de facture", "net 1m")]
    [InlineData("à trente jours fin de mois", "net 30d eom")]
    [InlineData("innerhalb eines Monats", "net 1m")]
    [InlineData("Zahlbar innerhalb eines Monats nach Rechnungserhalt", "net 1m; from receipt")]
    [InlineData("innerhalb von zwei Wochen", "net 14d")]
    [InlineData("10 business days", "net 10bd")]
    [InlineData("2 weeks", "net 14d")]
    [InlineData("Strictly net 30 days", "net 30d")]
    [InlineData("2% if paid within 10 days, otherwise net 30 days", "net 30d; discount 2% 10d")]
    [InlineData("20th of the month following invoice date", "net month 1 day 20")]
    [InlineData("last day of the month following", "net month 1 eom")]
    [InlineData("CWO", "net 0d; prepaid")]
    [InlineData("Gelieve te betalen binnen 30 dagen na factuurdatum", "net 30d")]
    [InlineData("Te voldoen binnen 14 dagen na factuurdatum", "net 14d")]
    [InlineData("Bij betaling binnen 8 dagen 2% korting, anders 30 dagen netto", "net 30d; discount 2% 8d")]
    [InlineData("30 dagen na het einde van de maand", "net eom 30d")]
    [InlineData("per omgaande", "net 0d")]
    [InlineData("30 jours nets", "net 30d")]
    [InlineData("Par virement à 30 jours fin de mois", "net 30d eom")]
    [InlineData("60 jours date d'émission de la facture", "net 60d")]
    [InlineData("Comptant sans escompte", "net 0d")]
    [InlineData("Dès réception", "net 0d; from receipt")]
    [InlineData("Paiement à la commande", "net 0d; prepaid")]
    [InlineData("Zahlbar innerhalb von 10 Tagen mit 2 % Skonto oder innerhalb von 30 Tagen netto", "net 30d; discount 2% 10d")]
    [InlineData("Bei Zahlung innerhalb von 10 Tagen 2% Skonto, sonst 30 Tage netto", "net 30d; discount 2% 10d")]
    [InlineData("Der Rechnungsbetrag ist innerhalb von 14 Tagen zu zahlen", "net 14d")]
    [InlineData("Zahlbar bis zum 15. des Folgemonats", "net month 1 day 15")]
    [InlineData("Zahlbar bis Monatsende", "net eom")]
    [InlineData("Sofort rein netto", "net 0d")]
    [InlineData("Bar bei Lieferung", "net 0d; from delivery")]
    [InlineData("30 dagen netto", "net 30d")]
    [InlineData("Betaling binnen 30 dagen na factuurdatum", "net 30d")]
    [InlineData("betalingstermijn: 14 dgn", "net 14d")]
    [InlineData("30 dagen einde maand", "net 30d eom")]
    [InlineData("30 dagen na einde maand", "net eom 30d")]
    [InlineData("einde volgende maand", "net month 1 eom")]
    [InlineData("de 15e van de volgende maand", "net month 1 day 15")]
    [InlineData("2% korting bij betaling binnen 8 dagen, 30 dagen netto", "net 30d; discount 2% 8d")]
    [InlineData("contant", "net 0d")]
    [InlineData("vooruitbetaling", "net 0d; prepaid")]
    [InlineData("30 jours net", "net 30d")]
    [InlineData("30 jours date de facture", "net 30d")]
    [InlineData("45 jours fin de mois", "net 45d eom")]
    [InlineData("fin de mois + 45 jours", "net eom 45d")]
    [InlineData("30 jours fin de mois le 10", "net 30d eom day 10")]
    [InlineData("30 dagen einde maand de 10e", "net 30d eom day 10")]
    [InlineData("30 Tage Monatsende am 10.", "net 30d eom day 10")]
    [InlineData("14 Tage ab Rechnungsdatum netto", "net 14d")]
    [InlineData("Cash on delivery (COD)", "net 0d; from delivery")]
    [InlineData("le 15 du mois suivant", "net month 1 day 15")]
    [InlineData("à réception de facture", "net 0d; from receipt")]
    [InlineData("2 % d'escompte à 10 jours, net 30 jours", "net 30d; discount 2% 10d")]
    [InlineData("au comptant", "net 0d")]
    [InlineData("paiement d'avance", "net 0d; prepaid")]
    [InlineData("30 Tage netto", "net 30d")]
    [InlineData("zahlbar innerhalb von 30 Tagen ohne Abzug", "net 30d")]
    [InlineData("14 Tage 2 % Skonto, 30 Tage netto", "net 30d; discount 2% 14d")]
    [InlineData("innerhalb 10 Tagen 2,5% Skonto, 30 Tage netto", "net 30d; discount 2.5% 10d")]
    [InlineData("30 Tage nach Rechnungserhalt", "net 30d; from receipt")]
    [InlineData("am 15. des Folgemonats", "net month 1 day 15")]
    [InlineData("Ende des Folgemonats", "net month 1 eom")]
    [InlineData("sofort fällig", "net 0d")]
    [InlineData("Vorkasse", "net 0d; prepaid")]
    public void A_phrase_of_the_trade_is_read(string phrase, string notation) => Assert.Equal(notation, PaymentTerms.Parse(phrase).Notation);

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("net 30 or so")]
    [InlineData("30")]
    [InlineData("2/10")]
    [InlineData("2/10/30")]
    [InlineData("30 days 60 days 90 days foo")]
    [InlineData("net 30d eom; net 5d")]
    [InlineData("net 99999d")]
    [InlineData("net 30 days, 60 days")]
    [InlineData("30 days end of month, 10 days")]
    [InlineData("120% discount 10 days, net 30")]
    [InlineData("30 days from delivery from receipt")]
    [InlineData("part 30% 0d; part 60% 30d")]
    [InlineData("part rest 0d; net 30d")]
    [InlineData("pay")]
    [InlineData("net pay 10,32")]
    [InlineData("net pay 1 skip 1,2,3,4,5,6,7,8,9,10,11,12")]
    // Shares of the amount, each with a day of its own, are no cash discounts; and a discount alone says nothing of when the whole is due.
    [InlineData("50% 30 days, 50% 60 days after invoice date")]
    [InlineData("100% 30 days after delivery")]
    [InlineData("30% 10 days, 70% 60 days, net 90")]
    [InlineData("2% 10 days after invoice date")]
    public void What_is_not_understood_whole_is_refused(string text) => Assert.False(PaymentTerms.TryParse(text, out _));

    [Theory]
    [InlineData("net 30d", "en", "Payment within 30 days of the invoice date.")]
    [InlineData("net 30d; discount 2.5% 10d", "en", "Payment within 30 days of the invoice date. 2.5% discount for payment within 10 days of the invoice date.")]
    [InlineData("net 30d", "nl-BE", "Betaling binnen 30 dagen na factuurdatum.")]
    [InlineData("net 30d; discount 2.5% 10d", "nl", "Betaling binnen 30 dagen na factuurdatum. 2,5% korting bij betaling binnen 10 dagen na factuurdatum.")]
    [InlineData("net 45d eom", "fr-CA", "Paiement 45 jours fin de mois.")]
    [InlineData("net 30d; discount 2% 10d", "fr", "Paiement à 30 jours date de facture. 2\u00a0% d'escompte pour paiement à 10 jours date de facture.")]
    [InlineData("net 30d; from receipt", "de", "Zahlung innerhalb von 30 Tagen nach Rechnungserhalt.")]
    [InlineData("net 30d eom", "de", "Zahlung 30 Tage Monatsende.")]
    [InlineData("net month 1 day 15", "de", "Zahlung am 15. des Folgemonats.")]
    [InlineData("net eom 45d", "es", "Pago fin de mes más 45 días.")]
    [InlineData("net 30d; prepaid", "es", "Pago por anticipado. Pago a 30 días fecha de factura.")]
    [InlineData("net 30d", "zh-Hans", "付款期限：30天内（自发票日期起）。")]
    [InlineData("net 30d; discount 2% 10d", "zh", "付款期限：30天内（自发票日期起）。10天内（自发票日期起）付款，可享2%现金折扣。")]
    [InlineData("part 30% 0d; part rest 30d", "en", "Payment in instalments: 30% immediately; the rest within 30 days of the invoice date.")]
    [InlineData("net cut 20 month 1 eom", "en", "Payment after day 20 from the following month, then at the end of the following month.")]
    [InlineData("net 1d", "pl", "Payment within 1 day of the invoice date.")]
    public void Terms_print_in_the_customers_language(string terms, string language, string text) =>
        Assert.Equal(text, PaymentTerms.Parse(terms).Describe(language));

    [Fact]
    public void Simple_terms_are_read_back_from_what_is_printed() => Law.ForAll(
        from days in Gen.Choose(0, 120)
        from day in Gen.Choose(1, 31)
        from shape in Gen.Choose(0, 5)
        from hasDiscount in Gen.Elements(true, false)
        from percent in Gen.Choose(1, 99)
        from discountDays in Gen.Choose(1, 30)
        from basis in Gen.Elements(Enum.GetValues<TermsBasis>())
        from language in Gen.Elements("en", "nl", "fr", "de")
        select (terms: new PaymentTerms
        {
            Basis = shape < 2 ? basis : TermsBasis.Invoice,
            Due = shape switch
            {
                0 => TermsRule.InDays(days),
                1 => new TermsRule(new TermsStep.BusinessDays(days + 1)),
                2 => new TermsRule(new TermsStep.Days(days + 1), new TermsStep.EndOfMonth()),
                3 => new TermsRule(new TermsStep.EndOfMonth(), new TermsStep.Days(days + 1)),
                4 => new TermsRule(new TermsStep.MonthAhead(1), new TermsStep.DayOfMonth(day)),
                _ => new TermsRule(new TermsStep.MonthAhead(1), new TermsStep.EndOfMonth()),
            },
            Discounts = hasDiscount ? [new TermsDiscount(new Percentage(percent / 10m), TermsRule.InDays(discountDays))] : [],
        }, language),
        x => Assert.Equal(x.terms.Notation, PaymentTerms.Parse(x.terms.Describe(x.language)).Notation),
        cases: 500);

    [Fact]
    public void Every_kind_of_terms_has_words_in_every_language() => Law.ForAll(
        from terms in TermsGen.Terms from language in Gen.Elements("nl", "fr", "de", "en", "es", "zh") select (terms, language),
        x =>
        {
            var text = x.terms.Describe(x.language);
            Assert.DoesNotContain("{", text);
            Assert.True(text.Length > 3);
        });

    [Fact]
    public void Any_text_is_answered_without_an_exception() => Law.ForAll(
        Gen.Elements("net", "30", "2", "/", "%", "days", "eom", ";", ".", "part", "rest", "pay", "skip", "1,2", "dagen", "fin de mois", "+", "le", "99999999999999999999999999999999", "from", "30d", "é", "\ud800").ArrayOf(),
        parts =>
        {
            _ = PaymentTerms.TryParse(string.Join(' ', parts), out _);
        },
        cases: 500);
}
