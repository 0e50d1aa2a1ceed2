using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Receivables.Sdk.Matching;

/// <summary>Asks for memory before it is needed, where the processor can; changes nothing else.</summary>
internal static class CacheLine
{
    /// <summary>Brings a place into the cache while other work is done.</summary>
    internal static unsafe void Fetch<T>(ref readonly T place)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.AsRef(in place)));
        }
    }
}
