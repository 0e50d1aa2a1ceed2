using System.Collections.Immutable;

namespace Receivables.Sdk.Statements.Csv;

/// <summary>How amounts get their sign.</summary>
public enum CsvSignModel
{
    /// <summary>The amount carries its own sign: a debit is negative.</summary>
    Signed,

    /// <summary>The amount carries its own sign, from the card issuer's side: what was spent is positive. Where a column of marks stands beside it, the mark says which it is.</summary>
    Inverted,

    /// <summary>A column says which it is (<see cref="CsvProfile.Marks"/>).</summary>
    Mark,

    /// <summary>Debits and credits have columns of their own; whether debits are written with a minus does not matter.</summary>
    TwoColumns,

    /// <summary>The columns that a file has decide: a debit and a credit, an amount with a mark beside it, or a signed amount. Only for profiles of no bank.</summary>
    ByColumns,
}

/// <summary>What a profile was checked against.</summary>
public enum CsvProfileEvidence
{
    /// <summary>A header line that somebody published; amounts and dates were never seen.</summary>
    Header,

    /// <summary>A whole export.</summary>
    File,
}

/// <summary>A column of a profile.</summary>
/// <param name="Role">What it holds.</param>
/// <param name="Labels">
/// What its header may be called, in any language and version of the layout. Case, accents and everything but letters and digits do not
/// matter; <c>{currency}</c> stands for a code of ISO 4217, <c>Saldo {currency}</c>, and <c>{blank}</c> for a column without a name.
/// </param>
public sealed record CsvColumn(CsvColumnRole Role, IReadOnlyList<string> Labels)
{
    /// <summary>Whether a file may lack the column. Default false.</summary>
    public bool IsOptional { get; init; }

    /// <summary>Whether the column is always empty; tells layouts without a header apart. Default false.</summary>
    public bool IsEmpty { get; init; }

    /// <summary>All that may stand in the column, where that is always one of a few texts; tells layouts without a header apart. Default empty: anything may.</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];
}

/// <summary>Text of a row before the header or after the last transaction that says something about the account.</summary>
/// <param name="Label">How its first field begins; compared as column labels are.</param>
/// <param name="Holds">What the field behind it (or the rest of it) is: <c>account</c>, <c>owner</c>, <c>bic</c>, <c>currency</c>, <c>opening</c>, <c>closing</c>, <c>balance</c>, <c>from</c>, <c>to</c>, <c>period</c>, <c>section</c> (here the statement of another account begins, with this name), or <c>nothing</c>.</param>
public sealed record CsvMetadata(string Label, string Holds);

/// <summary>The words of a mark or status column. Case and accents do not matter; a word also stands for texts that begin with it and a blank.</summary>
public sealed record CsvWords
{
    /// <summary>No words.</summary>
    public static CsvWords None { get; } = new();

    /// <summary>Marks of a debit.</summary>
    public IReadOnlyList<string> Debit { get; init; } = [];

    /// <summary>Marks of a credit.</summary>
    public IReadOnlyList<string> Credit { get; init; } = [];

    /// <summary>Statuses of a booked transaction.</summary>
    public IReadOnlyList<string> Booked { get; init; } = [];

    /// <summary>Statuses of a transaction that is not booked yet; also what stands in place of a date there.</summary>
    public IReadOnlyList<string> Pending { get; init; } = [];

    /// <summary>Marks or statuses of a row that moves no money on the account.</summary>
    public IReadOnlyList<string> Information { get; init; } = [];
}

/// <summary>How one bank writes its CSV export: data, not code. Built-in ones come with the library; a host adds its own as JSON.</summary>
/// <remarks>
/// A profile is recognised by its columns, in whatever order they stand and wherever the header begins; one without a header by the form of its rows.
/// <c>docs/statements-csv.md</c> describes the JSON. Immutable and safe to share between threads.
/// </remarks>
public sealed record CsvProfile
{
    /// <summary>The name, in lower case: country, bank, variant, such as <c>nl-rabobank</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The version of this profile, from 1; it rises when what is read from the same file changes.</summary>
    public required int Version { get; init; }

    /// <summary>The bank or program that writes the layout.</summary>
    public string Bank { get; init; } = "";

    /// <summary>The bank's country, ISO 3166; empty for layouts of no country.</summary>
    public string Country { get; init; } = "";

    /// <summary>What the profile was checked against.</summary>
    public CsvProfileEvidence VerifiedBy { get; init; }

    /// <summary>Where the layout is known from.</summary>
    public string Source { get; init; } = "";

    /// <summary>What stands between fields; null finds it out.</summary>
    public char? Delimiter { get; init; }

    /// <summary>What stands around fields; null where nothing does. Default is the quotation mark.</summary>
    public char? Quote { get; init; } = '"';

    /// <summary>The decimal sign, point or comma; null finds it out where the file proves it. A file all of whose amounts prove the other one is read by it.</summary>
    public char? DecimalSign { get; init; }

    /// <summary>
    /// The forms of dates, such as <c>dd.MM.yyyy</c>. Where two of them fit, the file must prove which is meant; where none of them reads any date of a file, it may prove
    /// another. For a form without a year, <c>dd.MM</c>, the file must say it elsewhere: in its period, or in a date of the row or the row before.
    /// </summary>
    public required IReadOnlyList<string> Dates { get; init; }

    /// <summary>The currency, where no column, header or preamble names it.</summary>
    public Currency? Currency { get; init; }

    /// <summary>The encoding where the bytes do not tell, such as <c>windows-1250</c>; null leaves it to them.</summary>
    public string? Encoding { get; init; }

    /// <summary>Whether the columns have a header. Default true.</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>Whether a row about the account stands before the first transaction of a layout without a header. Default false.</summary>
    public bool HasTitleRow { get; init; }

    /// <summary>How amounts get their sign. Default <see cref="CsvSignModel.Signed"/>.</summary>
    public CsvSignModel Sign { get; init; }

    /// <summary>Whether rows without an amount go on with the text of the row before. Default false.</summary>
    public bool HasContinuationRows { get; init; }

    /// <summary>Whether the profile is of no bank: taken when no other one fits, and when the rows of the file prove that its columns hold what their names say. Default false.</summary>
    public bool IsGeneric { get; init; }

    /// <summary>The columns; without a header in their order.</summary>
    public required IReadOnlyList<CsvColumn> Columns { get; init; }

    /// <summary>The words of the mark column.</summary>
    public CsvWords Marks { get; init; } = CsvWords.None;

    /// <summary>The words of the status column.</summary>
    public CsvWords Statuses { get; init; } = CsvWords.None;

    /// <summary>Rows before the header or after the last transaction that say something about the account.</summary>
    public IReadOnlyList<CsvMetadata> Metadata { get; init; } = [];

    /// <summary>The profiles that come with the library, in order of name.</summary>
    public static ImmutableArray<CsvProfile> BuiltIn => CsvProfileCatalog.All;

    /// <summary>The built-in profile of a name; null when there is none.</summary>
    /// <param name="name">The name; case does not matter.</param>
    public static CsvProfile? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return CsvProfileCatalog.All.FirstOrDefault(p => string.Equals(p.Name, name, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Reads a profile from JSON.</summary>
    /// <param name="json">One JSON object, in UTF-8.</param>
    /// <exception cref="FormatException">The JSON has problems; the message lists all of them.</exception>
    public static CsvProfile Parse(ReadOnlyMemory<byte> json) =>
        TryParse(json, out var profile, out var problems) ? profile! : throw new FormatException(string.Join(" ", problems));

    /// <summary>Reads a profile from JSON, and says everything that is wrong with it.</summary>
    /// <param name="json">One JSON object, in UTF-8.</param>
    /// <param name="profile">The profile, or null.</param>
    /// <param name="problems">All problems; empty when there is none.</param>
    /// <returns>Whether there are no problems.</returns>
    public static bool TryParse(ReadOnlyMemory<byte> json, out CsvProfile? profile, out IReadOnlyList<CsvProfileProblem> problems) =>
        CsvProfileJson.TryParse(json, out profile, out problems);

    /// <summary>A profile to fill in, as JSON, for a file whose layout is not known: its delimiter and columns, with the roles that their names suggest.</summary>
    /// <param name="start">The start of the file; 64 KiB are plenty.</param>
    public static string Skeleton(ReadOnlySpan<byte> start) => CsvProfileSkeleton.Write(start);

    /// <summary>Everything that is wrong with the profile; empty when it can be used.</summary>
    public IReadOnlyList<CsvProfileProblem> FindProblems() => CsvProfileCheck.FindProblems(this);
}

/// <summary>Something that is wrong with a profile.</summary>
/// <param name="Path">Where, as a JSON path: <c>$.columns[2].role</c>.</param>
/// <param name="Message">What is wrong.</param>
public sealed record CsvProfileProblem(string Path, string Message)
{
    /// <summary>Path and message.</summary>
    public override string ToString() => $"{Path}: {Message}";
}
