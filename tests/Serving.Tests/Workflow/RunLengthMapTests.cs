using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Serving.Tests.Workflow;

public sealed class RunLengthMapTests
{
    [Fact]
    public void From_Map_IsItsRunsRowByRow()
    {
        RunLengthMap runs = RunLengthMap.From(new LabelMap(2, 3, [5, 5, -1, -1, 5, 7]));

        Assert.Equal([2, 3], runs.Size);
        Assert.Equal([5, 2, -1, 2, 5, 1, 7, 1], runs.Runs);
        Assert.Equal([5, 5, -1, -1, 5, 7], runs.Decode().Labels);
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(1, 1)]
    public void Decode_SmallMap_IsWhole(int height, int width)
    {
        LabelMap decoded = RunLengthMap.From(new LabelMap(height, width)).Decode();

        Assert.Equal((height, width), (decoded.Height, decoded.Width));
    }

    [Theory]
    [InlineData(new[] { 2 }, new[] { 1, 2 })]
    [InlineData(new[] { 1, 2, 1 }, new[] { 1, 2 })]
    [InlineData(new[] { 1, 2 }, new[] { 1, 1 })]
    [InlineData(new[] { 1, 2 }, new[] { 1, 3 })]
    [InlineData(new[] { 1, 2 }, new[] { 1, 3, 1, -1 })]
    [InlineData(new[] { 1, 2 }, new[] { 1, 2, 1, 1 })]
    [InlineData(new[] { 1, 2 }, new int[0])]
    public void Decode_RunsThatDoNotFillTheSize_AreRefused(int[] size, int[] runs)
    {
        Assert.Throws<FormatException>(() => new RunLengthMap(size, runs).Decode());
    }

    [Fact]
    public void Decode_RunOfNone_ChangesNothing()
    {
        Assert.Equal([3, 3], new RunLengthMap([1, 2], [9, 0, 3, 2]).Decode().Labels);
    }
}
