namespace FrozenSeg.Benchmarks.Sam;

/// <summary>What is done to a photograph.</summary>
internal enum PhotographWork
{
    /// <summary>From pixels to the embedding.</summary>
    Encoder,

    /// <summary>1024 points of the encoded photograph, to filtered, run-length encoded masks.</summary>
    Points,

    /// <summary>Both.</summary>
    Automask,
}
