using System.Buffers;
using System.Security.Cryptography;
using FrozenSeg.Pipeline.Foundation.Files;
using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Serving.Workflow.InProcess;

/// <summary>Content under a temporary name, which gets the name of its hash when it is kept.</summary>
internal sealed class StagedFile : IStagedArtefact
{
    private const int Chunk = 1 << 16;

    private readonly IDisk _disk;
    private readonly string _place;
    private readonly string _folder;
    private readonly string _temporary;
    private ArtefactReference? _reference;
    private bool _isKept;

    /// <param name="disk">The disk.</param>
    /// <param name="place">The folder on the disk.</param>
    /// <param name="folder">The folder of the store.</param>
    public StagedFile(IDisk disk, string place, string folder)
    {
        _disk = disk;
        _place = place;
        _folder = folder;
        _temporary = WholeFiles.TemporaryIn(place);
    }

    public ArtefactReference Reference =>
        _reference ?? throw new InvalidOperationException("Nothing has been received.");

    /// <summary>Writes content to a temporary file, and hashes it on the way.</summary>
    /// <exception cref="SegmentationProblemException">The disk does not take it. What reading the content throws is
    /// passed on.</exception>
    public async Task ReceiveAsync(Stream content, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] chunk = ArrayPool<byte>.Shared.Rent(Chunk);
        Stream file = OnDisk(() => _disk.Create(_temporary));
        try
        {
            long length = 0;
            while (await content.ReadAsync(chunk, cancellation) is int count and > 0)
            {
                hash.AppendData(chunk, 0, count);
                OnDisk(() => file.Write(chunk, 0, count));
                length += count;
            }

            OnDisk(() => _disk.Flush(file));
            string hex = Convert.ToHexStringLower(hash.GetHashAndReset());
            _reference = new ArtefactReference($"{_folder}/{hex}", length, hex);
        }
        finally
        {
            Close(file);
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }

    // A stream tries once more to write what it could not; that has been said, or the file is thrown away.
    private static void Close(Stream file)
    {
        try
        {
            file.Dispose();
        }
        catch (Exception failure) when (DiskFailure.IsOne(failure))
        {
            // Nothing is lost that was not lost before.
        }
    }

    public Task KeepAsync(CancellationToken cancellation)
    {
        string path = Path.Combine(_place, Reference.Sha256!);
        OnDisk(() =>
        {
            _disk.DeleteFolder(path);
            new WholeFiles(_disk).Name(_temporary, path, isKept: true);
        });
        _isKept = true;
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        if (_isKept)
            return ValueTask.CompletedTask;
        try
        {
            _disk.Delete(_temporary);
        }
        catch (Exception failure) when (DiskFailure.IsOne(failure))
        {
            // It goes with what is old.
        }

        return ValueTask.CompletedTask;
    }

    private void OnDisk(Action work) => OnDisk(() =>
    {
        work();
        return true;
    });

    private T OnDisk<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception failure) when (DiskFailure.IsOne(failure))
        {
            throw SegmentationProblem.Storage(
                _folder, $"it cannot be stored ({DiskFailure.Words(failure)})", "Make room for it", failure);
        }
    }
}
