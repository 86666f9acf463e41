using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Graphs.Operators;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Tests.Foundation.Graphs;

public sealed class GraphBuilderTests
{
    private readonly GraphBuilder _graph = new("test", GraphTarget.Cpu);

    [Fact]
    public void Add_BroadcastsAsNumPyDoes()
    {
        GraphValue sum = Input("a", 4, 1, 3) + Input("b", 5, 3);

        Assert.Equal([4, 5, 3], Fixed(sum));
    }

    [Fact]
    public void Add_ShapesThatDoNotBroadcast_AreRefusedByName()
    {
        var failure = Assert.Throws<GraphException>(() => Input("a", 4) + Input("b", 5));

        Assert.Contains("[4] and [5]", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reshape_RestBecomesWhatRemains() =>
        Assert.Equal([6, 10], Fixed(Input("a", 2, 3, 10).Reshape(Dimension.Rest, 10)));

    [Fact]
    public void Reshape_ThatLosesElements_IsRefused() =>
        Assert.Throws<GraphException>(() => Input("a", 2, 3).Reshape(4, 2));

    [Fact]
    public void Reshape_TwoOpenDimensions_IsRefused() =>
        Assert.Throws<GraphException>(() => Input("a", "n", "m").Reshape(Dimension.Rest, Dimension.Rest));

    [Fact]
    public void Reshape_SymbolAtItsPlace_IsKept()
    {
        GraphValue split = Input("a", "n", 12).Reshape("n", 3, 4);

        Assert.Equal("n", split[0].Symbol);
    }

    [Fact]
    public void MatMul_InnerDimensionsThatDiffer_AreRefused() =>
        Assert.Throws<GraphException>(() => Input("a", 2, 3).MatMul(Input("b", 4, 5)));

    [Fact]
    public void MatMul_BatchesBroadcast() =>
        Assert.Equal([8, 7, 2, 5], Fixed(Input("a", 8, 1, 2, 3).MatMul(Input("b", 7, 3, 5))));

    [Fact]
    public void Conv_ChannelsThatDoNotFit_AreRefused() =>
        Assert.Throws<GraphException>(() => Input("x", 1, 3, 8, 8).Conv(Input("w", 4, 2, 3, 3)));

    [Fact]
    public void Conv_StridedAndPadded_HasTheRightSize() =>
        Assert.Equal([1, 4, 4, 4], Fixed(Input("x", 1, 3, 8, 8).Conv(Input("w", 4, 3, 3, 3), stride: 2, padding: 1)));

    [Fact]
    public void Values_OfAnotherGraph_AreRefused()
    {
        GraphValue stranger = new GraphBuilder("other", GraphTarget.Cpu).Input("x", ElementType.Float32, 1);

        Assert.Throws<GraphException>(() => _graph.Output("y", stranger));
    }

    [Fact]
    public void Build_MissingWeights_AreReportedTogether()
    {
        _graph.Weight(NoWeights.Instance, "first", 2, 2);
        _graph.Weight(NoWeights.Instance, "second", 3);

        var failure = Assert.Throws<SegmentationProblemException>(_graph.Build);

        Assert.Contains(
            "2 tensors are missing: first, second", Assert.Single(failure.Problems).Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Requirements_ListWhatANetworkNeeds()
    {
        _graph.Weight(NoWeights.Instance, "layer.weight", 4, 2);

        Assert.Equal(new TensorShape(4, 2), _graph.Requirements["layer.weight"]);
    }

    private GraphValue Input(string name, params ReadOnlySpan<Dimension> shape) =>
        _graph.Input(name, ElementType.Float32, shape);

    private static int[] Fixed(GraphValue value) => [.. value.Shape.ToArray().Select(dimension => dimension.Value)];
}
