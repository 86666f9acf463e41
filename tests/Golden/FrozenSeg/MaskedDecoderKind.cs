using System.Globalization;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Decoding;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Networks;
using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Graphs.Operators;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Testing;

namespace FrozenSeg.Golden.FrozenSeg;

/// <summary><c>decoder_*.npz</c>: the masked transformer decoder step by step, and as it is run.</summary>
internal sealed class MaskedDecoderKind() : FileKind("frozenseg", "decoder_*.npz")
{
    public override IEnumerable<GoldenCheck> Run(GoldenFile file, GoldenContext context)
    {
        using var golden = new NpzFile(file.Path);
        int[] meta = Array.ConvertAll(golden["meta"].Integers, value => (int)value);
        var model = new MaskedDecoderConfiguration
        {
            Width = meta[0],
            Heads = meta[1],
            Queries = meta[2],
            FeedForwardWidth = meta[3],
            Layers = meta[4],
            EmbeddingWidth = meta[5],
        };
        bool isStored = golden.Has("ms0");
        string prefix = $"{MaskedDecoderGraph.Prefix}.";
        RegeneratedWeights? described = isStored
            ? null
            : new RegeneratedWeights(
                file.Name[(file.Name.IndexOf('_', StringComparison.Ordinal) + 1)..],
                file.Sibling($"{file.Name}.weights.json"));
        using StoredWeights weights = described is null
            ? StoredWeights.From(golden, prefix)
            : StoredWeights.From(described, prefix);
        using PixelFeatures features = described is null ? Stored(golden) : Regenerated(described, meta);
        using TensorBuffer<float> sam = described is null
            ? golden["sam_embedding"].ToTensor()
            : Offset(described, "sam_embedding", meta[0], meta[8], meta[8], 1);

        var tolerance = new DecoderTolerance(isStored);
        List<GoldenCheck> checks = Steps(golden, model, weights.File, context.Sessions, features, sam, tolerance);
        using var decoder = new MaskedDecoder(model, weights.File, context.Sessions);
        using QueryAnswers proposals = decoder.Decode(features, sam, default);
        float[] logits = LogitsKind.Classifier(golden).Logits(proposals.ClassVectors.Span, LogitScale(weights.File));
        checks.AddRange(tolerance.Rows(
            "pred_logits", model.Layers, logits, golden["pred_logits"], golden["pred_logits"].Shape[^1], 5e-4));
        checks.Add(
            Compare.Absolute("pred_masks", proposals.Masks.Span, golden["pred_masks"], tolerance.Masks(model.Layers)));
        return checks;
    }

    private static List<GoldenCheck> Steps(
        NpzFile golden,
        MaskedDecoderConfiguration model,
        WeightFile weights,
        SessionFactory sessions,
        PixelFeatures features,
        TensorBuffer<float> sam,
        DecoderTolerance tolerance)
    {
        using NetworkRun run = new(sessions, weights);
        GraphScope scope = run.Root["sem_seg_head"]["predictor"];
        var network = new MaskedTransformerDecoder(model);
        using var positions = new DisposableStack();
        DecoderMemory memory = network.Remember(
            scope,
            [.. features.Levels.Select((level, i) => run.Input($"ms{i}", level))],
            [.. features.Levels.Select(
                (level, i) => run.Input($"position{i}", positions.Push(Position(level, model.Width))))],
            run.Input("mask_features", features.MaskFeatures),
            run.Input("sam_out", features.Sam!),
            run.Input("sam", sam));

        QueryState state = network.FirstQueries(scope);
        for (int step = 0; step <= model.Layers; step++)
        {
            if (golden.Has($"cross_attn_layer{step}"))
                run.Output($"cross_attn_layer{step}", network.CrossAttend(scope, state, memory, step));
            if (golden.Has($"feature_injector_layer{step}"))
                run.Output($"feature_injector_layer{step}", network.InjectFeatures(scope, memory, step));
            OutputStep(golden, run, network, scope, state, memory, step, model.LevelOf(step));
            if (step < model.Layers)
                state = network.Layer(scope, state, memory, step);
        }

        using SessionOutputs outputs = run.Run();
        return [.. Enumerable.Range(0, model.Layers + 1).SelectMany(
            step => CompareStep(golden, outputs, weights, tolerance, step, model.Width))];
    }

    private static void OutputStep(
        NpzFile golden,
        NetworkRun run,
        MaskedTransformerDecoder network,
        GraphScope scope,
        QueryState state,
        DecoderMemory memory,
        int step,
        int level)
    {
        GraphValue masks = network.Masks(scope, state.Heads, memory);
        run.Output($"blocked_step{step}", network.Blocked(scope, state.Heads, memory, level).Cast(masks.Type));
        if (golden.Has($"query_step{step}"))
            run.Output($"query_step{step}", state.Heads);
        if (golden.Has($"sam_pool_step{step}"))
            run.Output($"sam_pool_step{step}", network.SamPool(scope, state.Heads, memory));
        if (golden.Has($"mask_step{step}"))
            run.Output($"mask_step{step}", masks);
        if (golden.Has($"class_step{step}"))
            run.Output($"class_step{step}", network.ClassVectors(scope, state.Heads, masks, memory));
    }

    private static IEnumerable<GoldenCheck> CompareStep(
        NpzFile golden, SessionOutputs outputs, WeightFile weights, DecoderTolerance tolerance, int step, int width)
    {
        using (TensorBuffer<float> blocked = outputs.Take<float>($"blocked_step{step}"))
            yield return new GoldenCheck(
                $"attn_mask_step{step}", Differing(blocked, golden[$"attn_mask_step{step}"]), tolerance.Bits(step));
        foreach (string name in new[]
        {
            $"query_step{step}",
            $"sam_pool_step{step}",
            $"cross_attn_layer{step}",
            $"feature_injector_layer{step}",
        })
        {
            if (!golden.Has(name))
                continue;
            using TensorBuffer<float> value = outputs.Take<float>(name);
            foreach (GoldenCheck check in tolerance.Rows(name, step, value.Span.ToArray(), golden[name], width, 1e-4))
                yield return check;
        }

        if (golden.Has($"mask_step{step}"))
        {
            using TensorBuffer<float> masks = outputs.Take<float>($"mask_step{step}");
            yield return Compare.Absolute(
                $"mask_step{step}", masks.Span, golden[$"mask_step{step}"], tolerance.Masks(step));
        }

        if (golden.Has($"class_step{step}"))
        {
            using TensorBuffer<float> vectors = outputs.Take<float>($"class_step{step}");
            float[] logits = LogitsKind.Classifier(golden).Logits(vectors.Span, LogitScale(weights));
            yield return Compare.Absolute($"class_step{step}", logits, golden[$"class_step{step}"], 5e-4);
        }
    }

    // Eight bits a byte, the most significant first, each row padded.
    private static int Differing(TensorBuffer<float> blocked, NpyArray packed)
    {
        byte[] bytes = packed.Bytes;
        int columns = blocked.Shape[1], differing = 0;
        for (int i = 0; i < blocked.Span.Length; i++)
        {
            int row = i / columns, column = i % columns;
            bool expected = ((bytes[(row * packed.Shape[1]) + (column / 8)] >> (7 - (column % 8))) & 1) != 0;
            differing += expected == (blocked.Span[i] != 0) ? 0 : 1;
        }

        return differing;
    }

    private static float LogitScale(WeightFile weights) =>
        weights.ReadFloats($"{MaskedDecoderGraph.Prefix}.logit_scale")[0];

    private static TensorBuffer<float> Position(TensorBuffer<float> map, int width) => TensorBuffer<float>.From(
        SinePosition.Compute(map.Shape[2], map.Shape[3], width), map.Shape[2] * map.Shape[3], width);

    private static PixelFeatures Stored(NpzFile golden) => new(
        [.. Enumerable.Range(0, 3).Select(
            level => golden[string.Create(CultureInfo.InvariantCulture, $"ms{level}")].ToTensor())],
        golden["mask_features"].ToTensor(),
        golden["sam_out"].ToTensor());

    private static PixelFeatures Regenerated(RegeneratedWeights described, int[] meta)
    {
        int width = meta[0], height = meta[6], columns = meta[7];
        return new PixelFeatures(
            [.. Enumerable.Range(0, 3).Select(
                level => Plain($"ms{level}", height >> (5 - level), columns >> (5 - level)))],
            Offset(described, "mask_features", width, height / 4, columns / 4, 0.25),
            Plain("sam_out", 32, 32));

        TensorBuffer<float> Plain(string name, int rows, int cells) =>
            TensorBuffer<float>.From(described.Input(name, (long)width * rows * cells), 1, width, rows, cells);
    }

    // A random map and a random offset of each channel.
    private static TensorBuffer<float> Offset(
        RegeneratedWeights described, string name, int width, int rows, int columns, double amplitude)
    {
        float[] values = described.Input(name, (long)width * rows * columns),
            offsets = described.Input($"{name}_offset", width, amplitude);
        for (int i = 0; i < values.Length; i++)
            values[i] += offsets[i / (rows * columns)];
        return TensorBuffer<float>.From(values, 1, width, rows, columns);
    }
}
