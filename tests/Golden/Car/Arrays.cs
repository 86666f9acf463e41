using FrozenSeg.Pipeline.Families.ClipAsRnn.Activation;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Testing;

namespace FrozenSeg.Golden.Car;

/// <summary>Golden arrays as the types of the pipeline.</summary>
internal static class Arrays
{
    /// <summary>A picture, H×W×3.</summary>
    public static PixelImage Image(this NpyArray array) => new(array.Shape[1], array.Shape[0], array.Bytes);

    /// <summary>The rows of a matrix.</summary>
    public static float[][] Rows(this NpyArray array) => [.. array.Floats.Chunk(array.Shape[^1])];

    /// <summary>The parts of the outermost dimension.</summary>
    public static float[][] Planes(this NpyArray array) =>
        [.. array.Floats.Chunk((int)(array.Shape.ElementCount / array.Shape[0]))];

    /// <summary>How a picture of the goldens, 16 pixels a patch, is cut.</summary>
    public static PatchGrid Grid(this PixelImage image) => PatchGrid.Of(image.Width, image.Height, 16, 10_000);

    /// <summary>Many rows as one.</summary>
    public static float[] Flat(this IEnumerable<float[]> rows) => [.. rows.SelectMany(row => row)];
}
