namespace Receivables.Sdk.Statements.Mt;

/// <summary>The pages of one statement that were read so far: they are joined when account and currency agree, the number goes from X/n to X/n+1, and an intermediate closing balance is the next intermediate opening balance.</summary>
internal sealed class MtPages
{
    private readonly MtMessage _first;
    private readonly List<StatementBalance> _others = [];
    private readonly List<(string, Money?)> _checks = [];
    private MtMessage _last;
    private string? _information;
    private bool _hasUnreadableEntry;
    private int _count = 1;

    internal MtPages(MtMessage first) => _first = _last = first;

    /// <summary>Whether a message is the next page.</summary>
    internal bool GoesOnWith(MtMessage next) =>
        _last.Closing is { Kind: "62M" } closing && next.Opening is { Kind: "60M" } opening
        && opening.Amount == closing.Amount && opening.Amount.Currency == closing.Amount.Currency
        && next.Account!.Key == _last.Account!.Key
        && MtMessage.Page(_last.Number) is { } page && MtMessage.Page(next.Number) is { } nextPage
        && page.Statement == nextPage.Statement && nextPage.Page == page.Page + 1;

    /// <summary>Takes a message as the next page.</summary>
    internal void Join(MtMessage next)
    {
        _last = next;
        _count++;
    }

    /// <summary>Takes what a page says at its end.</summary>
    internal void Collect(MtMessage page)
    {
        if (page.Closing is { Kind: "62F" } or null)
        {
            _others.AddRange(page.Others);
        }

        _information = _information is null ? page.Information : page.Information is null ? _information : string.Concat(_information, "\n", page.Information);
        _hasUnreadableEntry |= page.HasUnreadableEntry;
        Check(page.StatedDebits, page.DebitCount, page.DebitSum);
        Check(page.StatedCredits, page.CreditCount, page.CreditSum);
    }

    /// <summary>The end of the statement.</summary>
    internal StatementEnd End => new()
    {
        Closing = _last.Closing,
        Opening = _first.Opening,
        OtherBalances = _others,
        Information = _information,
        Location = _last.ClosingLocation.Line > 0 ? _last.ClosingLocation : _last.Location,
        NotVerifiable = _hasUnreadableEntry ? "unreadableEntry" : null,
        Checks = _count > 1 ? [("pages", null), .. _checks] : _checks,
    };

    private void Check((int Count, Money Sum)? stated, int count, decimal sum)
    {
        if (stated is { } s)
        {
            _checks.Add(s.Count == count && s.Sum.Amount == sum ? ("sums", null) : ("sums", new Money(s.Sum.Amount - sum, s.Sum.Currency)));
        }
    }
}
