namespace Receivables.Sdk.Matching.Similarity;

/// <summary>Names in Chinese, Japanese and Korean letters: the short name within the full one.</summary>
/// <remarks>A full Chinese name is place, name, trade and legal form (Measures for the Implementation of the Provisions on the Administration of Enterprise Name Registration, 2023); the short one leaves out the place and the form.</remarks>
internal static class HanName
{
    // The longer before what it ends with.
    private const string Forms =
        "股份有限公司 有限责任公司 有限責任公司 控股有限公司 集团有限公司 集團有限公司 有限公司 株式会社 株式會社 合同会社 有限会社 总公司 分公司 公司 集团 集團 控股 주식회사 유한회사";

    private const string Places = "中国 北京 上海 深圳 广州 天津 重庆 杭州 南京 苏州 武汉 成都 宁波 青岛 厦门 东莞 佛山 浙江 江苏 广东 山东 福建 香港";

    /// <summary>Whether a word has such letters.</summary>
    internal static bool IsHan(ReadOnlySpan<char> word) => word.ContainsAnyInRange('\u3040', '\u9FFF') || word.ContainsAnyInRange('\uAC00', '\uD7A3');

    /// <summary>The word without legal forms at its ends and the place it starts with; at least two letters are left.</summary>
    internal static string Short(string word)
    {
        var rest = word.AsSpan();
        for (var before = -1; before != rest.Length;)
        {
            before = rest.Length;
            foreach (var range in Forms.AsSpan().Split(' '))
            {
                var form = Forms.AsSpan()[range];
                if (rest.Length > form.Length + 1)
                {
                    rest = rest.EndsWith(form) ? rest[..^form.Length] : rest.StartsWith(form) ? rest[form.Length..] : rest;
                }
            }
        }

        foreach (var range in Places.AsSpan().Split(' '))
        {
            var place = Places.AsSpan()[range];
            if (rest.Length > place.Length + 1 && rest.StartsWith(place))
            {
                rest = rest[place.Length..];
                return (rest.Length > 2 && rest[0] is '市' or '省' ? rest[1..] : rest).ToString();
            }
        }

        return rest.ToString();
    }
}
