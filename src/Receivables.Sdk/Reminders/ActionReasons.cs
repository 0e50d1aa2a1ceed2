using System.Collections;
using System.Globalization;
using NodaTime;

namespace Receivables.Sdk.Reminders;

/// <summary>Why an action is due: a reason for each line, worded when it is read, then what was left out. A plan has millions of lines and few readers.</summary>
internal sealed class ActionReasons(IReadOnlyList<ReminderLine> lines, ReminderKind kind, LocalDate on, List<CodedReason> further) : IReadOnlyList<CodedReason>
{
    public int Count => lines.Count + further.Count;

    public CodedReason this[int index] => index < lines.Count ? Why(lines[index]) : further[index - lines.Count];

    public IEnumerator<CodedReason> GetEnumerator() => lines.Select(Why).Concat(further).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private CodedReason Why(ReminderLine line)
    {
        var where = $"{line.Invoice} instalment {line.Instalment.ToString(CultureInfo.InvariantCulture)}";
        var due = new ReasonArgument("due", line.Due);
        var after = new ReasonArgument("after", line.WaitDays);
        if (kind == ReminderKind.PreDueNotice)
        {
            return Of("preDueNotice", line, [due, new ReasonArgument("before", Period.DaysBetween(on, line.Due))], $"{where} falls due.");
        }

        if (line.PreviousSent is not { } sent)
        {
            return Of("firstReminderDue", line, [due, after], $"{where} was due on {due.Value}, and {after.Value} days have passed.");
        }

        var last = new ReasonArgument("previousSent", sent);
        return Of(
            line.Cycle > 1 ? "reminderRepeats" : "nextLevelDue",
            line,
            [due, new ReasonArgument("previousLevel", line.PreviousLevel), last, after],
            $"{where} was reminded at level {line.PreviousLevel.ToString(CultureInfo.InvariantCulture)} on {last.Value} and is still open.");
    }

    private static CodedReason Of(string code, ReminderLine line, ReasonArgument[] args, string text) =>
        new(code, [.. args, new ReasonArgument("invoice", line.Invoice.Value), new ReasonArgument("instalment", line.Instalment)], text);
}
