namespace Receivables.Cli.Tests;

/// <summary>The bundled sample files, which the command line carries along.</summary>
internal static class Sample
{
    internal static string File(string name) => Path.Combine(AppContext.BaseDirectory, "data", name);

    internal static string Ledger => File("ledger.jsonl");

    internal static string Camt => File("bank-2026-03.xml");

    internal static string Policy => File("policy.json");
}
