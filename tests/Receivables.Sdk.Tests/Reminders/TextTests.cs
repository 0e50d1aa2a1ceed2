using System.Collections.Frozen;
using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Reminders;
using Receivables.Sdk.TestKit;
using Receivables.Sdk.TestKit.Reminders;
using Xunit;

namespace Receivables.Sdk.Tests.Reminders;

public class TextTests
{
    private static readonly string[] Languages = ["nl", "fr", "de", "en", "es", "zh"];

    private static ReminderAction Action(string language = "nl", decimal open = 1234.5m) => new()
    {
        Id = new ActionId("a"),
        On = new LocalDate(2026, 3, 2),
        Customer = new CustomerId("C"),
        Level = 1,
        Kind = ReminderKind.Reminder,
        Channel = "email",
        Language = language,
        Template = "friendly",
        Lines = [new ReminderLine(new DocumentId("I1"), 1, new CustomerId("C"), "2026-1", new LocalDate(2026, 2, 9), new Money(open, Currency.EUR), 21, 1, 1, new Money(0m, Currency.EUR))],
        Amount = new Money(open, Currency.EUR),
        Fees = new Money(0m, Currency.EUR),
        Interest = new Money(0m, Currency.EUR),
        OpenCredits = new Money(0m, Currency.EUR),
        AnnouncedCosts = new Money(40m, Currency.EUR),
        Reasons = [],
    };

    private static ReminderMessage Message(ReminderAction action, string name = "Bakkerij Jansen") => new() { Action = action, CustomerName = name, SellerName = "Voorbeeld B.V." };

    private static RenderedMessage Render(ReminderText text, ReminderMessage message, TextMedium medium = TextMedium.Plain) =>
        Assert.IsType<RenderResult.Rendered>(new PlaceholderRenderer(medium).Render(text, message)).Message;

    [Fact]
    public void Every_default_text_can_be_written_in_every_language()
    {
        foreach (var kind in Enum.GetValues<ReminderKind>())
        {
            foreach (var language in Languages)
            {
                var chosen = ReminderTexts.BuiltIn.Select(new TextRequest("no such template", language, kind));
                Assert.True(chosen.IsLanguage && !chosen.IsTemplate);
                Assert.NotEqual("", Render(chosen.Entry.Text, Message(Action(language))).Body);
            }
        }

        Assert.Equal(9 * 6, ReminderTexts.BuiltIn.Entries.Count);
    }

    // A list, and behind it another one: not one list of pairs.
    [Fact]
    public void Two_repeated_parts_are_two_also_where_nothing_stands_between_them()
    {
        var action = Action();
        action = action with { Lines = [action.Lines[0], action.Lines[0] with { Number = "2026-2" }] };
        Assert.Equal("2026-1;2026-2;I1 I1 ", Render(new ReminderText("s", "{items}{number};{/items}{items}{invoice} {/items}"), Message(action)).Body);
    }

    [Fact]
    public void The_text_that_states_most_is_taken_and_the_language_comes_first()
    {
        var text = new ReminderText("", "x");
        var texts = ReminderTexts.BuiltIn.With(
        [
            new TextEntry("friendly", "nl", text) { Profile = "strategic" },
            new TextEntry("friendly", "nl", text) { Channel = "sms", Country = "BE", Party = PartyKind.Consumer, Level = 1 },
            new TextEntry("friendly", "fr-CA", text),
            new TextEntry("own", "pl", text),
        ]);
        var request = new TextRequest("friendly", "nl-BE", ReminderKind.Reminder) { Profile = "strategic", Channel = "sms", Country = "BE", Party = PartyKind.Consumer, Level = 1 };
        Assert.Equal("strategic", texts.Select(request).Entry.Profile);
        Assert.Equal("sms", texts.Select(request with { Profile = null }).Entry.Channel);
        Assert.Null(texts.Select(request with { Profile = null, Level = 2 }).Entry.Channel);
        Assert.Equal("fr-CA", texts.Select(request with { Language = "fr-CA" }).Entry.Language);
        Assert.Equal("fr", texts.Select(request with { Language = "fr-FR" }).Entry.Language);
        Assert.Equal("en", texts.Select(request with { Language = "fi" }).Entry.Language);
        Assert.False(texts.Select(new TextRequest("own", "fi", ReminderKind.FormalNotice)).IsTemplate);
        Assert.True(texts.Select(new TextRequest("own", "fi", ReminderKind.FormalNotice), "pl").IsTemplate);
    }

    [Theory]
    [InlineData("nl", "1.234,50\u00A0EUR", "02-03-2026")]
    [InlineData("de-AT", "1.234,50\u00A0EUR", "02.03.2026")]
    [InlineData("de-CH", "1’234.50\u00A0EUR", "02.03.2026")]
    [InlineData("fr", "1\u202F234,50\u00A0EUR", "02/03/2026")]
    [InlineData("en", "1,234.50\u00A0EUR", "2 March 2026")]
    [InlineData("en-US", "1,234.50\u00A0EUR", "March 2, 2026")]
    [InlineData("zh-Hans", "1,234.50\u00A0EUR", "2026年3月2日")]
    [InlineData("fi", "1234.50\u00A0EUR", "2026-03-02")]
    public void Numbers_and_dates_are_those_of_the_language(string language, string amount, string date) =>
        Assert.Equal(amount + "|" + date, Render(new ReminderText("", "{total}|{date}"), Message(Action(language))).Body);

    [Fact]
    public void Amounts_written_are_those_of_the_action() => Law.ForAll(
        from minor in Gen.Choose(1, int.MaxValue) from language in Gen.Elements(Languages) select (minor, language),
        x =>
        {
            var action = Action(x.language, x.minor / 100m);
            var written = Render(new ReminderText("", "{items}{open}{/items}"), Message(action)).Body;
            Assert.Equal(x.minor, long.Parse(new string([.. written.Where(char.IsAsciiDigit)]), CultureInfo.InvariantCulture));
        });

    [Fact]
    public void A_name_never_becomes_markup_or_a_header()
    {
        var text = new ReminderText("To {customer}", "<p>{customer}</p>");
        var html = Render(text, Message(Action(), "<script>\r\nBcc: x"), TextMedium.Html);
        Assert.Equal(("To <script>  Bcc: x", "<p>&lt;script&gt;  Bcc: x</p>"), (html.Subject, html.Body));
    }

    [Fact]
    public void Words_without_a_tag_keep_their_lines_in_html()
    {
        Assert.Equal("Dear A &amp; B,<br>\n<br>\n2026-1: 5 &lt; 6<br>\nTom &amp; Co", Render(new ReminderText("", "Dear {customer},\n\n{items}\n{number}: {x.y}\n{/items}\nTom & Co"),
            Message(Action(), "A & B") with { Values = new Dictionary<string, string> { ["x.y"] = "5 < 6" }.ToFrozenDictionary() }, TextMedium.Html).Body);
        foreach (var entry in ReminderTexts.BuiltIn.Entries)
        {
            var message = Message(Action(entry.Language)) with { SellerNumber = "0123.456.789", Descriptions = new Dictionary<DocumentId, string> { [new DocumentId("I1")] = "bread" }.ToFrozenDictionary() };
            var (plain, html) = (Render(entry.Text, message).Body, Render(entry.Text, message, TextMedium.Html).Body);
            Assert.Equal(plain, System.Net.WebUtility.HtmlDecode(html.Replace("<br>", "", StringComparison.Ordinal)));
            Assert.Equal(plain.Count(c => c == '\n'), html.Split("<br>\n").Length - 1);
        }
    }

    [Theory]
    [InlineData("{deadline}", "placeholderMissing")]
    [InlineData("{host.phone}", "placeholderMissing")]
    [InlineData("{nonsense}", "textFault")]
    [InlineData("{open}", "textFault")]
    [InlineData("{total", "textFault")]
    [InlineData("}", "textFault")]
    [InlineData("{items}x", "textFault")]
    [InlineData("{/items}", "textFault")]
    [InlineData("{items}{items}{/items}", "textFault")]
    public void A_text_with_a_hole_is_not_sent(string body, string code) =>
        Assert.Contains(Assert.IsType<RenderResult.Failed>(new PlaceholderRenderer().Render(new ReminderText("", body), Message(Action()))).Problems, p => p.Code == code);

    [Fact]
    public void A_plan_can_always_be_written() => Law.ForAll(ReminderWorlds.World, w =>
    {
        foreach (var action in w.Plan().Actions)
        {
            var chosen = ReminderTexts.BuiltIn.With(w.Policy).Select(TextRequest.Of(action, w.Snapshot.Customers.FirstOrDefault(c => c.Id == action.Customer)));
            Assert.IsType<RenderResult.Rendered>(new PlaceholderRenderer().Render(chosen.Entry.Text, Message(action)));
        }
    });

    [Fact]
    public void Braces_can_be_written() => Assert.Equal("{x}", Render(new ReminderText("", "{{x}}"), Message(Action())).Body);

    [Fact]
    public void The_details_tell_what_there_is_and_nothing_else()
    {
        var plain = Action() with { AnnouncedCosts = null };
        Assert.Equal("a\nb", Render(new ReminderText("", "a\n{details}b"), Message(plain)).Body);
        var euro = Currency.EUR;
        var full = plain with { Fees = new Money(5m, euro), Interest = new Money(1.25m, euro), OpenCredits = new Money(10m, euro), Deadline = new LocalDate(2026, 3, 16) };
        var message = Message(full) with { Account = "NL91 ABNA 0417 1643 00", Reference = "RF18 5390 0754 7034", PaymentLink = "https://pay.example.org/?a=1&b=2" };
        Assert.Equal(
            "\nHoofdsom: 1.234,50 EUR\nKosten: 5,00 EUR\nRente: 1,25 EUR\nTe betalen: 1.240,75 EUR\nNog te verrekenen tegoed: 10,00 EUR\nBetalen uiterlijk op: 16-03-2026\n"
            + "Rekening: NL91 ABNA 0417 1643 00\nKenmerk: RF18 5390 0754 7034\nOnline betalen: https://pay.example.org/?a=1&b=2\n",
            Render(new ReminderText("", "{details}"), message).Body.Replace('\u00A0', ' '));
        Assert.Contains("a=1&amp;b=2<br>", Render(new ReminderText("", "{details}"), message, TextMedium.Html).Body, StringComparison.Ordinal);
        foreach (var language in Languages)
        {
            Assert.Contains("NL91", Render(new ReminderText("", "{details}"), message with { Action = full with { Language = language } }).Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_letter_to_a_customer_tells_what_is_open_and_how_to_pay()
    {
        foreach (var entry in ReminderTexts.BuiltIn.Entries.Where(e => e.Template is "notice" or "friendly" or "firm" or "final" or "statutory"))
        {
            Assert.All(new[] { "{customer}", "{seller}", "{items}", "{number}", "{open}", "{due}", "{details}" }, n => Assert.Contains(n, entry.Text.Body, StringComparison.Ordinal));
            Assert.Contains(entry.Template == "statutory" ? "{amount}" : "{total}", entry.Text.Body, StringComparison.Ordinal);

            // One invoice or several, one day or many: no word depends on a number.
            Assert.DoesNotContain("{daysOverdue}", entry.Text.Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_statutory_notice_tells_what_its_law_asks_for()
    {
        foreach (var language in Languages)
        {
            // BW 6:96 lid 6: what is owed, fourteen days from the day after receipt (fifteen after delivery), the exact costs.
            var dutch = ReminderTexts.BuiltIn.Select(new TextRequest("statutory", language, ReminderKind.StatutoryNotice) { Country = "NL", Party = PartyKind.Consumer }).Entry;
            Assert.All(new[] { "{amount}", "{announcedCosts}", "15" }, n => Assert.Contains(n, dutch.Text.Body, StringComparison.Ordinal));

            // WER/CDE XIX.2: what is owed and the compensation, the creditor and its number, what it was for and since when due, the term; and no cost.
            var belgian = ReminderTexts.BuiltIn.Select(new TextRequest("statutory", language, ReminderKind.StatutoryNotice) { Country = "BE", Party = PartyKind.Consumer }).Entry;
            Assert.Equal("BE", belgian.Country);
            Assert.All(new[] { "{amount}", "{announcedCosts}", "{seller}", "{sellerNumber}", "{description}", "{due}" }, n => Assert.Contains(n, belgian.Text.Body, StringComparison.Ordinal));
            Assert.IsType<RenderResult.Failed>(new PlaceholderRenderer().Render(belgian.Text, Message(Action(language))));
        }

        // A deadline of the policy's own would only be a wrong one.
        var notice = Action() with { Kind = ReminderKind.StatutoryNotice, Deadline = new LocalDate(2026, 3, 9) };
        Assert.DoesNotContain("09-03-2026", Render(ReminderTexts.BuiltIn.Select(TextRequest.Of(notice with { Template = "statutory" }, null)).Entry.Text, Message(notice)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hosts_own_text_is_for_every_country_unless_it_says_otherwise()
    {
        var own = new ReminderText("", "own");
        var request = new TextRequest("statutory", "nl", ReminderKind.StatutoryNotice) { Country = "BE", Party = PartyKind.Consumer };
        Assert.Equal(own, ReminderTexts.BuiltIn.With([new TextEntry("statutory", "nl", own)]).Select(request).Entry.Text);
        Assert.Equal("BE", ReminderTexts.BuiltIn.With([new TextEntry("statutory", "nl", own) { Country = "NL" }]).Select(request).Entry.Country);
        Assert.Equal("BE", ReminderTexts.BuiltIn.With([new TextEntry("statutory", "fr", own)]).Select(request).Entry.Country);
    }
}
