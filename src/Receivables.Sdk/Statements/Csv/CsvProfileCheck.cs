using Receivables.Sdk.Text;

namespace Receivables.Sdk.Statements.Csv;

/// <summary>The rules that a profile must keep; the reader, the JSON and the validator all call them.</summary>
internal static class CsvProfileCheck
{
    internal static IReadOnlyList<CsvProfileProblem> FindProblems(CsvProfile profile)
    {
        var problems = new List<CsvProfileProblem>();
        void Require(bool holds, string path, string message)
        {
            if (!holds)
            {
                problems.Add(new CsvProfileProblem(path, message));
            }
        }

        Require(profile.Name is { Length: > 0 } && profile.Name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'), "$.name", "must be lower-case letters, digits and hyphens.");
        Require(profile.Version >= 1, "$.version", "must be 1 or more.");
        Require(profile.Country.Length is 0 or 2 && profile.Country.All(char.IsAsciiLetterUpper), "$.country", "must be a code of ISO 3166 in upper case.");
        Require(profile.Delimiter is null || IsSeparator(profile.Delimiter.Value), "$.delimiter", "must be one ASCII character that is no letter, digit, quote or line end.");
        Require(profile.Quote is null or '"' or '\'', "$.quote", "must be \" or ' or null.");
        Require(profile.DecimalSign is null or '.' or ',', "$.decimal", "must be . or , or null.");
        Require(profile.Encoding is null || TextEncoding.TryParse(profile.Encoding, out _), "$.encoding", "is no known encoding.");
        CheckDates(profile, Require);
        CheckColumns(profile, Require);
        CheckSign(profile, Require);
        for (var i = 0; i < profile.Metadata.Count; i++)
        {
            Require(CsvLabel.Fold(profile.Metadata[i].Label).Length > 0, $"$.metadata[{i}].label", "must hold a letter or a digit.");
            Require(CsvMetadataReader.IsKnown(profile.Metadata[i].Holds), $"$.metadata[{i}].holds", "is no known kind of metadata.");
        }

        return problems;
    }

    private static void CheckDates(CsvProfile profile, Action<bool, string, string> require)
    {
        require(profile.Dates.Count > 0, "$.dates", "must name at least one form.");
        for (var i = 0; i < profile.Dates.Count; i++)
        {
            require(CsvDateFormat.TryCreate(profile.Dates[i], out _), $"$.dates[{i}]", "must have a day (d, dd), a month (M, MM, MMM) and at most one year (yy, yyyy).");
        }
    }

    private static void CheckColumns(CsvProfile profile, Action<bool, string, string> require)
    {
        require(profile.Columns.Count > 0, "$.columns", "must name the columns.");
        var hasDate = false;
        for (var i = 0; i < profile.Columns.Count; i++)
        {
            var column = profile.Columns[i];
            hasDate |= column.Role is CsvColumnRole.BookingDate or CsvColumnRole.ValueDate;
            require(Enum.IsDefined(column.Role), $"$.columns[{i}].role", "is no known role.");
            require(!profile.HasHeader || column.Labels.Count > 0, $"$.columns[{i}].labels", "must name the column.");
            for (var j = 0; j < column.Labels.Count; j++)
            {
                require(new CsvLabel(column.Labels[j]).IsUsable, $"$.columns[{i}].labels[{j}]", "must hold a letter or a digit.");
            }
        }

        require(!profile.HasTitleRow || !profile.HasHeader, "$.titleRow", "is of layouts without a header: what stands above a header is read anyway.");
        require(hasDate, "$.columns", "must have a bookingDate or a valueDate.");
        require(!profile.HasHeader || profile.IsGeneric || profile.Columns.Count(c => !c.IsOptional) >= 2, "$.columns", "must have at least two columns that are not optional.");
        foreach (var role in profile.Columns.Where(c => IsSingle(c.Role)).GroupBy(c => c.Role).Where(g => g.Count() > 1))
        {
            require(false, "$.columns", $"must have the role {role.Key} only once.");
        }
    }

    private static void CheckSign(CsvProfile profile, Action<bool, string, string> require)
    {
        bool Has(CsvColumnRole role) => profile.Columns.Any(c => c.Role == role);
        if (profile.Sign == CsvSignModel.ByColumns)
        {
            require(profile.IsGeneric, "$.sign", "must be that of the bank: byColumns is for profiles of no bank.");
            return;
        }

        if (profile.Sign == CsvSignModel.TwoColumns)
        {
            require(Has(CsvColumnRole.Debit) && Has(CsvColumnRole.Credit), "$.columns", "must have a debit and a credit, as the sign is twoColumns.");
            require(!Has(CsvColumnRole.Mark) || (profile.Marks.Debit.Count > 0 && profile.Marks.Credit.Count > 0), "$.marks", "must name the marks of debits and of credits.");
            return;
        }

        require(Has(CsvColumnRole.Amount), "$.columns", "must have an amount.");
        require(profile.Sign != CsvSignModel.Mark || Has(CsvColumnRole.Mark), "$.columns", "must have a mark, as the sign is mark.");
        if (profile.Sign == CsvSignModel.Mark || (profile.Sign == CsvSignModel.Inverted && Has(CsvColumnRole.Mark)))
        {
            require(profile.Marks.Debit.Count > 0 && profile.Marks.Credit.Count > 0, "$.marks", "must name the marks of debits and of credits.");
        }
    }

    /// <summary>Whether a profile has one column of a role at most: those that are not joined.</summary>
    internal static bool IsSingle(CsvColumnRole role) => role is CsvColumnRole.Amount or CsvColumnRole.Debit or CsvColumnRole.Credit or CsvColumnRole.Mark
        or CsvColumnRole.Balance or CsvColumnRole.BookingDate or CsvColumnRole.ValueDate or CsvColumnRole.Account or CsvColumnRole.Status or CsvColumnRole.OtherAmount;

    private static bool IsSeparator(char c) => c < 128 && !char.IsAsciiLetterOrDigit(c) && c is not ('"' or '\'' or '\r' or '\n' or '\0');
}
