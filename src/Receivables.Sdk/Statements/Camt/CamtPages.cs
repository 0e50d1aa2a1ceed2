namespace Receivables.Sdk.Statements.Camt;

/// <summary>Which statements are pages of one: consecutive pages of one account in one message, whose balances meet.</summary>
internal static class CamtPages
{
    /// <summary>Reads the page: the statement's own number (<c>StmtPgntn</c>) before the message's (<c>MsgPgntn</c>).</summary>
    internal static CamtPage Read(CamtRecord message, CamtRecord statement, CamtFields fields, CamtTexts texts)
    {
        fields.Clear(message);
        fields.Add(0, message.Count);
        var id = texts.Text(fields[CamtField.MessageId]);
        var page = new CamtPage(id, CamtValues.Count(fields[CamtField.MessagePage]) ?? 0, IsLast(fields, CamtField.MessageIsLastPage));
        fields.Clear(statement);
        fields.Add(0, statement.Count);
        return fields.Has(CamtField.StatementPage)
            ? new CamtPage(id, CamtValues.Count(fields[CamtField.StatementPage]) ?? 0, IsLast(fields, CamtField.StatementIsLastPage))
            : page;
    }

    /// <summary>Whether a statement is the next page, and goes on where the last one ended.</summary>
    internal static bool Continues(CamtHead last, CamtHead next) =>
        ShouldContinue(last, next) && next.Page.Number == last.Page.Number + 1 && (Meet(last.Closing, next.Opening) || Repeats(last, next));

    /// <summary>Whether a statement says that it is a later page of the last one.</summary>
    internal static bool ShouldContinue(CamtHead last, CamtHead next) =>
        !last.Page.IsLast && next.Page.Number > last.Page.Number && last.Header.Format == next.Header.Format
        && last.Header.Account.Key == next.Header.Account.Key && last.Header.Account.Currency == next.Header.Account.Currency
        && (Same(last.Page.MessageId, next.Page.MessageId) || Same(last.Header.StatementId, next.Header.StatementId) || Same(last.Header.Number, next.Header.Number));

    private static bool Same(string? one, string? other) => one is not null && one == other;

    // Balances in between are intermediate ones; a final balance on both sides makes two statements.
    private static bool Meet(StatementBalance? closing, StatementBalance? opening) =>
        closing is null || opening is null || (closing.Amount == opening.Amount && !(closing.Kind == "CLBD" && opening.Kind is "OPBD" or "PRCD"));

    // Or each page repeats the balances of the whole statement.
    private static bool Repeats(CamtHead last, CamtHead next) =>
        last.Opening is { } opening && last.Closing is { } closing && next.Opening is { } again && next.Closing is { } end
        && opening.Amount == again.Amount && closing.Amount == end.Amount && opening.Kind == again.Kind && closing.Kind == end.Kind;

    private static bool IsLast(CamtFields fields, CamtField field) => !fields.Has(field) || CamtValues.IsTrue(fields[field]);
}
