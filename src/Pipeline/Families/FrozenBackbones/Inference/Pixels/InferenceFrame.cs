namespace FrozenSeg.Pipeline.Families.FrozenBackbones.Inference.Pixels;

/// <summary>
/// The sizes a mask passes through: the decoder's, the padded network's, the network's, the picture's.
/// </summary>
/// <param name="MaskHeight">Rows of the decoder's mask logits.</param>
/// <param name="MaskWidth">Columns of the decoder's mask logits.</param>
/// <param name="PaddedHeight">Rows the network saw, padding included.</param>
/// <param name="PaddedWidth">Columns the network saw, padding included.</param>
/// <param name="NetworkHeight">Rows of the resized picture.</param>
/// <param name="NetworkWidth">Columns of the resized picture.</param>
/// <param name="Height">Rows of the picture.</param>
/// <param name="Width">Columns of the picture.</param>
internal sealed record InferenceFrame(
    int MaskHeight,
    int MaskWidth,
    int PaddedHeight,
    int PaddedWidth,
    int NetworkHeight,
    int NetworkWidth,
    int Height,
    int Width)
{
    /// <summary>From mask logits to the resized picture and no further.</summary>
    public InferenceFrame AtNetworkSize => this with { Height = NetworkHeight, Width = NetworkWidth };
}
