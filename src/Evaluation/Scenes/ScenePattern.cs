namespace FrozenSeg.Evaluation.Scenes;

/// <summary>What is painted on a thing's body.</summary>
internal enum ScenePattern
{
    /// <summary>One colour.</summary>
    Plain,

    /// <summary>Parallel stripes.</summary>
    Striped,

    /// <summary>Round spots on a grid.</summary>
    Spotted,

    /// <summary>A chessboard.</summary>
    Checked,
}
