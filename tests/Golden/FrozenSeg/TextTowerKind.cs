using FrozenSeg.Pipeline.Families.Clip;
using FrozenSeg.Pipeline.Families.Clip.Networks;
using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Graphs.Operators;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Testing;

namespace FrozenSeg.Golden.FrozenSeg;

/// <summary><c>textenc_*.npz</c>: the text towers of both backbones.</summary>
internal sealed class TextTowerKind() : FileKind("frozenseg", "textenc_*.npz")
{
    public override IEnumerable<GoldenCheck> Run(GoldenFile file, GoldenContext context)
    {
        using var golden = new NpzFile(file.Path);
        using StoredWeights weights = StoredWeights.From(golden);
        int[] meta = Array.ConvertAll(golden["meta"].Integers, value => (int)value);
        NpyArray ids = golden["tokens"];
        int count = ids.Shape[0], length = ids.Shape[1];
        var model = new ClipTextConfiguration
        {
            Width = meta[0],
            Heads = meta[1],
            Layers = meta[2],
            EmbeddingSize = meta[3],
            Context = length,
            Vocabulary = weights.File.Find("token_embedding.weight")!.Shape[0],
            Activation = meta[4] != 0 ? ClipActivation.QuickGelu : ClipActivation.Gelu,
        };
        // The end mark has the largest id.
        long[] ends =
            [.. ids.Integers.Chunk(length).Select((row, i) => (i * (long)length) + Array.IndexOf(row, row.Max()))];

        using NetworkRun run = new(context.Sessions, weights.File);
        using TensorBuffer<long> tokens = TensorBuffer<long>.From(ids.Integers, count, length);
        using TensorBuffer<long> places = TensorBuffer<long>.From(
            [.. Enumerable.Range(0, length).Select(i => (long)i)], length);
        using TensorBuffer<long> rows = TensorBuffer<long>.From(ends, count);
        var network = new ClipTextNetwork(model);
        GraphValue hidden = network.Tokens(run.Root, run.Input("ids", tokens), run.Input("positions", places));
        GraphValue atEnds = hidden.Reshape(count * length, model.Width).Gather(run.Input("ends", rows));
        run.Output("features", network.Project(run.Root, atEnds));
        using SessionOutputs outputs = run.Run();
        using TensorBuffer<float> features = outputs.Take<float>("features");
        yield return Compare.Absolute("text_features", features.Span, golden["text_features"], 2e-5);
    }
}
