using NodaTime;

namespace Receivables.Sdk.Calendars;

/// <summary>A day on which a calendar does not work though it is not a weekend rule that closes it.</summary>
/// <param name="Date">The day; of a holiday with a substitute, the substitute.</param>
/// <param name="Name">Its name, in English or in the language of the table.</param>
public readonly record struct Holiday(LocalDate Date, string Name);
