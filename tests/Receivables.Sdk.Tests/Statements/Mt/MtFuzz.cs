using Receivables.Sdk.Statements;
using Receivables.Sdk.TestKit.Statements;
using Xunit;
using static Receivables.Sdk.Tests.Statements.Mt.MtSample;

namespace Receivables.Sdk.Tests.Statements.Mt;

/// <summary>Mutates statements whose truth is known: nothing but a format exception may come out, and nothing wrong may be proven.</summary>
internal static class MtFuzz
{
    private static string[] Snippets => [":61:", ":86:", ":62F:", ":60F:", ":20:", "\r\n", "\n-\n", "-}", "{4:", ",", "?2", "/REMI/", "RC", "D", "C", "EUR", "0", "9", "\0", "\u00ff", "@@", ":"];

    internal static void Run(int budget, uint seed)
    {
        var random = new SampleRandom(seed);
        var months = new[] { SampleMonth.Create(1, 6), SampleMonth.Create(2, 6, "DE") };
        var seeds = new[] { MtGenerator.Write([months[0]], MtDialect.Dutch), MtGenerator.Write([months[1]], MtDialect.German) };
        var truths = seeds.Select(s => Amounts(Reader.Read(s))).ToArray();
        for (var i = 0; i < budget; i++)
        {
            var which = random.Next(seeds.Length);
            var mutant = Mutate(seeds[which], random);
            try
            {
                var statements = Reader.Read(mutant);
                foreach (var proven in statements.Where(s => s.Verdict is IntegrityVerdict.Proven && s.Transactions.Count > 0))
                {
                    // A changed sign or digit can only hide behind another change that makes up for it.
                    Assert.True(Amounts([proven]) == truths[which] || IsSelfConsistent(proven), $"Proven although changed: seed {seed}, mutant {i}.");
                }
            }
            catch (StatementFormatException)
            {
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Seed {seed}, mutant {i}: {Convert.ToBase64String(mutant)}", e);
            }
        }
    }

    private static string Amounts(IReadOnlyList<BankStatement> statements) => string.Join(' ', statements.SelectMany(s => s.Transactions).Select(t => t.Amount.ToString()));

    private static bool IsSelfConsistent(BankStatement s) =>
        s.Closing.Opening!.Amount.Amount + s.Transactions.Where(t => t.Status == TransactionStatus.Booked).Sum(t => t.Amount.Amount) == s.Closing.Closing!.Amount.Amount;

    private static byte[] Mutate(byte[] source, SampleRandom random)
    {
        var bytes = source.ToList();
        for (var n = random.Next(4); n >= 0; n--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(1 + random.Next(40), bytes.Count - at));
                    break;
                case 2:
                    bytes.InsertRange(at, System.Text.Encoding.Latin1.GetBytes(Snippets[random.Next(Snippets.Length)]));
                    break;
                case 3:
                    var from = random.Next(bytes.Count);
                    bytes.InsertRange(at, bytes.GetRange(from, Math.Min(1 + random.Next(80), bytes.Count - from)));
                    break;
                case 4:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                default:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
            }

            if (bytes.Count == 0)
            {
                bytes.Add((byte)':');
            }
        }

        return [.. bytes];
    }
}
