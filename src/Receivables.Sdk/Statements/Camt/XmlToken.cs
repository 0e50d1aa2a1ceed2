namespace Receivables.Sdk.Statements.Camt;

/// <summary>What an <see cref="XmlTokenizer"/> found.</summary>
internal enum XmlToken : byte
{
    /// <summary>The rest of the bytes is no whole token; more are needed.</summary>
    NeedMore,

    /// <summary>The end of the input, outside of any element.</summary>
    End,

    /// <summary>A start tag; its element is open now.</summary>
    StartTag,

    /// <summary>A start tag, text without references or nothing, and the end tag that matches: a whole element in one step. It is not open.</summary>
    Leaf,

    /// <summary>An element without content, <c>&lt;a/&gt;</c>; it is not open.</summary>
    EmptyTag,

    /// <summary>An end tag that matches; its element is closed now.</summary>
    EndTag,

    /// <summary>Text up to the next markup, references not yet resolved.</summary>
    Text,

    /// <summary>The inside of a CDATA section, text as it stands.</summary>
    CData,

    /// <summary>The bytes are no well-formed XML, or a limit was passed: see <see cref="XmlTokenizer.Fault"/>.</summary>
    Error,
}

/// <summary>Why a tokenizer cannot go on.</summary>
internal enum XmlFault : byte
{
    None,

    /// <summary>A document type declaration, which no statement has and every entity bomb needs.</summary>
    DocumentType,

    /// <summary>Deeper than the limit.</summary>
    TooDeep,

    /// <summary>A token longer than the limit.</summary>
    TooLong,

    /// <summary>An end tag that does not close the innermost element.</summary>
    MismatchedEndTag,

    /// <summary>An element begins that cannot stand there: an end tag before it is missing. Found by who knows the elements, not by the tokenizer.</summary>
    MissingEndTag,

    /// <summary>A tag, comment or declaration that is not of the form.</summary>
    BadMarkup,

    /// <summary>An attribute that is not of the form, or stands twice.</summary>
    BadAttribute,

    /// <summary>A reference that is neither one of the five entities nor a number of a character.</summary>
    BadReference,

    /// <summary>The input ends inside an element or a token.</summary>
    UnexpectedEnd,
}
