using FrozenSeg.Cli.Mcp;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Imaging.Codecs;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Testing;

namespace FrozenSeg.EndToEnd.Tests.Mcp;

public sealed class ToolPictureTests : IDisposable
{
    private static readonly byte[] Png = ImageCodec.EncodePng(TestPicture.Make(6, 8));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("data:image/png;base64,")]
    [InlineData("DATA:image/png;BASE64,")]
    public void Read_Base64_IsThePicture(string prefix)
    {
        Picture picture = new ToolPicture(allowsFiles: false).Read(prefix + Convert.ToBase64String(Png));

        Assert.Equal((8, 6), (picture.Pixels.Width, picture.Pixels.Height));
    }

    [Fact]
    public void Read_Path_IsOpenedWhereFilesAre()
    {
        string path = _folder.Write("a.png", Png);

        Picture picture = new ToolPicture(allowsFiles: true).Read(path);

        Assert.Equal(8, picture.Pixels.Width);
        Assert.Equal("image", Refused(path).Where);
    }

    [Theory]
    [InlineData("data:image/png,AQID")]
    [InlineData("data:image/png;base64,?")]
    [InlineData("AQID")]
    public void Read_WhatIsNoPicture_IsRefused(string image)
    {
        Assert.Equal("image", Refused(image).Where);
    }

    private static SegmentationProblem Refused(string image) => Assert.Single(
        Assert.Throws<SegmentationProblemException>(() => new ToolPicture(allowsFiles: false).Read(image)).Problems);
}
