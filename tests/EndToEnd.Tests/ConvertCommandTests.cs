using FrozenSeg.Testing;

namespace FrozenSeg.EndToEnd.Tests;

public sealed class ConvertCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Convert_WhatSegmentWrote_GoesIntoAFolderBesideIt()
    {
        CommandLine.Run(
            "segment", Fixtures.Path("images", "rgb.png"), "--method", "automask", "--sam", "procsam",
            "--points-per-side", "4", "--out", _folder.Root);

        CommandLine run = CommandLine.Run("convert", _folder.Path("result.json"), "--to", "cvat");

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.True(File.Exists(_folder.Path("cvat", "annotations.xml")));
    }

    [Fact]
    public void Convert_NothingThere_IsOneLine()
    {
        CommandLine run = CommandLine.Run("convert", _folder.Path("result.json"), "--to", "polygons");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("there is no result.json", run.SingleError(), StringComparison.Ordinal);
    }
}
