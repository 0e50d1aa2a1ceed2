namespace Receivables.Sdk.Statements.Camt;

/// <summary>The attributes of a tag, one after the other.</summary>
internal ref struct XmlAttributes(ReadOnlySpan<byte> attributes)
{
    // Far beyond any message; it bounds the search for attributes that stand twice.
    private const int MaxCount = 64;

    private ReadOnlySpan<byte> _rest = attributes;

    /// <summary>The name of the attribute that was read last.</summary>
    internal ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>Its value, references not yet resolved.</summary>
    internal ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>The next attribute; false when there is none, or what stands there is none.</summary>
    internal bool Read() => Next(ref this) == XmlFault.None;

    /// <summary>The value of an attribute by its local name, whatever its prefix, as elements are told; false when the tag has none of this name.</summary>
    internal bool TryFind(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        if (name.Length == 3 && _rest.Length == 10 && _rest.Slice(1, 3).SequenceEqual(name) && _rest[4] == '=' && _rest[5] == '"' && _rest[9] == '"')
        {
            // The plainest form, as nearly all messages write it.
            value = _rest.Slice(6, 3);
            return true;
        }

        while (Read())
        {
            if (Name.EndsWith(name) && (Name.Length == name.Length || (Name[^(name.Length + 1)] == ':' && !Name.StartsWith("xmlns:"u8))))
            {
                value = Value;
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <summary>Checks what stands between a name and the end of its tag.</summary>
    /// <param name="rest">The bytes behind the name.</param>
    /// <returns>The place of the <c>&gt;</c>, or why there is none; <see cref="XmlFault.UnexpectedEnd"/> asks for more bytes.</returns>
    internal static (XmlFault Fault, int Length) Measure(ReadOnlySpan<byte> rest)
    {
        var attributes = new XmlAttributes(rest);
        var count = 0;
        while (true)
        {
            switch (Next(ref attributes))
            {
                case XmlFault.None:
                    if (++count > MaxCount || IsRepeated(rest, attributes.Name))
                    {
                        return (XmlFault.BadAttribute, 0);
                    }

                    break;
                case XmlFault.BadMarkup:
                    var at = rest.Length - attributes._rest.Length;
                    return attributes._rest switch
                    {
                        [(byte)'>', ..] => (XmlFault.None, at),
                        [(byte)'/', (byte)'>', ..] => (XmlFault.None, at + 1),
                        [(byte)'/'] or [] => (XmlFault.UnexpectedEnd, 0),
                        _ => (XmlFault.BadMarkup, 0),
                    };
                case var fault:
                    return (fault, 0);
            }
        }
    }

    // One attribute. BadMarkup says that no attribute begins here, which at the end of the tag is as it should be.
    private static XmlFault Next(ref XmlAttributes attributes)
    {
        var rest = attributes._rest;
        var blanks = rest.IndexOfAnyExcept(" \t\r\n"u8);
        if (blanks < 0)
        {
            attributes._rest = [];
            return XmlFault.BadMarkup;
        }

        rest = rest[blanks..];
        attributes._rest = rest;
        if (rest[0] is (byte)'>' or (byte)'/')
        {
            return XmlFault.BadMarkup;
        }

        var length = rest.IndexOfAny(XmlNameRules.EndOfAttributeName);
        if (blanks == 0 || !XmlNameRules.IsName(length < 0 ? rest : rest[..length], isWhole: length >= 0))
        {
            return XmlFault.BadAttribute;
        }

        if (length < 0)
        {
            return XmlFault.UnexpectedEnd;
        }

        var value = rest[length..].TrimStart(" \t\r\n"u8);
        if (value is not [(byte)'=', ..])
        {
            return value.IsEmpty ? XmlFault.UnexpectedEnd : XmlFault.BadAttribute;
        }

        value = value[1..].TrimStart(" \t\r\n"u8);
        if (value is not [(byte)'"' or (byte)'\'', ..])
        {
            return value.IsEmpty ? XmlFault.UnexpectedEnd : XmlFault.BadAttribute;
        }

        var end = value[1..].IndexOf(value[0]);
        if ((end < 0 ? value[1..] : value.Slice(1, end)).Contains((byte)'<'))
        {
            return XmlFault.BadAttribute;
        }

        if (end < 0)
        {
            return XmlFault.UnexpectedEnd;
        }

        attributes.Name = rest[..length];
        attributes.Value = value.Slice(1, end);
        attributes._rest = value[(end + 2)..];
        return HasBadReference(attributes.Value) ? XmlFault.BadReference : XmlFault.None;
    }

    private static bool HasBadReference(ReadOnlySpan<byte> value)
    {
        while (value.IndexOf((byte)'&') is >= 0 and var at)
        {
            var length = XmlReferences.Measure(value[at..]);
            if (length <= 0)
            {
                return true;
            }

            value = value[(at + length)..];
        }

        return false;
    }

    // Tags have one or two attributes, so looking at the earlier ones again is cheap; a hostile tag is bounded by the limit on tokens.
    private static bool IsRepeated(ReadOnlySpan<byte> all, ReadOnlySpan<byte> name)
    {
        var count = 0;
        var attributes = new XmlAttributes(all);
        while (Next(ref attributes) == XmlFault.None)
        {
            if (attributes.Name.Overlaps(name))
            {
                return count > 0;
            }

            count += attributes.Name.SequenceEqual(name) ? 1 : 0;
        }

        return count > 1;
    }
}
