using System.CommandLine;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Cli.Arguments;

/// <summary>Which networks the methods of a command use.</summary>
internal sealed class ModelArguments
{
    /// <summary>The option that names a SAM.</summary>
    public const string SamName = "--sam";

    private readonly Option<string?> _sam = new(SamName)
    {
        Description = "SAM network: a weight file, synthetic:NAME or procsam",
    };
    private readonly Option<string?> _carClip = new("--car-clip")
    {
        Description = "CLIP ViT that proposes masks for car: a weight file or synthetic:ViT-B/16",
    };

    private readonly Option<string?> _carClassifier = new("--car-classifier")
    {
        Description =
            "CLIP ViT that judges masks for car, ViT-L/14 in the paper; without it the one that proposes them",
    };

    private readonly Option<string?> _frozenSeg = new("--frozenseg")
    {
        Description = "FrozenSeg checkpoint: a weight file or synthetic:convnext_large",
    };

    private readonly Option<string?> _fcClip = new("--fcclip")
    {
        Description = "FC-CLIP checkpoint; FrozenSeg's with the injectors off if not given",
    };
    private readonly Option<string?> _frozenSegClip = new("--frozenseg-clip")
    {
        Description = "CLIP weights, where the checkpoint has none",
    };
    private readonly Option<string?> _frozenSegSam = new("--frozenseg-sam")
    {
        Description = "SAM weights for FrozenSeg, where the checkpoint has none",
    };

    private readonly Option<string?> _sam3 = new("--sam3")
    {
        Description = "SAM 3: a name, a weight file or synthetic:sam3",
    };

    /// <summary>Adds the options to a command.</summary>
    public ModelArguments AddTo(Command command)
    {
        foreach (Option<string?> option in All)
            command.Add(option);
        return this;
    }

    /// <summary>The networks that were named.</summary>
    /// <exception cref="SegmentationProblemException">An option names nothing.</exception>
    public ModelSelection Read(ParseResult parsed)
    {
        SegmentationProblem[] empty =
        [
            .. All.Where(option => parsed.GetValue(option) is { Length: 0 }).Select(option => new SegmentationProblem(
                option.Name,
                "it names nothing",
                "Give a weight file, or a name that frozenseg models list shows")),
        ];
        if (empty.Length > 0)
            throw new SegmentationProblemException(empty);
        return new ModelSelection
        {
            Sam = parsed.GetValue(_sam),
            CarClip = parsed.GetValue(_carClip),
            CarClassifier = parsed.GetValue(_carClassifier),
            FrozenSegCheckpoint = parsed.GetValue(_frozenSeg),
            FcClipCheckpoint = parsed.GetValue(_fcClip),
            FrozenSegClip = parsed.GetValue(_frozenSegClip),
            FrozenSegSam = parsed.GetValue(_frozenSegSam),
            Sam3 = parsed.GetValue(_sam3),
        };
    }

    private Option<string?>[] All =>
        [_sam, _carClip, _carClassifier, _frozenSeg, _fcClip, _frozenSegClip, _frozenSegSam, _sam3];
}
