using FrozenSeg.Pipeline.Families.FrozenBackbones.Networks;
using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Graphs.Blocks;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Attention;
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
        int batch = golden["query"].Shape[0];
        (int, int)[] sizes =
            [.. golden["spatial_shapes"].Integers.Chunk(2).Select(size => ((int)size[0], (int)size[1]))];
        var maps = new DeformableMaps(sizes, model.Heads, model.Levels, model.Points);

        // The released kernel reads the buffer of a whole batch as if it were laid out for the maps; each item alone is
        // another case.
        if (batch > 1 && sizes.Length != model.Levels)
            throw new NotSupportedException(
                $"A batch of {batch} on {sizes.Length} maps with weights for {model.Levels} cannot be run.");
        return [.. Enumerable.Range(0, batch).SelectMany(item => Run(golden, weights, model, maps, item, context))];
    }

    // One item of the batch; items know nothing of each other.
    private static GoldenCheck[] Run(
        NpzFile golden,
        StoredWeights weights,
        PixelDecoderConfiguration model,
        DeformableMaps maps,
        int item,
        GoldenContext context)
    {
        using NetworkRun run = new(context.Sessions, weights.File);
        using TensorBuffer<float> query = Rows(golden["query"], item), source = Rows(golden["input_flatten"], item);
        using TensorBuffer<float> places = TensorBuffer<float>.From(maps.Places(), maps.Tokens, 2);
        DeformableQuery projected = new DeformableLayer(model)
            .Query(run.Root, run.Input("query", query), run.Input("source", source));
        GraphValue core = new GridSampling(model).Apply(
            projected,
            run.Input("places", places),
            [.. maps.Sizes.Select(size => run.Root.Graph.Integers(size.Height, size.Width))]);
        run.Output("value", projected.Value);
        run.Output("offsets", projected.Offsets);
        run.Output("weights", projected.Weights);
        run.Output("core", core);
        run.Output("output", run.Root["output_proj"].Linear(core, model.Width));
        using SessionOutputs outputs = run.Run();

        using TensorBuffer<float> value = outputs.Take<float>("value"), offsets = outputs.Take<float>("offsets"),
            logits = outputs.Take<float>("weights"),
            inGraph = outputs.Take<float>("core"),
            output = outputs.Take<float>("output");
        using TensorBuffer<float> byKernel = DeformableSampling.Apply(maps, value, offsets, logits, threads: 2);
        string name = golden["query"].Shape[0] > 1 ? $", item {item}" : "";
        return
        [
            Compare.Absolute($"value{name}", value.Span, Item(golden["value"], item), Tolerance),
            Compare.Absolute($"core_output, kernel{name}", byKernel.Span, Item(golden["core_output"], item), Tolerance),
            Compare.Absolute($"core_output, graph{name}", inGraph.Span, Item(golden["core_output"], item), Tolerance),
            Compare.Absolute($"output{name}", output.Span, Item(golden["output"], item), Tolerance),
        ];
    }

    private static TensorBuffer<float> Rows(NpyArray array, int item) =>
        TensorBuffer<float>.From(Item(array, item), array.Shape[1], array.Shape[2]);

    private static float[] Item(NpyArray array, int item) =>
        [.. array.Floats.Chunk((int)(array.Shape.ElementCount / array.Shape[0])).ElementAt(item)];
}
