using System.Collections.Frozen;
using System.IO.MemoryMappedFiles;
using System.Security.Cryptography;
using FrozenSeg.Pipeline.Foundation.Weights.Torch;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Foundation.Weights;

/// <summary>
/// A file of named tensors, mapped into memory: nothing is read before it is used. Safe for many readers.
/// </summary>
internal sealed class WeightFile : IWeightSource, IDisposable
{
    private readonly FrozenDictionary<string, WeightTensor> _tensors;
    private readonly Lazy<MemoryMappedFile> _map;
    private readonly string _origin;

    private WeightFile(
        string path,
        string origin,
        IEnumerable<WeightTensor> tensors,
        IReadOnlyDictionary<string, string> metadata,
        Action? prepare = null)
    {
        Path = path;
        _origin = origin;
        Metadata = metadata;
        _tensors = WrappedNames.Unwrap([.. tensors]).ToFrozenDictionary(tensor => tensor.Name);
        _map = new Lazy<MemoryMappedFile>(() =>
        {
            prepare?.Invoke();
            return MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        });
    }

    /// <summary>Full path of the file that is mapped, links resolved.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    public string Name => System.IO.Path.GetFileName(_origin);

    /// <summary>Free text that the file carries: configuration, notes.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Names => _tensors.Keys;

    /// <summary>SHA-256 of the whole file that was opened, lower-case hex; reads all of it.</summary>
    public string ComputeHash()
    {
        using FileStream stream = File.OpenRead(_origin);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    /// <summary>
    /// Opens a safetensors file or a PyTorch checkpoint and checks every bound of its header. A checkpoint whose
    /// tensors lie in it as a network needs them is mapped as it is; another is converted once, beside the model cache,
    /// when an element is wanted.
    /// </summary>
    /// <exception cref="SegmentationProblemException">The file is missing, is not a weight file, or is
    /// damaged.</exception>
    public static WeightFile Open(string path)
    {
        try
        {
            string resolved = ResolveLinks(path);
            string name = System.IO.Path.GetFileName(path);
            if (name.EndsWith(ShardedWeights.IndexEnding, StringComparison.Ordinal))
                return OpenSafetensors(ShardedWeights.ToSafetensors(resolved, ModelFolders.Converted), resolved);
            if (FileContents.Other(resolved) is string other)
                throw SegmentationProblem.InvalidModel(
                    name, $"it is {other}", "Give the weights themselves, as safetensors or as PyTorch saved them");
            return IsTorchCheckpoint(resolved) ? OpenCheckpoint(resolved) : OpenSafetensors(resolved, resolved);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw SegmentationProblem.InvalidModel(
                path, $"the weights cannot be read ({failure.Message})", "Check the path", failure);
        }
    }

    /// <inheritdoc/>
    public WeightTensor? Find(string name) => _tensors.GetValueOrDefault(name);

    /// <summary>Copies a tensor out of the file as float32, widening half and bfloat16.</summary>
    /// <exception cref="SegmentationProblemException">There is no such tensor, or it holds integers.</exception>
    public float[] ReadFloats(string name)
    {
        WeightTensor tensor = Find(name) ?? throw SegmentationProblem.InvalidModel(
            Name, $"there is no tensor '{name}'", "Give the weights of the right model");
        byte[] bytes = ReadBytes(tensor);
        return WeightConversion.ToFloat32(bytes, tensor.Type) ?? throw SegmentationProblem.InvalidModel(
            Name, $"tensor '{name}' holds {tensor.Type}, not floats", "Give the weights of the right model");
    }

    /// <summary>Copies the bytes of a tensor out of the file.</summary>
    public byte[] ReadBytes(WeightTensor tensor)
    {
        var bytes = new byte[tensor.Length];
        if (bytes.Length == 0)
            return bytes;
        using MemoryMappedViewAccessor view = _map.Value.CreateViewAccessor(
            tensor.Offset, bytes.Length, MemoryMappedFileAccess.Read);
        view.ReadArray(0, bytes, 0, bytes.Length);
        return bytes;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_map.IsValueCreated)
            _map.Value.Dispose();
    }

    private static WeightFile OpenSafetensors(string path, string origin)
    {
        SafetensorsHeader header = SafetensorsHeader.Read(path);
        return new WeightFile(path, origin, header.Tensors, header.Metadata);
    }

    private static WeightFile OpenCheckpoint(string path)
    {
        TorchCheckpoint checkpoint = TorchCheckpointReader.Read(path);
        if (checkpoint.CanBeMapped())
            return new WeightFile(path, path, checkpoint.Mapped(), new Dictionary<string, string>());
        var conversion = new TorchConversion(checkpoint, ModelFolders.Converted);
        return new WeightFile(conversion.Path, path, conversion.Tensors, conversion.Metadata, conversion.Make);
    }

    private static bool IsTorchCheckpoint(string path)
    {
        Span<byte> start = stackalloc byte[9];
        using FileStream file = File.OpenRead(path);
        start = start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        // A safetensors header whose length ends in the bytes of a pickle: its length is below 4 GB, and JSON follows.
        bool isSafetensors = start is [_, _, _, _, 0, 0, 0, 0, (byte)'{'];
        return !isSafetensors && TorchCheckpointReader.Recognises(start);
    }

    // A model cache often holds links into a store of blobs; the runtime wants the real place.
    private static string ResolveLinks(string path)
    {
        string full = System.IO.Path.GetFullPath(path);
        return File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full;
    }
}
