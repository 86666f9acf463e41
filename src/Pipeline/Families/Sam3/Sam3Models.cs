using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Families.Sam3.Checkpoints;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Pipeline.Foundation.Weights.Catalogue;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Families.Sam3;

/// <summary>Finds the SAM 3 that a person named.</summary>
internal static class Sam3Models
{
    /// <summary>The published model with made-up weights, for figures at its true size.</summary>
    public const string Synthetic = "synthetic:sam3";

    /// <summary>Names of the catalogue, with the release that each is.</summary>
    public static IReadOnlyDictionary<string, Sam3Release> Names { get; } = new Dictionary<string, Sam3Release>(
        StringComparer.OrdinalIgnoreCase)
    {
        ["sam3"] = Sam3Release.Sam3,
        ["sam3.1"] = Sam3Release.Sam31,
    };

    /// <summary>Whether a name or a file means a SAM 3.</summary>
    public static bool IsOne(string name)
    {
        if (name == Synthetic || Names.ContainsKey(name))
            return true;
        string? path = ModelCatalogue.TryLocate(name);
        if (path is null || !File.Exists(path))
            return false;
        using WeightFile file = WeightFile.Open(path);
        return Sam3WeightNames.IsSam3(file);
    }

    /// <summary>Opens a whole checkpoint whose licence is accepted.</summary>
    /// <exception cref="SegmentationProblemException">There is none of this name, it is not whole, it is of another
    /// release than its name says, or its licence is not accepted.</exception>
    public static Sam3Checkpoint Open(string name)
    {
        Sam3Checkpoint checkpoint = name == Synthetic ? OpenSynthetic() : Sam3Checkpoint.Open(Find(name));
        try
        {
            if (!SyntheticWeights.Are(checkpoint.Metadata))
                Sam3Licence.ThrowIfNotAccepted(name);
            ThrowIfAnother(name, checkpoint.Release);
            checkpoint.ThrowIfIncomplete();
            return checkpoint;
        }
        catch
        {
            checkpoint.Dispose();
            throw;
        }
    }

    /// <summary>Refuses a release under the other's name.</summary>
    public static void ThrowIfAnother(string name, Sam3Release release)
    {
        if (!Names.TryGetValue(name, out Sam3Release named) || named == release)
            return;
        string other = Names.First(known => known.Value == release).Key;
        throw SegmentationProblem.InvalidModel(
            $"model {name}",
            $"the file is a {TitleOf(release)}, not a {TitleOf(named)}",
            $"Import it with --name {other}");
    }

    /// <summary>What a release is called.</summary>
    public static string TitleOf(Sam3Release release) => release is Sam3Release.Sam31 ? "SAM 3.1" : "SAM 3";

    /// <summary>The shared network of a process.</summary>
    public static Sam3Network Network(ModelLibrary library, string name, int? imageSize) => library.Get(
        $"sam3:{name}:{imageSize}", () => new Sam3Network(name, imageSize, library.Sessions, library.Features));

    /// <summary>A SAM 3 as a SAM, by itself.</summary>
    public static IPromptableModel LoadInteractive(string name, SessionFactory sessions)
    {
        var network = new Sam3Network(name, null, sessions, new FeatureCache(0));
        try
        {
            InteractiveModel head = network.LoadInteractive();
            head.Owned = network;
            return head;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>A checkpoint without the head.</summary>
    public static SegmentationProblemException NoInteractive(string name) => SegmentationProblem.InvalidModel(
        $"model {name}",
        "the checkpoint holds no interactive head, which answers points and boxes",
        "Import sam3.pt, or the safetensors of the whole model, with its tracker");

    private static string Find(string name)
    {
        string path = ModelCatalogue.Locate(name, ModelRole.Sam3);
        return File.Exists(path) ? path : throw SegmentationProblem.InvalidModel(
            $"model {name}",
            "there is no such model or file",
            $"Use {string.Join(", ", Names.Keys)}, {Synthetic}, a name that frozenseg models list shows, or a weight "
                + $"file");
    }

    private static Sam3Checkpoint OpenSynthetic()
    {
        var model = new Sam3Configuration();
        IReadOnlyDictionary<string, TensorShape> needed =
            Sam3Graphs.Requirements(model).Concat(InteractiveGraphs.Requirements(model)).ToDictionary();
        using WeightFile weights = SyntheticWeights.Open(ModelFolders.Synthetic, "sam3", needed);
        return Sam3Checkpoint.Open(weights.Path);
    }
}
