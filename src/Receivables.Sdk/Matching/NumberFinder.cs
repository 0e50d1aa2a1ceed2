using System.Buffers;

namespace Receivables.Sdk.Matching;

/// <summary>Finds the documents and customers whose numbers a text names. One for each thread, reused from text to text.</summary>
internal sealed class NumberFinder(LedgerIndex index)
{
    // Runs of so many digits are looked up with one error, zeros in front counted; without them of so many.
    private const int ShortestWithError = 6;
    private const int LongestWithError = 12;
    private const int ShortestOfZeros = 4;
    private const int MostPieces = 8;

    // FAKTURAFV/27/03/2026.
    private const int LongestPrefix = 12;
    private const int ShortestOfAccount = 7;

    // An ending that one in so many bears tells nothing; one that so few bear is theirs, however small the ledger.
    private const int SharesEnding = 64;
    private const int FewestCommon = 4;
    private const int HeaviestNumber = 24 * Bits.One;

    // Zeros in front say less than other digits: so many of them a bit each, and as much again where the ledger writes as many.
    private const int MostZeros = 3;

    private static readonly SearchValues<char> s_lists = SearchValues.Create("/-+&,;");
    private static readonly SearchValues<char> s_lookAlikes = SearchValues.Create("OILSBZ");
    private readonly TextPieces _pieces = new();
    private readonly PayerNumbers _payer = new(index);
    private readonly bool[] _isCovered = new bool[TextPieces.Most];
    private TextField _field;
    private string? _account;
    private int _probePrice;
    private bool _isPartOfRun;
    private int _first = -1;

    // Whether what is looked up is the end of a longer number as it is written: 02/2026 in 63/02/2026, but no member of a list.
    private bool _goesOn;

    internal List<DocumentHit> Hits { get; } = [];

    internal List<PartyHit> CustomerHits { get; } = [];

    /// <summary>How many runs of five digits or more name nothing, although documents have numbers of that length.</summary>
    internal int Unresolved { get; private set; }

    /// <summary>How many runs of three digits or more name nothing and are no dates.</summary>
    internal int Unread { get; private set; }

    /// <summary>The runs that would be unread but that a document bears them by chance as soon as not: a short number, or the end of one. Read for whom they are meant, unread for all others.</summary>
    internal List<(TextField Field, int Start, int End)> ReadByFew { get; } = [];

    /// <summary>How many runs that read like an amount, without a currency, are as long as the ledger's numbers and start like them: 26025.00 where 2602500 would be one.</summary>
    internal int Doubtful { get; private set; }

    /// <summary>Goes on with another view of the same ledger.</summary>
    internal void Use(LedgerIndex view)
    {
        index = view;
        _payer.Use(view);
    }

    /// <summary>Forgets what was found before; the payer's account is none of the numbers of its texts.</summary>
    internal void Clear(string? account = null)
    {
        _account = account;
        Hits.Clear();
        CustomerHits.Clear();
        ReadByFew.Clear();
        (Unresolved, Unread, Doubtful) = (0, 0, 0);
    }

    /// <summary>A text that is a reference as a whole.</summary>
    internal void ReadReference(string reference)
    {
        Span<char> full = stackalloc char[NumberKeys.MaxLength];
        Span<char> digits = stackalloc char[NumberKeys.MaxLength];
        var (length, digitCount) = NumberKeys.Split(reference, full, digits);
        var before = Hits.Count;
        (_isPartOfRun, _first) = (false, -1);
        if (length >= 2)
        {
            _field = TextField.StructuredReference;
            AddPostings(KeyHash.Of(KeyForm.Reference, NumberKeys.ReferenceText(full[..length])), EvidenceCode.StructuredReference, HeaviestNumber, HitStrength.Exact, reference, 0, reference.Length, onlyField: KeyField.Reference);
        }

        if (Hits.Count == before)
        {
            Read(reference, TextField.StructuredReference);
            if (Hits.Count == before)
            {
                ReadEmbedded(reference, digits[..digitCount]);
            }
        }
    }

    /// <summary>A free text.</summary>
    internal void Read(string text, TextField field)
    {
        _pieces.Read(text);
        _field = field;
        var numbers = 0;
        for (var i = 0; i < _pieces.Count; i++)
        {
            _isCovered[i] = false;
            numbers += _pieces[i].IsDigits ? 1 : 0;
        }

        if (numbers == 0)
        {
            return;
        }

        _probePrice = Bits.Log2((ulong)numbers);
        var before = Hits.Count;
        for (var i = 0; i < _pieces.Count; i++)
        {
            Extend(i);
        }

        DropContained(before);
        NumberSeries.Complete(index, _pieces, Hits, before, _field);
        Cover(before);
        if (!NamesInFull(before))
        {
            FindErrors();
        }

        CountUnresolved();
        if (field is TextField.Remittance or TextField.StructuredReference)
        {
            NoteReadByFew(before);
        }
    }

    /// <summary>Reads a free text that was read before once more, for the numbers of a payer's own documents with an error.</summary>
    internal void ReadErrors(string text, TextField field, int root, long amount)
    {
        _pieces.Read(text);
        _field = field;
        Array.Clear(_isCovered, 0, _pieces.Count);
        Cover(0);
        var before = Hits.Count;
        var (unresolved, unread, doubtful) = (Unresolved, Unread, Doubtful);
        CountUnresolved();
        var mine = (Unresolved: Unresolved - unresolved, Unread: Unread - unread, Doubtful: Doubtful - doubtful);
        _payer.Find(root, _pieces, field, amount, Hits);
        (Unresolved, Unread, Doubtful) = (unresolved, unread, doubtful);
        if (Hits.Count > before)
        {
            Cover(before);
            CountUnresolved();
            (Unresolved, Unread, Doubtful) = (Unresolved - mine.Unresolved, Unread - mine.Unread, Doubtful - mine.Doubtful);
        }
    }

    private bool NamesInFull(int from)
    {
        for (var i = from; i < Hits.Count; i++)
        {
            if (Hits[i].Strength != HitStrength.Weak && index.Role(Hits[i].Item) != ItemRole.Credit)
            {
                return true;
            }
        }

        return false;
    }

    // From one piece over up to eight that separators alone divide: each join is looked up.
    private void Extend(int first)
    {
        var start = _pieces[first];
        if (!start.IsDigits && !(start.Length <= 10 && HasDigitsNear(first)))
        {
            return;
        }

        Span<char> joined = stackalloc char[NumberKeys.MaxLength];
        int length = 0, letters = 0, alike = 0;
        var isDate = false;
        for (var i = first; i < _pieces.Count && i < first + MostPieces; i++)
        {
            var piece = _pieces[i];
            if ((i > first && !piece.IsJoined) || length + piece.Length > 40)
            {
                return;
            }

            if (i > first && _pieces.IsAmount(i) && _pieces.IsAmount(i - 1) && letters == 0)
            {
                return;
            }

            var isAlike = !piece.IsDigits && IsLookAlike(i);
            foreach (var c in _pieces.Chars(i))
            {
                joined[length++] = isAlike ? Digit(c) : c;
            }

            alike += isAlike ? 1 : 0;
            letters += piece.IsDigits || isAlike ? 0 : piece.Length;
            isDate |= _pieces.IsDate(i);
            if (letters < length)
            {
                _isPartOfRun = IsRunOn(first) || (i + 1 < _pieces.Count && IsRunOn(i + 1));
                _first = first;
                _goesOn = IsRunOn(first) && _pieces[first - 1].Length != piece.Length;
                Probe(joined[..length], letters, alike, isDate, start.Start, piece.End, i - first + 1);
            }
        }
    }

    // Whether a piece goes on from digits before it over a sign, as the parts of one number do.
    private bool IsRunOn(int piece) =>
        piece > 0 && _pieces[piece].IsJoined && _pieces[piece].IsDigits && _pieces[piece - 1].IsDigits && _pieces.Gap(piece) is ['/' or '-' or '.'];

    private void Probe(ReadOnlySpan<char> joined, int letters, int alike, bool isDate, int start, int end, int pieces)
    {
        var price = _probePrice + ((pieces - 1) * Bits.One / 4) + (alike * 3 * Bits.One);
        if (letters > 0)
        {
            if (joined.Length < 3)
            {
                return;
            }

            var digits = joined.Length - letters;
            var weight = Math.Min(HeaviestNumber, Bits.Digits(digits) + (letters * 2 * Bits.One) - price);
            Find(KeyForm.Full, joined, digits, weight, start, end);
            Customers(KeyForm.Full, joined, weight, start, end);
            if (joined.Length >= 6)
            {
                FindReference(joined, start, end);
            }

            return;
        }

        var significant = joined.TrimStart('0');
        if (significant.Length < 2)
        {
            return;
        }

        // A date reads like a number made of year and sequence: it counts for little.
        price += isDate || LooksLikeDate(significant) ? 8 * Bits.One : 0;
        var zeros = joined.Length - significant.Length;
        var number = Math.Min(HeaviestNumber, Bits.Digits(significant.Length) + (Math.Min(zeros, MostZeros) * Bits.One) - price);
        Find(KeyForm.Digits, significant, significant.Length, number, start, end);
        if (zeros > 0 && joined.Length >= 5)
        {
            StrengthenPadded(joined, zeros, start, end);
        }

        Customers(KeyForm.Digits, significant, number, start, end);
        if (significant.Length >= 6)
        {
            FindReference(joined, start, end);
        }

        if (joined.Length >= 4)
        {
            FindTail(joined, price, start, end);
        }
    }

    private void Find(KeyForm form, ReadOnlySpan<char> text, int digits, int weight, int start, int end)
    {
        if (index.MayHave(form, text))
        {
            AddPostings(KeyHash.Of(form, text), EvidenceCode.Number, weight, digits >= 5 ? HitStrength.Strong : HitStrength.Weak, _pieces.Text, start, end - start, onlyField: null);
        }
    }

    // A number that the ledger pads with zeros, written with all of them, is as long as it is written.
    private void StrengthenPadded(ReadOnlySpan<char> joined, int zeros, int start, int end)
    {
        Span<char> digits = stackalloc char[NumberKeys.MaxLength];
        for (var i = 0; i < Hits.Count; i++)
        {
            var hit = Hits[i];
            if (hit.Start == start && hit.End == end && hit.Field == _field && hit.Code == EvidenceCode.Number
                && index.Digits(hit.Item, digits) is var count and > 0 && digits[..count].SequenceEqual(joined))
            {
                Hits[i] = hit with { Strength = HitStrength.Strong, Weight = Math.Min(HeaviestNumber, hit.Weight + (Math.Min(zeros, MostZeros) * Bits.One)) };
            }
        }
    }

    private void FindReference(ReadOnlySpan<char> joined, int start, int end)
    {
        var text = NumberKeys.ReferenceText(joined);
        if (index.MayHave(KeyForm.Reference, text))
        {
            AddPostings(KeyHash.Of(KeyForm.Reference, text), EvidenceCode.StructuredReference, HeaviestNumber - _probePrice, HitStrength.Exact, _pieces.Text, start, end - start, KeyField.Reference);
        }
    }

    // The end of a longer number: found by its last digits, then compared in full.
    private void FindTail(ReadOnlySpan<char> digits, int price, int start, int stop)
    {
        if (_goesOn || (digits.Length < 6 && index.IsCommonEnding(digits)))
        {
            return;
        }

        var form = digits.Length >= 6 ? KeyForm.LastSix : KeyForm.LastFour;
        var key = KeyHash.Of(form, digits[^(digits.Length >= 6 ? 6 : 4)..]);
        var postings = index.Postings(key);
        // What so many of the ledger end in says nothing: the year in 17/2026.
        var most = digits.Length >= 6 ? NumberShapes.MostPostings : Math.Clamp(index.DebitCount / SharesEnding, FewestCommon, NumberShapes.MostPostings);
        if (postings.IsEmpty || index.CountPostings(key, most + 1) > most)
        {
            return;
        }

        var end = NumberDigits.Of(digits);
        foreach (var (item, field) in postings)
        {
            if (EndsIn(item, field, digits, end))
            {
                var weight = Math.Min(HeaviestNumber, Bits.Digits(digits.Length) - price - Bits.One);
                Hits.Add(new DocumentHit(item, weight, EvidenceCode.NumberTail, HitStrength.Weak, _pieces.Text, _field, start, stop - start));
            }
        }
    }

    private bool EndsIn(int item, KeyField field, ReadOnlySpan<char> digits, in NumberDigits end)
    {
        if (field == KeyField.Number && index.Cell(item).Number is { IsTooLong: false } number)
        {
            return !end.IsTooLong && number.EndsIn(end);
        }

        if (field is not (KeyField.Number or KeyField.Other) || NumberText(item, field) is not { } text)
        {
            return false;
        }

        Span<char> full = stackalloc char[NumberKeys.MaxLength];
        Span<char> theirs = stackalloc char[NumberKeys.MaxLength];
        var (_, count) = NumberKeys.Split(text, full, theirs);
        return count > digits.Length && theirs[..count].EndsWith(digits);
    }

    private void Customers(KeyForm form, ReadOnlySpan<char> text, int weight, int start, int end)
    {
        if (!index.Directory.MayHave(form, text))
        {
            return;
        }

        foreach (var customer in index.Directory.ByNumber(KeyHash.Of(form, text)))
        {
            if (index.IsKnown(customer))
            {
                CustomerHits.Add(new PartyHit(customer, weight, EvidenceCode.CustomerNumber, text.Length >= 5, _pieces.Text, _field, start, end - start));
            }
        }
    }

    private void AddPostings(ulong key, EvidenceCode code, int weight, HitStrength strength, string text, int start, int length, KeyField? onlyField)
    {
        var postings = index.Postings(key);
        if (postings.IsEmpty || index.CountPostings(key, NumberShapes.MostPostings + 1) > NumberShapes.MostPostings)
        {
            return;
        }

        foreach (var (item, field) in postings)
        {
            if (onlyField is { } only && field != only)
            {
                continue;
            }

            var kind = field switch
            {
                KeyField.Order => EvidenceCode.OrderNumber,
                KeyField.Contract => EvidenceCode.ContractNumber,
                KeyField.Other => EvidenceCode.OtherNumber,
                KeyField.Reference when onlyField is KeyField.Reference => EvidenceCode.StructuredReference,
                KeyField.Reference => EvidenceCode.OtherNumber,
                _ => code,
            };
            // A part of a longer number, or what the text calls the payer's own number, is an order's or contract's by chance as soon as not.
            var isSure = strength == HitStrength.Weak || !(_isPartOfRun || (_first >= 0 && NumberLabels.IsNoDocument(_pieces, _first))) || kind is not (EvidenceCode.OrderNumber or EvidenceCode.ContractNumber or EvidenceCode.OtherNumber);
            Hits.Add(new DocumentHit(item, weight, kind, isSure ? strength : HitStrength.Weak, text, _field, start, length));
        }
    }

    // A reference of a bank that carries the invoice's number, padded, before its check digit.
    private void ReadEmbedded(string text, ReadOnlySpan<char> digits)
    {
        for (var cut = 0; cut <= 1; cut++)
        {
            var body = digits[..Math.Max(0, digits.Length - cut)];
            for (var length = Math.Min(14, body.Length); length >= 5; length--)
            {
                if (body[^length] != '0')
                {
                    AddPostings(KeyHash.Of(KeyForm.Digits, body[^length..]), EvidenceCode.Number, Bits.Digits(length) - (2 * Bits.One), HitStrength.Weak, text, 0, text.Length, KeyField.Number);
                }
            }
        }
    }

    // A number that lies inside another that was found is no number of its own (14 in 1814), nor is one where two of a list meet (2603 26 in 26.2603 + 26.0301). From the end, where the last of the list stands alone.
    private void DropContained(int from)
    {
        for (var i = Hits.Count - 1; i >= from; i--)
        {
            var hit = Hits[i];
            if (IsWhereTwoMeet(hit, from))
            {
                Hits.RemoveAt(i);
                continue;
            }

            for (var j = from; j < Hits.Count; j++)
            {
                var other = Hits[j];
                var isInside = other.Start <= hit.Start && other.End >= hit.End;
                var isBetter = (other.Length > hit.Length && (other.Strength > HitStrength.Weak || other.Code == hit.Code))
                    || (other.Length == hit.Length && other.Item == hit.Item && IsBefore(other, hit, j < i))
                    || (other.Length == hit.Length && hit.Code == EvidenceCode.NumberTail && other.Code != EvidenceCode.NumberTail);
                if (i != j && isInside && isBetter)
                {
                    Hits.RemoveAt(i);
                    break;
                }
            }
        }
    }

    private bool IsWhereTwoMeet(in DocumentHit hit, int from)
    {
        var (isBegun, isEnded) = (false, false);
        for (var i = from; i < Hits.Count; i++)
        {
            var other = Hits[i];
            isBegun |= other.Strength != HitStrength.Weak && other.Start < hit.Start && other.End > hit.Start && other.End < hit.End;
            isEnded |= other.Strength != HitStrength.Weak && other.Start > hit.Start && other.Start < hit.End && other.End > hit.End;
        }

        return isBegun && isEnded;
    }

    // The document's own number before another that it has, then the heavier, then the one found first.
    private static bool IsBefore(in DocumentHit other, in DocumentHit hit, bool isFirst) =>
        other.Code == EvidenceCode.Number != (hit.Code == EvidenceCode.Number) ? other.Code == EvidenceCode.Number && other.Strength >= hit.Strength
        : other.Weight > hit.Weight || (other.Weight == hit.Weight && isFirst);

    private void Cover(int from)
    {
        for (var i = 0; i < _pieces.Count; i++)
        {
            for (var h = from; h < Hits.Count; h++)
            {
                _isCovered[i] |= Hits[h].Field == _field && Hits[h].Start <= _pieces[i].Start && Hits[h].End >= _pieces[i].End;
            }
        }
    }

    // One wrong, missing, doubled or swapped digit: only for runs of six or more, where chance hits are rare.
    private void FindErrors()
    {
        var tried = 0;
        Span<char> run = stackalloc char[16];
        for (var i = 0; i < _pieces.Count && tried < 4; i++)
        {
            var piece = _pieces[i];
            if (!piece.IsDigits || _isCovered[i] || _pieces.IsDate(i) || _pieces.IsAmount(i))
            {
                continue;
            }

            // The run alone, and with the run before it that a separator joins: 2026-00123.
            for (var from = i; from >= Math.Max(0, i - 2); from--)
            {
                if (from < i && !(_pieces[from].IsDigits && _pieces[from + 1].IsJoined))
                {
                    break;
                }

                var length = 0;
                for (var p = from; p <= i && length <= 12; p++)
                {
                    foreach (var c in _pieces.Chars(p)[..Math.Min(_pieces[p].Length, 13 - length)])
                    {
                        run[length++] = c;
                    }
                }

                // Zeros in front are digits of the run, but tell nothing.
                ReadOnlySpan<char> digits = run[..length];
                var zeros = Math.Min(length - digits.TrimStart('0').Length, Math.Max(0, length - ShortestWithError));
                if (length >= ShortestWithError && length - zeros <= LongestWithError && digits.TrimStart('0').Length >= ShortestOfZeros)
                {
                    tried++;
                    NumberErrors.Find(index, digits[zeros..], _probePrice, _pieces.Text, _field, _pieces[from].Start, piece.End, Hits);
                }
            }
        }
    }

    private void CountUnresolved()
    {
        for (var i = 0; i < _pieces.Count; i++)
        {
            var piece = _pieces[i];
            if (_isCovered[i] || IsOfCustomer(piece) || !MayBeNumber(i))
            {
                continue;
            }

            // However short, an ending that hangs on a number means something.
            Unread += piece.Length >= 3 || (i > 0 && _isCovered[i - 1] && !_pieces.IsAmount(i) && _pieces.Gap(i) is [var between] && s_lists.Contains(between)) ? 1 : 0;
            if (piece.Length >= 5 && !_pieces.IsAmount(i) && index.FitsMask(_pieces.Chars(i)))
            {
                Unresolved++;
            }

            Doubtful += _pieces.IsAmount(i) && FitsMaskAsAmount(i) ? 1 : 0;
        }
    }

    private bool MayBeNumber(int i) =>
        _pieces[i].IsDigits && !(_pieces.IsDate(i) && !HangsOnLetters(i)) && !_pieces.IsSurelyAmount(i) && !NumberLabels.IsNoDocument(_pieces, i)
        && !IsOfAccount(i) && !(LooksLikeDate(_pieces.Chars(i)) && !index.FitsMask(_pieces.Chars(i)) && !FitsMaskWithNext(i)) && !IsYearOfMonth(i);

    // Payers, or their banks, write their own account into the text, whole or in groups of four.
    private bool IsOfAccount(int i) =>
        _account is not null && (IsInAccount(i, i) || (i > 0 && IsInAccount(i - 1, i)) || (i + 1 < _pieces.Count && IsInAccount(i, i + 1)));

    private bool IsInAccount(int first, int last)
    {
        var length = first == last ? _pieces[first].Length : _pieces[first].Length + _pieces[last].Length;
        if (length < ShortestOfAccount || length > NumberKeys.MaxLength || !_pieces[first].IsDigits || !_pieces[last].IsDigits)
        {
            return false;
        }

        Span<char> digits = stackalloc char[NumberKeys.MaxLength];
        _pieces.Chars(first).CopyTo(digits);
        _pieces.Chars(last).CopyTo(digits[(length - _pieces[last].Length)..]);
        return _account.AsSpan().Contains(digits[..length], StringComparison.Ordinal);
    }

    // FV/31/03/2026 is a number of that month, whatever the calendar says.
    private bool HangsOnLetters(int i)
    {
        while (i > 0 && _pieces.IsDate(i - 1))
        {
            i--;
        }

        return i > 0 && !_pieces[i - 1].IsDigits && _pieces[i - 1].Length <= LongestPrefix && _pieces.Gap(i) is ['/' or '-'];
    }

    // 20260320-1, where the ledger's numbers are made of a date and a sequence.
    private bool FitsMaskWithNext(int i)
    {
        if (i + 1 >= _pieces.Count || !IsRunOn(i + 1) || _pieces[i].Length + _pieces[i + 1].Length > NumberKeys.MaxLength)
        {
            return false;
        }

        Span<char> digits = stackalloc char[NumberKeys.MaxLength];
        _pieces.Chars(i).CopyTo(digits);
        _pieces.Chars(i + 1).CopyTo(digits[_pieces[i].Length..]);
        return index.FitsMask(digits[..(_pieces[i].Length + _pieces[i + 1].Length)]);
    }

    // Part of the id of a customer: read for that one, unread for all others.
    private bool IsOfCustomer(in TextPiece piece)
    {
        foreach (ref readonly var hit in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(CustomerHits))
        {
            if (hit.Field == _field && hit.Start <= piece.Start && hit.Start + hit.Length >= piece.End)
            {
                return true;
            }
        }

        return false;
    }

    // April 2026.
    private bool IsYearOfMonth(int i) =>
        _pieces.Chars(i) is (['1', '9', _, _] or ['2', '0', _, _]) && ((i > 0 && MonthWords.Read(_pieces.Chars(i - 1)) != 0) || (i + 1 < _pieces.Count && MonthWords.Read(_pieces.Chars(i + 1)) != 0));

    private void NoteReadByFew(int from)
    {
        for (var i = 0; i < _pieces.Count; i++)
        {
            if ((_isCovered[i] || IsOfCustomer(_pieces[i])) && _pieces[i].Length >= 3 && !_pieces.IsAmount(i) && !IsReadInFull(from, _pieces[i]) && MayBeNumber(i))
            {
                ReadByFew.Add((_field, _pieces[i].Start, _pieces[i].End));
            }
        }
    }

    private bool IsReadInFull(int from, TextPiece piece)
    {
        for (var h = from; h < Hits.Count; h++)
        {
            if (Hits[h].Strength != HitStrength.Weak && Hits[h].Start <= piece.Start && Hits[h].End >= piece.End)
            {
                return true;
            }
        }

        return false;
    }

    // Whether the digits of an amount that ends at a piece would be a number of the ledger.
    private bool FitsMaskAsAmount(int last)
    {
        if (_pieces[last].Length != 2)
        {
            return false;
        }

        var first = last;
        while (first > 0 && _pieces.IsAmount(first - 1) && _pieces.Gap(first).Length <= 1)
        {
            first--;
        }

        Span<char> digits = stackalloc char[NumberKeys.MaxLength];
        var length = 0;
        for (var i = first; i <= last && length + _pieces[i].Length <= digits.Length; i++)
        {
            _pieces.Chars(i).CopyTo(digits[length..]);
            length += _pieces[i].Length;
        }

        return length >= 5 && index.FitsMask(digits[..length]);
    }

    private string? NumberText(int item, KeyField field) => field == KeyField.Number ? index.Item(item).Number : index.Item(item).OtherNumbers is [var first, ..] ? first : null;

    private bool HasDigitsNear(int piece) =>
        (piece + 1 < _pieces.Count && _pieces[piece + 1].IsJoined && _pieces[piece + 1].IsDigits)
        || (piece + 2 < _pieces.Count && _pieces[piece + 1].IsJoined && _pieces[piece + 2].IsJoined && _pieces[piece + 2].IsDigits);

    private bool IsLookAlike(int piece) =>
        _pieces[piece].Length <= 2 && !_pieces.Chars(piece).ContainsAnyExcept(s_lookAlikes)
        && ((piece > 0 && _pieces[piece].IsGlued && _pieces[piece - 1].IsDigits) || (piece + 1 < _pieces.Count && _pieces[piece + 1].IsGlued && _pieces[piece + 1].Length >= 3));

    private static char Digit(char c) => c switch { 'O' => '0', 'I' or 'L' => '1', 'S' => '5', 'B' => '8', _ => '2' };

    private static bool LooksLikeDate(ReadOnlySpan<char> digits)
    {
        if (digits.Length != 8)
        {
            return false;
        }

        int At(ReadOnlySpan<char> d, int start, int length)
        {
            var value = 0;
            foreach (var c in d.Slice(start, length))
            {
                value = (value * 10) + c - '0';
            }

            return value;
        }

        return (At(digits, 0, 4) is >= 2000 and <= 2099 && At(digits, 4, 2) is >= 1 and <= 12 && At(digits, 6, 2) is >= 1 and <= 31)
            || (At(digits, 4, 4) is >= 2000 and <= 2099 && At(digits, 2, 2) is >= 1 and <= 12 && At(digits, 0, 2) is >= 1 and <= 31);
    }
}
