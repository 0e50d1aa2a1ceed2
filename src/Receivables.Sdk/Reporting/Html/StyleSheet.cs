namespace Receivables.Sdk.Reporting.Html;

/// <summary>The look of the page.</summary>
internal static class StyleSheet
{
    /// <summary>How many shades of age there are.</summary>
    internal const int Shades = 6;

    /// <summary>
    /// Lightness falls with age in even steps, from grey over yellow and orange to a dark brown, so that the order holds for every kind of
    /// colour vision and on a printer without colour.
    /// </summary>
    internal const string Css = """
        :root{color-scheme:light;--ink:#1c2430;--soft:#5b6675;--line:#d8dde4;--a0:#cfd8e3;--a1:#f9d65c;--a2:#f0a02a;--a3:#cf6418;--a4:#8f3412;--a5:#4d1a10}
        *{box-sizing:border-box}
        body{margin:0 auto;padding:1.25rem;max-width:75rem;font:16px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;color:var(--ink);background:#fff}
        h1{font-size:1.6rem;margin:0}h2{font-size:1.25rem;margin:2rem 0 .5rem;border-bottom:2px solid var(--ink)}h3{font-size:1rem;margin:1.75rem 0 .5rem}
        header p{margin:.25rem 0 0;color:var(--soft)}
        data{font-variant-numeric:tabular-nums;white-space:nowrap}.neg{color:#0b5394}.zero{color:#7b8594}
        .cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:.75rem;margin:1rem 0;padding:0}
        .cards div{border:1px solid var(--line);border-radius:.5rem;padding:.6rem .8rem}.cards dt{color:var(--soft);font-size:.85rem}.cards dd{margin:0;font-size:1.2rem;font-weight:600}.cards small{display:block;font-weight:400;font-size:.85rem;color:var(--soft)}
        .legend{display:flex;flex-wrap:wrap;gap:.25rem 1rem;list-style:none;padding:0;margin:.5rem 0;font-size:.85rem}
        .legend i{display:inline-block;width:.9rem;height:.9rem;border-radius:.15rem;border:1px solid #0003;margin-right:.35rem;vertical-align:-.1rem}
        .s0{fill:var(--a0);background:var(--a0)}.s1{fill:var(--a1);background:var(--a1)}.s2{fill:var(--a2);background:var(--a2)}.s3{fill:var(--a3);background:var(--a3)}.s4{fill:var(--a4);background:var(--a4)}.s5{fill:var(--a5);background:var(--a5)}
        table{width:100%;border-collapse:collapse;font-size:.875rem}th,td{padding:.35rem .5rem;text-align:right;border-bottom:1px solid var(--line);vertical-align:middle}
        th{color:var(--soft);font-weight:600}th[scope=row],th:first-child{text-align:left;color:var(--ink);overflow-wrap:anywhere}th small{display:block;color:var(--soft);font-weight:400}
        tfoot th,tfoot td{border-top:2px solid var(--ink);border-bottom:0;font-weight:700}
        th.bar,th.text{text-align:left}td.bar{width:26%;min-width:8rem}td.bar svg{display:block;width:100%;height:1.1rem}
        figure{margin:.5rem 0}figure svg{display:block;width:100%;max-width:36rem;height:auto}figcaption{font-size:.85rem;color:var(--soft)}
        svg text{font:11px system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;fill:var(--soft);paint-order:stroke;stroke:#fff;stroke-width:3px}
        .grid{stroke:var(--line)}.l1{fill:none;stroke:#12304f;stroke-width:2}.l2{fill:none;stroke:#b4510f;stroke-width:2;stroke-dasharray:6 3}.l3{fill:none;stroke:#5b6675;stroke-width:1.5;stroke-dasharray:2 3}.band{fill:#12304f;fill-opacity:.16}
        td.text{text-align:left;color:var(--soft)}
        @media (max-width:700px){
        body{padding:.8rem}table,tbody,tfoot,tr,th,td{display:block;width:100%}thead{display:none}
        tr{border-bottom:1px solid var(--line);padding:.5rem 0}th,td{border:0!important;padding:.1rem 0}
        td{display:flex;justify-content:space-between;gap:1rem}td::before{content:attr(data-label);color:var(--soft)}td.bar,td.text{width:100%;display:block}td.bar::before,td.text::before{content:none}td.quiet{display:none}
        tfoot tr{border-top:2px solid var(--ink)}}
        @media print{body{max-width:none;padding:0;font-size:10pt;-webkit-print-color-adjust:exact;print-color-adjust:exact}section{break-before:page}section:first-child{break-before:auto}tr,figure,.cards{break-inside:avoid}thead{display:table-header-group}}

        """;
}
