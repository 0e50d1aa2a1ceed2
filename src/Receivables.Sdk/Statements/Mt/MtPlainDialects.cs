namespace Receivables.Sdk.Statements.Mt;

/// <summary>Finds the manner in which a bank writes an entry's text, for each entry by itself, and has it read.</summary>
/// <remarks>The first that knows the text reads it. Text that none knows is the remittance as a whole.</remarks>
internal sealed class MtPlainDialects
{
    private const int Parties = 4096;

    private readonly TextPool _pool;
    private readonly GermanFields _german;
    private readonly MtPlainText _plain = new();
    private readonly MtPlainSlashDialect _plainSlash;
    private readonly MtPlainGermanDialect _plainGerman;

    internal MtPlainDialects(TextPool pool)
    {
        var parties = new StretchCache<Counterparty>(Parties);
        (_pool, _german, _plainSlash, _plainGerman) = (pool, new GermanFields(pool), new MtPlainSlashDialect(parties), new MtPlainGermanDialect(parties));
    }

    /// <summary>Reads a text in its bytes, where it is in one of the two commonest manners and of the commonest form: as <see cref="Read"/> does.</summary>
    /// <param name="data">The bytes in sight; lines end in CR and LF.</param>
    /// <param name="start">Where the text starts.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="into">What it says; nothing where it is not read.</param>
    /// <returns>Whether it was read.</returns>
    internal bool TryReadPlain(ReadOnlySpan<byte> data, int start, int end, Narrative into) =>
        start < end && data[start] == '/' ? _plain.TrySet(data, start, end, '/') && _plainSlash.TryRead(_plain, into)
            : MtPlainGermanDialect.IsBegin(data[start..end]) && _plain.TrySet(data, start, end, (char)data[start + 3]) && _plainGerman.TryRead(_plain, into);

    /// <summary>Reads the text.</summary>
    /// <param name="text">The lines; joined here.</param>
    /// <param name="into">What they say.</param>
    internal void Read(NarrativeLines text, Narrative into)
    {
        DropBlankLines(text);
        var first = FirstContent(text);
        if (GermanFields.TryDetect(first, out var separator) || (text.LineCount > 1 && GermanFields.TryDetect(first, text.Line(1), out separator)))
        {
            text.Join(separator);
            _german.Read(text.Joined, separator, into);
            return;
        }

        text.Join('/');
        var joined = text.Joined.Trim();
        if (joined is [_, _, _, '?', _, ..] && char.IsAsciiLetterUpper(joined[0]) && char.IsAsciiLetterOrDigit(joined[1]) && char.IsAsciiDigit(joined[2]))
        {
            // UBS: a code of its own before the text.
            into.Proprietary = _pool.Get(joined[..3]);
            joined = joined[4..].Trim();
        }

        if (SlashCodes.IsLedger(joined, text))
        {
            SlashCodes.ReadLedger(text, into);
        }
        else if (SlashCodes.TryRead(joined, into)
            || BankLabels.TryRead(joined, into)
            || SepaKeywords.TryRead(joined, into, isGerman: false)
            || ColumnText.TryRead(joined, into))
        {
            return;
        }
        else
        {
            into.Remittance = TextBlanks.Collapse(joined);
        }
    }

    // Some banks begin the text on the line below the tag.
    private static void DropBlankLines(NarrativeLines text)
    {
        while (text.LineCount > 1 && text.Line(0).IsWhiteSpace())
        {
            text.DropFirstLine();
        }
    }

    // A bank that sends the text twice sends the bare code first.
    private static ReadOnlySpan<char> FirstContent(NarrativeLines text)
    {
        var first = text.Line(0);
        return text.LineCount > 1 && first.Trim().Length == 3 && text.Line(1).StartsWith(first.Trim(), StringComparison.Ordinal) ? text.Line(1) : first;
    }
}
