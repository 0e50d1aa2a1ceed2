using System.Text;
using Receivables.Sdk.Text;
using Xunit;

namespace Receivables.Sdk.Tests.Text;

public class AsciiTextTests
{
    [Fact]
    public void Texts_of_every_length()
    {
        for (var length = 0; length < 100; length++)
        {
            var bytes = Enumerable.Range(0, length).Select(i => (byte)('0' + ((i * 7) % 70))).ToArray();
            var text = Encoding.Latin1.GetString(bytes);
            Assert.Equal(text, AsciiText.ToText(bytes));
            Assert.True(AsciiText.Equal(bytes, text));
            Assert.False(AsciiText.Equal(bytes, text + "x"));
            for (var at = 0; at < length; at++)
            {
                Assert.False(AsciiText.Equal(bytes, text.Remove(at, 1).Insert(at, "\u0130")));
            }
        }
    }

    [Fact]
    public void A_word_is_its_bytes_with_zeros_behind_them()
    {
        byte[] bytes = [.. "abcdefgh"u8];
        for (var length = 0; length <= 8; length++)
        {
            var expected = 0ul;
            for (var i = 0; i < length; i++)
            {
                expected |= (ulong)bytes[i] << (8 * i);
            }

            Assert.Equal(expected, AsciiText.Word(bytes.AsSpan(0, length)));
        }
    }
}
