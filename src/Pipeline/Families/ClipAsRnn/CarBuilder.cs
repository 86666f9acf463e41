using FrozenSeg.Pipeline.Families.Clip;
using FrozenSeg.Pipeline.Families.ClipAsRnn.Activation;
using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Pipeline.Methods.Settings;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Pipeline.Families.ClipAsRnn;

/// <summary>Makes <see cref="CarMethod"/>.</summary>
internal sealed class CarBuilder : IMethodBuilder
{
    /// <inheritdoc/>
    public MethodCapabilities Capabilities { get; } =
        new(CarMethod.MethodName, [SegmentationTask.Semantic, SegmentationTask.Referring], NeedsWords: true);

    /// <inheritdoc/>
    public IReadOnlyList<SettingDeclaration> Settings => CarSettings.Table.Declarations;

    /// <inheritdoc/>
    public (string Name, int Default)? BatchSetting => (CarSettings.BatchName, new CarOptions().MaxPatches);

    /// <inheritdoc/>
    public IEnumerable<SegmentationProblem> Problems(MethodSettings settings)
    {
        try
        {
            CarOptions options = CarSettings.Read(settings);
            return [.. settings.Problems(), .. options.Problems()];
        }
        catch (SegmentationProblemException failure)
        {
            return failure.Problems;
        }
    }

    /// <inheritdoc/>
    public ISegmentationMethod Create(ModelLibrary library, MethodSettings settings)
    {
        CarOptions options = BundledModels.IsNano(library.Selection.CarClip)
            ? CarSettings.Read(settings, BundledModels.Nano)
            : CarSettings.Read(settings);
        return new CarMethod(Networks(library, options), options, settings.Values);
    }

    /// <summary>The networks that the settings ask for, shared through the library.</summary>
    public static CarNetworks Networks(ModelLibrary library, CarOptions options)
    {
        string proposer = library.Selection.CarClip
            ?? library.Selection.CarClassifier
            ?? throw SegmentationProblem.InvalidModel(
                CarMethod.MethodName, "no CLIP is named for it", "Name a weight file or synthetic:ViT-B/16");
        string judge = library.Selection.CarClassifier ?? proposer;
        ClipFile proposerFile = File(library, proposer), judgeFile = File(library, judge);
        return new CarNetworks(
            proposerFile,
            library.Get(
                $"car-activation:{proposer}",
                () => new ActivationModel(Vision(proposerFile), proposerFile.Weights, library.Sessions)),
            Texts(library, proposer, proposerFile),
            judgeFile,
            library.Get($"car-classifier:{judge}:{options.SkipsLastBlock}", () => new ClipImageEncoder(
                Vision(judgeFile), judgeFile.Weights, library.Sessions, options.SkipsLastBlock, roundPositions: true)),
            Texts(library, judge, judgeFile),
            options.Matching is null ? null : library.Sam,
            library.Features);
    }

    private static ClipFile File(ModelLibrary library, string name) =>
        library.Get($"clip-file:{name}", () => ClipFile.Open(name));

    private static ClipTextEmbeddings Texts(ModelLibrary library, string name, ClipFile file) => library.Get(
        $"clip-texts:{name}", () => new ClipTextEmbeddings(file, library.Sessions, ClipTextEmbeddings.DefaultFolder));

    private static ClipVisionConfiguration Vision(ClipFile file) =>
        file.Configuration.Vision ?? throw SegmentationProblem.InvalidModel(
            file.Configuration.Name, "it has no vision transformer", "CLIP as RNN needs a CLIP ViT");
}
