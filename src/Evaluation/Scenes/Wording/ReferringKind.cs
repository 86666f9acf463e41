namespace FrozenSeg.Evaluation.Scenes.Wording;

/// <summary>How an expression singles a thing out.</summary>
internal enum ReferringKind
{
    /// <summary>By its name, colour, pattern or size.</summary>
    Attribute,

    /// <summary>By where it is: at a side, or beside another thing.</summary>
    Relation,
}
