using System.Globalization;
using System.Text;

namespace Receivables.Sdk.Benchmarks;

/// <summary>Writes the ledger file that the ledger benchmarks read: invoices, payments, and allocations with what a real file carries.</summary>
public static class LedgerFileSource
{
    /// <summary>A ledger file.</summary>
    /// <param name="documents">Invoices and payments together; three allocations go with every two of them.</param>
    public static byte[] Create(int documents)
    {
        var text = new StringBuilder(documents * 400);
        text.Append("{\"record\":\"ledger\",\"version\":1,\"currency\":\"EUR\",\"name\":\"Voorbeeld B.V.\"}\n");
        var customers = Math.Max(1, documents / 20);
        for (var i = 0; i < customers; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{{\"record\":\"customer\",\"id\":\"C{i:000000}\",\"name\":\"Customer {i}\",\"kind\":\"business\",\"language\":\"nl\",\"country\":\"NL\"}}\n");
        }

        var half = documents / 2;
        for (var i = 0; i < half; i++)
        {
            var day = i % 28;
            text.Append(CultureInfo.InvariantCulture, $"{{\"record\":\"invoice\",\"id\":\"I{i:0000000}\",\"customer\":\"C{i % customers:000000}\",\"number\":\"2026-{i:0000000}\",\"issued\":\"2026-{1 + (i % 6):00}-{1 + day:00}\",\"due\":\"2026-{2 + (i % 6):00}-{1 + day:00}\",\"amount\":\"{121 + (i % 900)}.00\",\"reference\":\"RF18{i:0000000000}\"}}\n");
            text.Append(CultureInfo.InvariantCulture, $"{{\"record\":\"payment\",\"id\":\"P{i:0000000}\",\"customer\":\"C{i % customers:000000}\",\"received\":\"2026-{2 + (i % 6):00}-{1 + day:00}\",\"amount\":\"{100 + (i % 900)}.00\",\"transaction\":\"t{i:0000000000000000}\"}}\n");
            for (var part = 0; part < 3; part++)
            {
                text.Append(CultureInfo.InvariantCulture, $"{{\"record\":\"allocation\",\"id\":\"A{(i * 3) + part:0000000}\",\"from\":\"P{i:0000000}\",\"to\":\"I{i:0000000}\",\"amount\":\"{10 + part}.50\",\"on\":\"2026-{2 + (i % 6):00}-{1 + day:00}\",\"kind\":\"payment\"}}\n");
            }
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
