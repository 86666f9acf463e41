using System.Text.Json;
using FrozenSeg.Pipeline.Families.Clip;
using FrozenSeg.Pipeline.Families.Clip.Networks;
using FrozenSeg.Pipeline.Families.Clip.Text;
using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Testing;

namespace FrozenSeg.Golden.Car;

/// <summary><c>*_text_encoder.npz</c>: ids, end positions, hidden states and features of the text tower.</summary>
internal sealed class TextEncoderKind() : FileKind("car", "*_text_encoder.npz")
{
    private const double Tolerance = 1e-4;

    public override IEnumerable<GoldenCheck> Run(GoldenFile file, GoldenContext context)
    {
        using var golden = new NpzFile(file.Path);
        using var tiny = new TinyClip(file, 'A');
        using JsonDocument settings = JsonDocument.Parse(File.ReadAllBytes(Path.ChangeExtension(file.Path, ".json")));
        string[] texts = settings.RootElement.GetProperty("texts").Deserialize<string[]>()!;

        using var encoder = new ClipTextEncoder(tiny.Configuration.Text, tiny.Weights, context.Sessions);
        TokenizedText[] tokens = [.. texts.Select(encoder.Tokenize)];
        long[] padded =
            [.. tokens.SelectMany(text => text.Ids.Select(id => (long)id).Concat(new long[77 - text.Ids.Count]))];
        var checks = new List<GoldenCheck>
        {
            Compare.Equal<long>("ids", padded, golden["ids"].Integers),
            Compare.Absolute(
                "features_unit",
                [.. encoder.Encode(tokens).SelectMany(vector => vector)],
                golden["features_unit"],
                Tolerance),
        };
        checks.AddRange(Hidden(golden, tiny, padded, texts.Length, context));
        // The released classifier of each text as it is: normalised twice.
        checks.Add(
            Compare.Absolute("zeroshot_unit", golden["features_unit"].Floats, golden["zeroshot_unit"], Tolerance));
        return checks;
    }

    private static IEnumerable<GoldenCheck> Hidden(
        NpzFile golden, TinyClip tiny, long[] ids, int count, GoldenContext context)
    {
        int length = ids.Length / count;
        using var run = new NetworkRun(context.Sessions, tiny.Weights);
        using TensorBuffer<long> idTensor = TensorBuffer<long>.From(ids, count, length);
        using TensorBuffer<long> positions = TensorBuffer<long>.From(
            [.. Enumerable.Range(0, length).Select(i => (long)i)], length);
        var network = new ClipTextNetwork(tiny.Configuration.Text);
        GraphValue tokens = network.Tokens(run.Root, run.Input("ids", idTensor), run.Input("positions", positions));
        run.Output("hidden", tokens);
        using SessionOutputs outputs = run.Run();
        using TensorBuffer<float> hidden = outputs.Take<float>("hidden");
        yield return Compare.RelativeToLargest("hidden_last", hidden.Span, golden["hidden_last"].Floats, Tolerance);
    }
}
