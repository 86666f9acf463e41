namespace FrozenSeg.Evaluation.Scenes;

/// <summary>The colour words of the scenes. A thing's colour is that of its body, its largest part.</summary>
internal enum SceneColour
{
    /// <summary>Red.</summary>
    Red,

    /// <summary>Orange.</summary>
    Orange,

    /// <summary>Yellow.</summary>
    Yellow,

    /// <summary>Green.</summary>
    Green,

    /// <summary>Blue.</summary>
    Blue,

    /// <summary>Purple.</summary>
    Purple,

    /// <summary>Pink.</summary>
    Pink,

    /// <summary>Brown.</summary>
    Brown,

    /// <summary>White.</summary>
    White,

    /// <summary>Gray.</summary>
    Gray,
}
