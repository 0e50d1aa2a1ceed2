#pragma warning disable CA2211, CA1805, IDE0130, CA1823, CS0414, IDE0044
namespace Planted.Upper
{
    internal sealed class Room
    {
        internal static string Name => "upper";
    }
}

namespace Planted.Lower
{
    /// <summary>Breaks every rule once, so that the guard is seen to fail.</summary>
    internal sealed class Offender
    {
        internal static int Counter = 0;

        internal static readonly int[] Table = [1, 2];

        internal static string Arrow() => Upper.Room.Name;

        internal static DateTime Clock() => DateTime.UtcNow;

        internal static string Culture(decimal amount) => amount.ToString() + "a".ToUpper();

        internal static async Task<string> HiddenInAnAwait()
        {
            await Task.Yield();
            return string.Join(",", new[] { 1 }.Select(_ => Environment.MachineName));
        }
    }
}
