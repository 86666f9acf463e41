using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Testing;

namespace FrozenSeg.Pipeline.Tests.Foundation.Weights;

public sealed class FileContentsTests
{
    [Theory]
    [InlineData("", "an empty file")]
    [InlineData("<html><title>Sign in</title>", "an HTML page ('Sign in')")]
    [InlineData("{\"error\":\"Entry not found\"}", "JSON that says 'Entry not found'")]
    [InlineData(
        "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 19332096\n",
        "a Git LFS pointer to 19,332,096 bytes")]
    [InlineData("{\"weight_map\":{}}", "an index of weights")]
    [InlineData("\u0008\u0007\u0012\u0007pytorch", "an ONNX model")]
    public void Other_WhatPeopleTakeForWeights_IsNamed(string content, string expected) =>
        Assert.StartsWith(
            expected, FileContents.Other(System.Text.Encoding.UTF8.GetBytes(content)), StringComparison.Ordinal);

    [Fact]
    public void Other_Weights_AreNothingElse()
    {
        Assert.Null(FileContents.Other("PK\x03\x04rest"u8));
        Assert.Null(FileContents.Other((byte[])[0x80, 2, (byte)'}']));
        Assert.Null(FileContents.Other((byte[])[8, 7, 0x12, 0, 0, 0, 0, 0, (byte)'{']));
    }

    [SharedTheory]
    [InlineData("lfs.pth", "it is a Git LFS pointer to 19,332,096 bytes")]
    [InlineData("lfs.safetensors", "it is a Git LFS pointer")]
    [InlineData("html.pth", "it is an HTML page ('Google Drive - Virus scan warning')")]
    [InlineData("json.pth", "it is JSON that says 'Entry not found'")]
    [InlineData(
        "model.safetensors.index.json", "2 of its 2 files are missing, the first is model-00001-of-00002.safetensors")]
    public void Open_FileThatIsNoWeights_SaysWhatItIs(string file, string expected)
    {
        var failure = Assert.Throws<SegmentationProblemException>(
            () => WeightFile.Open(SharedFolder.Path("faults", "checkpoints", file)));

        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }
}
