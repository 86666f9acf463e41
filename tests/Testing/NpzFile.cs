using System.IO.Compression;

namespace FrozenSeg.Testing;

/// <summary>A NumPy archive: named arrays, read when they are asked for.</summary>
public sealed class NpzFile : IDisposable
{
    private const string Extension = ".npy";

    private readonly ZipArchive _archive;

    /// <summary>Opens the archive at <paramref name="path"/>.</summary>
    public NpzFile(string path) => _archive = ZipFile.OpenRead(path);

    /// <summary>Names of all arrays, in file order.</summary>
    public IReadOnlyList<string> Names => [.. _archive.Entries.Select(entry => entry.FullName[..^Extension.Length])];

    /// <summary>The array called <paramref name="name"/>.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public NpyArray this[string name]
    {
        get
        {
            ZipArchiveEntry entry = _archive.GetEntry(name + Extension)
                ?? throw new KeyNotFoundException($"The archive holds no array '{name}'.");
            using Stream stream = entry.Open();
            return NpyArray.Read(stream);
        }
    }

    /// <summary>Whether there is an array called <paramref name="name"/>.</summary>
    public bool Has(string name) => _archive.GetEntry(name + Extension) is not null;

    /// <inheritdoc/>
    public void Dispose() => _archive.Dispose();
}
