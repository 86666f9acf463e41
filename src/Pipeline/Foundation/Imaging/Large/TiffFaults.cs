using System.Globalization;
using BitMiracle.LibTiff.Classic;
using LibTiffFile = BitMiracle.LibTiff.Classic.Tiff;

namespace FrozenSeg.Pipeline.Foundation.Imaging.Large;

/// <summary>
/// Hears what LibTiff complains of, which would otherwise go to the console: it works on its caller's thread.
/// </summary>
internal sealed class TiffFaults : TiffErrorHandler
{
    [ThreadStatic]
    private static string? _last;

    /// <summary>The last error on this thread.</summary>
    public static string? Last
    {
        get => _last;
        set => _last = value;
    }

    /// <inheritdoc/>
    public override void WarningHandler(LibTiffFile tif, string method, string format, params object[] args)
    {
        // A warning is about tags; the pixels are there.
    }

    /// <inheritdoc/>
    public override void WarningHandlerExt(
        LibTiffFile tif, object clientData, string method, string format, params object[] args)
    {
        // Says the same once more.
    }

    /// <inheritdoc/>
    public override void ErrorHandler(LibTiffFile tif, string method, string format, params object[] args) =>
        Last = string.Format(CultureInfo.InvariantCulture, format, args);

    /// <inheritdoc/>
    public override void ErrorHandlerExt(
        LibTiffFile tif, object clientData, string method, string format, params object[] args)
    {
        // Says the same once more.
    }
}
