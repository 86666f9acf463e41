using FrozenSeg.Pipeline.Families.Sam.Encoding;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Imaging.Resizing;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Testing;

namespace FrozenSeg.Pipeline.Tests.Families.Sam.Encoding;

public sealed class DevicePreprocessingTests
{
    private const int ImageSize = 64;

    [Theory]
    [InlineData(40, 30)]
    [InlineData(30, 50)]
    [InlineData(64, 64)]
    public void Apply_GivesThePixelsThatTheCpuGives(int width, int height)
    {
        PixelImage image = TestPicture.Make(height, width);
        using var preprocessing = new DevicePreprocessing(ImageSize, TinySam.Sessions);

        (PixelImage resized, ResizeTransform transform) = SamPreprocessing.Resize(image, ImageSize);
        using DeviceTensor input = preprocessing.Apply(resized, default);

        (TensorBuffer<float> expected, ResizeTransform expectedTransform) = SamPreprocessing.Apply(image, ImageSize);
        using (expected)
        {
            Assert.Equal(expectedTransform, transform);
            Assert.Equal([1, PixelImage.Channels, ImageSize, ImageSize], input.Shape.Dimensions.ToArray());
            Assert.Equal(expected.Span.ToArray(), input.Value.GetTensorDataAsSpan<float>().ToArray());
        }
    }
}
