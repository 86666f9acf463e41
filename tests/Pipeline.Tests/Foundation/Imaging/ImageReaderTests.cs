using System.Diagnostics;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Testing;

namespace FrozenSeg.Pipeline.Tests.Foundation.Imaging;

public sealed class ImageReaderTests
{
    [Theory]
    [InlineData("orientation_1.png")]
    [InlineData("orientation_2.png")]
    [InlineData("orientation_3.png")]
    [InlineData("orientation_4.png")]
    [InlineData("orientation_5.png")]
    [InlineData("orientation_6.png")]
    [InlineData("orientation_7.png")]
    [InlineData("orientation_8.png")]
    [InlineData("orientation_3.webp")]
    [InlineData("orientation_6.webp")]
    public void Read_TurnsEveryOrientationUpright(string file)
    {
        PixelImage upright = Read("rgb.png");

        PixelImage turned = Read(file);

        Assert.Equal((upright.Width, upright.Height), (turned.Width, turned.Height));
        Assert.Equal(upright.Pixels.ToArray(), turned.Pixels.ToArray());
    }

    [Fact]
    public void Read_TooManyBytes_IsRefusedUnread()
    {
        var reader = new ImageReader(new ImageLimits { MaxBytes = 100 });

        var failure = Assert.Throws<SegmentationProblemException>(
            () => reader.ReadFile(Fixtures.Path("images", "rgb.png")));

        Assert.Contains("bytes", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_DeviceWithoutEnd_IsRefusedAtTheLimit()
    {
        if (!OperatingSystem.IsLinux())
            return;
        var reader = new ImageReader(new ImageLimits { MaxBytes = 100_000 });

        var failure = Assert.Throws<SegmentationProblemException>(() => reader.ReadFile("/dev/zero"));

        Assert.Contains("after the 100,000 bytes that are allowed", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_Pipe_GivesThePictureThatIsWrittenToIt()
    {
        if (!OperatingSystem.IsLinux())
            return;
        using var folder = new TemporaryFolder();
        string pipe = folder.Path("pipe");
        using (Process make = Process.Start("mkfifo", pipe))
            await make.WaitForExitAsync();
        Task writing = Task.Run(() => File.WriteAllBytes(pipe, File.ReadAllBytes(Fixtures.Path("images", "rgb.png"))));

        PixelImage read = ImageReader.CreateDefault().ReadFile(pipe);

        await writing;
        Assert.Equal(Read("rgb.png").Pixels.ToArray(), read.Pixels.ToArray());
    }

    [Fact]
    public void Read_Bomb_IsRefusedByItsHeader()
    {
        // A header that claims 60000×60000 pixels; nothing follows that could be decoded.
        byte[] bomb = File.ReadAllBytes(Fixtures.Path("images", "rgb.png"));
        bomb[18] = bomb[22] = 0xea;
        bomb[19] = bomb[23] = 0x60;
        bomb[25] = 2;
        new byte[] { 0x0f, 0xb0, 0xe2, 0x15 }.CopyTo(bomb, 29);

        var failure = Assert.Throws<SegmentationProblemException>(
            () => ImageReader.CreateDefault().Read(bomb, "bomb.png"));

        Assert.Contains("60000×60000", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WrongExtension_IsDecodedByItsContent()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("really-a-png.jpg", File.ReadAllBytes(Fixtures.Path("images", "rgb.png")));

        Assert.Equal(24, ImageReader.CreateDefault().ReadFile(path).Width);
    }

    [Fact]
    public void ReadFile_NoSuchFile_SaysSo()
    {
        var failure = Assert.Throws<SegmentationProblemException>(
            () => ImageReader.CreateDefault().ReadFile("/nowhere/at-all.png"));

        Assert.Equal(ProblemKind.Storage, Assert.Single(failure.Problems).Kind);
    }

    private static PixelImage Read(string file) => ImageReader.CreateDefault().ReadFile(Fixtures.Path("images", file));
}
