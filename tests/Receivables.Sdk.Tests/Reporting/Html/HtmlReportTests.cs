using System.Text.RegularExpressions;
using System.Xml.Linq;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Receivables.Sdk.Aging;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Reporting;
using Receivables.Sdk.Reporting.Html;
using Receivables.Sdk.TestKit;
using Receivables.Sdk.TestKit.Aging;
using Xunit;

namespace Receivables.Sdk.Tests.Reporting.Html;

public class HtmlReportTests
{
    private static readonly Gen<string> Hostile = Gen.Elements(
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)", "</title></style></svg><script>", "&lt;b&gt;", "a\u202Egnp.exe", "\0\u0001\u009F", "]]>", "<!--", "\uD800 lone", "${x}{{y}}", "=HYPERLINK(\"x\")", "Jansen & Zn");

    // The page is well-formed once the void elements of HTML are closed, so an XML parser can say what is markup and what is text.
    private static XElement Parse(string html) => XElement.Parse(Regex.Replace(html["<!DOCTYPE html>".Length..], "<meta ([^>]*)>", "<meta $1/>"));

    private static ReportContent Content(OpenBook book, string name) => new()
    {
        Title = name,
        Language = name,
        Aging = new AgingEngine().Age(book.AsOf, book.Items, book.Customers),
        Names = book.Customers.ToDictionary(c => c.Id.Value, _ => name),
        Trend = TrendPoint.Of([new AgingEngine().Age(book.AsOf.PlusDays(-30), book.Items), new AgingEngine().Age(book.AsOf, book.Items)]),
        Forecast = new ForecastEngine().Forecast(new LedgerSnapshot { AsOf = book.AsOf, OpenItems = book.Items }),
    };

    [Fact]
    public void Hostile_names_stay_text() => Law.ForAll(
        from book in OpenItemGenerators.Books
        from name in Hostile
        from id in Hostile
        select (Book: book with { Items = [.. book.Items, Extra(book.AsOf, id)] }, name),
        x =>
        {
            var page = Parse(HtmlReport.Create(Content(x.Book, x.name)));
            string[] known = ["html", "head", "meta", "title", "style", "body", "header", "h1", "h2", "h3", "p", "time", "main", "section", "dl", "div", "dt", "dd", "small", "data", "ul", "li", "i", "table", "thead", "tbody", "tfoot", "tr", "th", "td", "strong", "svg", "rect", "text", "line", "polygon", "polyline", "figure", "figcaption"];
            Assert.Empty(page.DescendantsAndSelf().Select(e => e.Name.LocalName).Except(known));
            Assert.DoesNotContain(page.DescendantsAndSelf().Attributes(), a => a.Name.LocalName.StartsWith("on", StringComparison.Ordinal) || a.Value.Contains("javascript:", StringComparison.Ordinal) || a.Name.LocalName is "src" or "href");
        });

    [Fact]
    public void The_figures_are_the_reports() => Law.ForAll(OpenItemGenerators.Books, book =>
    {
        var content = Content(book, "Report");
        var page = Parse(HtmlReport.Create(content));
        var sections = page.Descendants("section").ToList();
        Assert.Equal(content.Aging.Totals.Select(t => t.Currency.Code), sections.Select(s => s.Element("h2")!.Value));
        foreach (var (section, total) in sections.Zip(content.Aging.Totals))
        {
            string[] Expected(AgingRow row) => [.. row.Cells.Select(c => c.Amount.ToAmountString()), row.Total.ToAmountString()];
            string[] Shown(XElement row) => [.. row.Descendants("data").Select(d => d.Attribute("value")!.Value)];
            var table = section.Elements("table").First(t => t.Attribute("class")!.Value == "aging");
            Assert.Equal(Expected(total), Shown(table.Element("tfoot")!.Element("tr")!));
            var rows = table.Element("tbody")!.Elements("tr").Select(Shown).Select(s => string.Join(' ', s)).Order().ToList();
            Assert.Equal(content.Aging.Rows.Where(r => r.Currency == total.Currency).Select(r => string.Join(' ', Expected(r))).Order(), rows);
            Assert.Equal([total.Total, total.Overdue, total.Unapplied, total.Disputed], section.Element("dl")!.Descendants("data").Select(d => Money.Parse(d.Attribute("value")!.Value + " " + total.Currency)));

            // What people read is the value, grouped.
            Assert.All(section.Descendants("data"), d => Assert.Equal(d.Attribute("value")!.Value, d.Value.Replace("\u202F", "").Replace('\u2212', '-')));

            var forecast = section.Elements("table").FirstOrDefault(t => t.Attribute("class")!.Value == "forecast");
            var own = content.Forecast!.Currencies.FirstOrDefault(c => c.Currency == total.Currency);
            Assert.Equal(own is null, forecast is null);
            if (own is not null)
            {
                var shown = forecast!.Element("tbody")!.Elements("tr").Select(r => string.Join(' ', Shown(r)));
                var periods = Enumerable.Range(0, content.Forecast.Periods.Length).Select(p => string.Join(' ', own.Lines.Select(l => l.Amounts[p].ToAmountString())));
                Assert.Equal(periods.Append(string.Join(' ', own.Lines.Select(l => l.Tail.ToAmountString()))), shown);
            }
        }
    }, cases: 50);

    [Fact]
    public void Bars_are_as_long_as_their_amounts()
    {
        OpenItem Item(string id, decimal amount, int age) => Extra(new LocalDate(2026, 3, 31), id) with { Id = new(id), Due = new LocalDate(2026, 3, 31).PlusDays(-age), Amount = new(amount, Currency.EUR), Open = new(amount, Currency.EUR) };
        var page = Parse(HtmlReport.Create(new ReportContent { Aging = new AgingEngine().Age(new LocalDate(2026, 3, 31), [Item("A", 50m, 0) with { Customer = new("A") }, Item("B", 150m, 10) with { Customer = new("A") }, Item("C", 100m, 99) with { Customer = new("C") }]) }));
        Assert.Equal(["s4 0 50", "s0 0 25", "s1 25 75"], page.Descendants("rect").Select(r => $"{r.Attribute("class")!.Value} {r.Attribute("x")!.Value} {r.Attribute("width")!.Value}").OrderByDescending(r => r[..2] == "s4"));
    }

    [Fact]
    public void Many_rows_are_added_up_in_one_line()
    {
        var items = Enumerable.Range(0, 10).Select(i => Extra(new LocalDate(2026, 3, 31), "C" + i) with { Id = new("I" + i) }).ToList();
        var page = Parse(HtmlReport.Create(new ReportContent { Aging = new AgingEngine().Age(new LocalDate(2026, 3, 31), items), MaximumRows = 4 }));
        var last = page.Descendants("tbody").First().Elements("tr").Last();
        Assert.Equal("6 others", last.Element("th")!.Value);
        Assert.Equal("6.00", last.Descendants("data").Last().Attribute("value")!.Value);
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+31", "'+31")]
    [InlineData("-5", "'-5")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("  =1", "'  =1")]
    [InlineData("\t=1", "\"'\t=1\"")]
    [InlineData("\uFF1D1", "'\uFF1D1")]
    [InlineData("a,\"b\"", "\"a,\"\"b\"\"\"")]
    [InlineData("a\nb", "\"a\nb\"")]
    [InlineData("Jansen", "Jansen")]
    public void A_field_is_never_a_formula(string text, string field) => Assert.Equal(field, CsvReport.Text(text));

    [Fact]
    public void Csv_has_the_rows_totals_and_items_and_leaves_amounts_alone()
    {
        var item = Extra(new LocalDate(2026, 3, 31), "=C1");
        var report = new AgingEngine().Age(new LocalDate(2026, 3, 31), [item, item with { Id = new("N"), Kind = DocumentKind.CreditNote, Open = Money.Parse("0.25 EUR") }]);
        using var aging = new StringWriter();
        CsvReport.WriteAging(aging, report);
        Assert.Equal(
            "customer,currency,not due,1-30,31-60,61-90,91+,unapplied,total,disputed\r\n'=C1,EUR,1.00,0.00,0.00,0.00,0.00,-0.25,0.75,0.00\r\n*,EUR,1.00,0.00,0.00,0.00,0.00,-0.25,0.75,0.00\r\n",
            aging.ToString());
        using var items = new StringWriter();
        CsvReport.WriteItems(items, report);
        Assert.Contains("'=C1,EUR,unapplied,N,1,,2026-03-01,-0.25\r\n", items.ToString());
    }

    private static OpenItem Extra(LocalDate asOf, string customer) => new()
    {
        Id = new("X"),
        Kind = DocumentKind.Invoice,
        Customer = new CustomerId(customer),
        Issued = new LocalDate(2026, 3, 1),
        Due = asOf,
        Amount = Money.Parse("1.00 EUR"),
        Open = Money.Parse("1.00 EUR"),
    };
}
