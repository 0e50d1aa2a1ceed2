using System.Collections.Frozen;

namespace Receivables.Sdk.Matching.Similarity;

/// <summary>A legal form as a name has it.</summary>
/// <param name="Group">The group of forms that payers mix up, abbreviate or translate into each other, such as LLC.</param>
/// <param name="Words">How many words it is written with.</param>
internal readonly record struct LegalForm(string Group, int Words);

/// <summary>Words of names that tell little about who it is: legal forms, particles, and words that very many names have.</summary>
/// <remarks>In the form that <see cref="CharacterFolding.FoldName"/> gives. The legal forms are <c>Data/legal-forms.csv</c>, which says where they are from.</remarks>
internal static class LegalForms
{
    private const string Resource = "Receivables.Sdk.Matching.Similarity.Data.legal-forms.csv";

    // A form written out that is misspelt is one still.
    private const int LeastMisspelt = 12;

    // No form has more words.
    private const int MostWords = 6;

    // No form is as long as this.
    private const int Longest = 256;

    // What a form written out in several words has besides the forms of one word, for readers that go word by word.
    private const string PartsOfForms =
        "HAFTUNGSBESCHRANKT GESELLSCHAFT SCOOP SDN SOCIETE ANONYME SOCIEDAD ANONIMA SPOL SP OBSHESTVO OGRANICHENNOY OTVETSTVENNOSTYU PUBLIC PRIVATE AD JSC GESMBH SCE EEIG";

    private const string Particles =
        "MR MRS MS DR HR HERR FRAU DHR MEVR MW FAM FAMILIE THE DE DER DIE DAS DEN HET EEN LE LA LES UND AND EN ET E Y I OG OCH VAN VON OF FOR TO THROUGH DBA TA";

    private static readonly FrozenDictionary<string, LegalForm> s_spellings = Load();

    // The same by their first letter, then by how many words they are written with, in one order.
    private static readonly FrozenDictionary<char, List<KeyValuePair<string, LegalForm>>?[]> s_byStart =
        s_spellings.GroupBy(s => s.Key[0]).ToFrozenDictionary(g => g.Key, g => Enumerable.Range(0, MostWords + 1).Select(n => g.Where(s => s.Value.Words == n).ToList() is { Count: > 0 } forms ? forms : null).ToArray());

    private static readonly FrozenSet<string> s_particles = Particles.Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> s_forms = s_spellings.Keys.Where(k => !k.Contains(' ', StringComparison.Ordinal))
        .Concat(PartsOfForms.Split(' ')).Concat(s_particles).ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> s_common = (
        "GROUP GROUPE GRUPPE GRUPPO GRUPO GROEP HOLDING HOLDINGS INTERNATIONAL INTL GLOBAL EUROPE EUROPA NEDERLAND NETHERLANDS DEUTSCHLAND GERMANY FRANCE ITALIA ESPANA "
        + "UK USA SERVICE SERVICES SOLUTIONS SOLUTION SYSTEM SYSTEMS SYSTEME TECHNOLOGY TECHNOLOGIES TECHNOLOGIE TECHNIEK TECHNIK TECH INDUSTRIES INDUSTRIE INDUSTRY INDUSTRIAL "
        + "TRADING TRADE HANDEL HANDELS BEHER BEHEER VERWALTUNGS BETEILIGUNGS MANAGEMENT CONSULTING CONSULTANCY ADVIES BERATUNG SUPPLY SUPPLIES PRODUCTS PRODUCTEN PRODUKTE PARTS "
        + "MANUFACTURING MFG DISTRIBUTION LOGISTICS LOGISTIK TRANSPORT BAU BOUW BOW PARTNERS PARTNER ENTERPRISE ENTERPRISES ASSOCIATES CAPITAL INVESTMENTS FINANCE BANK "
        + "MARKETING MEDIA DESIGN STUDIO SHOP STORE WINKEL RETAIL WHOLESALE GROOTHANDEL FOOD FOODS MATERIALS NORTH SOUTH EAST WEST CENTRAL NATIONAL FIRST NEW "
        + "BAKKERIJ BACKEREI RESTAURANT HOTEL GARAGE AUTO PRAXIS KLINIEK VERENIGING CLUB SCHOL GEMENTE CITY STADT ACCOUNTS PAYABLE AP DEPT TREASURY PAYMENT PAYMENTS").Split(' ').ToFrozenSet(StringComparer.Ordinal);

    // Countries, regions and centres of trade, by which the firms of a group differ. Folded.
    private static readonly FrozenSet<string> s_places = (
        "SCHWEIZ SWITZERLAND SUISSE SVIZZERA AUSTRIA OSTERREICH DENMARK DANMARK NORGE NORWAY SWEDEN SVERIGE FINLAND SUOMI POLSKA POLAND CHINA INDIA JAPAN CANADA MEXICO BRAZIL BRASIL CHILE "
        + "ARGENTINA AUSTRALIA SINGAPORE HONGKONG HONG KONG ASIA AMERICA AMERICAS AFRICA EUROPEAN LONDON PARIS BELGIUM BELGIE BELGIQUE LUXEMBOURG IRELAND SCOTLAND SPAIN PORTUGAL ITALY RUSSIA "
        + "TURKEY TURKIYE ISRAEL KOREA TAIWAN THAILAND INDONESIA MALAYSIA VIETNAM").Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether the word is a legal form, a part of one, a title or a particle: never evidence by itself.</summary>
    internal static bool IsForm(ReadOnlySpan<char> word) => s_forms.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);

    /// <summary>Whether the word is a title or particle rather than a legal form.</summary>
    internal static bool IsParticle(ReadOnlySpan<char> word) => s_particles.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);

    /// <summary>Whether the word is the start of a legal form that is written out.</summary>
    internal static bool IsStartOfForm(ReadOnlySpan<char> word) =>
        "HAFTUNGSBESCHRANKT".AsSpan().StartsWith(word) || "GESELLSCHAFT".AsSpan().StartsWith(word) || "LIMITED".AsSpan().StartsWith(word)
        || "INCORPORATED".AsSpan().StartsWith(word) || "CORPORATION".AsSpan().StartsWith(word) || "COMPANY".AsSpan().StartsWith(word);

    /// <summary>Whether very many names have the word.</summary>
    internal static bool IsCommon(ReadOnlySpan<char> word) => s_common.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);

    /// <summary>Whether the word is a place by which the firms of a group differ.</summary>
    internal static bool IsPlace(ReadOnlySpan<char> word) => s_places.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);

    /// <summary>The longest legal form that starts at a word of a folded name; null for none.</summary>
    internal static LegalForm? At(ReadOnlySpan<string> words, int at)
    {
        if (!s_byStart.TryGetValue(words[at][0], out var byWords))
        {
            return null;
        }

        for (var n = Math.Min(MostWords, words.Length - at); n > 0; n--)
        {
            if (byWords[n] is not { } forms)
            {
                continue;
            }

            var length = n - 1;
            foreach (var word in words.Slice(at, n))
            {
                length += word.Length;
            }

            // Most words start no form: then nothing is put together.
            if (length <= Longest && HasLength(forms, length) && Match(forms, words.Slice(at, n), length) is { } form)
            {
                return form;
            }
        }

        return null;
    }

    /// <summary>The group of a name's legal form; empty where it has none, or several that differ.</summary>
    internal static string GroupOf(ReadOnlySpan<char> name)
    {
        const int MostLetters = 160;
        Span<char> buffer = stackalloc char[(MostLetters * 2) + 2];
        if (name.Length > MostLetters)
        {
            return "";
        }

        ReadOnlySpan<char> folded = buffer[..CharacterFolding.FoldName(name, buffer)];
        var spellings = s_spellings.GetAlternateLookup<ReadOnlySpan<char>>();
        var group = "";
        for (var at = 0; at < folded.Length;)
        {
            var (form, length) = Longest(spellings, folded[at..]);
            if (group.Length > 0 && form.Length > 0 && form != group)
            {
                return "";
            }

            group = form.Length > 0 ? form : group;
            at += length + 1;
        }

        return group;

        // The longest form that starts here with how long it is, or nothing and the first word.
        static (string Group, int Length) Longest(FrozenDictionary<string, LegalForm>.AlternateLookup<ReadOnlySpan<char>> spellings, ReadOnlySpan<char> rest)
        {
            var (group, length, first) = ("", 0, 0);
            for (int end = 0, words = 0; end < rest.Length && words < MostWords; words++)
            {
                var space = rest[end..].IndexOf(' ');
                end = space < 0 ? rest.Length : end + space;
                first = words == 0 ? end : first;
                if (spellings.TryGetValue(rest[..end], out var form))
                {
                    (group, length) = (form.Group, end);
                }

                end++;
            }

            return (group, length > 0 ? length : first);
        }
    }

    private static bool HasLength(List<KeyValuePair<string, LegalForm>> forms, int length)
    {
        foreach (var (spelling, _) in forms)
        {
            if (Math.Abs(spelling.Length - length) <= MostErrors(length))
            {
                return true;
            }
        }

        return false;
    }

    // How many errors a form of so many letters may have and is one still.
    private static int MostErrors(int length) => length >= 16 ? 2 : length >= LeastMisspelt ? 1 : 0;

    private static LegalForm? Match(List<KeyValuePair<string, LegalForm>> forms, ReadOnlySpan<string> words, int length)
    {
        Span<char> spelling = stackalloc char[length];
        var at = 0;
        foreach (var word in words)
        {
            if (at > 0)
            {
                spelling[at++] = ' ';
            }

            word.CopyTo(spelling[at..]);
            at += word.Length;
        }

        foreach (var (known, form) in forms)
        {
            if (spelling.SequenceEqual(known))
            {
                return form;
            }
        }

        var most = MostErrors(spelling.Length);
        foreach (var (known, form) in forms)
        {
            if (most > 0 && known.Length >= LeastMisspelt && Levenshtein.Distance(known, spelling, most) <= most)
            {
                return form;
            }
        }

        return null;
    }

    // group;countries;spellings
    private static FrozenDictionary<string, LegalForm> Load()
    {
        using var stream = typeof(LegalForms).Assembly.GetManifestResourceStream(Resource) ?? throw new InvalidOperationException("The resource " + Resource + " is missing.");
        using var reader = new StreamReader(stream);
        var forms = new Dictionary<string, LegalForm>(StringComparer.Ordinal);
        Span<char> buffer = stackalloc char[256];
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            var fields = line.Split(';');
            foreach (var spelling in fields[2].Split('|'))
            {
                var folded = buffer[..CharacterFolding.FoldName(spelling, buffer)].ToString();
                forms.TryAdd(folded, new LegalForm(fields[0], folded.AsSpan().Count(' ') + 1));
            }
        }

        return forms.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
