using System.Text.Json;
using System.Text.Json.Serialization;

namespace Receivables.Sdk.Calendars;

/// <summary>A table of calendars as it stands in its file.</summary>
/// <remarks>What may be left out has a setter: the generated reader gives an init-only property its type's default instead of the one stated here.</remarks>
internal sealed record CalendarTable
{
    public required int Version { get; init; }

    /// <summary>When the table was last held against its sources.</summary>
    public required string AsOf { get; init; }

    public required IReadOnlyList<CalendarData> Calendars { get; init; }
}

/// <summary>One calendar: rules, and dates that go against them.</summary>
internal sealed record CalendarData
{
    public required string Name { get; init; }

    public string? Title { get; set; }

    public required string Source { get; init; }

    public required int From { get; init; }

    public required int To { get; init; }

    public IReadOnlyList<string> Weekend { get; set; } = ["saturday", "sunday"];

    /// <summary>Calendars of the same table, before this one, whose holidays count here too.</summary>
    public IReadOnlyList<string> Include { get; set; } = [];

    public IReadOnlyList<HolidayRule> Holidays { get; set; } = [];

    /// <summary>Days that are worked though a rule or the weekend closes them.</summary>
    public IReadOnlyList<string> WorkingDays { get; set; } = [];
}

/// <summary>When a holiday is: exactly one of a day of the year, an offset from Easter, a weekday of a month, or dates.</summary>
internal sealed record HolidayRule
{
    public required string Name { get; init; }

    /// <summary>A day of every year, MM-dd; with <see cref="Weekday"/> the first such weekday on or after it, or before it.</summary>
    public string? On { get; set; }

    /// <summary>Days after Easter Sunday.</summary>
    public int? Easter { get; set; }

    /// <summary>A month; <see cref="Nth"/> weekday of it.</summary>
    public int? Month { get; set; }

    /// <summary>1 to 4 from the front, -1 the last.</summary>
    public int? Nth { get; set; }

    public string? Weekday { get; set; }

    /// <summary>With <see cref="On"/> and <see cref="Weekday"/>: the last such weekday before that day, instead of the first on or after it.</summary>
    public bool Before { get; set; }

    /// <summary>Single dates.</summary>
    public IReadOnlyList<string> Dates { get; set; } = [];

    public int? From { get; set; }

    public int? To { get; set; }

    /// <summary>Years in which the rule does not hold.</summary>
    public IReadOnlyList<int> Except { get; set; } = [];

    /// <summary>Only in years divisible by this.</summary>
    public int? Every { get; set; }

    /// <summary>What happens when it falls on a weekend: <c>nextWeekday</c>, <c>sundayToMonday</c>, <c>sundayToSaturday</c>, <c>nearestWeekday</c>; null is nothing.</summary>
    public string? Observed { get; set; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, ReadCommentHandling = JsonCommentHandling.Skip, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(CalendarTable))]
internal sealed partial class CalendarJson : JsonSerializerContext;
