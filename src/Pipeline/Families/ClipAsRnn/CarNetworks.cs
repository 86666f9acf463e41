using FrozenSeg.Pipeline.Families.Clip;
using FrozenSeg.Pipeline.Families.ClipAsRnn.Activation;
using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Weights.Catalogue;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Pipeline.Families.ClipAsRnn;

/// <summary>The networks CLIP as RNN runs on. Their owner disposes them.</summary>
/// <param name="Proposer">The CLIP that proposes masks: ViT-B/16 in the paper.</param>
/// <param name="Activation">Its vision transformer, for class activation maps.</param>
/// <param name="ProposerTexts">Its text embeddings.</param>
/// <param name="Judge">The CLIP that classifies prompted pictures: ViT-L/14 in the paper, ViT-B/16 for
/// referring.</param>
/// <param name="Classifier">Its vision transformer.</param>
/// <param name="JudgeTexts">Its text embeddings.</param>
/// <param name="Sam">What masks are snapped to; null when they are not.</param>
/// <param name="Features">Where what the proposer made of pictures is kept; null keeps nothing.</param>
internal sealed record CarNetworks(
    ClipFile Proposer,
    ActivationModel Activation,
    ClipTextEmbeddings ProposerTexts,
    ClipFile Judge,
    ClipImageEncoder Classifier,
    ClipTextEmbeddings JudgeTexts,
    IPromptableModel? Sam = null,
    FeatureCache? Features = null)
{
    /// <summary>What results say about them.</summary>
    public IReadOnlyList<ModelStamp> Stamps =>
    [
        new ModelStamp(RoleNames.CarClip, Proposer.Configuration.Name, Proposer.Hash),
        new ModelStamp(RoleNames.CarClassifier, Judge.Configuration.Name, Judge.Hash),
        .. Sam is null ? [] : new[] { new ModelStamp(RoleNames.Sam, Sam.Name, Sam.WeightHash) },
    ];
}
