using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Pipeline.Foundation.Imaging;

/// <summary>One mask to paint.</summary>
/// <param name="Mask">Of the picture's size.</param>
/// <param name="Colour">Tint and outline.</param>
/// <param name="Label">Written into it; empty for nothing.</param>
internal sealed record OverlayMask(RunLengthEncoding Mask, Rgb Colour, string Label = "");
