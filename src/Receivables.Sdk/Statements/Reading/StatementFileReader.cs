using System.IO.Compression;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Receivables.Sdk.Statements.Reading;

/// <summary>Reads statement files of any format: recognises each by its content, opens ZIP and gzip, and never throws for what stands in a file.</summary>
/// <remarks>Thread-safe: every call has its own state.</remarks>
public sealed class StatementFileReader
{
    private const int SignatureBytes = 64 * 1024;
    private readonly StatementFileReaderOptions _options;
    private readonly IReadOnlyList<IStatementReader> _readers;

    /// <summary>A reader.</summary>
    /// <param name="options">How to read; null is <see cref="StatementFileReaderOptions.Default"/>.</param>
    /// <exception cref="ArgumentException">An option is out of its range, or a CSV profile has problems.</exception>
    public StatementFileReader(StatementFileReaderOptions? options = null)
    {
        _options = options ?? StatementFileReaderOptions.Default;
        _options.Reading.Check();
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.MaxArchiveEntries, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.MaxEntryBytes, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.MaxExpansion, 2, nameof(options));
        _readers = [.. _options.HostReaders, .. BuiltInReaders.For(_options)];
    }

    /// <summary>Reads a file; an archive gives one result for each of its entries.</summary>
    /// <param name="name">The file's name, for the results.</param>
    /// <param name="input">The bytes; the stream stays open.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    public async IAsyncEnumerable<StatementFile> ReadAsync(string name, Stream input, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(input);
        var pipe = PipeReader.Create(input, new StreamPipeReaderOptions(bufferSize: SignatureBytes, leaveOpen: true));
        try
        {
            var start = await PeekAsync(pipe, 4, cancellationToken).ConfigureAwait(false);
            if (start is [0x1F, 0x8B, ..])
            {
                yield return await ReadGzipAsync(name, pipe, input, cancellationToken).ConfigureAwait(false);
            }
            else if (start is [(byte)'P', (byte)'K', 3 or 5, 4 or 6])
            {
                await foreach (var file in ReadZipAsync(name, pipe, cancellationToken).ConfigureAwait(false))
                {
                    yield return file;
                }
            }
            else
            {
                yield return await ReadPlainAsync(name, pipe, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            await pipe.CompleteAsync().ConfigureAwait(false);
        }
    }

    private async ValueTask<StatementFile> ReadPlainAsync(string name, PipeReader pipe, CancellationToken cancellationToken)
    {
        var statements = new List<BankStatement>();
        var diagnostics = new List<Diagnostic>();
        try
        {
            var start = await PeekAsync(pipe, SignatureBytes, cancellationToken).ConfigureAwait(false);
            var reader = Recognise(start);
            await foreach (var statement in reader.ReadAsync(pipe, diagnostics.Add, cancellationToken).ConfigureAwait(false))
            {
                CheckFormat(statement);
                statements.Add(statement);
            }
        }
        catch (StatementFormatException e)
        {
            // Strict mode prints no statement of a faulty file; a limit keeps what was read before it.
            return new StatementFile(name) { Statements = _options.Reading.IsStrict ? [] : statements, Diagnostics = diagnostics, Failure = e.Diagnostic };
        }
        catch (InvalidDataException)
        {
            return new StatementFile(name) { Statements = statements, Diagnostics = diagnostics, Failure = Fail(ImportCodes.DamagedArchive, "The archive is damaged.") };
        }

        return new StatementFile(name) { Statements = statements, Diagnostics = diagnostics };
    }

    private async ValueTask<StatementFile> ReadGzipAsync(string name, PipeReader pipe, Stream input, CancellationToken cancellationToken)
    {
        var entry = name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? Path.GetFileNameWithoutExtension(name) : Path.GetFileName(name);
        var packed = input.CanSeek ? input.Length : 0;
        await using var source = new GzipSource(pipe.AsStream(leaveOpen: true));
        await using var gzip = new GZipStream(source, CompressionMode.Decompress, leaveOpen: true);
        await using var guarded = new GuardedStream(gzip, _options, packed);
        var file = await ReadEntryAsync(name + "!" + entry, guarded, cancellationToken).ConfigureAwait(false);
        if (file.Failure is null)
        {
            // What stands behind the packed bytes is not asked for while they are unpacked.
            await source.CopyToAsync(Stream.Null, cancellationToken).ConfigureAwait(false);
        }

        if (file.Failure is null && !source.EndsWith(guarded.Position))
        {
            return new StatementFile(file.Name) { Statements = _options.Reading.IsStrict ? [] : file.Statements, Diagnostics = file.Diagnostics, Failure = Fail(ImportCodes.DamagedArchive, "The archive is cut: what it says of its length at its end is not there.") };
        }

        return file;
    }

    private async IAsyncEnumerable<StatementFile> ReadZipAsync(string name, PipeReader pipe, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var whole = pipe.AsStream(leaveOpen: true);
        await using var packed = new MemoryStream();
        var failure = await BufferAsync(whole, packed, cancellationToken).ConfigureAwait(false);
        ZipArchive? archive = null;
        try
        {
            archive = failure is null ? await ZipArchive.CreateAsync(packed, ZipArchiveMode.Read, leaveOpen: true, entryNameEncoding: null, cancellationToken).ConfigureAwait(false) : null;

            // The list of entries is read when it is first asked for.
            _ = archive?.Entries.Count;
        }
        catch (Exception e) when (IsDamage(e))
        {
            archive?.Dispose();
            archive = null;
            failure = Fail(ImportCodes.DamagedArchive, "The archive is damaged.");
        }

        if (archive is null)
        {
            yield return new StatementFile(name) { Failure = failure };
            yield break;
        }

        await using (archive)
        {
            if (archive.Entries.Count > _options.MaxArchiveEntries)
            {
                yield return new StatementFile(name) { Failure = Fail(ImportCodes.TooManyEntries, "The archive has more entries than the limit allows.") };
                yield break;
            }

            if (archive.Entries.All(e => e.Name.Length == 0))
            {
                yield return new StatementFile(name) { Failure = Fail(StatementCodes.EmptyFile, "The archive holds no file.") };
            }

            foreach (var entry in archive.Entries.Where(e => e.Name.Length > 0))
            {
                yield return await ReadZipEntryAsync(name + "!" + entry.FullName, entry, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async ValueTask<StatementFile> ReadZipEntryAsync(string name, ZipArchiveEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = await entry.OpenAsync(cancellationToken).ConfigureAwait(false);
            await using var guarded = new GuardedStream(stream, _options, entry.CompressedLength);
            return await ReadEntryAsync(name, guarded, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (IsDamage(e))
        {
            return new StatementFile(name) { Failure = Fail(ImportCodes.DamagedArchive, "The archive's entry is damaged or packed in a way that is not supported.") };
        }
    }

    // The bytes are in memory: what cannot be read of them is no fault of a disk.
    private static bool IsDamage(Exception e) => e is InvalidDataException or IOException or ArgumentException or NotSupportedException;

    private async ValueTask<StatementFile> ReadEntryAsync(string name, GuardedStream entry, CancellationToken cancellationToken)
    {
        var pipe = PipeReader.Create(entry, new StreamPipeReaderOptions(bufferSize: SignatureBytes));
        try
        {
            return await ReadPlainAsync(name, pipe, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await pipe.CompleteAsync().ConfigureAwait(false);
        }
    }

    // A ZIP's directory stands at its end, so the packed bytes are held; they are bounded like an entry.
    private async ValueTask<Diagnostic?> BufferAsync(Stream source, MemoryStream target, CancellationToken cancellationToken)
    {
        var buffer = new byte[SignatureBytes];
        int count;
        while ((count = await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            if (target.Length + count > Math.Min(_options.MaxEntryBytes, Array.MaxLength))
            {
                return Fail(ImportCodes.EntryTooLarge, "The archive is larger than the limit allows.");
            }

            target.Write(buffer, 0, count);
        }

        target.Position = 0;
        return null;
    }

    private IStatementReader Recognise(byte[] start)
    {
        if (start.Length == 0)
        {
            throw new StatementFormatException(Fail(StatementCodes.EmptyFile, "The file is empty."));
        }

        var wanted = _options.Format is { } format ? _readers.Where(r => BuiltInReaders.Reads(r, format)).ToList() : _readers;
        IStatementReader? possible = wanted.Count == 1 && _options.Format is not null ? wanted[0] : null;
        foreach (var reader in wanted)
        {
            switch (reader.Detect(start))
            {
                case FormatMatch.Certain:
                    return reader;
                case FormatMatch.Possible:
                    possible ??= reader;
                    break;
            }
        }

        return possible ?? throw new StatementFormatException(Fail(
            StatementCodes.UnknownFormat, "The file is of no format known here: neither MT940/MT942, nor camt.052/053/054, nor a CSV layout."));
    }

    private void CheckFormat(BankStatement statement)
    {
        if (_options.Format is { } wanted && statement.Format != wanted)
        {
            throw new StatementFormatException(Fail(StatementCodes.WrongFormat, $"The file is {statement.Format}, not {wanted} as asked for.") with { Location = statement.Header.Location });
        }
    }

    private static Diagnostic Fail(string code, string message) => new(DiagnosticSeverity.Error, code, message, SourceLocation.Start);

    private static async ValueTask<byte[]> PeekAsync(PipeReader pipe, int count, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await pipe.ReadAsync(cancellationToken).ConfigureAwait(false);
            var buffer = read.Buffer;
            if (buffer.Length >= count || read.IsCompleted)
            {
                var start = new byte[(int)Math.Min(buffer.Length, count)];
                System.Buffers.BuffersExtensions.CopyTo(buffer.Slice(0, start.Length), start);
                pipe.AdvanceTo(buffer.Start, buffer.Start);
                return start;
            }

            pipe.AdvanceTo(buffer.Start, buffer.End);
        }
    }
}
