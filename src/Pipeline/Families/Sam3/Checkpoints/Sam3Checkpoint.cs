using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Families.Sam3.Checkpoints;

/// <summary>
/// A SAM 3 in any of its published forms, under the names of <c>sam3.pt</c> (sam3.md 6). Dispose it when the networks
/// are loaded.
/// </summary>
internal sealed class Sam3Checkpoint : IDisposable
{
    private readonly WeightFile _file;
    private readonly bool _isHuggingFace;

    private Sam3Checkpoint(WeightFile file)
    {
        _file = file;
        _isHuggingFace = Sam3WeightNames.IsHuggingFace(file);
        Release = Sam3WeightNames.ReleaseOf(file);
        Configuration = Sam3Configurations.Detect(ShapeOf, file.Name, file.Metadata, Tables()) with
        {
            HasSigmoidIoU = Release is Sam3Release.Sam3,
        };
        IReadOnlyDictionary<string, TensorShape> interactive = InteractiveGraphs.Requirements(Configuration);
        HasInteractive = interactive.Keys.Any(name => Sam3WeightNames.IsInteractive(name) && ShapeOf(name) is not null);
        Needed = HasInteractive
            ? Sam3Graphs.Requirements(Configuration).Concat(interactive).ToDictionary()
            : Sam3Graphs.Requirements(Configuration);
        Weights = _isHuggingFace
            ? new Sam3Conversion(file, Needed.Keys, ModelFolders.Converted)
            : new RenamedWeights(file, Needed.Keys.ToDictionary(name => name, StoredName));
    }

    /// <summary>Which of the published models it is.</summary>
    public Sam3Release Release { get; }

    /// <summary>Its sizes.</summary>
    public Sam3Configuration Configuration { get; }

    /// <summary>Whether points and boxes can be asked about.</summary>
    public bool HasInteractive { get; }

    /// <summary>Every tensor that the networks need, by official name.</summary>
    public IReadOnlyDictionary<string, TensorShape> Needed { get; }

    /// <summary>The tensors under official names.</summary>
    public IWeightSource Weights { get; }

    /// <summary>SHA-256 of the file, lower-case hex.</summary>
    public string ComputeHash() => _file.ComputeHash();

    /// <summary>Free text of the file.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _file.Metadata;

    /// <summary>Tensors of the file's image model that nothing uses and no published file holds.</summary>
    public IReadOnlyList<string> FindUnknown()
    {
        HashSet<string> used = [.. Needed.Keys.SelectMany(Stored)];
        return [.. _file.Names.Where(name => !used.Contains(name) && !Sam3WeightNames.IsUnused(name)).Order(
            StringComparer.Ordinal)];
    }

    /// <summary>The names under which the file keeps an official tensor; several where it keeps it in parts.</summary>
    public string[] Stored(string official) => _isHuggingFace
        ? Sam3HuggingFaceNames.PartsOf(official, Sam3Conversion.PrefixOf(_file))
        : [StoredName(official)];

    /// <summary>Opens a checkpoint. Whether it is whole is another question: <see cref="ThrowIfIncomplete"/>.</summary>
    /// <exception cref="SegmentationProblemException">It is missing, damaged, or not a SAM 3.</exception>
    public static Sam3Checkpoint Open(string path)
    {
        WeightFile file = WeightFile.Open(path);
        try
        {
            return new Sam3Checkpoint(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Refuses what would be half loaded.</summary>
    /// <exception cref="SegmentationProblemException">Tensors are missing, have other shapes, or belong to another
    /// network.</exception>
    public void ThrowIfIncomplete()
    {
        string[] missing =
        [
            .. Needed.Keys.Where(name => Weights.Find(name) is null)
                .SelectMany(Stored)
                .Where(name => _file.Find(name) is null)
                .Order(StringComparer.Ordinal),
        ];
        if (missing.Length > 0)
            throw Problem("tensors are missing", missing, "Give the whole checkpoint; nothing was loaded");
        string[] misshapen =
        [
            .. Needed.Where(need => Weights.Find(need.Key)?.Shape != need.Value)
                .Select(need => need.Key)
                .Order(StringComparer.Ordinal),
        ];
        if (misshapen.Length > 0)
            throw Problem("tensors have another shape", misshapen, "Give a published checkpoint");
        if (FindUnknown() is { Count: > 0 } unknown)
            throw Problem("tensors do not belong to SAM 3", unknown, "Give a published checkpoint");
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private TensorShape? ShapeOf(string official) => _isHuggingFace
        ? Sam3Conversion.ShapeOf(_file, Sam3Conversion.PrefixOf(_file), official)
        : _file.Find(StoredName(official))?.Shape;

    private string StoredName(string official)
    {
        string name = Release is Sam3Release.Sam31 ? Sam3WeightNames.ToMultiplex(official) : official;
        return _file.Find(name) is null
            && Sam3WeightNames.ToPrefixed(name) is string other
            && _file.Find(other) is not null
            ? other
            : name;
    }

    private TensorShape[] Tables() =>
    [
        .. Enumerable.Range(0, int.MaxValue)
            .Select(block => _file.Find(
                StoredName($"detector.backbone.vision_backbone.trunk.blocks.{block}.attn.freqs_cis")))
            .TakeWhile(table => table is not null)
            .Select(table => table!.Shape),
    ];

    private SegmentationProblemException Problem(string what, IReadOnlyList<string> names, string remedy)
    {
        const int Most = 5;
        return SegmentationProblem.InvalidModel(
            _file.Name,
            $"{names.Count} {what}: {string.Join(", ", names.Take(Most))}{(names.Count > Most ? ", …" : "")}",
            remedy);
    }
}
