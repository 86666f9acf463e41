using BitMiracle.LibTiff.Classic;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Imaging.Large;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Testing;
using LibTiffFile = BitMiracle.LibTiff.Classic.Tiff;

namespace FrozenSeg.Pipeline.Tests.Foundation.Imaging.Large;

public sealed class TiffRowsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly PixelImage _image = TestPicture.Make(70, 50);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Compression.NONE, 7)]
    [InlineData(Compression.NONE, 70)]
    [InlineData(Compression.LZW, 16)]
    [InlineData(Compression.DEFLATE, 1)]
    public void Read_StripsOfAnyHeightAndCompression_GivesThePixels(Compression compression, int rows)
    {
        string path = WriteStrips(compression, rows);

        Assert.Equal(_image.Pixels.ToArray(), ReadAll(path, rowsAtATime: 13).Pixels.ToArray());
    }

    [Fact]
    public void Read_Tiles_GivesThePixels()
    {
        string path = WriteTiles(32);

        Assert.Equal(_image.Pixels.ToArray(), ReadAll(path, rowsAtATime: 70).Pixels.ToArray());
    }

    [Fact]
    public void Open_NotATiff_IsOneLine()
    {
        string path = _folder.Write("text.tif", "II*\0nothing of the kind"u8.ToArray());

        var failure = Assert.Throws<SegmentationProblemException>(() => ReadAll(path, 1));

        Assert.StartsWith(
            "text.tif: the TIFF is damaged", Assert.Single(failure.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_DamagedStrip_SaysWhere()
    {
        string path = WriteStrips(Compression.DEFLATE, 70);
        byte[] damaged = File.ReadAllBytes(path);
        damaged.AsSpan(8, 64).Fill(0xff);

        var failure = Assert.Throws<SegmentationProblemException>(
            () => ReadAll(_folder.Write("damaged.tif", damaged), 70));

        Assert.Contains("the strip at row 0 cannot be read: ", failure.Message, StringComparison.Ordinal);
    }

    private static PixelImage ReadAll(string path, int rowsAtATime)
    {
        using TiffRows rows = TiffRows.Open(File.OpenRead(path), Path.GetFileName(path));
        var image = new PixelImage(rows.Width, rows.Height);
        for (int y = 0; y < rows.Height; y += rowsAtATime)
        {
            int count = Math.Min(rowsAtATime, rows.Height - y);
            rows.Read(image.Pixels.Slice(y * rows.Width * 3, count * rows.Width * 3));
        }

        return image;
    }

    private string WriteStrips(Compression compression, int rowsPerStrip)
    {
        string path = _folder.Path($"strips-{compression}-{rowsPerStrip}.tif");
        using LibTiffFile tiff = Create(path, compression);
        tiff.SetField(TiffTag.ROWSPERSTRIP, rowsPerStrip);
        for (int y = 0; y < _image.Height; y++)
            tiff.WriteScanline(_image.Row(y).ToArray(), y);
        return path;
    }

    private string WriteTiles(int size)
    {
        string path = _folder.Path("tiles.tif");
        using LibTiffFile tiff = Create(path, Compression.NONE);
        tiff.SetField(TiffTag.TILEWIDTH, size);
        tiff.SetField(TiffTag.TILELENGTH, size);
        for (int top = 0; top < _image.Height; top += size)
        {
            for (int left = 0; left < _image.Width; left += size)
            {
                var tile = new byte[size * size * 3];
                for (int y = 0; y < Math.Min(size, _image.Height - top); y++)
                    _image.Row(top + y)
                        .Slice(left * 3, Math.Min(size, _image.Width - left) * 3)
                        .CopyTo(tile.AsSpan(y * size * 3));
                tiff.WriteTile(tile, left, top, 0, 0);
            }
        }

        return path;
    }

    private LibTiffFile Create(string path, Compression compression)
    {
        LibTiffFile tiff = LibTiffFile.Open(path, "w");
        tiff.SetField(TiffTag.IMAGEWIDTH, _image.Width);
        tiff.SetField(TiffTag.IMAGELENGTH, _image.Height);
        tiff.SetField(TiffTag.BITSPERSAMPLE, 8);
        tiff.SetField(TiffTag.SAMPLESPERPIXEL, 3);
        tiff.SetField(TiffTag.PHOTOMETRIC, Photometric.RGB);
        tiff.SetField(TiffTag.PLANARCONFIG, PlanarConfig.CONTIG);
        tiff.SetField(TiffTag.COMPRESSION, compression);
        return tiff;
    }
}
