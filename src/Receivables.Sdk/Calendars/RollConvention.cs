namespace Receivables.Sdk.Calendars;

/// <summary>Where a date goes that is no business day.</summary>
public enum RollConvention
{
    /// <summary>It stays where it is.</summary>
    None,

    /// <summary>To the next business day.</summary>
    Following,

    /// <summary>To the next business day, but to the one before where that would be in the next month.</summary>
    ModifiedFollowing,

    /// <summary>To the business day before.</summary>
    Preceding,

    /// <summary>To the business day before, but to the next where that would be in the month before.</summary>
    ModifiedPreceding,

    /// <summary>To the nearest business day; where two are equally near, to the later one.</summary>
    Nearest,
}
