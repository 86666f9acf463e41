using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Pipeline.Foundation.Weights.Catalogue;
using FrozenSeg.Pipeline.Models;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Testing;

namespace FrozenSeg.Pipeline.Tests.Models;

public sealed class CheckpointInspectorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Inspect_WholeSam_IsComplete()
    {
        CheckpointReport report = CheckpointInspector.Inspect(TinySam.Write(_folder.Root));

        Assert.Equal((ModelRole.Sam, true), (report.Role, report.IsComplete));
        Assert.Empty(report.LeftOver);
    }

    [Fact]
    public void Inspect_OtherKeysAndShapes_AreNamed()
    {
        const string Lost = "mask_decoder.iou_token.weight",
            Turned = "mask_decoder.transformer.layers.0.mlp.lin2.weight";
        using WeightFile whole = WeightFile.Open(TinySam.Write(_folder.Root));
        var shapes = whole.Names.Where(name => name != Lost)
            .ToDictionary(name => name, name => whole.Find(name)!.Shape);
        shapes["mask_decoder.bias_nobody_knows"] = new TensorShape(3);
        shapes[Turned] = new TensorShape([.. shapes[Turned].Dimensions.ToArray(), 1]);
        string path = _folder.Path("changed.safetensors");
        SafetensorsWriter.Write(
            path,
            [.. shapes],
            new Dictionary<string, string>(whole.Metadata),
            (_, shape) => new float[shape.ElementCount]);

        CheckpointReport report = CheckpointInspector.Inspect(path);

        Assert.False(report.IsComplete);
        Assert.Equal([Lost], report.Missing);
        Assert.Contains(report.Misshapen, text => text.StartsWith(Turned, StringComparison.Ordinal));
        Assert.Equal(["mask_decoder.bias_nobody_knows"], report.LeftOver);
    }

    [Theory]
    [InlineData("mask_decoder.iou_token.weight", float.NaN)]
    [InlineData("image_encoder.pos_embed", float.PositiveInfinity)]
    public void Inspect_WeightThatIsNoNumber_IsNamed(string name, float value)
    {
        using WeightFile whole = WeightFile.Open(TinySam.Write(_folder.Root));
        string path = _folder.Path("damaged.safetensors");
        SafetensorsWriter.Write(
            path,
            [.. whole.Names.Select(key => KeyValuePair.Create(key, whole.Find(key)!.Shape))],
            new Dictionary<string, string>(whole.Metadata),
            (key, shape) =>
            {
                var values = new float[shape.ElementCount];
                values[^1] = key == name ? value : 0;
                return values;
            });

        var failure = Assert.Throws<SegmentationProblemException>(() => CheckpointInspector.Inspect(path));

        Assert.Contains(
            $"tensor '{name}' holds values that are not finite numbers", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(BundledModels.FrozenSeg, ModelRole.FrozenSeg)]
    [InlineData(BundledModels.FcClip, ModelRole.FcClip)]
    [InlineData(BundledModels.ClipVit, ModelRole.Clip)]
    [InlineData(BundledModels.ClipConvNext, ModelRole.ClipBackbone)]
    [InlineData(BundledModels.Sam, ModelRole.Sam)]
    internal void Inspect_BundledModels_AreComplete(string part, ModelRole role)
    {
        CheckpointReport report = CheckpointInspector.Inspect(
            BundledModels.PathOf(part),
            BundledModels.PathOf(BundledModels.ClipConvNext),
            BundledModels.PathOf(BundledModels.Sam));

        Assert.Equal(role, report.Role);
        Assert.Empty(report.Missing);
        Assert.Empty(report.Misshapen);
    }

    [Fact]
    public void Inspect_SomethingElse_IsRefused()
    {
        var failure = Assert.Throws<SegmentationProblemException>(
            () => CheckpointInspector.Inspect(Fixtures.Path("checkpoints", "zip.pth")));

        Assert.Contains("of no known network", failure.Message, StringComparison.Ordinal);
    }
}
