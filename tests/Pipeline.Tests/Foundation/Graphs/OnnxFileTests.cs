using FrozenSeg.Pipeline.Families.Sam.Exports;
using FrozenSeg.Pipeline.Foundation.Graphs.Onnx;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Testing;

namespace FrozenSeg.Pipeline.Tests.Foundation.Graphs;

public sealed class OnnxFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_WhatWasWritten_HasItsOperationsAndConstants()
    {
        OnnxFile file = OnnxFile.Read(_folder.Write("graph.onnx", Graph()));

        Assert.Equal("FrozenSeg.Functions", file.Producer);
        OnnxNode node = Assert.Single(file.Nodes);
        Assert.Equal(
            ("MatMul", "x", "onnx::MatMul_1", "/attn/qkv/MatMul_output_0"),
            (node.Operator, node.Inputs[0], node.Inputs[1], node.Outputs[0]));
        Assert.Equal([2, 3], file.Tensors["onnx::MatMul_1"].Dimensions);
    }

    [Fact]
    public void ExportedWeights_ConstantOfAProduct_IsTheModulesWeightTurned()
    {
        ExportedTensor weight = ExportedWeights.Read(
            OnnxFile.Read(_folder.Write("graph.onnx", Graph())))["attn.qkv.weight"];

        Assert.Equal(new TensorShape(3, 2), weight.Shape);
        Assert.Equal([0f, 3, 1, 4, 2, 5], weight.Read());
    }

    [Theory]
    [InlineData("/patch_embed/seq/seq.0/c/Conv_output_0", "patch_embed.seq.0.c")]
    [InlineData("/layers.1/blocks.0/attn/Add_output_0", "layers.1.blocks.0.attn")]
    [InlineData("/mask_downscaling/mask_downscaling.1/Mul_output_0", "mask_downscaling.1")]
    [InlineData("/Mul_9_output_0", "")]
    public void ModuleOf_NameOfAValue_IsTheModulesPath(string value, string module) =>
        Assert.Equal(module, ExportedWeights.ModuleOf(value));

    [Fact]
    public void Refusal_AnotherNetwork_IsToldToBeOne()
    {
        string problem = SamExport.Refusal(_folder.Write("graph.onnx", Graph())).Message;

        Assert.Contains(
            "graph.onnx: it is an ONNX graph of 1 operations written by FrozenSeg.Functions, not a part of a SAM",
            problem,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(40)]
    public void Read_CutShort_IsRefused(int length) =>
        Assert.Throws<SegmentationProblemException>(
            () => OnnxFile.Read(_folder.Write("graph.onnx", Graph()[..length])));

    private static byte[] Graph()
    {
        byte[] content = [.. new float[] { 0, 1, 2, 3, 4, 5 }.SelectMany(BitConverter.GetBytes)];
        return OnnxModelWriter.Write(new OnnxGraph(
            "graph",
            [new OnnxNode("node", "MatMul", "", ["x", "onnx::MatMul_1"], ["/attn/qkv/MatMul_output_0"], [])],
            [new OnnxTensor("onnx::MatMul_1", ElementType.Float32, [2, 3], content, null)],
            [],
            []));
    }
}
