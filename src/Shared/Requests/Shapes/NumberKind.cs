namespace FrozenSeg.Shared.Requests.Shapes;

/// <summary>Which numbers fit.</summary>
internal enum NumberKind
{
    /// <summary>Whole ones of 32 bits.</summary>
    Whole,

    /// <summary>Whole ones of 64 bits.</summary>
    Long,

    /// <summary>Finite ones.</summary>
    Real,

    /// <summary>Any digits: they are kept as text.</summary>
    Written,
}
