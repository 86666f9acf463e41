using FrozenSeg.Pipeline.Families.Sam.Encoding;
using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Families.Sam.Networks;
using FrozenSeg.Pipeline.Families.Sam.Prompts;
using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Graphs.Operators;
using FrozenSeg.Pipeline.Foundation.Imaging.Resizing;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Testing;

namespace FrozenSeg.Golden.Sam;

/// <summary><c>vitt_*.npz</c>, <c>vitb_*.npz</c>: whole image encoders at full size, synthetic weights.</summary>
internal sealed class EncoderKind() : FileKind("sam", "vitt_*.npz", "vitb_*.npz", "vitl_*.npz", "vith_*.npz")
{
    public override IEnumerable<GoldenCheck> Run(GoldenFile file, GoldenContext context)
    {
        string size = file.Name[..4];
        double tolerance = size == "vitt" ? 1e-4 : 2e-4;
        SamConfiguration model = SamConfigurations.Find($"vit_{size[3]}")!;
        using var golden = new NpzFile(file.Path);
        using WeightFile weights = SyntheticWeights.Open(
            GoldenContext.SyntheticFolder, model.Name, SamGraphs.Requirements(model));
        string picture = golden.Names.First(name => name.Contains("_embedding_", StringComparison.Ordinal))
            .Split('_')[2];

        var checks = new List<GoldenCheck>();
        checks.AddRange(Preprocessing(golden, context));
        (TensorBuffer<float> input, _) = SamPreprocessing.Apply(context.Picture(picture), model.ImageSize);
        using (input)
        {
            using NetworkRun run = new(context.Sessions, weights);
            Dictionary<string, Func<TensorBuffer<float>, float[]>> stages = Stages(run, model, input, size);
            using SessionOutputs outputs = run.Run();
            foreach ((string name, Func<TensorBuffer<float>, float[]> thin) in
                stages.Where(stage => golden.Has(stage.Key)))
            {
                using TensorBuffer<float> value = outputs.Take<float>(name);
                checks.Add(Compare.Absolute(name, thin(value), golden[name], tolerance));
            }

            using TensorBuffer<float> features = outputs.Take<float>("embedding");
            checks.AddRange(Embedding(golden, features, $"{size}_embedding_{picture}", tolerance));
            if (golden.Has($"{size}_{picture}_points"))
                checks.AddRange(Decoder(golden, model, weights, features, $"{size}_{picture}", context, tolerance));
        }

        return checks;
    }

    private static IEnumerable<GoldenCheck> Preprocessing(NpzFile golden, GoldenContext context)
    {
        const string Prefix = "preproc_s16_";
        foreach (string name in golden.Names.Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            (TensorBuffer<float> input, _) = SamPreprocessing.Apply(
                context.Image($"{name[Prefix.Length..]}.png"), 1024);
            using (input)
                yield return Compare.Absolute(name, Strided.Planes(input.View, 16), golden[name], 1e-6);
        }
    }

    private static Dictionary<string, Func<TensorBuffer<float>, float[]>> Stages(
        NetworkRun run, SamConfiguration model, TensorBuffer<float> input, string size)
    {
        var stages = new Dictionary<string, Func<TensorBuffer<float>, float[]>>();
        GraphScope scope = run.Root["image_encoder"];
        GraphValue image = run.Input("image", input), tokens;
        if (model.Encoder is TinyVitConfiguration tiny)
        {
            var network = new TinyVitImageEncoder(model, tiny);
            GraphValue map = network.EmbedPatches(scope, image);
            Add("patch_embed", map, value => Strided.Take(value.View, 1, 8, 16, 16));
            for (int stage = 0; stage < tiny.Depths.Count; stage++)
            {
                map = network.Stage(scope, map, stage);
                GraphValue flat = map.Reshape(1, map[1], map[2].Value * map[3].Value).Transpose(0, 2, 1);
                Add($"layer{stage}", flat, value => Strided.Take(value.View, 1, 37, 4));
            }

            tokens = network.ToTokens(map);
        }
        else
        {
            var vit = (VitEncoderConfiguration)model.Encoder;
            var network = new VitImageEncoder(model, vit);
            tokens = network.EmbedPatches(scope, image);
            GraphValue positions = scope.Weight("pos_embed", 1, model.GridSize, model.GridSize, vit.Width);
            AddGrid("patch_embed", tokens - positions.Reshape(tokens.Shape));
            for (int block = 0; block < vit.Depth; block++)
                AddGrid($"block{block}", tokens = network.Block(scope, tokens, block));

            void AddGrid(string name, GraphValue value) => Add(
                name,
                value.Reshape(1, model.GridSize, model.GridSize, vit.Width),
                tensor => Strided.Take(tensor.View, 1, 8, 8, 8));
        }

        run.Output("embedding", SamNeck.Apply(scope["neck"], tokens, model.Channels, model.GridSize));
        return stages;

        void Add(string name, GraphValue value, Func<TensorBuffer<float>, float[]> thin)
        {
            run.Output($"{size}_{name}", value);
            stages.Add($"{size}_{name}", thin);
        }
    }

    // Stored thinned as float32, and complete or less thinned as float16.
    private static IEnumerable<GoldenCheck> Embedding(
        NpzFile golden, TensorBuffer<float> features, string prefix, double tolerance)
    {
        foreach (string name in golden.Names.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)))
        {
            string[] parts = name[prefix.Length..].Split('_', StringSplitOptions.RemoveEmptyEntries);
            int step = parts[0][0] == 's' ? parts[0][1] - '0' : 1;
            double accepted = parts[^1] == "f16" ? 4e-3 : tolerance;
            yield return Compare.Absolute(name, Strided.Planes(features.View, step), golden[name], accepted);
        }
    }

    private static List<GoldenCheck> Decoder(
        NpzFile golden,
        SamConfiguration configuration,
        WeightFile weights,
        TensorBuffer<float> features,
        string prefix,
        GoldenContext context,
        double tolerance)
    {
        using var model = new SamModel(configuration, weights, context.Sessions);
        using ImageEmbedding image = model.FromFeatures(
            features, null, new ResizeTransform(model.ImageSize, model.ImageSize, model.ImageSize, model.ImageSize));
        SamPrompt[] prompts =
            [.. golden[$"{prefix}_points"].Floats.Chunk(2).Select(point => SamPrompt.FromPoint(point[0], point[1]))];
        return MaskComparison.AllFour(golden, $"{prefix}_lowres_s4", $"{prefix}_iou", model, image, prompts, tolerance);
    }
}
