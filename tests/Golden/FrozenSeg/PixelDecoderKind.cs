using FrozenSeg.Pipeline.Families.FrozenBackbones.Decoding;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Networks;
using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Attention;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Testing;

namespace FrozenSeg.Golden.FrozenSeg;

/// <summary><c>pixdec_*.npz</c>: the whole pixel decoder, in stages and as one graph.</summary>
internal sealed class PixelDecoderKind() : FileKind("frozenseg", "pixdec_*.npz")
{
    private const double Tolerance = 1e-4;
    private static readonly string[] Strides = ["res2", "res3", "res4", "res5"];

    public override IEnumerable<GoldenCheck> Run(GoldenFile file, GoldenContext context)
    {
        using var golden = new NpzFile(file.Path);
        int[] meta = Array.ConvertAll(golden["meta"].Integers, value => (int)value);
        var model = new PixelDecoderConfiguration
        {
            Width = meta[0],
            Heads = meta[1],
            FeedForwardWidth = meta[2],
            Layers = meta[3],
            SamLayers = meta[3],
            InputChannels = meta[7..11],
            SamChannels = meta[0],
        };
        RegeneratedWeights? described = golden.Has("res2")
            ? null
            : new RegeneratedWeights(
                file.Name[(file.Name.IndexOf('_', StringComparison.Ordinal) + 1)..],
                file.Sibling($"{file.Name}.weights.json"));
        string prefix = $"{PixelDecoderGraphs.Prefix}.";
        using StoredWeights weights = described is null
            ? StoredWeights.From(golden, prefix)
            : StoredWeights.From(described, prefix);
        TensorBuffer<float>[] backbone = [.. Strides.Select((name, level) => Input(
            golden, described, name, meta[7 + level], meta[4] >> (level + 2), meta[5] >> (level + 2)))];
        using TensorBuffer<float> sam = Input(golden, described, "sam_embedding", meta[0], meta[6], meta[6]);

        List<GoldenCheck> checks = [];
        using (var decoder = new PixelDecoder(model, weights.File, context.Sessions))
        using (PixelFeatures features = decoder.Decode(backbone, sam, default))
            checks.AddRange(Features(golden, features, ""));
        checks.AddRange(Whole(golden, model, weights.File, context.Sessions, backbone, sam));
        foreach (TensorBuffer<float> map in backbone)
            map.Dispose();
        return checks;
    }

    private static TensorBuffer<float> Input(
        NpzFile golden, RegeneratedWeights? described, string name, int channels, int height, int width) =>
        described is null
        ? golden[name].ToTensor()
        : TensorBuffer<float>.From(described.Input(name, (long)channels * height * width), 1, channels, height, width);

    private static IEnumerable<GoldenCheck> Features(NpzFile golden, PixelFeatures features, string how)
    {
        for (int level = 0; level < features.Levels.Count; level++)
            yield return Compare.Absolute(
                $"ms{level}{how}", features.Levels[level].Span, golden[$"ms{level}"], Tolerance);
        yield return Compare.Absolute(
            $"mask_features{how}", features.MaskFeatures.Span, golden["mask_features"], Tolerance);
        int step = features.Sam!.Shape[1] / golden["sam_out"].Shape[1];
        yield return Compare.Absolute(
            $"sam_out{how}", Arrays.EveryPlane(features.Sam, step), golden["sam_out"], Tolerance);
        if (!golden.Has("sam_out_sum"))
            yield break;
        double[] sums = golden["sam_out_sum"].Doubles;
        double sum = 0, absolute = 0;
        foreach (float value in features.Sam.Span)
        {
            sum += value;
            absolute += Math.Abs(value);
        }

        yield return new GoldenCheck($"sam_out_sum{how}", Math.Abs(sum - sums[0]) / sums[1], 1e-5);
        yield return new GoldenCheck($"sam_out_sum of absolutes{how}", Math.Abs(absolute - sums[1]) / sums[1], 1e-5);
    }

    // The form for a GPU, and what it computes on the way.
    private static List<GoldenCheck> Whole(
        NpzFile golden,
        PixelDecoderConfiguration model,
        WeightFile weights,
        SessionFactory sessions,
        TensorBuffer<float>[] backbone,
        TensorBuffer<float> sam)
    {
        var graphs = new PixelDecoderGraphs(model, weights, sessions.Target);
        using ModelSession whole = sessions.Create(graphs.Whole().Build());
        using var tensors = new PixelDecoderInputs(model, backbone, sam);
        using TensorBuffer<float> places = Places(tensors.Sizes), samPlaces = Places(tensors.SamSizes);
        using var inputs = new SessionInputs();
        tensors.AddLevels(inputs);
        tensors.AddSam(inputs);
        inputs.Add("finest", tensors.Finest).Add("places", places).Add("sam_places", samPlaces);
        using SessionOutputs outputs = whole.Run(inputs);
        using var features = new PixelFeatures(
            [.. Enumerable.Range(0, model.Levels).Select(level => outputs.Take<float>($"level{level}"))],
            outputs.Take<float>("mask_features"),
            outputs.Take<float>("sam_out"));
        List<GoldenCheck> checks = [.. Features(golden, features, ", one graph")];
        checks.AddRange(Middle(golden, model, weights, sessions, tensors, samPlaces, sam));
        return checks;

        TensorBuffer<float> Places(IReadOnlyList<(int Height, int Width)> sizes)
        {
            var maps = new DeformableMaps(sizes, model.Heads, model.Levels, model.Points);
            return TensorBuffer<float>.From(maps.Places(), maps.Tokens, 2);
        }
    }

    private static List<GoldenCheck> Middle(
        NpzFile golden,
        PixelDecoderConfiguration model,
        WeightFile weights,
        SessionFactory sessions,
        PixelDecoderInputs tensors,
        TensorBuffer<float> samPlaces,
        TensorBuffer<float> sam)
    {
        using NetworkRun run = new(sessions, weights);
        GraphScope scope = run.Root["sem_seg_head"]["pixel_decoder"];
        var network = new PixelDecoderNetwork(model);
        var graphs = new PixelDecoderGraphs(model, weights, sessions.Target);
        GraphValue map = network.ProjectSam(scope, run.Input("sam", sam));
        using TensorBuffer<float> positions = TensorBuffer<float>.From(
            SinePosition.Compute(tensors.SamSizes[0].Height, tensors.SamSizes[0].Width, model.Width),
            samPlaces.Shape[0],
            model.Width);
        GraphValue placed = network.Place(scope["sam_transformer"], run.Input("position", positions), 0);
        GraphValue first = graphs.Encode(
            scope["sam_transformer"],
            PixelDecoderNetwork.ToTokens(map),
            placed,
            run.Input("places", samPlaces),
            [Pipeline.Foundation.Graphs.Operators.Shaping.ShapeOf(map, 2)],
            layers: 1);
        run.Output("map", map);
        run.Output("first", first);
        using SessionOutputs outputs = run.Run();
        using TensorBuffer<float> fpn = outputs.Take<float>("map"), layer = outputs.Take<float>("first");

        List<GoldenCheck> checks = [];
        foreach ((string name, ReadOnlyMemory<float> values) in new (string, ReadOnlyMemory<float>)[]
        {
            ("sam_fpn3_out", fpn.Span.ToArray()),
            ("sam_fpn3_out_first8ch", fpn.Span[..(8 * samPlaces.Shape[0])].ToArray()),
            ("sam_encoder_layer0_out", layer.Span.ToArray()),
            (
                "sam_encoder_layer0_out_first64",
                layer.Span[..(Math.Min(64, samPlaces.Shape[0]) * model.Width)].ToArray()),
        })
        {
            if (golden.Has(name))
                checks.Add(Compare.Absolute(name, values.Span, golden[name], Tolerance));
        }

        return checks;
    }
}
