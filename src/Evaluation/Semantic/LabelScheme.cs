namespace FrozenSeg.Evaluation.Semantic;

/// <summary>What the pixels of a semantic picture mean.</summary>
internal enum LabelScheme
{
    /// <summary>A pixel is the class index; palettes are looked through.</summary>
    Plain,

    /// <summary>ADE20K: 0 is unlabelled, n is class n − 1.</summary>
    Ade,

    /// <summary>Cityscapes' label ids, 0..33; they become the 19 train ids, everything else is void.</summary>
    Cityscapes,

    /// <summary>VOC: an index with palette, or the palette's colours as RGB.</summary>
    Voc,
}
