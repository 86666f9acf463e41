namespace FrozenSeg.Evaluation.Scenes;

/// <summary>How large a thing is, by its radius on a picture of 128 pixels.</summary>
internal enum SceneSize
{
    /// <summary>13 to 18 pixels.</summary>
    Small,

    /// <summary>18 to 24 pixels; nobody says so.</summary>
    Medium,

    /// <summary>24 to 31 pixels.</summary>
    Large,
}
