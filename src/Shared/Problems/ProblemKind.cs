namespace FrozenSeg.Shared.Problems;

/// <summary>What sort of thing went wrong, as far as a caller can act on it.</summary>
public enum ProblemKind
{
    /// <summary>A value is missing, out of range or contradicts another one.</summary>
    InvalidRequest,

    /// <summary>The picture cannot be used: not a picture, cut short, too large, unsupported.</summary>
    InvalidImage,

    /// <summary>A model or its weights cannot be used: not found, damaged, of another configuration.</summary>
    InvalidModel,

    /// <summary>A file or folder cannot be read or written.</summary>
    Storage,

    /// <summary>The machine lacks what was asked for: a GPU, memory, a library.</summary>
    Unavailable,
}
