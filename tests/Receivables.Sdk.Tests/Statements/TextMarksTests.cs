using FsCheck;
using FsCheck.Fluent;
using Receivables.Sdk.Statements;
using Receivables.Sdk.TestKit;
using Xunit;

namespace Receivables.Sdk.Tests.Statements;

public class TextMarksTests
{
    [Fact]
    public void The_places_are_those_of_a_plain_loop() => Law.ForAll(
        from letters in Gen.Elements("ab/+\u012f".ToCharArray()).ListOf()
        from times in Gen.Choose(1, 9)
        from gap in Gen.Choose(0, 70)
        from text in Gen.Constant(string.Concat(Enumerable.Repeat(new string([.. letters]) + new string('.', gap), times)))
        from start in Gen.Choose(0, text.Length)
        from other in Gen.Elements('/', '+')
        select (text, start, other),
        sample =>
        {
            var places = new List<int>();
            var marks = new TextMarks(sample.text, sample.start, '/', sample.other);
            for (var at = marks.Next(); at >= 0; at = marks.Next())
            {
                places.Add(at);
            }

            Assert.Equal(Enumerable.Range(0, sample.text.Length).Where(i => i >= sample.start && (sample.text[i] == '/' || sample.text[i] == sample.other)), places);
            Assert.Equal(-1, marks.Next());
        });
}
