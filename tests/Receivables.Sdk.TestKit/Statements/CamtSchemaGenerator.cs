using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Schema;

namespace Receivables.Sdk.TestKit.Statements;

/// <summary>Writes random messages that are valid by an ISO 20022 schema: every element that a version knows comes up in time.</summary>
/// <remarks>The same seed gives the same message. Currencies are EUR throughout, dates exist; all else is as wild as the schema allows.</remarks>
public sealed class CamtSchemaGenerator
{
    private const int DeepestOptional = 12;
    private readonly XmlSchemaSet _schemas = new();
    private readonly XmlSchemaElement _root;

    /// <summary>A generator for one schema.</summary>
    /// <param name="schema">The schema, <c>camt.053.001.08.xsd</c> or another; the caller closes it.</param>
    public CamtSchemaGenerator(Stream schema)
    {
        using var reader = XmlReader.Create(schema, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        _schemas.Add(null, reader);
        _schemas.Compile();
        _root = _schemas.GlobalElements.Values.Cast<XmlSchemaElement>().First(e => e.Name == "Document");
    }

    /// <summary>A message.</summary>
    /// <param name="seed">What tells messages apart.</param>
    public string Write(int seed)
    {
        var text = new StringBuilder();
        using (var writer = XmlWriter.Create(text, new XmlWriterSettings { OmitXmlDeclaration = true, Indent = seed % 2 == 0 }))
        {
            Element(writer, _root, new SampleRandom((uint)seed), 0);
        }

        return text.ToString();
    }

    /// <summary>Throws when a message is not valid by the schema.</summary>
    /// <param name="xml">The message.</param>
    /// <exception cref="XmlSchemaException">It is not valid.</exception>
    public void Validate(string xml)
    {
        var settings = new XmlReaderSettings { ValidationType = ValidationType.Schema, Schemas = _schemas };
        using var reader = XmlReader.Create(new StringReader(xml), settings);
        while (reader.Read())
        {
        }
    }

    private static void Element(XmlWriter writer, XmlSchemaElement element, SampleRandom random, int depth)
    {
        writer.WriteStartElement(element.QualifiedName.Name, element.QualifiedName.Namespace);
        if (element.ElementSchemaType is XmlSchemaComplexType complex)
        {
            foreach (XmlSchemaAttribute attribute in complex.AttributeUses.Values)
            {
                if (attribute.Use == XmlSchemaUse.Required || random.Next(2) == 0)
                {
                    writer.WriteAttributeString(attribute.QualifiedName.Name, Value(attribute.AttributeSchemaType!, random));
                }
            }

            if (complex.ContentType == XmlSchemaContentType.TextOnly)
            {
                writer.WriteString(Value((XmlSchemaSimpleType?)SimpleBase(complex)!, random));
            }
            else
            {
                Particle(writer, complex.ContentTypeParticle, random, depth);
            }
        }
        else
        {
            writer.WriteString(Value((XmlSchemaSimpleType)element.ElementSchemaType!, random));
        }

        writer.WriteEndElement();
    }

    private static XmlSchemaType? SimpleBase(XmlSchemaType type)
    {
        while (type is XmlSchemaComplexType)
        {
            type = type.BaseXmlSchemaType!;
        }

        return type;
    }

    private static void Particle(XmlWriter writer, XmlSchemaParticle particle, SampleRandom random, int depth)
    {
        var times = Times(particle, random, depth);
        for (var i = 0; i < times; i++)
        {
            switch (particle)
            {
                case XmlSchemaElement element:
                    Element(writer, element, random, depth + 1);
                    break;
                case XmlSchemaSequence sequence:
                    foreach (var item in sequence.Items.Cast<XmlSchemaParticle>())
                    {
                        Particle(writer, item, random, depth);
                    }

                    break;
                case XmlSchemaChoice choice:
                    Particle(writer, (XmlSchemaParticle)choice.Items[random.Next(choice.Items.Count)]!, random, depth);
                    break;
                case XmlSchemaAny:
                    writer.WriteElementString("Any", "urn:any", "<&> anything");
                    break;
            }
        }
    }

    // The way down to details is taken often; the rest less and less often the deeper it lies.
    private static int Times(XmlSchemaParticle particle, SampleRandom random, int depth)
    {
        var min = (int)particle.MinOccurs;
        if (particle is XmlSchemaElement { Name: "Stmt" or "Rpt" or "Ntfctn" or "Ntry" or "NtryDtls" or "TxDtls" })
        {
            return Math.Max(min, (int)Math.Min(particle.MaxOccurs, random.Next(3) + 1));
        }

        if (min > 0 || depth > DeepestOptional || random.Next(2 + (depth / 2)) > 0)
        {
            return min;
        }

        return (int)Math.Min(particle.MaxOccurs, random.Next(2) + 1);
    }

    private static string Value(XmlSchemaType type, SampleRandom random)
    {
        var facets = Facets(type as XmlSchemaSimpleType).ToList();
        if (type.Name is { } name && name.EndsWith("CurrencyCode", StringComparison.Ordinal))
        {
            return "EUR";
        }

        var choices = facets.OfType<XmlSchemaEnumerationFacet>().ToList();
        if (choices.Count > 0)
        {
            return choices[random.Next(choices.Count)].Value!;
        }

        return type.TypeCode switch
        {
            XmlTypeCode.Boolean => random.Next(2) == 0 ? "true" : "0",
            XmlTypeCode.Decimal => Decimal(facets, random),
            XmlTypeCode.Date => string.Create(CultureInfo.InvariantCulture, $"20{random.Next(30):00}-{random.Next(12) + 1:00}-{random.Next(28) + 1:00}"),
            XmlTypeCode.DateTime => string.Create(CultureInfo.InvariantCulture, $"20{random.Next(30):00}-{random.Next(12) + 1:00}-{random.Next(28) + 1:00}T23:59:59+02:00"),
            XmlTypeCode.Time => "12:00:00",
            XmlTypeCode.GYearMonth => "2026-01",
            XmlTypeCode.GYear => "2026",
            XmlTypeCode.Base64Binary => "AAAA",
            _ => facets.OfType<XmlSchemaPatternFacet>().FirstOrDefault() is { } pattern ? new PatternText(pattern.Value!, random).Write() : Text(facets, random),
        };
    }

    // A restriction repeats only what it narrows.
    private static IEnumerable<XmlSchemaFacet> Facets(XmlSchemaSimpleType? type)
    {
        for (; type?.Content is XmlSchemaSimpleTypeRestriction restriction; type = type.BaseXmlSchemaType as XmlSchemaSimpleType)
        {
            foreach (XmlSchemaFacet facet in restriction.Facets)
            {
                yield return facet;
            }
        }
    }

    private static string Decimal(List<XmlSchemaFacet> facets, SampleRandom random)
    {
        var total = Number<XmlSchemaTotalDigitsFacet>(facets, 18);
        var fraction = Number<XmlSchemaFractionDigitsFacet>(facets, 0);
        var scale = random.Next(Math.Min(fraction, 5) + 1);
        var text = new StringBuilder().Append(random.Next(9) + 1);
        for (var i = random.Next(Math.Max(1, Math.Min(total - scale, 8))); i > 0; i--)
        {
            text.Append(random.Next(10));
        }

        text.Append(scale > 0 ? "." : "");
        for (var i = 0; i < scale; i++)
        {
            text.Append(random.Next(10));
        }

        return text.ToString();
    }

    private static string Text(List<XmlSchemaFacet> facets, SampleRandom random)
    {
        const string Letters = "abcXYZ 019-&<>äß€漢.";
        var length = Math.Max(Number<XmlSchemaMinLengthFacet>(facets, 1), random.Next(Math.Min(Number<XmlSchemaMaxLengthFacet>(facets, 20), 140)) + 1);
        length = Math.Min(length, Number<XmlSchemaMaxLengthFacet>(facets, 20));
        var text = new StringBuilder();
        while (text.Length < length)
        {
            text.Append(Letters[random.Next(Letters.Length)]);
        }

        return text.ToString();
    }

    private static int Number<T>(List<XmlSchemaFacet> facets, int otherwise)
        where T : XmlSchemaFacet =>
        facets.OfType<T>().FirstOrDefault() is { } facet ? int.Parse(facet.Value!, CultureInfo.InvariantCulture) : otherwise;

    /// <summary>Writes a text that fits a pattern of a schema: classes, groups, alternatives and counts.</summary>
    private sealed class PatternText(string pattern, SampleRandom random)
    {
        private readonly StringBuilder _text = new();
        private int _at;

        internal string Write()
        {
            Alternatives(isWritten: true);
            return _text.ToString();
        }

        // Up to the end of the pattern or of the group; one of the alternatives is written.
        private void Alternatives(bool isWritten)
        {
            var start = _at;
            var count = 1;
            for (var depth = 0; _at < pattern.Length && (depth > 0 || pattern[_at] != ')'); _at++)
            {
                _at += pattern[_at] == '\\' ? 1 : 0;
                depth += pattern[_at] switch { '(' => 1, ')' => -1, _ => 0 };
                count += pattern[_at] == '|' && depth == 0 ? 1 : 0;
            }

            var end = _at;
            var chosen = random.Next(count);
            _at = start;
            for (var i = 0; _at < end; i++)
            {
                while (_at < end && pattern[_at] != '|')
                {
                    Piece(isWritten && i == chosen);
                }

                _at++;
            }

            _at = end;
        }

        private void Piece(bool isWritten)
        {
            var start = _at;
            Atom(isWritten: false);
            var (min, max) = Counts();
            var end = _at;
            var times = isWritten ? min + random.Next(max - min + 1) : 0;
            for (var i = 0; i < times; i++)
            {
                _at = start;
                Atom(isWritten: true);
            }

            _at = end;
        }

        private void Atom(bool isWritten)
        {
            var c = pattern[_at++];
            if (c == '(')
            {
                Alternatives(isWritten);
                _at++;
                return;
            }

            var choices = c == '[' ? Class() : c == '\\' ? Escaped(pattern[_at++]) : c == '.' ? "x" : c.ToString();
            if (isWritten)
            {
                _text.Append(choices[random.Next(choices.Length)]);
            }
        }

        private string Class()
        {
            var choices = new StringBuilder();
            while (pattern[_at] != ']')
            {
                var c = pattern[_at++];
                if (c == '\\')
                {
                    choices.Append(Escaped(pattern[_at++]));
                }
                else if (pattern[_at] == '-' && pattern[_at + 1] != ']')
                {
                    for (var next = c; next <= pattern[_at + 1]; next++)
                    {
                        choices.Append(next);
                    }

                    _at += 2;
                }
                else
                {
                    choices.Append(c);
                }
            }

            _at++;
            return choices.ToString();
        }

        private static string Escaped(char c) => c switch { 'd' => "0123456789", 'w' => "aZ9", 's' => " ", _ => c.ToString() };

        private (int Min, int Max) Counts()
        {
            if (_at >= pattern.Length)
            {
                return (1, 1);
            }

            switch (pattern[_at])
            {
                case '?':
                    _at++;
                    return (0, 1);
                case '*' or '+':
                    return (pattern[_at++] == '*' ? 0 : 1, 3);
                case '{':
                    var end = pattern.IndexOf('}', _at);
                    var numbers = pattern[(_at + 1)..end].Split(',');
                    _at = end + 1;
                    var min = int.Parse(numbers[0], CultureInfo.InvariantCulture);
                    return (min, numbers.Length == 1 ? min : numbers[1].Length == 0 ? min + 3 : int.Parse(numbers[1], CultureInfo.InvariantCulture));
                default:
                    return (1, 1);
            }
        }
    }
}
