using FrozenSeg.Pipeline.Families.Sam.Automask;
using FrozenSeg.Pipeline.Families.Sam.Networks;
using FrozenSeg.Pipeline.Families.Sam3;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Pipeline.Foundation.Weights.Catalogue;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Families.Sam.Models;

/// <summary>Finds and loads the model a person named.</summary>
internal static class PromptableModels
{
    /// <summary>Name of the procedural stand-in.</summary>
    public const string ProcSamName = "procsam";

    private const string SyntheticPrefix = "synthetic:";

    /// <summary>
    /// Loads <c>procsam</c>, <c>synthetic:NAME</c> (a published network with untrained weights), a name of the
    /// catalogue such as <c>nano</c>, or a weight file.
    /// </summary>
    /// <exception cref="SegmentationProblemException">There is no such model, or it cannot be used.</exception>
    public static IPromptableModel Load(string name, SessionFactory sessions)
    {
        if (name == ProcSamName)
            return new ProcSam(sessions);
        if (Sam3Models.IsOne(name))
            return Sam3Models.LoadInteractive(name, sessions);
        if (name.StartsWith(SyntheticPrefix, StringComparison.Ordinal))
            return LoadSynthetic(name[SyntheticPrefix.Length..], sessions);
        string path = ModelCatalogue.Locate(name, ModelRole.Sam);
        return File.Exists(path) ? LoadFile(path, sessions) : throw Unknown(name);
    }

    /// <summary>The preset of automatic masks that suits a model, without loading it.</summary>
    /// <exception cref="SegmentationProblemException">There is no such model, or it cannot be used.</exception>
    public static string FindPreset(string? name)
    {
        if (name is null or ProcSamName
            || Sam3Models.IsOne(name)
            || name.StartsWith(SyntheticPrefix, StringComparison.Ordinal))
            return AutomaticMaskPresets.Official;
        string path = ModelCatalogue.Locate(name, ModelRole.Sam);
        if (!File.Exists(path))
            throw Unknown(name);
        using WeightFile file = WeightFile.Open(path);
        return PresetOf(path, Detect(file));
    }

    private static SamModel LoadSynthetic(string name, SessionFactory sessions)
    {
        SamConfiguration configuration = SamConfigurations.Find(name) ?? throw Unknown(SyntheticPrefix + name);
        using WeightFile weights = SyntheticWeights.Open(
            ModelFolders.Synthetic, name, SamGraphs.Requirements(configuration));
        return new SamModel(configuration with { Name = $"{name} (synthetic weights, untrained)" }, weights, sessions)
        {
            WeightHash = weights.ComputeHash(),
        };
    }

    private static SamModel LoadFile(string path, SessionFactory sessions)
    {
        using WeightFile file = WeightFile.Open(path);
        SamConfiguration configuration = Detect(file);
        ThrowIfLeftOver(file, configuration);
        return new SamModel(configuration, file, sessions)
        {
            WeightHash = file.ComputeHash(),
            MaskPreset = PresetOf(path, configuration),
        };
    }

    private static SamConfiguration Detect(WeightFile file)
    {
        IEnumerable<string> allNames = SamGraphs.Requirements(
            SamConfigurations.HighQuality(SamConfigurations.VitH)).Keys;
        return SamConfigurations.Detect(SamWeightNames.Official(file, allNames), file.Metadata);
    }

    private static string PresetOf(string path, SamConfiguration configuration) =>
        BundledModels.IsNano(path) ? AutomaticMaskPresets.Nano
        : configuration is { Encoder: TinyVitConfiguration, IsHighQuality: false } ? AutomaticMaskPresets.MobileSam
        : AutomaticMaskPresets.Official;

    // A tensor nobody asks for is a sign of another network.
    private static void ThrowIfLeftOver(WeightFile file, SamConfiguration configuration)
    {
        HashSet<string> needed = [.. SamGraphs.Requirements(configuration).Keys];
        if (SamWeightNames.IsHuggingFace(file))
            needed = [.. needed.Select(SamWeightNames.ToHuggingFace)];
        string[] left = [.. file.Names.Where(name => !needed.Contains(name) && !SamWeightNames.IsUnused(name)).Order(
            StringComparer.Ordinal)];
        if (left.Length > 0)
        {
            throw SegmentationProblem.InvalidModel(
                file.Name,
                $"tensors that do not belong to {configuration.Name} ({left.Length}): "
                    + $"{string.Join(", ", left.Take(5))}",
                "Give the weights of a plain SAM, MobileSAM or HQ-SAM");
        }
    }

    private static SegmentationProblemException Unknown(string name) =>
        SegmentationProblem.InvalidModel(
            $"model {name}",
            "there is no such model or file",
            $"Use {BundledModels.Nano}, {ProcSamName}, "
                + $"{SyntheticPrefix}({string.Join('|', SamConfigurations.All.Select(known => known.Name))}), "
                + "a name that frozenseg models list shows, or a weight file");
}
