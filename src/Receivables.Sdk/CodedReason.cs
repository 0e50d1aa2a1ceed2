using System.Globalization;
using NodaTime;

namespace Receivables.Sdk;

/// <summary>A fact inside a <see cref="CodedReason"/>: a name and a number, date, amount or text, written without any culture.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public readonly record struct ReasonArgument
{
    /// <summary>A whole number.</summary>
    /// <param name="name">The name of the fact.</param>
    /// <param name="number">Its value.</param>
    public ReasonArgument(string name, int number) => (Name, Value, IsNumber) = (name, number.ToString(CultureInfo.InvariantCulture), true);

    /// <summary>A date, written <c>yyyy-MM-dd</c>.</summary>
    /// <inheritdoc cref="ReasonArgument(string, int)"/>
    /// <param name="name">The name of the fact.</param>
    /// <param name="date">Its value.</param>
    public ReasonArgument(string name, LocalDate date) => (Name, Value, IsNumber) = (name, NodaTime.Text.LocalDatePattern.Iso.Format(date), false);

    /// <summary>An amount, written as <see cref="Money.ToAmountString"/> does.</summary>
    /// <param name="name">The name of the fact.</param>
    /// <param name="amount">Its value.</param>
    public ReasonArgument(string name, Money amount) => (Name, Value, IsNumber) = (name, amount.ToAmountString(), false);

    /// <summary>A text, such as an id or a code.</summary>
    /// <param name="name">The name of the fact.</param>
    /// <param name="text">Its value.</param>
    public ReasonArgument(string name, string text) => (Name, Value, IsNumber) = (name, text, false);

    /// <summary>The name of the fact.</summary>
    public string Name { get; }

    /// <summary>The value as text, without any culture.</summary>
    public string Value { get; }

    /// <summary>Whether JSON writes it as a number.</summary>
    public bool IsNumber { get; }
}

/// <summary>Why something was decided: a stable code with its facts, and an English sentence. Programs translate by the code.</summary>
/// <param name="Code">The code; it never changes its meaning.</param>
/// <param name="Args">The facts.</param>
/// <param name="Text">The English sentence. It names documents by id, never a person.</param>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed record CodedReason(string Code, IReadOnlyList<ReasonArgument> Args, string Text);
