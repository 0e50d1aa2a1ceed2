using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Receivables.Sdk.TestKit;
using Xunit;
using static Receivables.Sdk.Tests.Statements.Mt.MtSample;

namespace Receivables.Sdk.Tests.Statements.Mt;

/// <summary>Parties and dates come again, and are then found by their bytes: what differs in one part alone is another one.</summary>
public class MtRepeatedPartsTests
{
    private static readonly string[] Accounts = ["NL91ABNA0417164300", "NL20INGB0001234567"];
    private static readonly string[] Banks = ["ABNANL2A", "INGBNL2A"];
    private static readonly string[] Names = ["Bakkerij Jansen", "Bakkerij Jansens", "Installatiebedrijf de Vries", "Installatiebedrijf de Vries en Zonen"];
    private static readonly string[] Values = ["260105", "260106", "251231", "250105"];
    private static readonly string[] Entries = ["0105", "0106", "1231"];

    [Fact]
    public void Each_entry_has_its_own_party_and_dates() => Law.ForAll(
        from isGerman in Gen.Elements(true, false)
        from entries in (
            from account in Gen.Choose(0, 1)
            from bank in Gen.Choose(0, 1)
            from name in Gen.Choose(0, 3)
            from value in Gen.Choose(0, 3)
            from entry in Gen.Choose(0, 2)
            select (account, bank, name, value, entry)).ArrayOf(40)
        select (isGerman, entries),
        x =>
        {
            var text = new StringBuilder(":20:X\n:25:123\n:28C:1/1\n:60F:C260101EUR0,00\n");
            foreach (var e in x.entries)
            {
                text.Append(CultureInfo.InvariantCulture, $":61:{Values[e.value]}{Entries[e.entry]}C1,00NTRFNONREF\n:86:{(x.isGerman ? German(e.account, e.bank, e.name) : Dutch(e.account, e.bank, e.name))}\n");
            }

            text.Append(CultureInfo.InvariantCulture, $":62F:C260131EUR{x.entries.Length},00\n-\n");
            var read = Read(text.ToString()).Single().Transactions;
            Assert.Equal(
                x.entries.Select(e => (Accounts[e.account], Banks[e.bank], Names[e.name], Values[e.value], Nearest(Values[e.value], Entries[e.entry]))),
                read.Select(t => (t.Counterparty!.Iban!.Value.Value, t.Counterparty.Bic!, t.Counterparty.Name!, Six(t.ValueDate!.Value), t.BookingDate!.Value)));
        });

    private static string Dutch(int account, int bank, int name) => $"/EREF/E1//CNTP/{Accounts[account]}/{Banks[bank]}/{Names[name]}///REMI/USTD//Factuur 1/";

    private static string German(int account, int bank, int name)
    {
        var second = Names[name].Length > 27 ? $"?33{Names[name][27..]}" : "";
        return $"166?00GUTSCHRIFT?20SVWZ+Rechnung 1?30{Banks[bank]}?31{Accounts[account]}?32{Names[name][..Math.Min(27, Names[name].Length)]}{second}?34000";
    }

    private static string Six(LocalDate date) => date.ToString("yyMMdd", CultureInfo.InvariantCulture);

    // The entry date in the year that brings it nearest to the value date.
    private static LocalDate Nearest(string value, string entry)
    {
        var near = new LocalDate(2000 + int.Parse(value[..2], CultureInfo.InvariantCulture), int.Parse(value[2..4], CultureInfo.InvariantCulture), int.Parse(value[4..], CultureInfo.InvariantCulture));
        var (month, day) = (int.Parse(entry[..2], CultureInfo.InvariantCulture), int.Parse(entry[2..], CultureInfo.InvariantCulture));
        return new[] { -1, 0, 1 }.Select(y => new LocalDate(near.Year + y, month, day)).MinBy(d => Math.Abs(Period.DaysBetween(near, d)));
    }
}
