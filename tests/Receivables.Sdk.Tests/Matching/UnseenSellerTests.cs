using Receivables.Sdk.Ledger;
using Receivables.Sdk.Matching;
using Receivables.Sdk.Statements;
using Receivables.Sdk.TestKit.Matching;
using Xunit;

namespace Receivables.Sdk.Tests.Matching;

/// <summary>Small worlds unlike those of the generator: no automatic answer may be wrong, one by one or in a run, and what is plain is found.</summary>
public class UnseenSellerTests
{
    private static readonly string[] s_names =
        ["Aalders", "Bakker", "Claassen", "Dekker", "Evers", "Faber", "Gerrits", "Hendriks", "IJzerman", "Janssen", "Koster", "Laan", "Maas", "Nijhuis", "Otten", "Peters", "Quist", "Rutten", "Smeets", "Timmer", "Ubbink", "Verhoeven", "Wolters", "Xander", "Yilmaz", "Zwart"];

    // What is right: a document, or several; behind ~ it need not be found; behind ! nothing may be posted unseen.
    private static void Check(SampleLedger ledger, params (BankTransaction Transaction, string Right)[] cases)
    {
        var matcher = new PaymentMatcher(ledger.Snapshot);
        var alone = cases.Select(c => matcher.Match(c.Transaction)).ToList();
        foreach (var results in new[] { alone, [.. matcher.Match([.. cases.Select(c => c.Transaction)])] })
        {
            for (var i = 0; i < results.Count; i++)
            {
                var (result, right) = (results[i], cases[i].Right);
                var isRight = right.TrimStart('~', '!') == Describe(result);
                var isWrong = result.Decision == MatchDecision.Automatic ? right[0] == '!' || !isRight : right[0] is not ('~' or '!') && !isRight;
                Assert.False(isWrong, $"{result.Transaction.Remittance} | {result.Transaction.Counterparty?.Name} | {result.Transaction.Amount}: {right} is right, not {Describe(result)} ({result.Decision})");
            }
        }
    }

    private static string Describe(MatchResult result) =>
        result.Outcome == MatchOutcome.DoublePayment ? "second" : string.Join('+', result.Allocations.Select(a => a.Document.Value).Distinct().Order(StringComparer.Ordinal));

    private static string Account(int n)
    {
        for (var check = 2; ; check++)
        {
            var iban = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"NL{check:00}INGB{n:0000000000}");
            if (Iban.TryParse(iban, out _))
            {
                return iban;
            }
        }
    }

    [Fact]
    public void A_landlord_with_equal_rents_of_which_texts_tell_the_month()
    {
        var l = new SampleLedger();
        for (var i = 0; i < 26; i++)
        {
            l.Customer("T" + i, "Fam. " + s_names[i], i % 2 == 0 ? Account(1000 + i) : null);
            l.Invoice($"A{i}", "T" + i, $"H{i + 1:00}-202604", 850m, "2026-04-01");
            if (i % 3 == 0)
            {
                l.Invoice($"M{i}", "T" + i, $"H{i + 1:00}-202603", 850m, "2026-03-01");
            }
        }

        Check(
            l,
            (l.Transaction(850m, "huur april 2026", "M. Bakker", null, "2026-04-03"), "~A1"),
            (l.Transaction(850m, "huur april", "P. Aalders", Account(1000), "2026-04-03"), "~A0"),
            (l.Transaction(850m, "huur mei 2026", "C. Claassen", Account(1002), "2026-04-28"), "!"),
            (l.Transaction(850m, "miete mai", "C. Otten", Account(1014), "2026-04-28"), "!"),
            (l.Transaction(850m, "Loyer de mai 2026", "G. Gerrits", Account(1006), "2026-04-29"), "!"),
            (l.Transaction(850m, "huur app 12", "Koster", null, "2026-04-03"), "~A10"),
            (l.Transaction(850m, "huur appartement 5", "Woningstichting De Brug", null, "2026-04-03"), "!"),
            (l.Transaction(1700m, "huur maart en april", "Dekker", null, "2026-04-03"), "A3+M3"),
            (l.Transaction(850m, null, "Evers Fam.", Account(1004), "2026-04-03"), "A4"),
            (l.Transaction(425m, "halve huur april", "Evers", Account(1004), "2026-04-10"), "~A4"));
    }

    [Fact]
    public void A_wholesaler_with_numbers_of_five_digits_beside_dates()
    {
        var l = new SampleLedger();
        for (var i = 0; i < 200; i++)
        {
            if (i < 26)
            {
                l.Customer("K" + i, s_names[i] + " Horeca B.V.", i % 3 == 0 ? Account(2000 + i) : null);
            }

            l.Invoice($"I{i}", "K" + i % 26, $"{12000 + i * 7}", 100m + i * 13.37m, "2026-01-10");
        }

        Check(
            l,
            (l.Transaction(100m + 3 * 13.37m, "factuur 12021 van 12-05-2026", "Dekker Horeca", Account(2003)), "I3"),
            (l.Transaction(100m + 75 * 13.37m, "12.05.26", "Onbekend Handel", Account(99)), "!"),
            (l.Transaction(500m, "12525 12-05-2026", "Slagerij Willems", Account(98)), "!"),
            (l.Transaction(100m + 75 * 13.37m, "bon 12 525", "Xander Horeca", null), "I75"),
            (l.Transaction(100m + 4 * 13.37m, "Klant 12525 fact 12028", "Evers Horeca", null), "I4"),
            (l.Transaction(250m, "tel 0612525 bestelling", "Faber", null), "!"),
            (l.Transaction(113.37m, "bedankt", "Bakker Horeca", null), "I1"));
    }

    [Fact]
    public void A_dentist_with_patients_of_one_family_name()
    {
        var l = new SampleLedger();
        string[] first = ["Jan", "Maria", "Piet", "Tim", "Sanne"];
        for (var i = 0; i < 5; i++)
        {
            l.Customer("P" + i, first[i] + " de Vries");
            l.Invoice("I" + i, "P" + i, $"2026-0{1000 + i * 37}", 25.78m);
        }

        l.Customer("P9", "Anna Smit", Account(31)).Invoice("I9", "P9", "2026-02001", 61.20m).Customer("PA", "Bram Smit").Invoice("IA", "PA", "2026-02044", 61.20m);

        Check(
            l,
            (l.Transaction(25.78m, "controle", "de Vries", null), "!"),
            (l.Transaction(25.78m, "controle Tim", "M. de Vries", null), "!I3"),
            (l.Transaction(25.78m, "controle", "Maria de Vries", null), "~I1"),
            (l.Transaction(25.78m, "2026-01111", "J de Vries", null), "~I3"),
            (l.Transaction(61.20m, "rekening Bram", "A. Smit", Account(31)), "~IA"),
            (l.Transaction(122.40m, "rekening Anna en Bram", "A. Smit", Account(31)), "~I9+IA"),
            (l.Transaction(77.34m, "rekeningen kinderen", "fam de Vries", null), "!"));
    }

    [Fact]
    public void Chinese_customers_with_short_names_and_fapiao_numbers()
    {
        var l = new SampleLedger("CNY");
        l.Customer("C1", "华为技术有限公司").Customer("C2", "中兴通讯股份有限公司").Customer("C3", "北京华为科技有限公司").Customer("C4", "腾讯科技(深圳)有限公司").Customer("C5", "李明").Customer("C6", "李明华");
        l.Invoice("I1", "C1", "04412345", 11300m).Invoice("I2", "C2", "04412346", 11300m).Invoice("I3", "C3", "04412399", 5650m).Invoice("I4", "C4", "04412512", 8888.88m).Invoice("I5", "C5", "04412601", 300m).Invoice("I6", "C6", "04412602", 300m);

        Check(
            l,
            (l.Transaction(11300m, "发票04412345货款", "华为技术有限公司"), "I1"),
            (l.Transaction(11300m, "货款", "华为"), "!"),
            (l.Transaction(8888.88m, "服务费 发票号04412512", "腾讯科技"), "I4"),
            (l.Transaction(300m, "学费", "李明"), "~I5"),
            (l.Transaction(300m, "学费", "李明华"), "~I6"),
            (l.Transaction(5650m, "货款", "北京华为科技有限公司"), "I3"));
    }

    [Fact]
    public void A_seller_of_subscriptions_with_payouts_of_a_provider()
    {
        var l = new SampleLedger("USD");
        for (var i = 0; i < 60; i++)
        {
            l.Customer("S" + i, s_names[i % 26] + " Labs" + (i > 25 ? " " + (char)('A' + i / 26) : "") + " Inc.");
            l.Invoice("I" + i, "S" + i, $"{(uint)(i * 2654435761u):X8}-0001"[..13], i % 3 == 0 ? 49m : i % 3 == 1 ? 99m : 490m + i);
        }

        Check(
            l,
            (l.Transaction(49m, "STRIPE PAYOUT po_1N2x3y4z", "Stripe Payments Europe"), "!"),
            (l.Transaction(492m, "STRIPE TRANSFER 2026-02-09", "STRIPE"), "!"),
            (l.Transaction(492m, "subscription", "Claassen Labs Inc"), "I2"),
            (l.Transaction(49m, "subscription", "Aalders Labs"), "~I0"),
            (l.Transaction(99m, "invoice 9E3779B1-0001", "Bakker Labs"), "I1"));
    }

    [Fact]
    public void A_school_whose_texts_name_the_pupils()
    {
        var l = new SampleLedger();
        string[] pupils = ["Emma Jansen", "Tom Jansen", "Noor Bakker", "Daan El Amrani", "Sofie van Dijk", "Lotte van Dijk"];
        for (var i = 0; i < pupils.Length; i++)
        {
            l.Customer("L" + i, pupils[i]);
            l.Invoice("I" + i, "L" + i, $"SR-26-{100 + i}", 35m);
            l.Invoice("O" + i, "L" + i, $"OB-26-{100 + i}", 60m);
        }

        Check(
            l,
            (l.Transaction(35m, "schoolreis Emma Jansen groep 5", "A. Jansen", Account(61)), "~I0"),
            (l.Transaction(35m, "schoolreis Tom", "A. Jansen", Account(61)), "!I1"),
            (l.Transaction(70m, "schoolreis Emma en Tom Jansen", "A. Jansen", Account(61)), "~I0+I1"),
            (l.Transaction(60m, "ouderbijdrage Sofie van Dijk", "K. Mulder", Account(62)), "~O4"),
            (l.Transaction(35m, "schoolreis", "fam van Dijk", Account(63)), "!"),
            (l.Transaction(95m, "Noor Bakker reis en ouderbijdrage", "Bakker", Account(64)), "~I2+O2"));
    }

    [Fact]
    public void Numbers_of_four_digits()
    {
        var l = new SampleLedger();
        for (var i = 0; i < 400; i++)
        {
            if (i < 26)
            {
                l.Customer("K" + i, s_names[i] + " Techniek", i % 2 == 0 ? Account(7000 + i) : null);
            }

            l.Invoice($"I{i}", "K" + i % 26, $"{1700 + i}", i % 5 == 0 ? 150m : 80m + i * 3.17m, "2026-01-10");
        }

        Check(
            l,
            (l.Transaction(80m + 42 * 3.17m, "1742", "Quist Techniek", Account(7016)), "I42"),
            (l.Transaction(150m, "2026", "Aalders Techniek", Account(7000)), "!"),
            (l.Transaction(150m, "factuur 1800", "Verhoeven Techniek", null), "~I100"),
            (l.Transaction(150m, "factuur 1801", "Wolters Techniek", null), "~I101"),
            (l.Transaction(80m + 326 * 3.17m, "jaar 2026", "Onbekende Firma", Account(77)), "!"),
            (l.Transaction(200m, "1742", "Quist Techniek", Account(7016)), "~I42"),
            (l.Transaction(80m + 41 * 3.17m + 80m + 67 * 3.17m, "1741 1767", "Peters Techniek", null), "I41+I67"),
            (l.Transaction(80m + 303 * 3.17m, "ref 1234 5678", "Rutten Techniek", null), "!I303"),
            (l.Transaction(80m + 303 * 3.17m, "", "Rutten Techniek", null), "I303"));
    }

    [Fact]
    public void Order_numbers_that_are_numbers_of_other_customers_invoices()
    {
        var l = new SampleLedger();
        for (var i = 0; i < 120; i++)
        {
            if (i < 26)
            {
                l.Customer("K" + i, s_names[i] + " Bouw B.V.", i % 2 == 0 ? Account(8000 + i) : null);
            }

            var k = i;
            l.Invoice($"I{i}", "K" + i % 26, $"{20400 + i}", i % 4 == 0 ? 500m : 210m + i * 7.91m, "2026-01-10", more: x => x with { OrderNumber = $"{20400 + (k * 37 + 11) % 120}" });
        }

        Check(
            l,
            (l.Transaction(210m + 1 * 7.91m, "order 20448", "Bakker Bouw", null), "~I1"),
            (l.Transaction(210m + 17 * 7.91m, "20417", "Rutten Bouw", null), "I17"),
            (l.Transaction(500m, "order 20411", "Aalders Bouw", Account(8000)), "~I0"),
            (l.Transaction(500m, "uw ref 20411 onze ref 20404", "Evers Bouw", Account(8004)), "~I4"),
            (l.Transaction(500m, "PO 4500020412", "Maas Bouw", Account(8012)), "~I12"),
            (l.Transaction(500m, "4500020408", "Onbekend BV", Account(81)), "!"));
    }

    [Fact]
    public void Credit_notes_parts_and_money_for_something_else()
    {
        var l = new SampleLedger();
        for (var i = 0; i < 26; i++)
        {
            l.Customer("K" + i, s_names[i] + " Groothandel", i % 2 == 0 ? Account(9000 + i) : null);
            l.Invoice($"I{i}", "K" + i, $"F-{26100 + i * 31}", 1000m + i * 100m, "2026-01-10");
        }

        l.CreditNote("N0", "K0", "C-26001", 100m).CreditNote("N1", "K1", "C-26002", 110m).CreditNote("N1b", "K1", "C-26003", 110m);
        l.Invoice("D2", "K2", "F-27001", 1200m, "2026-01-15");
        l.Paid("S3", "K3", "F-25500", 777m, "P3", "2026-01-20", "t3");

        Check(
            l,
            (l.Transaction(900m, "F-26100", "Aalders Groothandel", Account(9000)), "I0+N0"),
            (l.Transaction(990m, "F-26131", "Bakker Groothandel", null), "!"),
            (l.Transaction(1200m, "betaling", "Claassen Groothandel", Account(9002)), "!"),
            (l.Transaction(1200m, "F-27001", "Claassen Groothandel", Account(9002)), "D2"),
            (l.Transaction(1200m, "F-26162", "Claassen Groothandel", Account(9002)), "I2"),
            (l.Transaction(777m, "F-25500", "Dekker Groothandel", null), "~second"),
            (l.Transaction(300m, "termijn 1 van 4", "Dekker Groothandel", null), "!"),
            (l.Transaction(400m, "F-26224 deel 1", "Evers Groothandel", Account(9004)), "~I4"),
            (l.Transaction(1500m, "F-26255 lening terugbetaling", "Faber Groothandel", null), "~I5"),
            (l.Transaction(1700m, "waarborg", "Hendriks Groothandel", null), "!"));
        l.Invoice("U1", "K20", "F-29001", 1000m, more: x => x with { Amount = new Money(1000m, Currency.USD), Open = new Money(1000m, Currency.USD) });

        Check(
            l, (l.Transaction(920m, "F-29001", "Ubbink Groothandel", Account(9020)), "!"));
    }

    [Fact]
    public void People_who_pay_for_relatives_and_accounts_of_several()
    {
        var l = new SampleLedger();
        for (var i = 0; i < 26; i++)
        {
            l.Customer("K" + i, (i % 2 == 0 ? "Jan " : "Petra ") + s_names[i]);
            l.Invoice($"I{i}", "K" + i, $"2026{1000 + i * 77}", 45.50m + i, "2026-01-10");
            l.Invoice($"J{i}", "K" + i, $"2026{5000 + i * 77}", 120m, "2026-01-20");
        }

        Check(
            l,
            (l.Transaction(45.50m, "20261000", "Jan Aalders", Account(501)), "I0"),
            (l.Transaction(46.50m, "voor mijn dochter Petra Bakker", "Jan Aalders", Account(501)), "~I1"),
            (l.Transaction(47.50m, "20261154", "Jan Claassen", Account(502)), "I2"),
            (l.Transaction(48.50m, "20261231", "Petra Dekker", Account(502)), "I3"),
            (l.Transaction(120m, "les", null, Account(502)), "!"),
            (l.Transaction(60m, "20265154", null, Account(502)), "~J2"),
            (l.Transaction(49.50m, "20261308", "WISE PAYMENTS", Account(503)), "~I4"),
            (l.Transaction(50.50m, "20261385", "Petra Faber", Account(503)), "I5"));
    }

    [Fact]
    public void A_utility_whose_texts_carry_the_customers_number()
    {
        var l = new SampleLedger();
        for (var i = 0; i < 200; i++)
        {
            l.Customer($"{70000 + i * 3}", s_names[i % 26] + " " + (char)('A' + i / 26) + ".");
            l.Invoice($"I{i}", $"{70000 + i * 3}", $"{910000 + i * 5}", 89m, "2026-01-10");
            if (i % 4 == 0)
            {
                l.Invoice($"Q{i}", $"{70000 + i * 3}", $"{920000 + i * 5}", 89m, "2026-02-01");
            }
        }

        Check(
            l,
            (l.Transaction(89m, "klantnr 70003", "Bakker", null), "~I1"),
            (l.Transaction(89m, "70012", "Evers A", null), "!"),
            (l.Transaction(89m, "klantnr 70003 fact 910010", "Bakker A.", null), "!"),
            (l.Transaction(89m, "910005 70003", "Bakker A.", null), "I1"),
            (l.Transaction(89m, "klantnummer 70600", "Zwart", null), "!"));
    }

    [Fact]
    public void A_consultant_with_one_fee_and_numbers_like_dates()
    {
        var l = new SampleLedger().Customer("A", "Northwind Traders Ltd", Account(601)).Customer("B", "Contoso Ltd").Customer("C", "Contoso Services Ltd");
        foreach (var (m, i) in new[] { "2026-01", "2026-02", "2026-03" }.Select((m, i) => (m, i)))
        {
            l.Invoice("A" + i, "A", m + "-01", 4500m, m + "-01");
            l.Invoice("B" + i, "B", m + "-02", 4500m, m + "-01");
            l.Invoice("C" + i, "C", m + "-03", 4500m, m + "-01");
        }

        Check(
            l,
            (l.Transaction(4500m, "2026-02-01", "Northwind Traders", Account(601)), "~A1"),
            (l.Transaction(4500m, "invoice 2026-03-02", "Contoso", null), "~B2"),
            (l.Transaction(4500m, "Feb 2026", "Contoso Services", null), "~C1"),
            (l.Transaction(4500m, "payment 01-02-2026", "Contoso", null), "!"),
            (l.Transaction(9000m, "2026-01-02 and 2026-02-02", "Contoso Ltd", null), "~B0+B1"),
            (l.Transaction(13500m, "Q1", "Northwind Traders", Account(601)), "~A0+A1+A2"));
    }

    [Fact]
    public void A_club_whose_treasurer_pays_for_many()
    {
        var l = new SampleLedger();
        for (var i = 0; i < 26; i++)
        {
            l.Customer("K" + i, "Lid " + s_names[i]);
            l.Invoice($"I{i}", "K" + i, $"C26{100 + i}", 120m, "2026-01-10");
        }

        Check(
            l,
            (l.Transaction(120m, "contributie 2026", "Lid Aalders", null), "~I0"),
            (l.Transaction(240m, "contributie Bakker en Claassen", "Penningmeester", Account(701)), "!"),
            (l.Transaction(120m, "contributie Dekker", "H. Evers", Account(702)), "!"),
            (l.Transaction(120m, "C26105", "H. Evers", Account(702)), "~I5"));
    }

    [Fact]
    public void Customers_who_pay_the_same_each_month_and_write_an_earlier_months_number()
    {
        var l = new SampleLedger();
        for (var i = 0; i < 26; i++)
        {
            l.Customer("K" + i, s_names[i] + " Kantoor", i % 2 == 0 ? Account(8500 + i) : null);
            l.Paid($"S{i}", "K" + i, $"{8000100 + i}", 39.99m + i, $"P{i}", "2026-01-12", $"t{i}", issued: "2026-01-02");
            l.Invoice($"I{i}", "K" + i, $"{8000600 + i}", 39.99m + i, i == 5 ? "2026-03-01" : "2026-02-01");
        }

        Check(
            l,
            (l.Transaction(39.99m, "8000100", "Aalders Kantoor", Account(8500)), "!"),
            (l.Transaction(40.99m, "Rechnung 8000101", "Bakker Kantoor", null), "!"),
            (l.Transaction(41.99m, "factuur 8000602", "Claassen Kantoor", Account(8502)), "I2"),
            (l.Transaction(42.99m, "8000603 8000103", "Dekker Kantoor", null), "!"),
            // What is issued later is not meant.
            (l.Transaction(44.99m, "8000105", "Faber Kantoor", null), "second"));
    }

    [Fact]
    public void Customers_whose_money_is_for_something_else()
    {
        var l = new SampleLedger();
        for (var i = 0; i < 26; i++)
        {
            l.Customer("K" + i, s_names[i] + " Advies", Account(8700 + i));
            l.Invoice($"I{i}", "K" + i, $"2026-{1000 + i * 37}", 1210.55m + i);
        }

        string[] texts = ["salaris februari", "Darlehensrückzahlung", "VAT refund Q4", "remboursement TVA", "dividend 2025", "schadeuitkering polis 88121", "devolución", "zwrot nadpłaty", "půjčka", "lön / löneutbetalning", "alimentatie maart", "indemnización siniestro"];
        Check(l, [.. texts.Select((text, i) => (l.Transaction(1210.55m + i, text, s_names[i] + " Advies", Account(8700 + i)), "!"))]);
        Check(
            l,
            (l.Transaction(1224.55m, "zorg", "Otten Advies", Account(8714), details: new TransactionDetails { Purpose = "SALA" }), "!"),
            (l.Transaction(1225.55m, "loonadministratie en advies", "Peters Advies", Account(8715)), "I15"),
            (l.Transaction(1226.55m, "restitutie 2026-1592", "Quist Advies", Account(8716)), "~I16"));
    }

    [Fact]
    public void Numbers_of_documents_that_the_ledger_does_not_have_yet()
    {
        var l = new SampleLedger();
        for (var i = 0; i < 26; i++)
        {
            l.Customer("K" + (100 + i), s_names[i] + " Montage", Account(8900 + i));
            l.Invoice($"A{i}", "K" + (100 + i), $"K{100 + i}-01", 310.20m + i, "2026-01-05");
            l.Invoice($"B{i}", "K" + (100 + i), $"K{100 + i}-02", 410.20m + i, "2026-02-05");
            l.Customer("P" + i, s_names[i] + " Papier").Invoice($"F{i}", "P" + i, $"FV/{i + 1}/02/2026", 150.99m + i, "2026-02-05");
            l.Customer("D" + i, s_names[i] + " Dak").Invoice($"E{i}", "D" + i, $"202602{i + 1:00}-1", 250.99m + i, "2026-02-05");
        }

        Check(
            l,
            (l.Transaction(410.20m, "K100-03", "Aalders Montage", Account(8900)), "!"),
            (l.Transaction(411.20m, "K101-02", "Bakker Montage", Account(8901)), "B1"),
            (l.Transaction(410.20m, "Rechnung K100-07", "Aalders Montage", Account(8900)), "!"),
            (l.Transaction(150.99m, "FV/31/03/2026", "Aalders Papier"), "!"),
            (l.Transaction(150.99m, "FAKTURAFV/31/02/2026", "Aalders Papier"), "!"),
            (l.Transaction(151.99m, "FV/2/02/2026", "Bakker Papier"), "F1"),
            (l.Transaction(152.99m, "FV/43/03/2026", "Claassen Papier"), "!"),
            (l.Transaction(722.40m, "/INV/274810", "Bakker Montage", Account(8901)), "!"),
            (l.Transaction(250.99m, "invoice 20260320-1", "Aalders Dak"), "!"),
            (l.Transaction(251.99m, "invoice 20260202-1", "Bakker Dak"), "E1"));
    }

    [Fact]
    public void Customers_who_write_their_number_with_the_seller_and_nothing_else()
    {
        var l = new SampleLedger();
        for (var i = 0; i < 26; i++)
        {
            l.Customer("C" + (1000 + i * 3), s_names[i] + " Installatie", i % 2 == 0 ? Account(9100 + i) : null);
            l.Invoice($"I{i}", "C" + (1000 + i * 3), $"F26-{500 + i * 3}", 489.99m + i * 7);
        }

        Check(
            l,
            (l.Transaction(489.99m, "klantnr C1000", "Aalders Installatie", Account(9100)), "I0"),
            (l.Transaction(496.99m, "C1003", "BAKKER INSTALLATIE", null), "I1"),
            (l.Transaction(503.99m, "C1003", "Claassen Installatie", Account(9102)), "!"));
    }

    [Fact]
    public void Payers_whose_names_are_nearly_those_of_customers_who_all_owe_the_same()
    {
        var l = new SampleLedger();
        string[] first = ["Jan", "Maria", "Piet", "Anna", "Kees", "Els"];
        for (var i = 0; i < 120; i++)
        {
            l.Customer("L" + i, first[i % 6] + " " + s_names[i % 26] + (i >= 26 ? "sen" : "")).Invoice("I" + i, "L" + i, $"S{400 + i}", 35m);
        }

        l.Customer("D", "Maria Dijkstra").Invoice("D1", "D", "S900", 35m).Customer("B", "Björn Lindberg").Invoice("B1", "B", "S901", 35m).Invoice("B2", "B", "S902", 41.15m);

        Check(
            l,
            (l.Transaction(35m, "betaling", "Maria van Dijk", Account(9301)), "!"),
            (l.Transaction(35m, null, "Björn Lindberg Åkeri AB", Account(9302)), "!"),
            (l.Transaction(41.15m, null, "Björn Lindberg Åkeri AB", Account(9302)), "~B2"),
            (l.Transaction(35m, "schoolreis", "Dijkstra Maria", Account(9303)), "D1"));
    }

    [Fact]
    public void Short_numbers_of_another_document_of_the_payer_and_accounts_in_the_text()
    {
        var l = new SampleLedger();
        for (var i = 0; i < 26; i++)
        {
            l.Customer("L" + i, "Jan " + s_names[i], i % 2 == 0 ? Account(9500 + i) : null);
            l.Invoice("A" + i, "L" + i, $"S{400 + i}", 120m + i).Invoice("B" + i, "L" + i, $"S{600 + i}", 60.35m + i);
        }

        Check(
            l,
            (l.Transaction(60.35m, "factuur nr S400", "Jan Aalders", Account(9500)), "!"),
            (l.Transaction(61.35m, "S601", "Jan Bakker"), "B1"),
            (l.Transaction(62.35m, "betaling " + Account(9502), "Jan Claassen", Account(9502)), "B2"),
            (l.Transaction(64.35m, "rek. NL00 INGB 0000 0095 04 betaling", "Jan Evers", Account(9504)), "B4"),
            (l.Transaction(66.35m, "nota 9506", "Jan Gerrits", Account(9506)), "!"),
            (l.Transaction(63.35m, "uw rek. " + Account(9577), "Jan Dekker", Account(9503)), "!"));
    }

    [Fact]
    public void Payers_who_write_the_last_three_digits()
    {
        var l = new SampleLedger();
        for (var i = 0; i < 26; i++)
        {
            l.Customer("L" + i, s_names[i] + " Tegels", i % 2 == 0 ? Account(9700 + i) : null);
            l.Invoice("A" + i, "L" + i, $"RE-2602-{300 + i}", 408.95m + i).Invoice("B" + i, "L" + i, $"RE-2602-{600 + i}", 77.35m + i);
        }

        Check(
            l,
            (l.Transaction(408.95m, "RECHNUNG 300 17.02.2026", "Aalders Tegels", null), "A0"),
            (l.Transaction(409.95m, "factuur 301", "Bakker Tegels"), "A1"),
            (l.Transaction(79.35m, "nota 602", "Claassen Tegels", Account(9702)), "B2"),
            (l.Transaction(411.95m, "nota 603", "Dekker Tegels"), "!"),
            (l.Transaction(412.95m, "nota 604 en 777", "Evers Tegels"), "!"),
            (l.Transaction(413.95m, "97-305", "Faber Tegels"), "!"));
    }

    [Fact]
    public void Customers_own_numbers_that_are_by_chance_their_orders()
    {
        var l = new SampleLedger().Customer("A", "Aalders Bouw", Account(9901));
        l.Invoice("I1", "A", "00001074", 90m, "2026-01-20").Invoice("I2", "A", "00001020", 20m, "2026-01-05", more: x => x with { OrderNumber = "37143" });

        Check(l, (l.Transaction(83.11m, "kl.nr 37143 00001074", "Aalders Bouw", Account(9901)), "~I1"), (l.Transaction(20m, "order 37143", "Aalders Bouw", Account(9901)), "I2"));
    }

    [Fact]
    public void What_waits_for_a_person_says_why()
    {
        var l = new SampleLedger().Customer("A", "Bakkerij Jansen B.V.", Account(1)).Customer("B", "Bouwbedrijf De Vries").Customer("C", "Maria Dijkstra");
        l.Invoice("I1", "A", "2026-00123", 242.50m).Invoice("I2", "B", "2026-00104", 1500m).Invoice("I3", "B", "2026-00194", 1800m).Invoice("I4", "C", "2026-00160", 35m).Invoice("I5", "A", "2026-00161", 77.10m);
        l.Invoice("I6", "B", "2026-00105", 1500m, more: x => x with { Disputed = l.Amount(1500m) });
        var matcher = new PaymentMatcher(l.Snapshot);

        Assert.Contains("a person should look: salaris februari", Why(l.Transaction(242.50m, "salaris februari", "Bakkerij Jansen", Account(1))));
        Assert.Contains("a person should look: 10.00 EUR", Why(l.Transaction(1490m, "2026-00104", "Bouwbedrijf De Vries")));
        Assert.Contains("2026-00194, open too, is the number but for one error", Why(l.Transaction(700m, "2026-00104", "Bouwbedrijf De Vries")));
        Assert.Contains("a person should look: Maria Dijkstra", Why(l.Transaction(35m, "voor Dijkstra", "Bakkerij Jansen", Account(1)), "I7"));
        Assert.Contains("the text has numbers that are not the answer's: 1", Why(l.Transaction(77.10m, "uw nota 777", "Bakkerij Jansen", null)));
        Assert.Contains("2026-00105 is disputed", Why(l.Transaction(1500m, "2026-00105", "Bouwbedrijf De Vries")));

        string[] Why(BankTransaction transaction, string? also = null)
        {
            var ledger = also is null ? matcher : new PaymentMatcher(l.Invoice(also, "A", "2026-00999", 35m).Snapshot);
            var result = ledger.Match(transaction);
            Assert.Equal(MatchDecision.Suggested, result.Decision);
            return [.. result.Explanation.Select(e => e.Text)];
        }
    }
}
