using FrozenSeg.Pipeline.Families.FrozenBackbones.Networks;
using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Graphs.Blocks;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Tensors.Kernels;
using FrozenSeg.Testing;

namespace FrozenSeg.Golden.FrozenSeg;

/// <summary><c>msda_*.npz</c>: one deformable attention, by the kernel and inside a graph.</summary>
internal sealed class DeformableAttentionKind() : FileKind("frozenseg", "msda_*.npz")
{
    private const double Tolerance = 2e-5;

    public override IEnumerable<GoldenCheck> Run(GoldenFile file, GoldenContext context)
    {
        using var golden = new NpzFile(file.Path);
        using StoredWeights weights = StoredWeights.From(golden);
        long[] meta = golden["meta"].Integers;
        var model = new PixelDecoderConfiguration
        {
            InputChannels = [],
            Width = (int)meta[0],
            Heads = (int)meta[1],
            Levels = (int)meta[2],
            Points = (int)meta[3],
        };
        (int, int)[] sizes = [.. golden["spatial_shapes"].Integers.Chunk(2).Select(size => ((int)size[0], (int)size[1]))];
        var maps = new DeformableMaps(sizes, model.Heads, model.Levels, model.Points);

        using NetworkRun run = new(context.Sessions, weights.File);
        using TensorBuffer<float> query = Rows(golden["query"]), source = Rows(golden["input_flatten"]);
        using TensorBuffer<float> places = TensorBuffer<float>.From(maps.Places(), maps.Tokens, 2);
        DeformableQuery projected = new DeformableLayer(model).Query(run.Root, run.Input("query", query), run.Input("source", source));
        GraphValue core = new GridSampling(model).Apply(
            projected, run.Input("places", places), [.. sizes.Select(size => run.Root.Graph.Integers(size.Item1, size.Item2))]);
        run.Output("value", projected.Value);
        run.Output("offsets", projected.Offsets);
        run.Output("weights", projected.Weights);
        run.Output("core", core);
        run.Output("output", run.Root["output_proj"].Linear(core, model.Width));
        using SessionOutputs outputs = run.Run();

        using TensorBuffer<float> value = outputs.Take<float>("value"), offsets = outputs.Take<float>("offsets"),
            logits = outputs.Take<float>("weights"), inGraph = outputs.Take<float>("core"), output = outputs.Take<float>("output");
        using TensorBuffer<float> byKernel = DeformableSampling.Apply(maps, value, offsets, logits, threads: 2);
        return
        [
            Compare.Absolute("value", value.Span, golden["value"], Tolerance),
            Compare.Absolute("core_output, kernel", byKernel.Span, golden["core_output"], Tolerance),
            Compare.Absolute("core_output, graph", inGraph.Span, golden["core_output"], Tolerance),
            Compare.Absolute("output", output.Span, golden["output"], Tolerance),
        ];
    }

    private static TensorBuffer<float> Rows(NpyArray array) =>
        TensorBuffer<float>.From(array.Floats, array.Shape[1], array.Shape[2]);
}
