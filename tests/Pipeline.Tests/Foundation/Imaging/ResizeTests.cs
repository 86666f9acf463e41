using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Imaging.Resizing;
using FrozenSeg.Testing;

namespace FrozenSeg.Pipeline.Tests.Foundation.Imaging;

public sealed class ResizeTests : IDisposable
{
    private readonly NpzFile _expected = new(Fixtures.Path("resize", "pillow_and_torch.npz"));

    public void Dispose() => _expected.Dispose();

    [Theory]
    [InlineData(40, 23)]
    [InlineData(7, 5)]
    [InlineData(17, 30)]
    [InlineData(1, 1)]
    [InlineData(33, 3)]
    public void Resize_EqualsPillowBitForBit(int width, int height)
    {
        NpyArray source = _expected["source"];
        var image = new PixelImage(source.Shape[1], source.Shape[0], source.Bytes);

        foreach ((ResampleFilter filter, string name) in
            new[] { (ResampleFilter.Bilinear, "bilinear"), (ResampleFilter.Bicubic, "bicubic") })
        {
            PixelImage resized = ImageResizer.Resize(image, width, height, filter);
            Assert.Equal(_expected[$"{name}_{width}x{height}"].Bytes, resized.Pixels.ToArray());
        }
    }

    [Theory]
    [InlineData(90, 60, 10, 7, 31, 20)]
    [InlineData(23, 90, 0, 40, 23, 50)]
    public void ResizeWindow_IsACropOfTheWhole(int width, int height, int x, int y, int windowWidth, int windowHeight)
    {
        PixelImage image = TestPicture.Make(41, 23);

        PixelImage window = ImageResizer.ResizeWindow(
            image, width, height, ResampleFilter.Bicubic, x, y, windowWidth, windowHeight);

        PixelImage whole = ImageResizer.Resize(image, width, height, ResampleFilter.Bicubic)
            .Crop(x, y, windowWidth, windowHeight);
        Assert.Equal(whole.Pixels.ToArray(), window.Pixels.ToArray());
    }

    [Theory]
    [InlineData(26, 18)]
    [InlineData(5, 4)]
    [InlineData(13, 9)]
    [InlineData(40, 3)]
    public void PlaneResize_EqualsTorch(int width, int height)
    {
        NpyArray source = _expected["plane"];
        var resized = new float[width * height];

        PlaneResizer.Resize(source.Floats, source.Shape[0], source.Shape[1], resized, height, width);

        // Torch sums in another order; the values reach 3.
        TensorAssert.Close(_expected[$"torch_{width}x{height}"].Floats, resized, 3e-6);
    }

    [Theory]
    [InlineData(640, 427, 1024, 683)]
    [InlineData(427, 640, 683, 1024)]
    [InlineData(1, 1, 1024, 1024)]
    [InlineData(20000, 20, 1024, 1)]
    public void LongestSide_FitsTheFrame(int width, int height, int newWidth, int newHeight)
    {
        ResizeTransform transform = ResizeTransform.LongestSide(width, height, 1024);

        Assert.Equal((newWidth, newHeight), (transform.NewWidth, transform.NewHeight));
    }

    [Theory]
    [InlineData(640, 480, 1067, 800)]
    [InlineData(480, 640, 800, 1067)]
    [InlineData(2000, 500, 1333, 333)]
    public void ShortestSide_ObeysBothLimits(int width, int height, int newWidth, int newHeight)
    {
        ResizeTransform transform = ResizeTransform.ShortestSide(width, height, 800, 1333);

        Assert.Equal((newWidth, newHeight), (transform.NewWidth, transform.NewHeight));
    }
}
