using FrozenSeg.Pipeline.Families.Clip;
using FrozenSeg.Pipeline.Families.Clip.Backbones;
using FrozenSeg.Pipeline.Families.Clip.Text;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Networks;
using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Shared.Vocabularies;

namespace FrozenSeg.Pipeline.Families.FrozenBackbones.Configuration;

/// <summary>The sizes and settings of one model of the family.</summary>
internal sealed record FrozenSegConfiguration
{
    /// <summary>What results call it.</summary>
    public required string Name { get; init; }

    /// <summary>CLIP's picture encoder.</summary>
    public required ClipBackboneConfiguration Backbone { get; init; }

    /// <summary>CLIP's text encoder.</summary>
    public required ClipTextConfiguration Text { get; init; }

    /// <summary>The pixel decoder.</summary>
    public required PixelDecoderConfiguration PixelDecoder { get; init; }

    /// <summary>The masked transformer decoder.</summary>
    public required MaskedDecoderConfiguration Decoder { get; init; }

    /// <summary>SAM; null for FC-CLIP.</summary>
    public SamConfiguration? Sam { get; init; }

    /// <summary>How pictures are prepared.</summary>
    public FrozenSegInputOptions Input { get; init; } = new();

    /// <summary>CLIP's features are enlarged so many times before masks are pooled from them.</summary>
    public int PoolingScale { get; init; } = 1;

    /// <summary>Sentences with <c>{}</c> for a name.</summary>
    public IReadOnlyList<string> Templates { get; init; } = PromptTemplates.Scene;

    /// <summary>The classes seen in training; null for COCO panoptic.</summary>
    public Vocabulary? TrainingVocabulary { get; init; }

    /// <summary>The settings this model was made for.</summary>
    public FrozenSegOptions Options { get; init; } = new();
}
