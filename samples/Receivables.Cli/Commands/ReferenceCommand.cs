using System.CommandLine;
using Receivables.Cli.Output;
using Receivables.Sdk.References;

namespace Receivables.Cli.Commands;

/// <summary><c>receivables reference</c>: checks and makes structured payment references.</summary>
internal static class ReferenceCommand
{
    internal static Command Create(Terminal terminal) =>
        new("reference", "Checks and makes structured payment references.") { CreateCheck(terminal), CreateCreate(terminal) };

    private static Command CreateCheck(Terminal terminal)
    {
        var value = new Argument<string>("value") { Description = "The reference, as printed or bare." };
        var type = TypeOption();
        var json = CommonOptions.Json();
        var command = new Command("check", "Checks a reference; without --type against every type.") { value, type, json };
        command.SetAction(parsed => Check(terminal, parsed.GetRequiredValue(value), Scheme(parsed.GetValue(type)), parsed.GetValue(json)));
        return command;
    }

    private static Command CreateCreate(Terminal terminal)
    {
        var type = TypeOption();
        type.Required = true;
        var body = new Option<string>("--base") { Description = "The digits (iso11649: letters, too) to make it of.", Required = true };
        var model = new Option<int?>("--model") { Description = "si, hr: the model." };
        var modulus = new Option<int>("--modulus") { Description = "no-kid: 10 or 11.", DefaultValueFactory = _ => 10 };
        modulus.AcceptOnlyFromAmong("10", "11");
        var card = new Option<string>("--card") { Description = "dk-fik: 71, 75, 04 or 15.", DefaultValueFactory = _ => "71" };
        card.AcceptOnlyFromAmong("71", "75", "04", "15");
        var creditor = new Option<string?>("--creditor") { Description = "dk-fik: the creditor number." };
        var lengthDigit = new Option<bool>("--length-digit") { Description = "se-ocr: with a length digit." };
        var json = CommonOptions.Json();
        var command = new Command("create", "Makes a reference with its check digits.") { type, body, model, modulus, card, creditor, lengthDigit, json };
        command.SetAction(parsed =>
        {
            var scheme = Scheme(parsed.GetValue(type))!;
            var options = ReferenceCreateOptions.Default with
            {
                Model = parsed.GetValue(model),
                Modulus = parsed.GetValue(modulus),
                Card = parsed.GetValue(card)!,
                Creditor = parsed.GetValue(creditor),
                LengthDigit = parsed.GetValue(lengthDigit),
            };
            var fault = PaymentReference.TryCreate(scheme.Type, parsed.GetRequiredValue(body), options, out var made);
            return Print(terminal, [(scheme, fault, made)], parsed.GetValue(json));
        });
        return command;
    }

    private static int Check(Terminal terminal, string value, ReferenceScheme? scheme, bool asJson)
    {
        if (scheme is not null)
        {
            var fault = PaymentReference.Check(value, scheme.Type, out var reference);
            return Print(terminal, [(scheme, fault, reference)], asJson);
        }

        return Print(terminal, [.. PaymentReference.ReadAll(value).Select(r => (ReferenceScheme.Of(r.Type), ReferenceFault.None, r))], asJson);
    }

    private static int Print(Terminal terminal, List<(ReferenceScheme Scheme, ReferenceFault Fault, PaymentReference Reference)> results, bool asJson)
    {
        if (asJson)
        {
            PrintJson(terminal, results);
        }
        else
        {
            using var people = new StreamWriter(terminal.Output, leaveOpen: true);
            people.WriteLine(results.Count == 0
                ? "not a reference of any type known here"
                : string.Join(people.NewLine, results.Select(r => r.Fault == ReferenceFault.None
                    ? $"{r.Scheme.Name,-20} {r.Reference.ToPrintString()}"
                    : $"{r.Scheme.Name,-20} not valid: {r.Fault.ToText()}")));
        }

        return results.Count > 0 && results.All(r => r.Fault == ReferenceFault.None) ? ExitStatus.Done : ExitStatus.Faulty;
    }

    private static void PrintJson(Terminal terminal, List<(ReferenceScheme Scheme, ReferenceFault Fault, PaymentReference Reference)> results)
    {
        var lines = new JsonLines(terminal.Output);
        foreach (var (scheme, fault, reference) in results)
        {
            lines.Write(json =>
            {
                json.WriteString("type", scheme.Name);
                json.WriteBoolean("valid", fault == ReferenceFault.None);
                if (fault != ReferenceFault.None)
                {
                    json.WriteString("reason", fault.ToCode());
                    json.WriteString("text", fault.ToText());
                    return;
                }

                json.WriteString("canonical", reference.Canonical);
                json.WriteString("formatted", reference.ToPrintString());
            });
        }

        if (results.Count == 0)
        {
            lines.Write(json => json.WriteBoolean("valid", false));
        }

        lines.Flush();
    }

    private static Option<string?> TypeOption()
    {
        var option = new Option<string?>("--type") { Description = "One of: " + string.Join(", ", ReferenceScheme.All.Select(s => s.Name)) + "." };
        option.AcceptOnlyFromAmong([.. ReferenceScheme.All.Select(s => s.Name)]);
        return option;
    }

    private static ReferenceScheme? Scheme(string? name) => name is null ? null : ReferenceScheme.Find(name);
}
