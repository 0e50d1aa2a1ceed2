namespace Receivables.Sdk.Statements.Mt;

/// <summary>The codes of diagnostics about MT bytes.</summary>
internal static class MtCodes
{
    /// <summary>The file is no MT940 or MT942.</summary>
    internal const string NotMt = "MT94001";

    /// <summary>An entry's sign or amount cannot be read.</summary>
    internal const string EntryUnreadable = "MT94002";

    /// <summary>A date that does not exist.</summary>
    internal const string NoSuchDate = "MT94003";

    /// <summary>A balance without currency.</summary>
    internal const string BalanceWithoutCurrency = "MT94004";

    /// <summary>A balance that cannot be read.</summary>
    internal const string BalanceUnreadable = "MT94005";

    /// <summary>An amount that is not written as the standard says.</summary>
    internal const string OddAmount = "MT94006";

    /// <summary>A transaction type that is missing or not of the standard's form.</summary>
    internal const string OddType = "MT94007";

    /// <summary>A line that looks like a field and is text.</summary>
    internal const string LooksLikeField = "MT94008";

    /// <summary>A tag that is cut, glued, damaged or wrong.</summary>
    internal const string TagRepaired = "MT94009";

    /// <summary>A field that is none of MT940 or MT942.</summary>
    internal const string UnknownField = "MT94010";

    /// <summary>No field says the currency.</summary>
    internal const string NoCurrency = "MT94011";

    /// <summary>A field that may stand once stands twice.</summary>
    internal const string FieldRepeated = "MT94012";

    /// <summary>The sums of MT942 cannot be read.</summary>
    internal const string SumUnreadable = "MT94014";

    /// <summary>An entry outside of a statement's place for entries.</summary>
    internal const string EntryAfterClosing = "MT94015";

    /// <summary>Bytes that are no character of the file's encoding.</summary>
    internal const string Undecodable = "MT94016";

    /// <summary>A document of another kind beside the messages.</summary>
    internal const string ForeignText = "MT94017";

    /// <summary>Lines that are indented, quoted, numbered or joined.</summary>
    internal const string Wrapped = "MT94018";

    /// <summary>A field within another one.</summary>
    internal const string HiddenField = "MT94019";

    /// <summary>A date that is more than a year away from those around it.</summary>
    internal const string FarDate = "MT94020";

    /// <summary>A file that ends before the closing balance.</summary>
    internal const string NoClosing = "MT94021";

    /// <summary>A second mark or another currency in an entry.</summary>
    internal const string OddMark = "MT94023";

    /// <summary>A line end within an entry's first line or a balance.</summary>
    internal const string LineCut = "MT94022";
}
