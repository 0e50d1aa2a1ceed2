using System.CommandLine;
using System.CommandLine.Parsing;
using NodaTime;
using NodaTime.Text;
using Receivables.Cli.Output;
using Receivables.Sdk.Ledger;
using Receivables.Sdk.Serialization;

namespace Receivables.Cli.Commands;

/// <summary>Reads a ledger file and reports what is wrong with it.</summary>
internal static class LedgerInput
{
    internal static Option<string> File() => new("--ledger") { Description = "The ledger file (JSON Lines); - is standard input.", Required = true };

    internal static Option<LocalDate> AsOf(bool required) => Date("--as-of", "Everything effective on or before this date.", required);

    internal static Option<LocalDate> Date(string name, string description, bool required) => new(name)
    {
        Description = description,
        Required = required,
        CustomParser = result => LocalDatePattern.Iso.Parse(Single(result)) is { Success: true } date ? date.Value : Fail(result, name + " needs a date that exists, yyyy-MM-dd.", default(LocalDate)),
    };

    internal static Option<LocalDate?> OptionalDate(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = result => LocalDatePattern.Iso.Parse(Single(result)) is { Success: true } date ? date.Value : Fail(result, name + " needs a date that exists, yyyy-MM-dd.", default(LocalDate?)),
    };

    internal static Option<Instant?> KnownAt() => new("--known-at")
    {
        Description = "Leave out what was recorded after this instant, such as 2026-03-31T22:00:00Z.",
        CustomParser = result => InstantPattern.ExtendedIso.Parse(Single(result)) is { Success: true } instant ? instant.Value : Fail(result, "--known-at needs an instant, yyyy-MM-ddTHH:mm:ssZ.", default(Instant?)),
    };

    /// <summary>The ledger, or null when the file cannot be opened or is refused as a whole.</summary>
    internal static async Task<LedgerBook?> LoadAsync(Faults faults, string name, CancellationToken cancellationToken)
    {
        LedgerFileResult result;
        try
        {
            if (faults.Open(name) is not { } stream)
            {
                return null;
            }

            await using (stream.ConfigureAwait(false))
            {
                result = await new LedgerFileReader().ReadBookAsync(stream, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            faults.CannotOpen(name, e);
            return null;
        }

        foreach (var fault in result.Faults)
        {
            if (fault.Severity == LedgerFaultSeverity.Error)
            {
                faults.Error(name, fault.Line, fault.Column, fault.Code, fault.Message);
            }
            else
            {
                faults.Warning(name, fault.Line, fault.Column, fault.Code, fault.Message);
            }
        }

        return result.Book;
    }

    private static string Single(ArgumentResult result) => result.Tokens.Count == 1 ? result.Tokens[0].Value : "";

    private static T Fail<T>(ArgumentResult result, string message, T value)
    {
        result.AddError(message);
        return value;
    }
}
