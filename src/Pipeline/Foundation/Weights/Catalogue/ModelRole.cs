using System.Text.Json.Serialization;

namespace FrozenSeg.Pipeline.Foundation.Weights.Catalogue;

/// <summary>What a weight file is used as.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ModelRole>))]
internal enum ModelRole
{
    /// <summary>SAM, MobileSAM or HQ-SAM.</summary>
    Sam,

    /// <summary>A CLIP with a vision transformer: CaR's proposals and classifier.</summary>
    Clip,

    /// <summary>A CLIP with a convolutional image encoder: the backbone of FrozenSeg and FC-CLIP.</summary>
    ClipBackbone,

    /// <summary>FrozenSeg's decoder, or a checkpoint with everything in it.</summary>
    FrozenSeg,

    /// <summary>FC-CLIP's decoder, or a checkpoint with everything in it.</summary>
    FcClip,

    /// <summary>SAM 3 or SAM 3.1.</summary>
    Sam3,
}
