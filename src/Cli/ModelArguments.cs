using System.CommandLine;
using FrozenSeg.Pipeline.Methods;

namespace FrozenSeg.Cli;

/// <summary>Which networks the methods of a command use.</summary>
internal sealed class ModelArguments
{
    /// <summary>The option that names a SAM.</summary>
    public const string SamName = "--sam";

    private readonly Option<string?> _sam = new(SamName) { Description = "SAM network: a weight file, synthetic:NAME or procsam" };
    private readonly Option<string?> _carClip = new("--car-clip")
    {
        Description = "CLIP ViT that proposes masks for car: a weight file or synthetic:ViT-B/16",
    };

    private readonly Option<string?> _carClassifier = new("--car-classifier")
    {
        Description = "CLIP ViT that judges masks for car, ViT-L/14 in the paper; without it the one that proposes them",
    };

    private readonly Option<string?> _frozenSeg = new("--frozenseg")
    {
        Description = "FrozenSeg checkpoint: a weight file or synthetic:convnext_large",
    };

    private readonly Option<string?> _fcClip = new("--fcclip") { Description = "FC-CLIP checkpoint; FrozenSeg's with the injectors off if not given" };
    private readonly Option<string?> _frozenSegClip = new("--frozenseg-clip") { Description = "CLIP weights, where the checkpoint has none" };
    private readonly Option<string?> _frozenSegSam = new("--frozenseg-sam") { Description = "SAM weights for FrozenSeg, where the checkpoint has none" };

    /// <summary>Adds the options to a command.</summary>
    public ModelArguments AddTo(Command command)
    {
        command.Add(_sam);
        command.Add(_carClip);
        command.Add(_carClassifier);
        command.Add(_frozenSeg);
        command.Add(_fcClip);
        command.Add(_frozenSegClip);
        command.Add(_frozenSegSam);
        return this;
    }

    /// <summary>The networks that were named.</summary>
    public ModelSelection Read(ParseResult parsed) => new()
    {
        Sam = parsed.GetValue(_sam),
        CarClip = parsed.GetValue(_carClip),
        CarClassifier = parsed.GetValue(_carClassifier),
        FrozenSegCheckpoint = parsed.GetValue(_frozenSeg),
        FcClipCheckpoint = parsed.GetValue(_fcClip),
        FrozenSegClip = parsed.GetValue(_frozenSegClip),
        FrozenSegSam = parsed.GetValue(_frozenSegSam),
    };
}
