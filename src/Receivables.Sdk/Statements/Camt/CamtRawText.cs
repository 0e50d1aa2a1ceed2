using System.Text;

namespace Receivables.Sdk.Statements.Camt;

/// <summary>The bytes of an entry as they passed by, up to a limit.</summary>
internal sealed class CamtRawText(int limit)
{
    private byte[] _bytes = [];
    private int _length;

    /// <summary>Forgets all.</summary>
    internal void Clear() => _length = 0;

    /// <summary>Adds what follows. Beyond the limit nothing is kept.</summary>
    internal void Append(ReadOnlySpan<byte> bytes)
    {
        if (_length > limit)
        {
            return;
        }

        if (_bytes.Length - _length < bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + bytes.Length));
        }

        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
    }

    /// <summary>A slice as text; null when it was not kept.</summary>
    internal string? Slice(int start, int end) => end <= _length && end <= limit ? Encoding.UTF8.GetString(_bytes, start, end - start) : null;
}
