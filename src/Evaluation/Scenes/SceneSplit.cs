namespace FrozenSeg.Evaluation.Scenes;

/// <summary>
/// What scenes are for. The split goes into the seed of every scene, so that no scene of one split is one of another,
/// whatever seeds are asked for.
/// </summary>
internal enum SceneSplit
{
    /// <summary>To learn from: without the unseen pairs of thing and colour.</summary>
    Train,

    /// <summary>To choose thresholds with.</summary>
    Val,

    /// <summary>To measure with.</summary>
    Test,
}
