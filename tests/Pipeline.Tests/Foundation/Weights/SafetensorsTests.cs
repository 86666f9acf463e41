using System.Buffers.Binary;
using System.Text;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Testing;

namespace FrozenSeg.Pipeline.Tests.Foundation.Weights;

public sealed class SafetensorsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_FindsTensorsAndMetadata()
    {
        string path = File(
            """{"__metadata__":{"note":"hi"},"a":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]}}""", 8);

        using WeightFile weights = WeightFile.Open(path);

        Assert.Equal("hi", weights.Metadata["note"]);
        Assert.Equal(new TensorShape(2, 1), weights.Find("a")!.Shape);
        Assert.Equal(2, weights.ReadFloats("a").Length);
        Assert.Null(weights.Find("b"));
    }

    [Theory]
    [InlineData(0x280)]
    [InlineData(0x480)]
    public void Open_HeaderLengthThatBeginsLikeAPickle_IsRead(int length)
    {
        string path = File("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""".PadRight(length), 8);

        using WeightFile weights = WeightFile.Open(path);

        Assert.Equal(2, weights.ReadFloats("a").Length);
    }

    [Theory]
    [InlineData("F16", new byte[] { 0x00, 0x3e, 0x00, 0xc0 }, new[] { 1.5f, -2 })]
    [InlineData("BF16", new byte[] { 0xc0, 0x3f, 0x00, 0xc0 }, new[] { 1.5f, -2 })]
    public void ReadFloats_WidensSmallFloats(string type, byte[] data, float[] expected)
    {
        string path = File($$$"""{"a":{"dtype":"{{{type}}}","shape":[2],"data_offsets":[0,4]}}""", data);

        using WeightFile weights = WeightFile.Open(path);

        Assert.Equal(expected, weights.ReadFloats("a"));
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}""", "lies at bytes 0..16 of 8")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[4,-4]}}""", "lies at bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", "does not fill its 8 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2000000000,2000000000],"data_offsets":[0,8]}}""", "does not fill")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", "does not fill")]
    [InlineData("""{"a":{"dtype":"Q4","shape":[2],"data_offsets":[0,8]}}""", "unsupported type Q4")]
    [InlineData(
        """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}}""",
        "'a' and 'b' overlap")]
    [InlineData(
        """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""",
        "'a' is listed twice")]
    [InlineData("""{"a":{"dtype":"F32","data_offsets":[0,8]}}""", "lacks a type, shape or byte range")]
    [InlineData("""{"a":7}""", "lacks a type")]
    [InlineData("""[1,2]""", "not a JSON object")]
    [InlineData("""{"a":""", "not valid JSON")]
    public void Open_HeaderThatContradictsItself_IsRefused(string header, string found)
    {
        var failure = Assert.Throws<SegmentationProblemException>(() => WeightFile.Open(File(header, 8)));

        SegmentationProblem problem = Assert.Single(failure.Problems);
        Assert.Equal(("model.safetensors", ProblemKind.InvalidModel), (problem.Where, problem.Kind));
        Assert.Contains(found, problem.Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { 1, 2, 3 })]
    [InlineData(new byte[] { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f, 0 })]
    [InlineData(new byte[] { 200, 0, 0, 0, 0, 0, 0, 0, (byte)'{' })]
    public void Open_LengthThatCannotBe_IsRefused(byte[] content) =>
        Assert.Throws<SegmentationProblemException>(() => WeightFile.Open(_folder.Write("model.safetensors", content)));

    [Fact]
    public void Open_NoSuchFile_IsAProblem() =>
        Assert.Throws<SegmentationProblemException>(() => WeightFile.Open(_folder.Path("missing.safetensors")));

    [Fact]
    public void Writer_AndReader_Agree()
    {
        string path = _folder.Path("written.safetensors");
        KeyValuePair<string, TensorShape>[] shapes =
            [new("b.weight", new TensorShape(2, 3)), new("a.bias", new TensorShape(1))];

        SafetensorsWriter.Write(
            path, shapes, new Dictionary<string, string> { ["k"] = "v" }, SyntheticWeights.Elements);

        using WeightFile weights = WeightFile.Open(path);
        Assert.Equal(SyntheticWeights.Elements("b.weight", new TensorShape(2, 3)), weights.ReadFloats("b.weight"));
        Assert.Equal(SyntheticWeights.Elements("a.bias", new TensorShape(1)), weights.ReadFloats("a.bias"));
        Assert.Single(Directory.GetFiles(_folder.Root));
    }

    private string File(string header, int dataLength) => File(header, new byte[dataLength]);

    private string File(string header, byte[] data)
    {
        byte[] json = Encoding.UTF8.GetBytes(header);
        var content = new byte[8 + json.Length + data.Length];
        BinaryPrimitives.WriteInt64LittleEndian(content, json.Length);
        json.CopyTo(content, 8);
        data.CopyTo(content, 8 + json.Length);
        return _folder.Write("model.safetensors", content);
    }
}
