using System.Text.Json;
using Receivables.Cli.Output;

namespace Receivables.Cli.Commands;

/// <summary>The files that the demo leaves behind; nothing where no folder was given.</summary>
internal sealed class DemoResults(string? folder) : IDisposable
{
    private readonly Dictionary<string, FileStream> _files = new(StringComparer.Ordinal);

    internal void Write<T>(string name, IEnumerable<T> values, Action<Utf8JsonWriter, T> write, bool hasBraces = false)
    {
        if (Open(name) is { } file)
        {
            var lines = new JsonLines(file);
            foreach (var value in values)
            {
                if (hasBraces)
                {
                    lines.WriteWhole(json => write(json, value));
                }
                else
                {
                    lines.Write(json => write(json, value));
                }
            }

            lines.Flush();
        }
    }

    internal void WriteBytes(string name, ReadOnlySpan<byte> bytes) => Open(name)?.Write(bytes);

    public void Dispose()
    {
        foreach (var file in _files.Values)
        {
            file.Dispose();
        }
    }

    private FileStream? Open(string name)
    {
        if (folder is null)
        {
            return null;
        }

        if (!_files.TryGetValue(name, out var file))
        {
            _files[name] = file = File.Create(Path.Combine(folder, name));
        }

        return file;
    }
}
