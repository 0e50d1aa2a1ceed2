using System.Globalization;
using System.Text;
using static Receivables.Sdk.Tests.Statements.Camt.CamtXml;

namespace Receivables.Sdk.Tests.Statements.Camt;

/// <summary>A statement with all kinds of entries, whose truth is known.</summary>
internal static class CamtSamples
{
    internal static readonly IReadOnlyList<decimal> Amounts = [12.50m, -3m, 100m, 50m, -1526m, 7m, -0.10m];

    internal static string Varied
    {
        get
        {
            var entries = new StringBuilder();
            entries.Append(Entry("12.50", "CRDT", "<AcctSvcrRef>A-000001</AcctSvcrRef>", Details("<RltdPties><Dbtr><Nm>M\u00fcller &amp; S\u00f6hne</Nm></Dbtr></RltdPties><RmtInf><Ustrd>Invoice 2026-1</Ustrd></RmtInf>")));
            entries.Append(Entry("3.00", "DBIT", "<RvslInd>false</RvslInd>"));
            entries.Append(Entry("150.00", "CRDT", "<NtryRef>7</NtryRef>", Details(
                Detail("100.00", "CRDT", "<RmtInf><Strd><CdtrRefInf><Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry></Tp><Ref>RF18539007547034</Ref></CdtrRefInf></Strd></RmtInf>", "<EndToEndId>E1</EndToEndId>"),
                Detail("50.00", "CRDT", "<!-- note -->", "<EndToEndId>E2</EndToEndId>"))));
            entries.Append(Entry("1526.00", "DBIT", "<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>ICDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd>"));
            entries.Append(Entry("7.00", "CRDT", details: Details("<AmtDtls><InstdAmt><Amt Ccy='USD'>8.00</Amt></InstdAmt></AmtDtls><RmtInf><Ustrd><![CDATA[a < b]]></Ustrd></RmtInf>")));
            entries.Append(Entry("0.10", "DBIT", "<Chrgs><Rcrd><Amt Ccy=\"EUR\">0.10</Amt></Rcrd></Chrgs>"));
            return Proven(1000m, 1000m + Amounts.Sum(), entries.ToString()).Replace(">-359.60</Amt><CdtDbtInd>CRDT", ">359.60</Amt><CdtDbtInd>DBIT", StringComparison.Ordinal);
        }
    }

    internal static string Text(IEnumerable<decimal> amounts) => string.Join(' ', amounts.Select(a => a.ToString("0.00", CultureInfo.InvariantCulture)));
}
