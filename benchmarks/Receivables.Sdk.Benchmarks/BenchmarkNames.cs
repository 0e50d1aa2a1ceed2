namespace Receivables.Sdk.Benchmarks;

/// <summary>Made-up firms of 10 to 40 letters, a seventh of them near-duplicates of others, and misspelt queries. A small vocabulary: harder for filters than a real ledger.</summary>
internal static class BenchmarkNames
{
    private const string Surnames = "JANSEN MULLER SMITH BAKKER SCHNEIDER ROSSI GARCIA DUBOIS PETERSEN NOWAK VISSER FISCHER WEBER DEVRIES BERG MEYER KELLY MARTIN HOFFMAN SILVA KRAMER LARSEN OLSEN BRUNO CONTI MOREAU LAURENT SANTOS PEREZ LOPEZ VERMEULEN PEETERS CLAES WOUTERS KOWALSKI NOVAK SVOBODA HORVAT KOVACS TOTH";
    private const string Trades = "BAKERY LOGISTICS TRANSPORT METALWORKS PRINTING CATERING FURNITURE OPTICS DENTAL ROOFING PLUMBING ELECTRIC SOFTWARE CONSULTING TEXTILES FLOWERS MACHINERY PACKAGING CHEMICALS BREWERY GLASS TIMBER STEEL MARINE AVIATION MEDICAL PHARMA FOODS";
    private const string Towns = "AMSTERDAM ROTTERDAM HAMBURG MUNCHEN WIEN ZURICH LYON PARIS MILANO TORINO MADRID SEVILLA PORTO OSLO BERGEN AARHUS GENT LEUVEN KRAKOW PRAHA";
    private const string Forms = "BV GMBH LTD SA SPA AS NV AG SARL SRO";

    internal static string[] Make(int count)
    {
        var random = new Random(20261122);
        string[][] words = [Surnames.Split(' '), Trades.Split(' '), Towns.Split(' '), Forms.Split(' ')];
        var names = new string[count];
        for (var i = 0; i < count; i++)
        {
            names[i] = i > 100 && random.Next(7) == 0
                ? Misspell(random, names[random.Next(i)])
                : Cut(string.Join(' ', Pick(words[0]), random.Next(3) == 0 ? Pick(words[0]) : "EN ZONEN " + random.Next(1000), Pick(words[1]), Pick(words[2]), Pick(words[3])));
        }

        return names;

        string Pick(string[] from) => from[random.Next(from.Length)];

        string Cut(string name)
        {
            var start = random.Next(3) == 0 ? name.IndexOf(' ', StringComparison.Ordinal) + 1 : 0;
            return name.Substring(start, Math.Min(name.Length - start, random.Next(18, 40)));
        }
    }

    /// <summary>Names of about 30 letters with two errors.</summary>
    internal static string[] Queries(string[] names, int count)
    {
        var random = new Random(1);
        return [.. names.Where(n => n.Length is >= 28 and <= 31).Take(count * 50).Where((_, i) => i % 50 == 0).Select(n => Misspell(random, Misspell(random, n)))];
    }

    private static string Misspell(Random random, string name)
    {
        var at = random.Next(1, name.Length - 1);
        return random.Next(3) switch
        {
            0 => name.Remove(at, 1),
            1 => name[..at] + (char)('A' + random.Next(26)) + name[at..],
            _ => name[..at] + (char)('A' + random.Next(26)) + name[(at + 1)..],
        };
    }
}
