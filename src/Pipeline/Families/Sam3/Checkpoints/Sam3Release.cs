namespace FrozenSeg.Pipeline.Families.Sam3.Checkpoints;

/// <summary>
/// Which of the published models a checkpoint is of. They share their image model; their weights differ.
/// </summary>
internal enum Sam3Release
{
    /// <summary>SAM 3, November 2025.</summary>
    Sam3,

    /// <summary>SAM 3.1, the multiplex checkpoint.</summary>
    Sam31,
}
