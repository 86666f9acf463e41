using BitMiracle.LibTiff.Classic;
using FrozenSeg.Shared.Problems;
using LibTiffFile = BitMiracle.LibTiff.Classic.Tiff;

namespace FrozenSeg.Pipeline.Foundation.Imaging.Large;

/// <summary>
/// The rows of a TIFF of any size, in strips or tiles, in every compression LibTiff knows: never more than one row of
/// tiles, or one strip, is decoded at a time.
/// </summary>
internal sealed class TiffRows : IRowSource
{
    /// <summary>Most bytes of one decoded strip, or row of tiles: 512 MiB.</summary>
    private const long MostBytes = 512L << 20;

    private readonly LibTiffFile _file;
    private readonly string _name;
    private readonly int _blockHeight;
    private readonly int _tileWidth;
    private readonly int[] _raster;
    private readonly byte[] _block;
    private int _nextBlock, _blockRows, _blockAt;

    private TiffRows(LibTiffFile file, string name)
    {
        _file = file;
        _name = name;
        Width = Number(TiffTag.IMAGEWIDTH, 0);
        Height = Number(TiffTag.IMAGELENGTH, 0);
        bool isTiled = file.IsTiled();
        _tileWidth = isTiled ? Number(TiffTag.TILEWIDTH, 0) : Width;
        _blockHeight = isTiled ? Number(TiffTag.TILELENGTH, 0) : Math.Min(Height, Number(TiffTag.ROWSPERSTRIP, Height));
        CheckHeader();
        _raster = new int[_tileWidth * _blockHeight];
        _block = new byte[(long)Width * _blockHeight * PixelImage.Channels];
    }

    /// <inheritdoc/>
    public int Width { get; }

    /// <inheritdoc/>
    public int Height { get; }

    /// <summary>Whether a file begins as a TIFF does, a large one included.</summary>
    public static bool IsTiff(ReadOnlySpan<byte> file) =>
        file.StartsWith("II*\0"u8) || file.StartsWith("MM\0*"u8) || file.StartsWith("II+\0"u8)
            || file.StartsWith("MM\0+"u8);

    /// <summary>Opens a TIFF.</summary>
    /// <param name="content">The file; disposed with the rows.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <exception cref="SegmentationProblemException">It is not a valid TIFF, is damaged, or packed in blocks that are
    /// too large.</exception>
    public static TiffRows Open(Stream content, string name) => Open(content, name, asStored: false);

    /// <summary>Opens a TIFF whose rows are given as they are stored, whichever way it is turned.</summary>
    /// <inheritdoc cref="Open(Stream, string)"/>
    public static TiffRows OpenAsStored(Stream content, string name) =>
        Open(content, name, asStored: true);

    private static TiffRows Open(Stream content, string name, bool asStored)
    {
        LibTiffFile? file = null;
        try
        {
            LibTiffFile.SetErrorHandler(new TiffFaults());
            file = LibTiffFile.ClientOpen(name, "r", content, new TiffStream());
            if (file is null)
                throw Damaged(name, "it does not begin as a TIFF", null);
            if (asStored)
                file.SetField(TiffTag.ORIENTATION, Orientation.TOPLEFT);
            return new TiffRows(file, name);
        }
        catch (Exception failure) when (failure is not SegmentationProblemException)
        {
            file?.Dispose();
            content.Dispose();
            throw Damaged(name, failure.Message, failure);
        }
        catch
        {
            file?.Dispose();
            content.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Read(Span<byte> rows)
    {
        int stride = Width * PixelImage.Channels;
        while (rows.Length > 0)
        {
            if (_blockAt == _blockRows)
                Decode();
            int count = Math.Min(rows.Length / stride, _blockRows - _blockAt);
            _block.AsSpan(_blockAt * stride, count * stride).CopyTo(rows);
            rows = rows[(count * stride)..];
            _blockAt += count;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    // The raster's rows run from bottom to top.
    private void Decode()
    {
        int first = _nextBlock++ * _blockHeight;
        _blockRows = Math.Min(_blockHeight, Height - first);
        _blockAt = 0;
        if (_file.IsTiled())
        {
            for (int left = 0; left < Width; left += _tileWidth)
            {
                Check(() => _file.ReadRGBATile(left, first, _raster), $"the tile at {left}, {first}");
                Unpack(left, Math.Min(_tileWidth, Width - left), bottom: _blockHeight - 1);
            }
        }
        else
        {
            Check(() => _file.ReadRGBAStrip(first, _raster), $"the strip at row {first}");
            Unpack(0, Width, bottom: _blockRows - 1);
        }
    }

    // LibTiff leaves what it cannot decode black and calls that a success; what it complained of meanwhile tells.
    private void Check(Func<bool> decode, string block)
    {
        TiffFaults.Last = null;
        if (!decode() || TiffFaults.Last is not null)
            throw Damaged(_name, $"{block} cannot be read: {TiffFaults.Last ?? "no pixels"}", null);
    }

    private void Unpack(int left, int columns, int bottom)
    {
        for (int y = 0; y < _blockRows; y++)
        {
            ReadOnlySpan<int> source = _raster.AsSpan((bottom - y) * _tileWidth, columns);
            Span<byte> target = _block.AsSpan(((y * Width) + left) * PixelImage.Channels);
            for (int x = 0; x < columns; x++)
            {
                int pixel = source[x], alpha = (pixel >> 24) & 255;
                // Over white, as every other picture; LibTiff has multiplied colours by their alpha.
                target[3 * x] = (byte)Math.Min(255, (pixel & 255) + 255 - alpha);
                target[(3 * x) + 1] = (byte)Math.Min(255, ((pixel >> 8) & 255) + 255 - alpha);
                target[(3 * x) + 2] = (byte)Math.Min(255, ((pixel >> 16) & 255) + 255 - alpha);
            }
        }
    }

    private void CheckHeader()
    {
        if (Width <= 0 || Height <= 0 || _tileWidth <= 0 || _blockHeight <= 0)
            throw Damaged(_name, "it has no size", null);
        long bytes = (long)_blockHeight * ((4L * _tileWidth) + ((long)PixelImage.Channels * Width));
        if (bytes > MostBytes)
        {
            throw SegmentationProblem.InvalidImage(
                _name,
                $"one of its strips takes {bytes >> 20:N0} MiB decoded; {MostBytes >> 20} are allowed",
                "Save it with strips of fewer rows, or in tiles");
        }

        if (Number(TiffTag.ORIENTATION, 1) != 1)
        {
            throw SegmentationProblem.InvalidImage(_name, "it is stored turned or mirrored", "Save it upright");
        }
    }

    private int Number(TiffTag tag, int missing) => _file.GetField(tag) is [var value, ..] ? value.ToInt() : missing;

    private static SegmentationProblemException Damaged(string name, string reason, Exception? cause) =>
        SegmentationProblem.InvalidImage(
            name,
            $"the TIFF is damaged or cut short ({reason.ReplaceLineEndings(" ").Trim().TrimEnd('.')})",
            "Give an intact TIFF",
            cause);
}
