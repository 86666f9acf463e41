using FrozenSeg.Pipeline.Foundation.Imaging.Png;
using FrozenSeg.Pipeline.Foundation.Imaging.Tiff;
using FrozenSeg.Shared.Problems;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Gif;
using SixLabors.ImageSharp.Formats.Tiff;
using SixLabors.ImageSharp.Memory;
using SixLabors.ImageSharp.Metadata;
using SixLabors.ImageSharp.PixelFormats;

namespace FrozenSeg.Pipeline.Foundation.Imaging.Codecs;

/// <summary>
/// Encoded pictures to pixels and back, by ImageSharp, but for <see cref="BilevelTiff"/>. Safe for many callers.
/// Callers check <see cref="ImageLimits"/> and apply orientation; <see cref="ImageReader"/> does both.
/// </summary>
internal static class ImageCodec
{
    // Room for any one buffer of a picture at the default limit of 50 million pixels: a TIFF strip of 16-bit RGBA is
    // the largest. Whatever a header claims, nothing larger is ever allocated.
    private const int LargestBufferMegabytes = 400;

    private static readonly Configuration Settings = Configure();

    /// <summary>
    /// Decodes to RGB, as stored (no orientation): grey, palette, 16-bit and CMYK are converted, alpha is laid over
    /// white, of an animation the first frame is taken.
    /// </summary>
    /// <param name="encoded">A whole file of one of the formats of <see cref="ImageFormat"/>.</param>
    /// <param name="name">What to call the picture in messages.</param>
    /// <exception cref="SegmentationProblemException">The file is damaged, cut short or of another format.</exception>
    public static PixelImage Decode(ReadOnlySpan<byte> encoded, string name) =>
        Decode(encoded, ReadHeader(encoded, name), name);

    /// <summary>Encodes as an RGB PNG.</summary>
    public static byte[] EncodePng(PixelImage image) => PngRasterWriter.Write(image);

    /// <summary>The pixels of a picture that is decoded already: its first frame, alpha laid over white.</summary>
    internal static PixelImage Pixels(Image picture)
    {
        using Image<Rgba32> image = picture.CloneAs<Rgba32>(Settings);
        return Flatten(image);
    }

    internal static ImageHeader ReadHeader(ReadOnlySpan<byte> encoded, string name)
    {
        if (encoded.IsEmpty)
            throw DecodingProblems.NotAPicture(name, "the file is empty");
        if (AnimatedWebP.IsAnimated(encoded))
        {
            AnimatedWebP animation = AnimatedWebP.Read(encoded, name);
            return new ImageHeader(ImageFormat.WebP, animation.Width, animation.Height, ExifOrientation.TopLeft);
        }

        if (BilevelTiff.ReadHeader(encoded, name) is ImageHeader bilevel)
            return bilevel;
        IImageFormat? format = null;
        IImageInfo? info = Guarded(encoded, name, stream => Image.Identify(Settings, stream, out format));
        if (format is null || info is null)
            throw OtherFormats.Name(encoded) is string other
                ? DecodingProblems.OtherFormat(name, other)
                : DecodingProblems.NotAPicture(name);
        ExifOrientation orientation = format is TiffFormat
            ? ExifReader.Orientation(encoded)
            : ExifReader.Orientation(info.Metadata.ExifProfile?.ToByteArray() ?? []);
        return new ImageHeader(FormatOf(format), info.Width, info.Height, orientation);
    }

    internal static PixelImage Decode(ReadOnlySpan<byte> encoded, ImageHeader header, string name)
    {
        if (AnimatedWebP.IsAnimated(encoded))
            return AnimatedWebP.Read(encoded, name).Compose(name, still => Decode(still, name));
        if (BilevelTiff.ReadHeader(encoded, name) is not null)
            return BilevelTiff.Decode(encoded, name);
        FileEnding.Check(encoded, header, name);
        return header.Format is ImageFormat.Jpeg && !FileEnding.HasJpegEnd(encoded)
            ? WithoutEnd(encoded, header, name)
            : Pixels(encoded, header, name);
    }

    private static PixelImage Pixels(ReadOnlySpan<byte> encoded, ImageHeader header, string name) => Guarded(
        encoded, name, stream => header.Format is ImageFormat.Jpeg ? Opaque(stream) : Flattened(stream));

    private static PixelImage Opaque(Stream stream)
    {
        using Image<Rgb24> image = Image.Load<Rgb24>(Settings, stream);
        PixelImage pixels = Blank(image);
        image.CopyPixelDataTo(pixels.Pixels);
        return pixels;
    }

    private static PixelImage Flattened(Stream stream)
    {
        using Image<Rgba32> image = Image.Load<Rgba32>(Settings, stream);
        return Flatten(image);
    }

    private static PixelImage Flatten(Image<Rgba32> image)
    {
        PixelImage pixels = Blank(image);
        image.ProcessPixelRows(rows =>
        {
            for (int y = 0; y < rows.Height; y++)
                OverWhite(rows.GetRowSpan(y), pixels.Row(y));
        });
        return pixels;
    }

    // Every byte is written, so none is cleared first.
    private static PixelImage Blank(Image of)
    {
        int length = checked(of.Width * of.Height * PixelImage.Channels);
        return new PixelImage(of.Width, of.Height, GC.AllocateUninitializedArray<byte>(length));
    }

    private static void OverWhite(ReadOnlySpan<Rgba32> source, Span<byte> target)
    {
        for (int x = 0, at = 0; x < source.Length; x++, at += PixelImage.Channels)
        {
            Rgba32 pixel = source[x];
            (target[at], target[at + 1], target[at + 2]) = pixel.A == byte.MaxValue
                ? (pixel.R, pixel.G, pixel.B)
                : (OverWhite(pixel.R, pixel.A), OverWhite(pixel.G, pixel.A), OverWhite(pixel.B, pixel.A));
        }
    }

    private static byte OverWhite(int value, int alpha) =>
        (byte)(((value * alpha) + (byte.MaxValue * (byte.MaxValue - alpha)) + 127) / byte.MaxValue);

    // Where the scans are whole, what follows them is not looked at; where they are not, it becomes part of the
    // picture.
    private static PixelImage WithoutEnd(ReadOnlySpan<byte> encoded, ImageHeader header, string name)
    {
        PixelImage pixels = Pixels(FileEnding.CompleteJpeg(encoded, 0), header, name);
        if (!Pixels(FileEnding.CompleteJpeg(encoded, 4096), header, name).Pixels.SequenceEqual(pixels.Pixels))
            throw DecodingProblems.Damaged(name, "the end is missing");
        return pixels;
    }

    // Decoders that are fed by strangers fail in more ways than they document.
    private static T Guarded<T>(ReadOnlySpan<byte> encoded, string name, Func<Stream, T> read)
    {
        try
        {
            return EncodedStream.Read(encoded, read);
        }
        catch (NotSupportedException failure)
        {
            throw DecodingProblems.Unsupported(name, failure);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            throw DecodingProblems.Damaged(name, failure.Message, failure);
        }
    }

    /// <summary>Gives back the memory that is kept for the next picture.</summary>
    public static void ReleaseMemory() => Settings.MemoryAllocator.ReleaseRetainedResources();

    private static ImageFormat FormatOf(IImageFormat format) => Enum.Parse<ImageFormat>(format.Name, ignoreCase: true);

    private static Configuration Configure()
    {
        Configuration settings = Configuration.Default.Clone();
        settings.MemoryAllocator = MemoryAllocator.Create(
            new MemoryAllocatorOptions { AllocationLimitMegabytes = LargestBufferMegabytes });
        settings.ImageFormatsManager.SetDecoder(
            GifFormat.Instance, new GifDecoder { DecodingMode = FrameDecodingMode.First });
        settings.ImageFormatsManager.SetDecoder(
            TiffFormat.Instance, new TiffDecoder { DecodingMode = FrameDecodingMode.First });
        return settings;
    }
}
