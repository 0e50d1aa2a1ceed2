namespace Receivables.Sdk.Reminders;

/// <summary>Puts rows in order. They mostly come in order already, and looking is cheaper than sorting.</summary>
internal static class RowOrder
{
    internal static void Sort<T>(Span<T> rows, Comparison<T> order)
    {
        for (var i = 1; i < rows.Length; i++)
        {
            if (order(rows[i - 1], rows[i]) > 0)
            {
                rows.Sort(order);
                return;
            }
        }
    }
}
