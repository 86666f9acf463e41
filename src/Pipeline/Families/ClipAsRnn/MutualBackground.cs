namespace FrozenSeg.Pipeline.Families.ClipAsRnn;

/// <summary>
/// Whether things and stuff are looked for in two passes, each the background of the other (car.md 9.1).
/// </summary>
public enum MutualBackground
{
    /// <summary>One pass with everything.</summary>
    None,

    /// <summary>As released: things before the listed background, then stuff before the things.</summary>
    Released,

    /// <summary>As in the paper: things before the stuff, stuff before the things.</summary>
    Paper,
}
