using Receivables.Sdk.Calendars;

namespace Receivables.Sdk.Ledger;

/// <summary>The words of one language for terms of payment. <c>{0}</c> stands for a number, a percentage, an amount or a phrase.</summary>
internal sealed record TermsLanguage
{
    /// <summary>The decimal sign of percentages and amounts.</summary>
    public required char DecimalSign { get; init; }

    /// <summary>The end of a sentence, with the blank after it.</summary>
    public required string Stop { get; init; }

    public required string Immediately { get; init; }

    public required string Prepaid { get; init; }

    /// <summary>Payment as a whole: {0} is the rule with its basis.</summary>
    public required string Payment { get; init; }

    public required string Instalments { get; init; }

    /// <summary>{0} the share, {1} the rule.</summary>
    public required string Part { get; init; }

    public required string Rest { get; init; }

    /// <summary>{0} the percentage, {1} the rule.</summary>
    public required string Discount { get; init; }

    /// <summary>A rule of days alone: {0} is <see cref="Days"/> or its singular.</summary>
    public required string Within { get; init; }

    public required string Day { get; init; }

    public required string Days { get; init; }

    /// <summary><see cref="Days"/> as it stands in <see cref="Within"/>, where the case differs.</summary>
    public string? DaysWithin { get; init; }

    public string? BusinessDaysWithin { get; init; }

    public string? MonthsWithin { get; init; }

    public required string BusinessDay { get; init; }

    public required string BusinessDays { get; init; }

    public required string Month { get; init; }

    public required string Months { get; init; }

    public required string EndOfMonth { get; init; }

    /// <summary>End of month and {0} days after.</summary>
    public required string EndOfMonthPlus { get; init; }

    /// <summary>{0} days before the end of the month.</summary>
    public required string EndOfMonthMinus { get; init; }

    /// <summary>{0} days before a date that is not the end of a month.</summary>
    public required string DaysBefore { get; init; }

    public required string EndOfFollowingMonth { get; init; }

    /// <summary>{0} the day.</summary>
    public required string DayOfFollowingMonth { get; init; }

    /// <summary>{0} how many months ahead.</summary>
    public required string StartOfMonthAhead { get; init; }

    public required string DayOfMonth { get; init; }

    public required string CutOff { get; init; }

    public required string PayDays { get; init; }

    public required string Skipping { get; init; }

    public required string Then { get; init; }

    public required string FromInvoice { get; init; }

    public required string FromDelivery { get; init; }

    public required string FromReceipt { get; init; }

    /// <summary>Due at delivery itself.</summary>
    public required string OnDelivery { get; init; }

    /// <summary>Due at receipt itself.</summary>
    public required string OnReceipt { get; init; }

    /// <summary>What stands before a percent sign.</summary>
    public string PercentGap { get; init; } = "";

    public required Func<RollConvention, string> Roll { get; init; }

    /// <summary>The words of a BCP 47 language; English for any that is not here.</summary>
    internal static TermsLanguage Of(string tag)
    {
        var dash = tag.IndexOf('-', StringComparison.Ordinal);
        return (dash < 0 ? tag : tag[..dash]).ToLowerInvariant() switch
        {
            "nl" => Dutch,
            "fr" => French,
            "de" => German,
            "es" => Spanish,
            "zh" => Chinese,
            _ => English,
        };
    }

    private static TermsLanguage English { get; } = new()
    {
        DecimalSign = '.',
        Stop = ". ",
        Immediately = "immediately",
        Prepaid = "Payment in advance",
        Payment = "Payment {0}",
        Instalments = "Payment in instalments: {0}",
        Part = "{0} {1}",
        Rest = "the rest",
        Discount = "{0} discount for payment {1}",
        Within = "within {0}",
        Day = "1 day",
        Days = "{0} days",
        BusinessDay = "1 business day",
        BusinessDays = "{0} business days",
        Month = "1 month",
        Months = "{0} months",
        EndOfMonth = "end of month",
        EndOfMonthPlus = "end of month plus {0}",
        EndOfMonthMinus = "{0} before the end of the month",
        DaysBefore = "{0} earlier",
        EndOfFollowingMonth = "at the end of the following month",
        DayOfFollowingMonth = "on day {0} of the following month",
        StartOfMonthAhead = "from the first day {0} months ahead",
        DayOfMonth = "on the next day {0} of a month",
        CutOff = "after day {0} from the following month",
        PayDays = "on the next pay day ({0})",
        Skipping = "not in months {0}",
        Then = ", then ",
        FromInvoice = " of the invoice date",
        FromDelivery = " of delivery",
        FromReceipt = " of receipt of the invoice",
        OnDelivery = "on delivery",
        OnReceipt = "on receipt of the invoice",
        Roll = static roll => roll switch
        {
            RollConvention.Following => "A date that is no business day moves to the next business day",
            RollConvention.ModifiedFollowing => "A date that is no business day moves to the next business day of the same month, else to the one before",
            RollConvention.Preceding => "A date that is no business day moves to the business day before",
            RollConvention.ModifiedPreceding => "A date that is no business day moves to the business day before in the same month, else to the next",
            _ => "A date that is no business day moves to the nearest business day",
        },
    };

    private static TermsLanguage Dutch { get; } = new()
    {
        DecimalSign = ',',
        Stop = ". ",
        Immediately = "direct",
        Prepaid = "Vooruitbetaling",
        Payment = "Betaling {0}",
        Instalments = "Betaling in termijnen: {0}",
        Part = "{0} {1}",
        Rest = "het restant",
        Discount = "{0} korting bij betaling {1}",
        Within = "binnen {0}",
        Day = "1 dag",
        Days = "{0} dagen",
        BusinessDay = "1 werkdag",
        BusinessDays = "{0} werkdagen",
        Month = "1 maand",
        Months = "{0} maanden",
        EndOfMonth = "einde maand",
        EndOfMonthPlus = "einde maand plus {0}",
        EndOfMonthMinus = "{0} voor het einde van de maand",
        DaysBefore = "{0} eerder",
        EndOfFollowingMonth = "einde volgende maand",
        DayOfFollowingMonth = "op dag {0} van de volgende maand",
        StartOfMonthAhead = "vanaf de eerste dag {0} maanden later",
        DayOfMonth = "op de eerstvolgende dag {0} van een maand",
        CutOff = "na dag {0} vanaf de volgende maand",
        PayDays = "op de eerstvolgende betaaldag ({0})",
        Skipping = "niet in de maanden {0}",
        Then = ", daarna ",
        FromInvoice = " na factuurdatum",
        FromDelivery = " na levering",
        FromReceipt = " na ontvangst van de factuur",
        OnDelivery = "bij levering",
        OnReceipt = "bij ontvangst van de factuur",
        Roll = static roll => roll switch
        {
            RollConvention.Following => "Is dat geen werkdag, dan geldt de eerstvolgende werkdag",
            RollConvention.ModifiedFollowing => "Is dat geen werkdag, dan geldt de eerstvolgende werkdag van dezelfde maand, anders de werkdag ervoor",
            RollConvention.Preceding => "Is dat geen werkdag, dan geldt de werkdag ervoor",
            RollConvention.ModifiedPreceding => "Is dat geen werkdag, dan geldt de werkdag ervoor in dezelfde maand, anders de eerstvolgende",
            _ => "Is dat geen werkdag, dan geldt de dichtstbijzijnde werkdag",
        },
    };

    private static TermsLanguage French { get; } = new()
    {
        DecimalSign = ',',
        Stop = ". ",
        Immediately = "immédiat",
        Prepaid = "Paiement d'avance",
        Payment = "Paiement {0}",
        Instalments = "Paiement échelonné : {0}",
        Part = "{0} {1}",
        Rest = "le solde",
        Discount = "{0} d'escompte pour paiement {1}",
        Within = "à {0}",
        Day = "1 jour",
        Days = "{0} jours",
        BusinessDay = "1 jour ouvrable",
        BusinessDays = "{0} jours ouvrables",
        Month = "1 mois",
        Months = "{0} mois",
        EndOfMonth = "fin de mois",
        EndOfMonthPlus = "fin de mois plus {0}",
        EndOfMonthMinus = "{0} avant la fin du mois",
        DaysBefore = "{0} plus tôt",
        EndOfFollowingMonth = "à la fin du mois suivant",
        DayOfFollowingMonth = "le {0} du mois suivant",
        StartOfMonthAhead = "à compter du premier jour, {0} mois plus tard",
        DayOfMonth = "le prochain {0} d'un mois",
        CutOff = "après le {0}, à compter du mois suivant",
        PayDays = "au prochain jour de paiement ({0})",
        Skipping = "sauf mois {0}",
        Then = ", puis ",
        FromInvoice = " date de facture",
        FromDelivery = " après livraison",
        FromReceipt = " après réception de la facture",
        OnDelivery = "à la livraison",
        OnReceipt = "à réception de la facture",
        PercentGap = "\u00a0",
        Roll = static roll => roll switch
        {
            RollConvention.Following => "Un jour non ouvrable est reporté au jour ouvrable suivant",
            RollConvention.ModifiedFollowing => "Un jour non ouvrable est reporté au jour ouvrable suivant du même mois, sinon avancé au précédent",
            RollConvention.Preceding => "Un jour non ouvrable est avancé au jour ouvrable précédent",
            RollConvention.ModifiedPreceding => "Un jour non ouvrable est avancé au jour ouvrable précédent du même mois, sinon reporté au suivant",
            _ => "Un jour non ouvrable est remplacé par le jour ouvrable le plus proche",
        },
    };

    private static TermsLanguage German { get; } = new()
    {
        DecimalSign = ',',
        Stop = ". ",
        Immediately = "sofort",
        Prepaid = "Zahlung im Voraus",
        Payment = "Zahlung {0}",
        Instalments = "Zahlung in Raten: {0}",
        Part = "{0} {1}",
        Rest = "der Rest",
        Discount = "{0} Skonto bei Zahlung {1}",
        Within = "innerhalb von {0}",
        Day = "1 Tag",
        Days = "{0} Tage",
        DaysWithin = "{0} Tagen",
        BusinessDay = "1 Werktag",
        BusinessDays = "{0} Werktage",
        BusinessDaysWithin = "{0} Werktagen",
        Month = "1 Monat",
        Months = "{0} Monate",
        MonthsWithin = "{0} Monaten",
        EndOfMonth = "Monatsende",
        EndOfMonthPlus = "Monatsende plus {0}",
        EndOfMonthMinus = "{0} vor Monatsende",
        DaysBefore = "{0} früher",
        EndOfFollowingMonth = "Ende des Folgemonats",
        DayOfFollowingMonth = "am {0}. des Folgemonats",
        StartOfMonthAhead = "ab dem ersten Tag {0} Monate später",
        DayOfMonth = "am nächsten {0}. eines Monats",
        CutOff = "nach dem {0}. ab dem Folgemonat",
        PayDays = "am nächsten Zahltag ({0})",
        Skipping = "nicht in den Monaten {0}",
        Then = ", dann ",
        FromInvoice = " nach Rechnungsdatum",
        FromDelivery = " nach Lieferung",
        FromReceipt = " nach Rechnungserhalt",
        OnDelivery = "bei Lieferung",
        OnReceipt = "bei Rechnungserhalt",
        PercentGap = "\u00a0",
        Roll = static roll => roll switch
        {
            RollConvention.Following => "Ist das kein Werktag, gilt der nächste Werktag",
            RollConvention.ModifiedFollowing => "Ist das kein Werktag, gilt der nächste Werktag desselben Monats, sonst der davor",
            RollConvention.Preceding => "Ist das kein Werktag, gilt der Werktag davor",
            RollConvention.ModifiedPreceding => "Ist das kein Werktag, gilt der Werktag davor im selben Monat, sonst der nächste",
            _ => "Ist das kein Werktag, gilt der nächstgelegene Werktag",
        },
    };

    private static TermsLanguage Spanish { get; } = new()
    {
        DecimalSign = ',',
        Stop = ". ",
        Immediately = "inmediato",
        Prepaid = "Pago por anticipado",
        Payment = "Pago {0}",
        Instalments = "Pago en plazos: {0}",
        Part = "{0} {1}",
        Rest = "el resto",
        Discount = "{0} de descuento por pago {1}",
        Within = "a {0}",
        Day = "1 día",
        Days = "{0} días",
        BusinessDay = "1 día hábil",
        BusinessDays = "{0} días hábiles",
        Month = "1 mes",
        Months = "{0} meses",
        EndOfMonth = "fin de mes",
        EndOfMonthPlus = "fin de mes más {0}",
        EndOfMonthMinus = "{0} antes de fin de mes",
        DaysBefore = "{0} antes",
        EndOfFollowingMonth = "a fin del mes siguiente",
        DayOfFollowingMonth = "el día {0} del mes siguiente",
        StartOfMonthAhead = "desde el primer día, {0} meses después",
        DayOfMonth = "el próximo día {0}",
        CutOff = "después del día {0}, desde el mes siguiente",
        PayDays = "el próximo día de pago ({0})",
        Skipping = "excepto los meses {0}",
        Then = ", después ",
        FromInvoice = " fecha de factura",
        FromDelivery = " desde la entrega",
        FromReceipt = " desde la recepción de la factura",
        OnDelivery = "a la entrega",
        OnReceipt = "a la recepción de la factura",
        PercentGap = "\u00a0",
        Roll = static roll => roll switch
        {
            RollConvention.Following => "Si no es día hábil, vale el siguiente día hábil",
            RollConvention.ModifiedFollowing => "Si no es día hábil, vale el siguiente día hábil del mismo mes o, si no lo hay, el anterior",
            RollConvention.Preceding => "Si no es día hábil, vale el día hábil anterior",
            RollConvention.ModifiedPreceding => "Si no es día hábil, vale el día hábil anterior del mismo mes o, si no lo hay, el siguiente",
            _ => "Si no es día hábil, vale el día hábil más cercano",
        },
    };

    private static TermsLanguage Chinese { get; } = new()
    {
        DecimalSign = '.',
        Stop = "。",
        Immediately = "即期",
        Prepaid = "预付款",
        Payment = "付款期限：{0}",
        Instalments = "分期付款：{0}",
        Part = "{0}，{1}",
        Rest = "余款",
        Discount = "{1}付款，可享{0}现金折扣",
        Within = "{0}内",
        Day = "1天",
        Days = "{0}天",
        BusinessDay = "1个工作日",
        BusinessDays = "{0}个工作日",
        Month = "1个月",
        Months = "{0}个月",
        EndOfMonth = "当月月末",
        EndOfMonthPlus = "月末后{0}",
        EndOfMonthMinus = "月末前{0}",
        DaysBefore = "提前{0}",
        EndOfFollowingMonth = "次月月末",
        DayOfFollowingMonth = "次月{0}日",
        StartOfMonthAhead = "{0}个月后的1日起",
        DayOfMonth = "下一个{0}日",
        CutOff = "{0}日以后计入次月",
        PayDays = "下一个付款日（{0}）",
        Skipping = "{0}月除外",
        Then = "，然后",
        FromInvoice = "（自发票日期起）",
        FromDelivery = "（自交货之日起）",
        FromReceipt = "（自收到发票之日起）",
        OnDelivery = "交货时",
        OnReceipt = "收到发票时",
        Roll = static roll => roll switch
        {
            RollConvention.Following => "如非工作日，顺延至下一个工作日",
            RollConvention.ModifiedFollowing => "如非工作日，顺延至同月的下一个工作日，否则提前至前一个工作日",
            RollConvention.Preceding => "如非工作日，提前至前一个工作日",
            RollConvention.ModifiedPreceding => "如非工作日，提前至同月的前一个工作日，否则顺延至下一个工作日",
            _ => "如非工作日，以最近的工作日为准",
        },
    };
}
