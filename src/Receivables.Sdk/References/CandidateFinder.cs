namespace Receivables.Sdk.References;

/// <summary>Digits in a text that pass the check of one type, found one by one.</summary>
/// <remarks>A value on the stack, for one thread; nothing is allocated but the references found.</remarks>
internal ref struct CandidateFinder
{
    // A reference cut or grouped into more pieces than this is not looked for.
    private const int MostPieces = 8;

    private readonly ReadOnlySpan<char> _text;
    private readonly ReferenceType _type;
    private readonly int _minLength;
    private readonly int _maxLength;
    private int _start;
    private int _end;
    private int _pieces;

    internal CandidateFinder(ReadOnlySpan<char> text, ReferenceScheme scheme)
    {
        _text = text;
        _type = scheme.Type;
        // A Swiss reference is padded when it is read; in free text only the whole of it is one.
        (_minLength, _maxLength) = scheme.Type == ReferenceType.SwissQrr ? (scheme.MaxLength, scheme.MaxLength) : (scheme.MinLength, scheme.MaxLength);
        _start = -1;
    }

    /// <summary>The candidate that the last <see cref="MoveNext"/> found.</summary>
    internal ReferenceMatch Current { get; private set; }

    /// <summary>Looks for the next candidate.</summary>
    /// <returns>Whether there is one.</returns>
    internal bool MoveNext()
    {
        while (true)
        {
            if (_start < 0 || !Extend())
            {
                if (!NextStart())
                {
                    return false;
                }

                continue;
            }

            var digits = CountDigits(_text[_start.._end]);
            if (digits > _maxLength)
            {
                _pieces = MostPieces;
                continue;
            }

            if (digits >= _minLength && PaymentReference.TryParse(_text[_start.._end], _type, out var reference))
            {
                Current = new ReferenceMatch(_start, _end - _start, reference);
                return true;
            }
        }
    }

    // The next piece begins where digits begin that do not go on from a letter or digit.
    private bool NextStart()
    {
        for (var i = Math.Max(_start + 1, 0); i < _text.Length; i++)
        {
            if (char.IsAsciiDigit(_text[i]) && (i == 0 || !char.IsLetterOrDigit(_text[i - 1])))
            {
                (_start, _end, _pieces) = (i, i, 0);
                return true;
            }
        }

        return false;
    }

    // One more piece: over one to three separators, then to the end of the digits.
    private bool Extend()
    {
        var at = _end;
        while (_pieces > 0 && at < _text.Length && at - _end < 3 && ReferenceText.IsSeparator(_text[at]))
        {
            at++;
        }

        if (_pieces >= MostPieces || (_pieces > 0 && at == _end) || at >= _text.Length || !char.IsAsciiDigit(_text[at]))
        {
            return false;
        }

        while (at < _text.Length && char.IsAsciiDigit(_text[at]))
        {
            at++;
        }

        // The check character of Norway's mod 11 may be a dash.
        if (_type == ReferenceType.NorwegianKid && at < _text.Length && _text[at] == '-' && (at + 1 == _text.Length || !char.IsAsciiDigit(_text[at + 1])))
        {
            at++;
        }

        if (at < _text.Length && char.IsLetter(_text[at]))
        {
            _pieces = MostPieces;
            return false;
        }

        _end = at;
        _pieces++;
        return true;
    }

    // A dash at the end stands for a check digit.
    private static int CountDigits(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var c in text)
        {
            count += char.IsAsciiDigit(c) ? 1 : 0;
        }

        return text is [.., '-'] ? count + 1 : count;
    }
}
