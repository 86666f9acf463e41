using FrozenSeg.Pipeline.Families.Clip;
using FrozenSeg.Pipeline.Families.Clip.Networks;
using FrozenSeg.Pipeline.Families.ClipAsRnn.Activation;
using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Graphs.Blocks;
using FrozenSeg.Pipeline.Foundation.Graphs.Operators;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Testing;

namespace FrozenSeg.Golden.Car;

/// <summary><c>*_image_encoder.npz</c>: the vision transformer block by block, and its three embeddings.</summary>
internal sealed class ImageEncoderKind() : FileKind("car", "*_image_encoder.npz")
{
    private const double Tolerance = 1e-4;

    public override IEnumerable<GoldenCheck> Run(GoldenFile file, GoldenContext context)
    {
        using var golden = new NpzFile(file.Path);
        using var tiny = new TinyClip(file, 'A');
        using TensorBuffer<float> input = golden["input"].ToTensor();
        var checks = new List<GoldenCheck> { Preprocessing(golden, tiny) };
        checks.AddRange(Blocks(golden, tiny, input, context));
        checks.AddRange(Embeddings(golden, tiny, input, context));
        return checks;
    }

    private static GoldenCheck Preprocessing(NpzFile golden, TinyClip tiny)
    {
        PixelImage image = golden["image"].Image();
        PatchGrid grid = image.Grid();
        PixelImage stretched = ClipPreprocessing.Stretch(image, tiny.Vision.PatchSize, grid.Rows, grid.Columns);
        using TensorBuffer<float> actual = ClipPreprocessing.Normalise([stretched], tiny.Vision);
        return Compare.Absolute("input", actual.Span, golden["input"], 1e-6);
    }

    private static List<GoldenCheck> Blocks(
        NpzFile golden, TinyClip tiny, TensorBuffer<float> input, GoldenContext context)
    {
        using var run = new NetworkRun(context.Sessions, tiny.Weights);
        GraphScope scope = run.Root["visual"];
        var network = new ClipVisionNetwork(tiny.Vision);
        GraphValue image = run.Input("image", input);
        GraphValue map = scope["conv1"]
            .Conv(image, tiny.Vision.Width, tiny.Vision.PatchSize, tiny.Vision.PatchSize, bias: false);
        run.Output("pos_embed", network.Positions(scope, map, round: true));
        GraphValue tokens = network.Embed(scope, image, roundPositions: true);
        run.Output("tokens_after_ln_pre", tokens);
        var blocks = new List<GraphValue>();
        var attentions = new List<GraphValue>();
        for (int i = 0; i < tiny.Vision.Layers; i++)
        {
            (tokens, GraphValue attention) = network.Transformer.BlockWithAttention(
                ClipVisionNetwork.Block(scope, i), tokens);
            blocks.Add(tokens);
            attentions.Add(attention.Unsqueeze(0));
        }

        run.Output("blocks", Shaping.Concat(0, [.. blocks]));
        run.Output("attn", Shaping.Concat(0, [.. attentions]));
        using SessionOutputs outputs = run.Run();
        var checks = new List<GoldenCheck>();
        foreach (string name in new[] { "pos_embed", "tokens_after_ln_pre", "blocks", "attn" })
        {
            using TensorBuffer<float> actual = outputs.Take<float>(name);
            checks.Add(name == "pos_embed"
                ? Compare.Rounded(name, actual.Span, golden[name].Floats)
                : Compare.RelativeToLargest(name, actual.Span, golden[name].Floats, Tolerance));
        }

        return checks;
    }

    private static IEnumerable<GoldenCheck> Embeddings(
        NpzFile golden, TinyClip tiny, TensorBuffer<float> input, GoldenContext context)
    {
        foreach ((string name, bool skip) in new[] { ("embed_cls_all_blocks", false), ("embed_cls_skip_last", true) })
        {
            using var encoder = new ClipImageEncoder(
                tiny.Vision, tiny.Weights, context.Sessions, skip, roundPositions: true);
            yield return Compare.Absolute(name, encoder.Encode(input)[0], Unit(golden[name].Floats), Tolerance);
        }

        using var model = new ActivationModel(tiny.Vision, tiny.Weights, context.Sessions);
        using ImageActivations image = model.Encode(input, golden["image"].Image().Grid());
        yield return Compare.RelativeToLargest(
            "embed_gap_all_blocks", image.Kept("pooled").Span, golden["embed_gap_all_blocks"].Floats, Tolerance);
    }

    private static float[] Unit(float[] vector)
    {
        float length = MathF.Sqrt(vector.Sum(value => value * value));
        return Array.ConvertAll(vector, value => value / length);
    }
}
