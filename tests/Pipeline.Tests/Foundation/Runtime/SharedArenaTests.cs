using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Graphs.Operators;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Tensors;

namespace FrozenSeg.Pipeline.Tests.Foundation.Runtime;

[Collection(nameof(SharedArenaTests))]
[CollectionDefinition(nameof(SharedArenaTests), DisableParallelization = true)]
public sealed class SharedArenaTests
{
    private const int Elements = 1 << 26;
    private const long Bytes = Elements * (long)sizeof(float);

    [Fact]
    public void ReleaseUnused_AfterALargeNetwork_GivesItsActivationsBack()
    {
        var sessions = new SessionFactory(new RuntimeOptions { Provider = ExecutionProviderChoice.Cpu, Threads = 1 });
        using ModelSession session = sessions.Create(Graph());
        Run(session);
        long kept = Environment.WorkingSet;

        SharedArena.ReleaseUnused();

        Assert.InRange(Environment.WorkingSet, 0, kept - (Bytes / 2));
        Assert.Equal(2 * Elements, Run(session), 1.0);
    }

    private static float Run(ModelSession session)
    {
        using TensorBuffer<float> two = TensorBuffer<float>.From([2], 1);
        using SessionInputs inputs = new SessionInputs().Add("value", two);
        using SessionOutputs outputs = session.Run(inputs);
        using TensorBuffer<float> sum = outputs.Take<float>("sum");
        return sum.Span[0];
    }

    private static GraphModel Graph()
    {
        var graph = new GraphBuilder("large", GraphTarget.Cpu);
        GraphValue many = graph.Input("value", ElementType.Float32, 1).Expand(Elements);
        graph.Output("sum", many.ReduceSum(0));
        return graph.Build();
    }
}
