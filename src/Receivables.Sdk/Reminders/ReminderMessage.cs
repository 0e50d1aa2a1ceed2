using System.Collections.Frozen;
using System.Globalization;
using System.Net;
using System.Text;

namespace Receivables.Sdk.Reminders;

/// <summary>What a text is written for: values in it are escaped accordingly.</summary>
public enum TextMedium
{
    /// <summary>Plain text: a mail, a letter, an SMS. Control characters in values become blanks.</summary>
    Plain,

    /// <summary>HTML: values are encoded, so that no name becomes markup.</summary>
    Html,
}

/// <summary>A document that a message refers to; the host attaches it.</summary>
/// <param name="Document">The document.</param>
/// <param name="Name">The file's name.</param>
public sealed record MessageAttachment(DocumentId Document, string Name);

/// <summary>An action with what a message about it needs.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed record ReminderMessage
{
    /// <summary>The action.</summary>
    public required ReminderAction Action { get; init; }

    /// <summary>The customer's name as it is written to; null takes the id.</summary>
    public string? CustomerName { get; init; }

    /// <summary>The seller's name.</summary>
    public required string SellerName { get; init; }

    /// <summary>The number under which the seller is registered, for letters that must show it.</summary>
    public string? SellerNumber { get; init; }

    /// <summary>The account to pay to, as it is printed.</summary>
    public string? Account { get; init; }

    /// <summary>What each document was for, in a few words, for letters that must say so.</summary>
    public FrozenDictionary<DocumentId, string> Descriptions { get; init; } = FrozenDictionary<DocumentId, string>.Empty;

    /// <summary>The payment reference.</summary>
    public string? Reference { get; init; }

    /// <summary>A link to pay.</summary>
    public string? PaymentLink { get; init; }

    /// <summary>The content of a payment QR code.</summary>
    public string? QrPayload { get; init; }

    /// <summary>Documents to attach.</summary>
    public IReadOnlyList<MessageAttachment> Attachments { get; init; } = [];

    /// <summary>The host's own values; their names have a full stop, <c>clerk.phone</c>.</summary>
    public FrozenDictionary<string, string> Values { get; init; } = FrozenDictionary<string, string>.Empty;
}

/// <summary>A message ready to be sent.</summary>
/// <param name="Subject">One line.</param>
/// <param name="Body">The body.</param>
/// <param name="Language">The language of the numbers and dates, BCP 47.</param>
/// <param name="Attachments">What to attach.</param>
public sealed record RenderedMessage(string Subject, string Body, string Language, IReadOnlyList<MessageAttachment> Attachments);

/// <summary>A message, or why there is none.</summary>
public abstract record RenderResult
{
    private RenderResult()
    {
    }

    /// <summary>It can be sent.</summary>
    /// <param name="Message">The message.</param>
    public sealed record Rendered(RenderedMessage Message) : RenderResult;

    /// <summary>It must not be sent.</summary>
    /// <param name="Problems">Everything that is wrong: <c>textFault</c> or <c>placeholderMissing</c>.</param>
    public sealed record Failed(IReadOnlyList<CodedReason> Problems) : RenderResult;
}

/// <summary>Makes a message of a text. A host plugs in its own template engine here.</summary>
public interface IReminderRenderer
{
    /// <summary>Writes the message, or says why it cannot be sent. Never a message with holes.</summary>
    /// <param name="text">The text.</param>
    /// <param name="message">What it is about.</param>
    RenderResult Render(ReminderText text, ReminderMessage message);
}

/// <summary>Replaces <c>{names}</c> by values, and repeats what stands between <c>{items}</c> and <c>{/items}</c> for each line of the action.</summary>
/// <remarks>
/// Strict: a name that does not exist or has no value is a problem before anything is sent. Amounts are those of the action, written as the
/// action's language does. <c>{details}</c> always has a value: a line for each of fees, interest, open credits, deadline, account, reference and
/// link that there is, with an empty line before it; nothing where there is none. <c>{{</c> and <c>}}</c> are braces. A body for HTML that has no tag in
/// it, as those that come with the library, is words: they are encoded and keep their lines. Thread-safe.
/// </remarks>
/// <param name="medium">What the texts are written for.</param>
public sealed class PlaceholderRenderer(TextMedium medium = TextMedium.Plain) : IReminderRenderer
{
    /// <inheritdoc/>
    public RenderResult Render(ReminderText text, ReminderMessage message)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(message);
        List<string> faults = [], missing = [];
        var (subject, body) = (PlaceholderTemplate.Read(text.Subject, faults), PlaceholderTemplate.Read(text.Body, faults));
        if (medium == TextMedium.Html && !text.Body.Contains('<', StringComparison.Ordinal))
        {
            body = body.With(words => WebUtility.HtmlEncode(words).Replace("\n", Break, StringComparison.Ordinal));
        }

        var format = LanguageFormat.Of(message.Action.Language);
        var lines = message.Action.Lines.Select(l => (Func<string, string?>)(name => Value(message, l, name, format))).ToList();
        var written = new RenderedMessage(
            OneLine(subject.Write(n => Value(message, n, format), lines, missing)),
            body.Write(n => n == "details" ? Details(message, format) : Escaped(Value(message, n, format)), [.. lines.Select(l => (Func<string, string?>)(n => Escaped(l(n))))], missing),
            message.Action.Language,
            message.Attachments);
        return faults.Count + missing.Count == 0
            ? new RenderResult.Rendered(written)
            : new RenderResult.Failed(
            [
                .. faults.Select(f => new CodedReason("textFault", [], f)),
                .. missing.Select(m => new CodedReason("placeholderMissing", [new ReasonArgument("name", m)], $"There is no value for {{{m}}}.")),
            ]);
    }

    private static string? Value(ReminderMessage message, string name, in LanguageFormat format)
    {
        var action = message.Action;
        return name switch
        {
            "customer" => message.CustomerName ?? action.Customer.Value,
            "seller" => message.SellerName,
            "sellerNumber" => message.SellerNumber,
            "account" => message.Account,
            "amount" => format.Write(action.Amount),
            "fees" => format.Write(action.Fees),
            "interest" => format.Write(action.Interest),
            "total" => format.Write(action.Total),
            "credits" => format.Write(action.OpenCredits),
            "announcedCosts" => action.AnnouncedCosts is { } costs ? format.Write(costs) : null,
            "currency" => action.Amount.Currency.Code,
            "date" => format.Write(action.On),
            "deadline" => action.Deadline is { } deadline ? format.Write(deadline) : null,
            "level" => action.Level.ToString(CultureInfo.InvariantCulture),
            "count" => action.Lines.Count.ToString(CultureInfo.InvariantCulture),
            "reference" => message.Reference,
            "paymentLink" => message.PaymentLink,
            "qr" => message.QrPayload,
            _ => message.Values.GetValueOrDefault(name),
        };
    }

    private static string? Value(ReminderMessage message, ReminderLine line, string name, in LanguageFormat format) => name switch
    {
        "description" => message.Descriptions.GetValueOrDefault(line.Invoice),
        "number" => line.Number ?? line.Invoice.Value,
        "invoice" => line.Invoice.Value,
        "instalment" => line.Instalment.ToString(CultureInfo.InvariantCulture),
        "due" => format.Write(line.Due),
        "open" => format.Write(line.Open),
        "daysOverdue" => line.DaysOverdue.ToString(CultureInfo.InvariantCulture),
        "itemInterest" => format.Write(line.Interest),
        _ => null,
    };

    // What a customer needs to pay, as far as it is known. The term of a statutory notice is the law's: a date beside it could only be a wrong one.
    private string Details(ReminderMessage message, in LanguageFormat format)
    {
        var (action, labels) = (message.Action, MessageLabels.Of(message.Action.Language));
        var isMore = action.Fees.IsPositive || action.Interest.IsPositive;
        var text = new StringBuilder();
        foreach (var (label, value) in new[]
        {
            (labels.Amount, isMore ? format.Write(action.Amount) : null),
            (labels.Fees, action.Fees.IsPositive ? format.Write(action.Fees) : null),
            (labels.Interest, action.Interest.IsPositive ? format.Write(action.Interest) : null),
            (labels.Total, isMore ? format.Write(action.Total) : null),
            (labels.Credits, action.OpenCredits.IsPositive ? format.Write(action.OpenCredits) : null),
            (labels.Deadline, action is { Deadline: { } deadline, Kind: not ReminderKind.StatutoryNotice } ? format.Write(deadline) : null),
            (labels.Account, message.Account),
            (labels.Reference, message.Reference),
            (labels.PaymentLink, message.PaymentLink),
        })
        {
            if (!string.IsNullOrWhiteSpace(value))
            {
                text.Append(text.Length == 0 ? Break : "").Append(labels.Write(label, Escaped(value)!)).Append(Break);
            }
        }

        return text.ToString();
    }

    private string Break => medium == TextMedium.Html ? "<br>\n" : "\n";

    private string? Escaped(string? value) => value is null ? null : medium == TextMedium.Html ? WebUtility.HtmlEncode(OneLine(value)) : OneLine(value);

    // A line break in a name could add a header to a mail.
    private static string OneLine(string value)
    {
        var text = new StringBuilder(value);
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsControl(text[i]) || text[i] is '\u2028' or '\u2029')
            {
                text[i] = ' ';
            }
        }

        return text.ToString();
    }
}
