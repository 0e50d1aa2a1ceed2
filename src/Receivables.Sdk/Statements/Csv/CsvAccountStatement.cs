using NodaTime;

namespace Receivables.Sdk.Statements.Csv;

/// <summary>The statement of one account (and currency) of a file while its rows come in.</summary>
internal sealed class CsvAccountStatement(string accountText, Currency? currency)
{
    private LocalDate _last;

    /// <summary>What tells the account from others, however a row writes it; empty without a column.</summary>
    internal string Key { get; } = AccountKey.Of(accountText);

    /// <summary>The currency of its rows; null where nothing says it.</summary>
    internal Currency? Currency => currency;

    internal required StatementHeader Header { get; init; }

    /// <summary>Transactions that wait because another account's statement is open; null for the open one.</summary>
    internal List<BankTransaction>? Held { get; set; }

    internal RunningBalance Balance { get; } = new();

    internal string? NotVerifiable { get; set; }

    internal LocalDate? FirstDate { get; private set; }

    internal LocalDate? LastDate { get; private set; }

    internal LocalDate? Earliest { get; private set; }

    internal LocalDate? Latest { get; private set; }

    internal SourceLocation LastLocation { get; private set; } = SourceLocation.Start;

    /// <summary>Takes note of the row that was read last.</summary>
    internal void See(LocalDate? date, in SourceLocation location)
    {
        LastLocation = location;
        if (date is { } day)
        {
            See(day, location);
        }
    }

    /// <summary>The same of a row that has a date.</summary>
    internal void See(LocalDate day, in SourceLocation location)
    {
        LastLocation = location;

        // Rows of one day follow each other.
        if (day != _last || LastDate is null)
        {
            SeeNew(day);
        }
    }

    private void SeeNew(LocalDate day)
    {
        _last = day;
        FirstDate ??= day;
        LastDate = day;
        Earliest = Earliest is { } earliest && earliest <= day ? earliest : day;
        Latest = Latest is { } latest && latest >= day ? latest : day;
    }

    /// <summary>The end, with the balances that the rows prove or the file states.</summary>
    internal StatementEnd ToEnd(CsvMetadataReader metadata, bool isOnly)
    {
        var currency = Currency ?? Sdk.Currency.None;
        var (order, opening, closing, difference) = Balance.Finish(FirstDate > LastDate);
        var checks = new List<(string, Money?)>();
        if (order != RowOrder.Unknown && Balance.Links > 0)
        {
            checks.Add(("runningBalance", difference is { } by ? new Money(by, currency) : null));
        }

        StatementBalance? Stated((decimal Amount, Currency? Currency, LocalDate? Date)? stated, LocalDate? date, string kind) =>
            isOnly && stated is { } s ? new StatementBalance(s.Date ?? date, new Money(s.Amount, s.Currency ?? currency)) { Kind = kind } : null;

        var from = isOnly ? metadata.From ?? Earliest : Earliest;
        var to = isOnly ? metadata.To ?? Latest : Latest;
        var derived = order != RowOrder.Unknown;
        var isStated = isOnly && metadata.Opening is not null && metadata.Closing is not null;

        // Balances that were computed from the rows prove these rows as far as others lie between; the oldest one is taken on trust.
        var isCircular = derived && !isStated && (Balance.Links == 0 || Balance.UnprovedRows > 1);
        return new StatementEnd
        {
            From = from,
            To = to,
            Opening = Stated(metadata.Opening, from, "opening") ?? (derived ? new StatementBalance(Earliest, new Money(opening, currency)) { Kind = "running" } : null),
            Closing = Stated(metadata.Closing, to, "closing") ?? (derived ? new StatementBalance(Latest, new Money(closing, currency)) { Kind = "running" } : null),
            OtherBalances = isOnly ? [.. metadata.Balances.Select(b => Stated(b, b.Date, "balance")!)] : [],
            Location = LastLocation,
            Checks = checks,
            NotVerifiable = NotVerifiable ?? (isCircular ? "derivedBalance" : null),
        };
    }
}
