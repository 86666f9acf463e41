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

    /// <summary>Adds the options to a command.</summary>
    public ModelArguments AddTo(Command command)
    {
        command.Add(_sam);
        command.Add(_carClip);
        command.Add(_carClassifier);
        return this;
    }

    /// <summary>The networks that were named.</summary>
    public ModelSelection Read(ParseResult parsed) => new()
    {
        Sam = parsed.GetValue(_sam),
        CarClip = parsed.GetValue(_carClip),
        CarClassifier = parsed.GetValue(_carClassifier),
    };
}
