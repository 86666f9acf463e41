using FrozenSeg.Shared.Vocabularies;

namespace FrozenSeg.Evaluation.Scenes;

/// <summary>Something a scene can hold.</summary>
/// <param name="Index">Place in <see cref="SceneCategories.All"/>, from 0; the value in semantic maps.</param>
/// <param name="Name">The word for it.</param>
/// <param name="Kind">Thing or stuff.</param>
/// <param name="IsSeen">Whether the segmentation decoders may learn from it; CLIP and SAM know all.</param>
/// <param name="TypicalColour">The body's colour three times in four; null for stuff.</param>
/// <param name="UnseenColour">A colour this thing never has in <see cref="SceneSplit.Train"/>; null for stuff.</param>
internal sealed record SceneCategory(
    int Index,
    string Name,
    CategoryKind Kind,
    bool IsSeen,
    SceneColour? TypicalColour = null,
    SceneColour? UnseenColour = null)
{
    /// <summary>Number in COCO's files, from 1.</summary>
    public int Id => Index + 1;

    /// <summary>Whether single ones are told apart.</summary>
    public bool IsThing => Kind is CategoryKind.Thing;
}
