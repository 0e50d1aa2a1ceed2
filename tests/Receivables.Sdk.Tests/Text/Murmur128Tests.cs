using System.Text;
using Receivables.Sdk.Text;
using Xunit;

namespace Receivables.Sdk.Tests.Text;

public class Murmur128Tests
{
    // Published values of the reference implementation, seed 0.
    [Theory]
    [InlineData("", "00000000000000000000000000000000")]
    [InlineData("hello", "cbd8a7b341bd9b025b1e906a48ae1d19")]
    [InlineData("hello, world", "342fac623a5ebc8e4cdcbc079642414d")]
    [InlineData("19 Jan 2038 at 3:14:07 AM", "b89e5988b737affc664fc2950231b2cb")]
    [InlineData("The quick brown fox jumps over the lazy dog.", "cd99481f9ee902c9695da1a38987b6e7")]
    public void The_hash_is_the_published_one(string text, string expected) =>
        Assert.Equal(expected, Murmur128.Compute(Encoding.UTF8.GetBytes(text)).ToString("x32"));
}
