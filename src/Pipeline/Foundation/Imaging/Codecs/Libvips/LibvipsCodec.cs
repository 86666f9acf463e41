using System.Runtime.InteropServices;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Foundation.Imaging.Codecs.Libvips;

/// <summary>
/// The native codec: JPEG pixels equal libjpeg-turbo's, and so Pillow's. Only the three loaders we need are unblocked.
/// </summary>
internal sealed unsafe class LibvipsCodec : IImageCodec
{
    private const int StandardRgb = 22; // VIPS_INTERPRETATION_sRGB
    private const int UnsignedByte = 0; // VIPS_FORMAT_UCHAR
    private const int LogWarnings = 1 << 4; // G_LOG_LEVEL_WARNING

    private static readonly Lazy<string> Version = new(Initialise);

    /// <summary>Whether the native library can be loaded here.</summary>
    public static bool IsPresent => LibvipsNative.IsPresent;

    /// <inheritdoc/>
    public string Name => $"libvips {Version.Value}";

    /// <inheritdoc/>
    public PixelImage Decode(ReadOnlySpan<byte> encoded, string name)
    {
        _ = Version.Value;
        fixed (byte* buffer = encoded)
        {
            using VipsImageHandle stored = Open(buffer, encoded.Length, name);
            using VipsImageHandle rgb = ToStandardRgb(stored, name);
            if (!rgb.Use(image => LibvipsNative.HasAlpha(image) != 0))
                return rgb.Use(image => CopyPixels(image, name));
            using VipsImageHandle opaque = Flatten(rgb, name);
            return opaque.Use(image => CopyPixels(image, name));
        }
    }

    /// <inheritdoc/>
    public byte[] EncodePng(PixelImage image)
    {
        _ = Version.Value;
        fixed (byte* pixels = image.Pixels)
        {
            using var source = new VipsImageHandle(LibvipsNative.NewFromMemory(
                pixels, (nuint)image.Pixels.Length, image.Width, image.Height, PixelImage.Channels, UnsignedByte));
            return source.Use(SavePng);
        }
    }

    private static VipsImageHandle Open(byte* buffer, int length, string name)
    {
        nint image = LibvipsNative.NewFromBuffer(buffer, (nuint)length, "[fail_on=truncated]", 0);
        return image == 0 ? throw Damaged(name) : new VipsImageHandle(image);
    }

    private static VipsImageHandle ToStandardRgb(VipsImageHandle stored, string name) => stored.Use(image =>
        LibvipsNative.Colourspace(image, out nint converted, StandardRgb, 0) == 0
            ? new VipsImageHandle(converted)
            : throw Damaged(name));

    private static VipsImageHandle Flatten(VipsImageHandle rgb, string name) => rgb.Use(image =>
    {
        double* white = stackalloc double[] { 255, 255, 255 };
        nint background = LibvipsNative.NewDoubleArray(white, PixelImage.Channels);
        try
        {
            return LibvipsNative.Flatten(image, out nint flat, "background", background, 0) == 0
                ? new VipsImageHandle(flat)
                : throw Damaged(name);
        }
        finally
        {
            LibvipsNative.UnrefArea(background);
        }
    });

    private static PixelImage CopyPixels(nint image, string name)
    {
        byte* memory = LibvipsNative.WriteToMemory(image, out nuint length);
        if (memory == null)
            throw Damaged(name);
        try
        {
            var pixels = new PixelImage(LibvipsNative.Width(image), LibvipsNative.Height(image));
            new ReadOnlySpan<byte>(memory, (int)length).CopyTo(pixels.Pixels);
            return pixels;
        }
        finally
        {
            LibvipsNative.Free(memory);
        }
    }

    private static byte[] SavePng(nint image)
    {
        if (LibvipsNative.SavePng(image, out byte* buffer, out nuint length, 0) != 0)
            throw new InvalidOperationException($"libvips could not encode a PNG: {TakeErrors()}");
        try
        {
            return new ReadOnlySpan<byte>(buffer, (int)length).ToArray();
        }
        finally
        {
            LibvipsNative.Free(buffer);
        }
    }

    private static string Initialise()
    {
        if (LibvipsNative.Init("frozenseg") != 0)
            throw new InvalidOperationException($"libvips could not start: {TakeErrors()}");
        LibvipsNative.SetLogHandler("VIPS", LogWarnings, &IgnoreLog, 0);
        LibvipsNative.SetOperationCache(0);
        LibvipsNative.SetConcurrency(1);
        LibvipsNative.BlockOperation("VipsForeignLoad", 1);
        foreach (string trusted in new[] { "VipsForeignLoadPng", "VipsForeignLoadJpeg", "VipsForeignLoadWebp" })
            LibvipsNative.BlockOperation(trusted, 0);
        return Marshal.PtrToStringUTF8((nint)LibvipsNative.VersionString()) ?? "?";
    }

    // Everything that matters comes back as an error as well; the library would print it on the error stream.
    [UnmanagedCallersOnly]
    private static void IgnoreLog(byte* domain, int level, byte* message, nint data)
    {
    }

    private static SegmentationProblemException Damaged(string name) => DecodingProblems.Damaged(name, TakeErrors());

    private static string TakeErrors()
    {
        byte* text = LibvipsNative.TakeErrors();
        string errors = Marshal.PtrToStringUTF8((nint)text) ?? "";
        LibvipsNative.Free(text);
        return errors;
    }
}
