namespace Receivables.Sdk.Matching;

/// <summary>What speaks against an explanation, and what a person should see before it is posted.</summary>
internal sealed partial class HypothesisBuilder
{
    private const int DigitsPerNearNumber = 3;
    private const int ShortestEnd = 3;

    // Who pays less than a tenth of a document hardly means it, and its number mistyped as well.
    private const int LeastPart = 10;

    private bool? _isReserved;
    private bool? _isShared;
    private List<int>? _namedByWord;
    private int _months = -1;

    // What a person should see first, each with what it is about.
    private void Reserve(Hypothesis h, ReadOnlySpan<int> items)
    {
        if (IsHeldBack(h, items))
        {
            h.IsHeld = true;
            if (payment.Words.HasFlag(PaymentWord.Deduction))
            {
                h.Add(EvidenceCode.Reservation, 0, payment.Transaction.Remittance);
            }
            else
            {
                h.Add(EvidenceCode.Reservation, 0, OpenOf(items) - payment.Amount, payment.Currency);
            }
        }

        if (IsReserved || (h.Named is null && IsOfOtherMonth(items)))
        {
            h.IsHeld = true;
            h.Add(EvidenceCode.Reservation, 0, payment.Transaction.Remittance);
        }

        if (h.Named is null && NamesAnotherOfAmount(items) is { } other)
        {
            h.IsHeld = true;
            h.Add(EvidenceCode.Reservation, 0, other);
        }
    }

    // Others have the amount open, too.
    private bool IsAmountShared() => index.CountPostings(KeyHash.OfAmount(payment.Amount, payment.Currency), 2) > 1;

    // Whether the text has a number that by chance is like one of other customers, and none of this one's: to this one it is as unread as any.
    private bool NamesOthersOnly(Family family, int alone)
    {
        foreach (var (field, start, end) in payment.ReadByFew)
        {
            if (!family.IsNamedAt(field, start, end) && !(alone >= 0 && field == TextField.Remittance && IsEndOf(alone, payment.Transaction.Remittance.AsSpan(start, end - start))))
            {
                return true;
            }
        }

        return false;
    }

    // How many runs of three digits or more, that are no part of a longer number or a date, are the end of a document's number: who writes 322 for 2026-00322 means it.
    private int CountEnds(int item) => CountEnds(item, out _, out _);

    private int CountEnds(int item, out int start, out int length)
    {
        (start, length) = (0, 0);
        var text = payment.Transaction.Remittance.AsSpan();
        var count = 0;
        for (int at = 0, end; at < text.Length; at = end + 1)
        {
            for (end = at; end < text.Length && char.IsAsciiDigit(text[end]); end++)
            {
            }

            var isPart = (at > 1 && text[at - 1] is ('.' or '/' or '-') && char.IsAsciiDigit(text[at - 2])) || (end + 1 < text.Length && text[end] is ('.' or '/' or '-') && char.IsAsciiDigit(text[end + 1]));
            if (!isPart && IsEndOf(item, text[at..end]))
            {
                (count, start, length) = (count + 1, at, end - at);
            }
        }

        return count;
    }

    private bool IsEndOf(int item, ReadOnlySpan<char> digits)
    {
        Span<char> number = stackalloc char[NumberKeys.MaxLength];
        return digits.Length >= ShortestEnd && index.Digits(item, number) is var length && length > digits.Length && number[..length].EndsWith(digits);
    }

    // By a short number, a part of one or with an error.
    private bool NamesAnother(Family family, ReadOnlySpan<int> items)
    {
        foreach (ref readonly var hit in payment.Hits.AsSpan())
        {
            if (hit.Strength == HitStrength.Weak && (hit.Code is EvidenceCode.NumberTypo or EvidenceCode.NumberTail ? hit.Length >= 5 : hit.Code == EvidenceCode.Number && hit is { Length: >= 3, Weight: > 0 })
                && !items.Contains(hit.Item) && family.Has(hit.Item))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsReserved =>
        _isReserved ??= index.Seller.IsNamedOtherwise(payment.Transaction.Remittance) || (payment.Words.HasFlag(PaymentWord.Cheque) && Reservations.NamesUntimelyCheque(payment.Transaction.Remittance, payment.Date));

    // The text says for which month it pays, and a document is of another.
    private bool IsOfOtherMonth(ReadOnlySpan<int> items)
    {
        _months = _months < 0 ? MonthWords.Read(payment.Transaction.Remittance) : _months;
        if (_months == 0)
        {
            return false;
        }

        foreach (var item in items)
        {
            if (!MonthWords.Fits(_months, index.Item(item).Issued, index.Item(item).Due))
            {
                return true;
            }
        }

        return false;
    }

    // The text has a word of the name of another customer, who has a document of the amount, too: people pay for others. That name, null for none.
    private string? NamesAnotherOfAmount(ReadOnlySpan<int> items)
    {
        if (items.Length != 1)
        {
            return null;
        }

        var own = index.Directory.Customer(index.CustomerOf(items[0]))?.Name;
        foreach (var item in _namedByWord ??= NamedByWord())
        {
            if (index.RootOf(item) != index.RootOf(items[0]) && index.Directory.Customer(index.CustomerOf(item))?.Name is { } name && WordsOfName.AreIn(payment.Transaction.Remittance!, name, own))
            {
                return name;
            }
        }

        return null;
    }

    // The documents of just this amount of whose customers' names the text has a word, in order of their ids.
    private List<int> NamedByWord()
    {
        var named = pool.LendItems();
        var key = KeyHash.OfAmount(payment.Amount, payment.Currency);
        if (string.IsNullOrWhiteSpace(payment.Transaction.Remittance) || index.CountPostings(key, NumberShapes.MostPostings + 1) > NumberShapes.MostPostings)
        {
            return named;
        }

        foreach (var (item, _) in index.Postings(key))
        {
            if (index.CustomerOf(item) is var customer and >= 0 && state.Open(item) == payment.Amount
                && index.Directory.Customer(customer)?.Name is { } name && WordsOfName.AreIn(payment.Transaction.Remittance, name, except: null))
            {
                named.Add(item);
            }
        }

        named.Sort((a, b) => index.Item(a).Id.CompareTo(index.Item(b).Id));
        return named;
    }

    // Less than what is open: with a reason given, after the discount has ended, or so little that a bank on the way may have taken it, or that the host wants it looked at.
    private bool IsHeldBack(Hypothesis h, ReadOnlySpan<int> items)
    {
        if (items.Length == 0 || h.Outcome is not (MatchOutcome.Partial or MatchOutcome.Fee or MatchOutcome.Combined) || h.Fit == AmountFit.Exact || h.Residual > 0 || h.HasCredits)
        {
            return false;
        }

        var missing = OpenOf(items) - payment.Amount;
        // Of several the last is the one that is paid in part.
        var open = state.Open(items[^1]);
        return missing > 0
            && (payment.Words.HasFlag(PaymentWord.Deduction)
                || h.HasTerm(EvidenceCode.LateDiscount)
                || (!payment.Words.HasFlag(PaymentWord.Part)
                    && (missing * 100 <= open * options.HeldShortfallPercent || MayBeKept(missing, open))));
    }

    // By a bank on the way; where the host says nothing of charges in the currency, a small share.
    private bool MayBeKept(long missing, long open) => options.FeeTolerance.ContainsKey(payment.Currency) ? missing * 3 <= open && MayBeCharge(missing) : missing * 50 <= open;

    // A named document whose number an error makes of another's of the customer, where the amount does not tell which was meant. One document may be mistaken for any
    // that has room for the payment; of several two would have to be, since the sum tells of one, so that only numbers that lie close count. The first of the others; negative for none.
    private int EasilyMisread(Hypothesis h, ReadOnlySpan<int> items)
    {
        if (h.HasTerm(EvidenceCode.StructuredReference))
        {
            return -1;
        }

        Span<char> digits = stackalloc char[NumberKeys.MaxLength];
        var (near, other) = (0, -1);
        foreach (var item in items)
        {
            near += CountNear(item, items, h.Residual > 0, ref other);
            if (near > 0 && (items.Length == 1 || near > index.Digits(item, digits) / DigitsPerNearNumber))
            {
                return other;
            }
        }

        return -1;
    }

    private int CountNear(int item, ReadOnlySpan<int> named, bool isExcess, ref int first)
    {
        // What is paid in excess may be so of another as well.
        var (room, most) = named.Length == 1 ? (isExcess ? payment.Amount / 2 : payment.Amount, payment.Amount <= long.MaxValue / LeastPart ? payment.Amount * LeastPart : long.MaxValue) : (1, long.MaxValue);
        var count = 0;
        foreach (var member in index.Directory.Family(index.RootOf(item)))
        {
            foreach (var other in index.ItemsOf(member))
            {
                ref readonly var cell = ref index.Cell(other);
                if (cell.Role == ItemRole.Debit && cell.Currency == payment.Currency && cell.Open >= room && index.IsOneApart(item, other)
                    && state.Open(other) is var open && open >= room && open <= most && !named.Contains(other))
                {
                    count++;
                    first = first < 0 || index.Item(other).Id < index.Item(first).Id ? other : first;
                }
            }
        }

        return count;
    }

    // Whether another document of just the amount has the number but for one error.
    private bool HasNearOfAmount(int item)
    {
        var key = KeyHash.OfAmount(payment.Amount, payment.Currency);
        if (index.CountPostings(key, NumberShapes.MostPostings + 1) > NumberShapes.MostPostings)
        {
            return true;
        }

        foreach (var (other, _) in index.Postings(key))
        {
            if (other != item && index.IsOneApart(item, other))
            {
                return true;
            }
        }

        return false;
    }

    private bool FitsAnother(int item)
    {
        var root = index.RootOf(item);
        if (root < 0)
        {
            return false;
        }

        foreach (var member in index.Directory.Family(root))
        {
            foreach (var other in index.ItemsOf(member))
            {
                ref readonly var cell = ref index.Cell(other);
                if (other != item && cell.Role == ItemRole.Debit && cell.Open >= payment.Amount && cell.Currency == payment.Currency
                    && state.Open(other) is var open && (open == payment.Amount || (open > payment.Amount && open - payment.Amount <= cell.MostDiscount && IsDiscounted(other, open))))
                {
                    return true;
                }

                // Paid once, and perhaps paid again with an error in its number.
                if (cell.Role == ItemRole.Settled && cell.Currency == payment.Currency && index.IsOneApart(item, other) && Amounts.TryGet(index.Item(other).Amount, out var whole) && whole == payment.Amount)
                {
                    return true;
                }
            }
        }

        return false;
    }

    // In time or too late.
    private bool IsDiscounted(int item, long open) => open - Discount(item, late: false) == payment.Amount || open - Discount(item, late: true) == payment.Amount;

    // The same place in the text may name several documents: taking one explains the place.
    private bool IsSameSpan(ReadOnlySpan<int> items, in DocumentHit hit)
    {
        foreach (ref readonly var other in payment.Hits.AsSpan())
        {
            if (items.Contains(other.Item) && other.Field == hit.Field && other.Start < hit.End && hit.Start < other.End)
            {
                return true;
            }
        }

        return false;
    }
}
