using Receivables.Sdk.Text;

namespace Receivables.Sdk.Statements.Mt;

/// <summary>Tells MT940 and MT942 by their first bytes.</summary>
internal static class MtSignature
{
    /// <summary>Certain: a SWIFT envelope of one of the types, or <c>:20:</c> and another field of a statement's header, each at the start of a line.</summary>
    internal static FormatMatch Detect(ReadOnlySpan<byte> start)
    {
        start = SourceText.Readable(start, EncodingDetector.Detect(start, start.Length < SourceText.PeekLength));
        if (start.IndexOf("{2:O94"u8) >= 0 || start.IndexOf("{2:I94"u8) >= 0 || start.IndexOf("{2:O950"u8) >= 0 || start.IndexOf("{2:I950"u8) >= 0)
        {
            return FormatMatch.Certain;
        }

        // Messages may stand in XML, or behind another statement that is XML: whose reader comes first then.
        var isXml = start.TrimStart("\uFEFF \t\r\n"u8).StartsWith("<"u8);
        bool hasReference = false, hasOther = false, hasAny = false;
        var hasDoubleAt = MtLines.HasDoubleAt(start, true) ?? false;
        for (var at = 0; at < start.Length;)
        {
            _ = MtLines.TryEnd(start, at, true, hasDoubleAt, out var end, out var next);
            var line = start[at..end].TrimStart("\u0001\u0002\u0003\uFEFF"u8);
            var tag = MtTags.Read(line, out var length);
            hasReference |= tag == MtTag.Reference20;
            hasOther |= tag is MtTag.Account25 or MtTag.Number28 or MtTag.Opening60F or MtTag.Opening60M or MtTag.Floor34F or MtTag.Closing62F;
            hasAny |= tag > MtTag.Unknown && length > 0;
            if (hasReference && hasOther)
            {
                return isXml ? FormatMatch.Possible : FormatMatch.Certain;
            }

            at = Math.Max(next, at + 1);
        }

        return MtWrapping.Find(start) is not null ? isXml ? FormatMatch.Possible : FormatMatch.Certain
            : hasAny ? FormatMatch.Possible : FormatMatch.No;
    }
}
