using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Testing;

namespace FrozenSeg.Pipeline.Tests.Foundation.Weights;

public sealed class WrappedWeightsTests
{
    [Theory]
    [InlineData("module.a|module.b|n_averaged", "a|b")]
    [InlineData("_orig_mod.a|_orig_mod.b", "a|b")]
    [InlineData("model._orig_mod.module.a|model._orig_mod.module.b", "a|b")]
    [InlineData("model.a|model.b|model.c|loss.weight", "a|b|c|loss.weight")]
    [InlineData("model.a|x|y", "model.a|x|y")]
    [InlineData("model.a|model.b|a", "model.a|model.b|a")]
    public void Unwrap_NamesThatTrainersWrite_BecomeTheNetworksOwn(string stored, string expected)
    {
        WeightTensor[] tensors = [.. stored.Split('|').Select(
            name => new WeightTensor(name, ElementType.Float32, new TensorShape(1), "file", 0))];

        Assert.Equal(expected.Split('|'), WrappedNames.Unwrap(tensors).Select(tensor => tensor.Name));
    }

    [SharedTheory]
    [InlineData("loss_beside.pth", "a.bias|a.weight")]
    [InlineData("multistep.pth", "bias|weight")]
    [InlineData("nest4.pth", "a.bias|a.weight")]
    [InlineData("only_ema.pth", "a.bias|a.weight")]
    [InlineData("swa.pth", "bias|weight")]
    [InlineData("prefix__orig_mod-.pth", "a.bias|a.weight")]
    public void Open_WrappedCheckpoint_HasTheNetworksNames(string file, string names) =>
        Assert.Equal(names, NamesOf(file));

    [SharedTheory]
    [InlineData("argparse.pth", "a.bias|a.weight")]
    [InlineData("defaultdict.pth", "a.bias|a.weight")]
    [InlineData("device.pth", "a.bias|a.weight")]
    [InlineData("dtype.pth", "a.bias|a.weight")]
    [InlineData("npscalar.pth", "a.bias|a.weight")]
    [InlineData("int16.pth", "a.weight|idx")]
    [InlineData("int8.pth", "a.weight|idx")]
    [InlineData("side_I8.safetensors", "a|x")]
    [InlineData("scaledfp8.safetensors", "a|scaled_fp8")]
    public void Open_HarmlessThingsBesideTheWeights_AreReadOver(string file, string names) =>
        Assert.Equal(names, NamesOf(file));

    [Fact]
    public void Open_IndexOfShards_JoinsThem()
    {
        using var folder = new TemporaryFolder();
        Write("model-00001-of-00002.safetensors", "a", 1);
        Write("model-00002-of-00002.safetensors", "b", 2);
        string index = folder.Write(
            "model.safetensors.index.json",
            """{"weight_map":{"a":"model-00001-of-00002.safetensors","b":"model-00002-of-00002.safetensors"}}"""u8.ToArray());

        using WeightFile file = WeightFile.Open(index);

        Assert.Equal([1f], file.ReadFloats("a"));
        Assert.Equal([2f], file.ReadFloats("b"));

        void Write(string name, string tensor, float value) => SafetensorsWriter.Write(
            folder.Path(name),
            [KeyValuePair.Create(tensor, new TensorShape(1))],
            new Dictionary<string, string>(),
            (_, _) => [value]);
    }

    private static string NamesOf(string file)
    {
        using WeightFile weights = WeightFile.Open(SharedFolder.Path("faults", "checkpoints", file));
        return string.Join('|', weights.Names.Order(StringComparer.Ordinal));
    }
}
