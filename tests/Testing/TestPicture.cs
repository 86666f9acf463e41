using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Imaging.Resizing;
using FrozenSeg.Pipeline.Foundation.Weights;

namespace FrozenSeg.Testing;

/// <summary>Smooth blobs of colour: a picture of any size without a file.</summary>
public static class TestPicture
{
    private const int Blobs = 4;

    /// <summary>The picture of that size; the same every time.</summary>
    internal static PixelImage Make(int height, int width)
    {
        float[] noise = SyntheticNumbers.Floats("picture", Blobs * Blobs * PixelImage.Channels, 127, 128);
        var plane = new float[height * width];
        var image = new PixelImage(width, height);
        for (int channel = 0; channel < PixelImage.Channels; channel++)
        {
            PlaneResizer.Resize(
                noise.AsSpan(Blobs * Blobs * channel, Blobs * Blobs), Blobs, Blobs, plane, height, width);
            for (int i = 0; i < plane.Length; i++)
                image.Pixels[(PixelImage.Channels * i) + channel] = (byte)plane[i];
        }

        return image;
    }
}
