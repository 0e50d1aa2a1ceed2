using System.Collections.Frozen;
using System.Globalization;

namespace Receivables.Sdk.Ledger;

/// <summary>Reads the phrases of the trade in English, Dutch, French and German, and what <see cref="PaymentTerms.Describe"/> says of simple terms.</summary>
/// <remarks>
/// Words become notions, longest phrase first; notions are read by a small grammar; anything not understood refuses the whole text. "n days end of
/// month" counts the days first, "end of month + n" the month first. "Net n EOM" follows the usage of the United States: the end of the month first.
/// </remarks>
internal ref struct TermsPhrases
{
    private enum Notion
    {
        Number,
        Percent,
        Slash,
        Stop,
        Net,
        Discount,
        Days,
        BusinessDays,
        Weeks,
        Months,
        EndOfMonth,
        EndOfFollowingMonth,
        FollowingMonth,
        After,
        OnThe,
        Invoice,
        Delivery,
        Receipt,
        Immediately,
        Prepaid,
        CashOnDelivery,
        Nothing,
    }

    private readonly record struct Token(Notion Notion, decimal Value = 0);

    // The longest phrase of the dictionary has this many words.
    private const int LongestPhrase = 6;

    private static FrozenDictionary<string, Notion> Words { get; } = Dictionary().ToFrozenDictionary(StringComparer.Ordinal);

    // Numbers that stand in terms, in letters; "a" and its like are one only in front of a unit.
    private static FrozenDictionary<string, int> Numerals { get; } = new (int Number, string Words)[]
    {
        (1, "one|a|een|un|une|ein|einem|eines|einen|eine|einer"), (2, "two|twee|deux|zwei"), (3, "three|drie|trois|drei"), (4, "four|vier|quatre"), (5, "five|vijf|cinq|funf"),
        (6, "six|zes|sechs"), (7, "seven|zeven|sept|sieben"), (8, "eight|acht|huit"), (10, "ten|tien|dix|zehn"), (14, "fourteen|veertien|quatorze|vierzehn"),
        (15, "fifteen|vijftien|quinze|funfzehn"), (20, "twenty|twintig|vingt|zwanzig"), (30, "thirty|dertig|trente|dreissig|dreißig"), (45, "vijfenveertig|funfundvierzig"),
        (60, "sixty|zestig|soixante|sechzig"), (90, "ninety|negentig|neunzig"),
    }.SelectMany(n => n.Words.Split('|').Select(word => (Word: word, n.Number))).ToFrozenDictionary(n => n.Word, n => n.Number, StringComparer.Ordinal);

    private readonly List<Token> _tokens;
    private int _at;

    private TermsPhrases(List<Token> tokens) => _tokens = tokens;

    /// <summary>The terms, or null when a part of the text is not understood.</summary>
    internal static PaymentTerms? Read(string text) => Tokens(text) is { } tokens ? new TermsPhrases(tokens).ReadTerms() : null;

    private PaymentTerms? ReadTerms()
    {
        var terms = new PaymentTerms();
        var basis = default(TermsBasis?);
        var discounts = new List<TermsDiscount>();
        TermsRule? due = null;
        while (_at < _tokens.Count)
        {
            switch (Peek().Notion)
            {
                case Notion.Stop or Notion.Discount or Notion.After or Notion.OnThe when Peek().Notion != Notion.OnThe || Peek(1).Notion == Notion.Number:
                    _at++;
                    break;
                case Notion.Invoice or Notion.Delivery or Notion.Receipt:
                    var named = BasisOf(Next().Notion);
                    if (basis is { } other && other != named)
                    {
                        return null;
                    }

                    basis = named;
                    break;
                case Notion.Prepaid when !terms.IsPrepaid:
                    _at++;
                    terms = terms with { IsPrepaid = true };
                    break;
                case Notion.Net when due is not null && Peek(1).Notion is Notion.Nothing or Notion.Stop:
                    // "14 Tage ab Rechnungsdatum netto".
                    _at++;
                    break;
                case Notion.CashOnDelivery when (due is null && basis is null) || (due == TermsRule.Immediately && basis == TermsBasis.Delivery):
                    _at++;
                    (due, basis) = (TermsRule.Immediately, TermsBasis.Delivery);
                    break;
                default:
                    if (!ReadClause(discounts, ref due))
                    {
                        return null;
                    }

                    break;
            }
        }

        if (due is null && !terms.IsPrepaid && discounts.Count == 0 && basis is not (TermsBasis.Receipt or TermsBasis.Delivery))
        {
            return null;
        }

        // A discount alone says nothing of when the whole is due (receipt or delivery does), and shares that make all of it are no discounts.
        return (due is null && discounts.Count > 0 && !terms.IsPrepaid && basis is not (TermsBasis.Receipt or TermsBasis.Delivery)) || discounts.Sum(d => d.Percent.Percent) >= 100
            ? null
            : TermsNotation.Build(terms with { Due = due ?? TermsRule.Immediately, Basis = basis ?? TermsBasis.Invoice }, discounts, []);
    }

    // One discount or one due rule.
    private bool ReadClause(List<TermsDiscount> discounts, ref TermsRule? due)
    {
        if (Peek().Notion == Notion.Number && Peek(1).Notion == Notion.Slash && Peek(2).Notion == Notion.Number)
        {
            var percent = Next().Value;
            _at++;
            var days = Next().Value;
            _ = Take(Notion.Days);
            return AddDiscount(discounts, percent, DaysRule(days));
        }

        if (Peek().Notion == Notion.Number && Peek(1).Notion == Notion.Percent)
        {
            var percent = Next().Value;
            _at++;
            while (Take(Notion.Discount) || Take(Notion.After))
            {
            }

            return AddDiscount(discounts, percent, ReadRule(isNet: true));
        }

        var isNet = Take(Notion.Net) && (Take(Notion.Slash) || true);
        var rule = ReadRule(isNet);
        if (rule is null)
        {
            return false;
        }

        if (!isNet && Peek().Notion == Notion.Number && Peek(1).Notion == Notion.Percent)
        {
            // "14 Tage 2 % Skonto": the percentage comes after its days.
            var percent = Next().Value;
            _at++;
            return AddDiscount(discounts, percent, rule);
        }

        _ = Take(Notion.Net);
        if (due is not null)
        {
            return false;
        }

        due = rule;
        return true;
    }

    // After "net" or a percentage a number may stand without "days".
    private TermsRule? ReadRule(bool isNet)
    {
        var steps = new List<TermsStep>();
        var start = _at;
        if (Take(Notion.Immediately))
        {
            return TermsRule.Immediately;
        }

        while (_at < _tokens.Count)
        {
            var before = _at;
            if (!ReadStep(steps, isNet && steps.Count == 0))
            {
                return null;
            }

            if (_at == before)
            {
                break;
            }
        }

        return _at == start || steps.Exists(s => s is TermsStep.Days { Count: < 0 }) ? null : new TermsRule(steps);
    }

    // Reads nothing where no step begins; gives false where one is broken.
    private bool ReadStep(List<TermsStep> steps, bool mayBeBare)
    {
        if (steps.Count > 3)
        {
            return false;
        }

        switch (Peek().Notion)
        {
            case Notion.EndOfFollowingMonth:
                _at++;
                steps.Add(new TermsStep.MonthAhead(1));
                steps.Add(new TermsStep.EndOfMonth());
                return true;
            case Notion.EndOfMonth:
                _at++;
                steps.Add(new TermsStep.EndOfMonth());
                _ = Take(Notion.After);
                // "EOM 30": a bare number of days after it.
                return !(Peek() is { Notion: Notion.Number } && Peek(1).Notion is Notion.Nothing or Notion.Stop) || AddDays(steps, Next().Value);
            case Notion.OnThe when steps is [.., TermsStep.EndOfMonth] && Peek(1) is { Notion: Notion.Number, Value: >= 1 and <= 31 and var day } && day == decimal.Truncate(day):
                // "30 jours fin de mois le 10", "einde maand de 10e": the next 10th after the end of the month.
                _at += 2;
                steps.Add(new TermsStep.DayOfMonth((int)day));
                return true;
            case Notion.Number when Peek(1).Notion == Notion.Percent:
                return true;
            case Notion.Number:
                return ReadNumber(steps, mayBeBare);
            default:
                return true;
        }
    }

    private bool ReadNumber(List<TermsStep> steps, bool mayBeBare)
    {
        var value = Next().Value;
        if (value != decimal.Truncate(value) || value is < 0 or > 3660)
        {
            return false;
        }

        var number = (int)value;
        switch (Peek().Notion)
        {
            case Notion.FollowingMonth when number is >= 1 and <= 31:
                _at++;
                steps.Add(new TermsStep.MonthAhead(1));
                steps.Add(new TermsStep.DayOfMonth(number));
                return true;
            case Notion.BusinessDays when number <= 366:
                _at++;
                steps.Add(new TermsStep.BusinessDays(number));
                return true;
            case Notion.Weeks when number <= 500:
                _at++;
                return AddDays(steps, number * 7);
            case Notion.Months when number <= 120:
                _at++;
                steps.Add(new TermsStep.Months(number));
                return true;
            case Notion.Days:
                _at++;
                if (Peek().Notion == Notion.After && Peek(1).Notion is Notion.EndOfMonth)
                {
                    // "45 days after the end of the month".
                    _at += 2;
                    steps.Add(new TermsStep.EndOfMonth());
                }

                return AddDays(steps, number);
            case Notion.EndOfMonth when mayBeBare:
                _at++;
                steps.Add(new TermsStep.EndOfMonth());
                return AddDays(steps, number);
            default:
                return mayBeBare && AddDays(steps, number);
        }
    }

    private static bool AddDays(List<TermsStep> steps, decimal days)
    {
        if (days != decimal.Truncate(days) || days is < 0 or > 3660)
        {
            return false;
        }

        if (days > 0 || steps.Count > 0)
        {
            steps.Add(new TermsStep.Days((int)days));
        }

        return true;
    }

    private static TermsRule? DaysRule(decimal days) => days == decimal.Truncate(days) && days is >= 0 and <= 3660 ? TermsRule.InDays((int)days) : null;

    private static bool AddDiscount(List<TermsDiscount> discounts, decimal percent, TermsRule? rule)
    {
        if (rule is null || percent is <= 0 or > 100 || discounts.Count == 10)
        {
            return false;
        }

        discounts.Add(new TermsDiscount(new Percentage(percent), rule));
        return true;
    }

    private static TermsBasis BasisOf(Notion notion) => notion switch
    {
        Notion.Delivery => TermsBasis.Delivery,
        Notion.Receipt => TermsBasis.Receipt,
        _ => TermsBasis.Invoice,
    };

    private readonly Token Peek(int ahead = 0) => _at + ahead < _tokens.Count ? _tokens[_at + ahead] : new Token(Notion.Nothing);

    private Token Next() => _tokens[_at++];

    private bool Take(Notion notion)
    {
        if (Peek().Notion != notion)
        {
            return false;
        }

        _at++;
        return true;
    }

    private static List<Token>? Tokens(string text)
    {
        var words = Split(text);
        var tokens = new List<Token>();
        for (var i = 0; i < words.Count;)
        {
            if (WordNumber(words, i) is { } spelled)
            {
                tokens.Add(new Token(Notion.Number, spelled));
                i++;
                continue;
            }

            if (char.IsAsciiDigit(words[i][0]))
            {
                if (!decimal.TryParse(words[i].Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
                {
                    return null;
                }

                if (tokens is [.., { Notion: Notion.EndOfMonth }] && IsDayOfMonth(words, i))
                {
                    tokens.Add(new Token(Notion.OnThe));
                }

                tokens.Add(new Token(Notion.Number, number));
                i++;
                continue;
            }

            var length = Math.Min(LongestPhrase, words.Count - i);
            var notion = Notion.Nothing;
            while (length > 0 && !Words.TryGetValue(string.Join(' ', words.GetRange(i, length)), out notion))
            {
                length--;
            }

            if (length == 0)
            {
                return null;
            }

            i += length;
            if (notion != Notion.Nothing)
            {
                tokens.Add(new Token(notion));
            }
        }

        return tokens;
    }

    // "within one month", "binnen een maand", "innerhalb eines Monats", "sous trente jours": a number in letters, only in front of a unit, since
    // "un" and "een" are articles elsewhere.
    private static decimal? WordNumber(List<string> words, int at)
    {
        if (!Numerals.TryGetValue(words[at], out var number))
        {
            return null;
        }

        for (var length = Math.Min(LongestPhrase, words.Count - at - 1); length > 0; length--)
        {
            if (Words.TryGetValue(string.Join(' ', words.GetRange(at + 1, length)), out var notion))
            {
                return notion is Notion.Days or Notion.BusinessDays or Notion.Weeks or Notion.Months ? number : null;
            }
        }

        return null;
    }

    // "einde maand de 10e", "end of month, 10th", "Monatsende am 10.": a day, not a number of days.
    private static bool IsDayOfMonth(List<string> words, int number) =>
        words[number - 1] is "am" or "den" or "de" or "the" or "on" || (number + 1 < words.Count && words[number + 1] is "th" or "st" or "nd" or "rd" or "e" or "er" or "ste");

    // Words in lower case without accents, numbers with their decimals, signs alone. "15th" and "15e" are a number and an ending.
    private static List<string> Split(string text)
    {
        var words = new List<string>();
        for (var i = 0; i < text.Length;)
        {
            var start = i;
            if (char.IsAsciiDigit(text[i]))
            {
                while (i < text.Length && (char.IsAsciiDigit(text[i]) || (text[i] is '.' or ',' && i + 1 < text.Length && char.IsAsciiDigit(text[i + 1]))))
                {
                    i++;
                }

                words.Add(text[start..i]);
            }
            else if (char.IsLetter(text[i]))
            {
                while (i < text.Length && char.IsLetter(text[i]))
                {
                    i++;
                }

                words.Add(Fold(text[start..i]));
            }
            else if (char.IsWhiteSpace(text[i]) || text[i] is '\'' or '’' or '(' or ')' or '-')
            {
                i++;
            }
            else
            {
                words.Add(text[i++].ToString());
            }
        }

        return words;
    }

    private static string Fold(string word) => string.Create(word.Length, word.ToLowerInvariant(), static (span, source) =>
    {
        for (var i = 0; i < span.Length; i++)
        {
            span[i] = source[i] switch
            {
                'é' or 'è' or 'ê' or 'ë' => 'e',
                'à' or 'â' or 'ä' => 'a',
                'ô' or 'ö' => 'o',
                'î' or 'ï' => 'i',
                'û' or 'ü' or 'ù' => 'u',
                'ç' => 'c',
                var c => c,
            };
        }
    });

    private static Dictionary<string, Notion> Dictionary()
    {
        var words = new Dictionary<string, Notion>(StringComparer.Ordinal);
        Add(Notion.Nothing, "payment|payable|paid|pay|due|within|in|of|the|for|on|upon|on day|at|by|as|is|are|payment terms|to be paid|terms|term|betaling|betalen|te betalen|betaalbaar|binnen|van|de|het|op|op dag|bij|te|uiterlijk|termijn|betalingsvoorwaarden|betalingstermijn|paiement|reglement|conditions de paiement|a|la|les|du|des|l|dans|sous|pour|au|un|delai|zahlung|zahlbar|zu zahlen|innerhalb|innerhalb von|binnen|von|dem|der|am|bei|zahlungsziel|zahlungsbedingungen|ziel|mit|with|met|avec|abzug|ohne abzug|without deduction|th|st|nd|rd|e|er|ste|ten|:|if|please|strictly|gelieve|gaarne|graag|voldoen|te voldoen|vervaldatum|het bedrag|sans escompte|virement|par virement|by bank transfer|bis|bis zum|zum|rein|ohne abzuge|rechnungsbetrag|ist");
        Add(Notion.Percent, "%|percent|procent|prozent|pct|pour cent");
        Add(Notion.Slash, "/");
        Add(Notion.Stop, ".|,|;|or|otherwise|of anders|anders|ou|sinon|oder|sonst|ansonsten");
        Add(Notion.After, "+|plus|after|from|apres|a partir de|a compter de|na|vanaf|nach|ab");
        Add(Notion.OnThe, "le");
        Add(Notion.Net, "net|nets|netto|n|netto kasse|net cash");
        Add(Notion.Discount, "discount|cash discount|early payment discount|korting|betalingskorting|kredietbeperking|escompte|d escompte|remise|de remise|skonto|rabatt");
        Add(Notion.Days, "day|days|d|dd|dag|dagen|dgn|jours|jrs|tage|tagen|tag|calendar days|kalenderdagen|jours calendaires|kalendertage|kalendertagen|jour");
        Add(Notion.BusinessDays, "business days|business day|working days|werkdagen|werkdag|jours ouvrables|jour ouvrable|jours ouvres|werktage|werktagen|werktag|arbeitstage|arbeitstagen");
        Add(Notion.Weeks, "weeks|week|weken|semaines|semaine|wochen|woche");
        Add(Notion.Months, "months|month|calendar month|calendar months|maanden|maand|kalendermaand|mois|mois calendaire|monate|monaten|monat|monats|kalendermonat|kalendermonats");
        Add(Notion.EndOfMonth, "end of month|end of the month|eom|month end|einde maand|eind maand|einde van de maand|eind van de maand|ultimo|fin de mois|fin du mois|la fin du mois|fdm|monatsende|ende des monats|ende monat|zum monatsende");
        Add(Notion.EndOfFollowingMonth, "end of next month|end of the next month|end of following month|end of the following month|einde volgende maand|eind volgende maand|einde van de volgende maand|eind van de volgende maand|fin du mois suivant|la fin du mois suivant|fin du mois prochain|la fin du mois prochain|fin mois suivant|last day of the following month|last day of the next month|last day of next month|last day of the month following|end of month following|end of the month following|laatste dag van de volgende maand|dernier jour du mois suivant|letzter tag des folgemonats|ende des folgemonats|ende folgemonat|ende des nachsten monats|ende nachsten monats");
        Add(Notion.FollowingMonth, "mfi|prox|proximo|of the following month|of following month|of next month|of the next month|following month|next month|of month following|of the month following|month following|van de volgende maand|volgende maand|der volgende maand|du mois suivant|du mois prochain|mois suivant|des folgemonats|folgemonat|des nachsten monats|. des folgemonats|. des nachsten monats");
        Add(Notion.Invoice, "invoice date|the invoice date|date of invoice|date of the invoice|invoice|factuurdatum|datum factuur|date de facture|date de la facture|date facture|date de facturation|date d emission|date d emission de facture|date d emission de la facture|facture|rechnungsdatum|rechnungsstellung|rechnung|after invoice date|after the invoice date|after date of invoice|apres date de facture|nach rechnungsdatum|nach rechnungsstellung");
        Add(Notion.Delivery, "delivery|after delivery|levering|livraison|apres livraison|apres la livraison|lieferung|nach lieferung");
        Add(Notion.Receipt, "receipt|receipt of invoice|receipt of the invoice|receipt of the goods invoice|after receipt|after receipt of invoice|after receipt of the invoice|ontvangst|ontvangst factuur|ontvangst van de factuur|reception|reception de facture|reception de la facture|apres reception|apres reception de la facture|apres reception de facture|rechnungserhalt|erhalt der rechnung|erhalt|rechnungseingang|nach rechnungserhalt|nach erhalt der rechnung|nach erhalt|nach rechnungseingang");
        Add(Notion.Immediately, "immediately|immediate|immediate payment|cash|direct|per direct|onmiddellijk|contant|contante betaling|per omgaande|comptant|au comptant|immediat|immediatement|sofort|sofort fallig|zahlbar sofort|bar|barzahlung");
        Add(Notion.Prepaid, "prepayment|prepaid|in advance|payment in advance|advance payment|cash in advance|cia|pia|cwo|cash with order|vooruitbetaling|vooraf|vooraf te betalen|vooraf te voldoen|bij bestelling|vooruit|betaling vooraf|d avance|paiement d avance|paiement anticipe|a la commande|prepaiement|acompte integral|vorkasse|gegen vorkasse|bei bestellung|vorauskasse|vorauszahlung|im voraus|zahlung im voraus");
        Add(Notion.CashOnDelivery, "cod|c o d|cash on delivery|payment on delivery|rembours|onder rembours|contre remboursement|a la livraison|nachnahme|per nachnahme|bij levering|bar bei lieferung|zahlung bei lieferung");
        return words;

        void Add(Notion notion, string phrases)
        {
            foreach (var phrase in phrases.Split('|'))
            {
                words[phrase] = notion;
            }
        }
    }
}
