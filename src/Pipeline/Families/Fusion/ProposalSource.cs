namespace FrozenSeg.Pipeline.Families.Fusion;

/// <summary>Who proposes segments in <c>fused</c>.</summary>
public enum ProposalSource
{
    /// <summary>FrozenSeg.</summary>
    Frozenseg,

    /// <summary>SAM 3, in its place.</summary>
    Sam3,

    /// <summary>FrozenSeg, and SAM 3 beside it.</summary>
    Both,
}
