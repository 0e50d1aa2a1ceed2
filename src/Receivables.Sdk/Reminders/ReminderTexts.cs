using System.Collections.Immutable;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Reminders;

/// <summary>A text and for whom it is. What is null does not matter.</summary>
/// <param name="Template">The name that levels use.</param>
/// <param name="Language">BCP 47.</param>
/// <param name="Text">Subject and body.</param>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed record TextEntry(string Template, string Language, ReminderText Text)
{
    /// <summary>For customers of a profile.</summary>
    public string? Profile { get; init; }

    /// <summary>For a channel.</summary>
    public string? Channel { get; init; }

    /// <summary>For customers of a country.</summary>
    public string? Country { get; init; }

    /// <summary>For businesses or consumers.</summary>
    public PartyKind? Party { get; init; }

    /// <summary>For a level.</summary>
    public int? Level { get; init; }

    /// <summary>Whether it came with the library.</summary>
    internal bool IsBuiltIn { get; init; }

    // Of the library's own texts some are for one country; a host's text for all countries is meant for that one, too.
    internal bool Replaces(TextEntry other) =>
        (this with { Text = other.Text, IsBuiltIn = other.IsBuiltIn }) == other || (other.IsBuiltIn && (this with { Text = other.Text, IsBuiltIn = true, Country = other.Country }) == other && Country is null);
}

/// <summary>For whom a text is looked for.</summary>
/// <param name="Template">The name of the text.</param>
/// <param name="Language">The customer's language, BCP 47.</param>
/// <param name="Kind">The kind of the action, whose usual text is the last resort.</param>
public sealed record TextRequest(string Template, string Language, ReminderKind Kind)
{
    /// <summary>The customer's profile.</summary>
    public string? Profile { get; init; }

    /// <summary>The channel.</summary>
    public string? Channel { get; init; }

    /// <summary>The customer's country.</summary>
    public string? Country { get; init; }

    /// <summary>What the customer is.</summary>
    public PartyKind Party { get; init; }

    /// <summary>The level.</summary>
    public int Level { get; init; }

    /// <summary>The request of an action.</summary>
    /// <param name="action">The action.</param>
    /// <param name="customer">The customer; null when nothing but the id is known, and then a text for one country or kind of party is not found.</param>
    public static TextRequest Of(ReminderAction action, Customer? customer)
    {
        ArgumentNullException.ThrowIfNull(action);
        return new TextRequest(action.Template, action.Language, action.Kind)
        {
            Profile = customer?.Profile,
            Channel = action.Channel,
            Country = customer?.Country,
            Party = customer?.Kind ?? PartyKind.Unknown,
            Level = action.Level,
        };
    }
}

/// <summary>The text that was found.</summary>
/// <param name="Entry">The text.</param>
/// <param name="IsTemplate">Whether it is of the template asked for, and not the usual one of the kind.</param>
/// <param name="IsLanguage">Whether it is in the customer's language, regions aside.</param>
public sealed record ChosenText(TextEntry Entry, bool IsTemplate, bool IsLanguage);

/// <summary>Texts by template, language, profile, channel, country, kind of party and level, with an answer to every question.</summary>
/// <remarks>
/// A text must fit in everything it states. First the language decides (the customer's own, without its region, the fallback, English), then
/// the text that states most: profile before channel before country before kind of party before level. Where the template has no text at
/// all, the usual one of the kind is taken. Immutable and safe to share between threads.
/// </remarks>
public sealed class ReminderTexts
{
    private readonly ImmutableArray<TextEntry> _entries;

    private ReminderTexts(ImmutableArray<TextEntry> entries) => _entries = entries;

    /// <summary>The texts that come with the library: eight templates in Dutch, French, German, English, Spanish and Chinese.</summary>
    public static ReminderTexts BuiltIn { get; } = LoadBuiltIn();

    /// <summary>The texts.</summary>
    public IReadOnlyList<TextEntry> Entries => _entries;

    /// <summary>
    /// The same texts with others before them: one that states the same takes the place of the old one, and one for every country that of those that came
    /// with the library for a single country.
    /// </summary>
    /// <param name="entries">The others.</param>
    public ReminderTexts With(IEnumerable<TextEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var added = entries.ToImmutableArray();
        return new ReminderTexts([.. added, .. _entries.Where(e => !added.Any(a => a.Replaces(e)))]);
    }

    /// <summary>The same texts with a policy's own.</summary>
    /// <param name="policy">The policy.</param>
    public ReminderTexts With(ReminderPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return With(policy.Texts.OrderBy(t => t.Key, StringComparer.Ordinal).SelectMany(t => t.Value.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => new TextEntry(t.Key, l.Key, l.Value))));
    }

    /// <summary>Whether a template has a text in a language, regions aside.</summary>
    /// <param name="template">The template.</param>
    /// <param name="language">The language.</param>
    public bool Has(string template, string language) => Chain(language).Any(l => _entries.Any(e => e.Template == template && e.Language == l));

    /// <summary>The text for a request. There always is one.</summary>
    /// <param name="request">For whom.</param>
    /// <param name="fallbackLanguage">The language where the customer's has none. Default: English.</param>
    public ChosenText Select(TextRequest request, string fallbackLanguage = "en")
    {
        ArgumentNullException.ThrowIfNull(request);
        var own = Chain(request.Language).ToList();
        foreach (var template in new[] { request.Template, ReminderWords.DefaultTemplate(request.Kind) })
        {
            foreach (var language in own.Concat(Chain(fallbackLanguage)).Append("en"))
            {
                if (Best(template, language, request) is { } entry)
                {
                    return new ChosenText(entry, template == request.Template, own.Contains(language));
                }
            }
        }

        throw new InvalidOperationException("The built-in texts are missing.");
    }

    private TextEntry? Best(string template, string language, TextRequest request)
    {
        TextEntry? best = null;
        var most = -1;
        foreach (var entry in _entries)
        {
            if (entry.Template != template || entry.Language != language
                || (entry.Profile is not null && entry.Profile != request.Profile)
                || (entry.Channel is not null && entry.Channel != request.Channel)
                || (entry.Country is not null && entry.Country != request.Country)
                || (entry.Party is not null && entry.Party != request.Party)
                || (entry.Level is not null && entry.Level != request.Level))
            {
                continue;
            }

            var states = (entry.Profile is null ? 0 : 16) + (entry.Channel is null ? 0 : 8) + (entry.Country is null ? 0 : 4) + (entry.Party is null ? 0 : 2) + (entry.Level is null ? 0 : 1);
            if (states > most)
            {
                (best, most) = (entry, states);
            }
        }

        return best;
    }

    // fr-CA, then fr.
    private static IEnumerable<string> Chain(string language)
    {
        for (var tag = language; tag.Length > 0; tag = tag[..Math.Max(0, tag.LastIndexOf('-'))])
        {
            yield return tag;
        }
    }

    private static ReminderTexts LoadBuiltIn()
    {
        var entries = ImmutableArray.CreateBuilder<TextEntry>();
        foreach (var file in TextFile.BuiltIn)
        {
            entries.AddRange(file.Texts.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => new TextEntry(t.Key, file.Language, t.Value) { IsBuiltIn = true }));
            entries.AddRange(file.Variants.Select(v => new TextEntry(v.Template, file.Language, new ReminderText(v.Subject, v.Body)) { Country = v.Country, IsBuiltIn = true }));
        }

        return new ReminderTexts(entries.ToImmutable());
    }
}
