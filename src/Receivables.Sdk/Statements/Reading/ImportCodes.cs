namespace Receivables.Sdk.Statements.Reading;

/// <summary>The codes of diagnostics about archives and imports.</summary>
internal static class ImportCodes
{
    /// <summary>An archive has more entries than the limit.</summary>
    internal const string TooManyEntries = "IMP001";

    /// <summary>An archive's entry is larger than the limit.</summary>
    internal const string EntryTooLarge = "IMP002";

    /// <summary>An archive's entry expands by more than the limit.</summary>
    internal const string RatioTooHigh = "IMP003";

    /// <summary>An archive is damaged.</summary>
    internal const string DamagedArchive = "IMP004";

    /// <summary>A statement does not begin where the one before it ended.</summary>
    internal const string Gap = "IMP005";

    /// <summary>A statement covers days that another one covers.</summary>
    internal const string Overlap = "IMP006";

    /// <summary>The same statement was read before.</summary>
    internal const string Repeated = "IMP007";

    /// <summary>A statement starts in mid-day behind an equal payment.</summary>
    internal const string MidDayStart = "IMP008";
}
