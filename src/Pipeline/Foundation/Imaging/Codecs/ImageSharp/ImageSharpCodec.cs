using FrozenSeg.Shared.Problems;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Formats.Webp;
using SixLabors.ImageSharp.Memory;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;

namespace FrozenSeg.Pipeline.Foundation.Imaging.Codecs.ImageSharp;

/// <summary>The managed codec. Only the three decoders we need are registered, with a memory limit of their own.</summary>
internal sealed class ImageSharpCodec : IImageCodec
{
    private static readonly DecoderOptions Options = new()
    {
        Configuration = new Configuration(
            new PngConfigurationModule(), new JpegConfigurationModule(), new WebpConfigurationModule())
        {
            // One picture at the default limit of 50 million pixels, with alpha, and room for the decoder.
            MemoryAllocator = MemoryAllocator.Create(new MemoryAllocatorOptions { AllocationLimitMegabytes = 768 }),
        },
        MaxFrames = 1,
    };

    private static readonly PngEncoder Encoder = new() { ColorType = PngColorType.Rgb, BitDepth = PngBitDepth.Bit8 };

    /// <inheritdoc/>
    public string Name { get; } = $"ImageSharp {typeof(Image).Assembly.GetName().Version?.ToString(3)}";

    /// <inheritdoc/>
    public PixelImage Decode(ReadOnlySpan<byte> encoded, string name)
    {
        try
        {
            using Image<Rgba32> image = Image.Load<Rgba32>(Options, encoded);
            image.Mutate(picture => picture.BackgroundColor(Color.White));
            using Image<Rgb24> flat = image.CloneAs<Rgb24>();
            var pixels = new PixelImage(flat.Width, flat.Height);
            flat.CopyPixelDataTo(pixels.Pixels);
            return pixels;
        }
        catch (Exception failure) when (failure is ImageFormatException or InvalidMemoryOperationException)
        {
            throw DecodingProblems.Damaged(name, failure.Message, failure);
        }
    }

    /// <inheritdoc/>
    public byte[] EncodePng(PixelImage image)
    {
        using Image<Rgb24> source = Image.LoadPixelData<Rgb24>(image.Pixels, image.Width, image.Height);
        using var stream = new MemoryStream();
        source.Save(stream, Encoder);
        return stream.ToArray();
    }
}
