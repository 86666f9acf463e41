using System.Numerics.Tensors;
using FrozenSeg.Pipeline.Families.ClipAsRnn.Activation;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Testing;

namespace FrozenSeg.Golden.Car;

/// <summary><c>*_cam.npz</c>: class activation maps, with the gradient they are made of.</summary>
internal sealed class ActivationKind() : FileKind("car", "*_cam.npz")
{
    private const double Tolerance = 1e-4;

    public override IEnumerable<GoldenCheck> Run(GoldenFile file, GoldenContext context)
    {
        using var golden = new NpzFile(file.Path);
        using var tiny = new TinyClip(file, 'A');
        using var model = new ActivationModel(tiny.Vision, tiny.Weights, context.Sessions);
        using TensorBuffer<float> input = golden["input"].ToTensor();
        using ImageActivations image = model.Encode(input, golden["image"].Image().Grid());

        int queries = golden["alpha"].Shape[0];
        float[][] texts = golden["text_feats"].Rows();
        BackgroundBlend background = BackgroundBlend.Of(image, texts[queries..], tiny.File.LogitScale);
        var maps = new ClassActivationMap(image, tiny.File.LogitScale, CamTarget.ClipEs);
        CamResult[] results = maps.Compete(texts[..queries], background, default);
        float[] alphas = Alphas(image, texts, background, tiny.File.LogitScale, queries);

        var checks = new List<GoldenCheck>
        {
            Compare.Absolute(
                "probs",
                [.. results.Select(result => result.Probability)],
                golden["probs"].Floats.AsSpan(0, queries),
                Tolerance),
            Compare.RelativeToLargest("act", Channels(image.Kept("act").View), golden["act"].Floats, Tolerance),
            Near("alpha", alphas, golden["alpha"].Floats),
            Near(
                "grad_class0",
                alphas[..tiny.Vision.Width],
                golden["grad_class0"].Planes().Select(plane => plane.Average()).ToArray()),
            Near("cam_raw", results.Select(result => result.Raw).Flat(), golden["cam_raw"].Floats),
            Compare.Absolute("cam", results.Select(result => result.Map).Flat(), golden["cam"], 1e-3),
            Compare.Equal<long>(
                "fallback",
                [.. results.Select(result => result.IsWithoutBackground ? 1L : 0)],
                golden["fallback"].Integers),
        };
        return checks;
    }

    // α = τ s (β − Σ s β), the gradient of each query's probability.
    private static float[] Alphas(
        ImageActivations image, float[][] texts, BackgroundBlend background, float scale, int queries)
    {
        TextResponse[] responses = image.Respond(
            [.. texts[..queries], .. background.Vector is null ? [] : new[] { background.Vector }], default);
        float[] logits = [.. texts.Select(text => scale * image.Cosine(text))];
        var probabilities = new float[logits.Length];
        TensorPrimitives.SoftMax(logits, probabilities);
        float[] shares = [.. probabilities[..queries], probabilities[queries..].Sum()];
        var mean = new float[responses[0].Weights.Length];
        for (int i = 0; i < responses.Length; i++)
            TensorPrimitives.MultiplyAdd(responses[i].Weights, shares[i], mean, mean);
        return responses[..queries].Select((response, i) => response.Weights.Zip(
            mean, (own, all) => scale * shares[i] * (own - all)).ToArray()).Flat();
    }

    // A gradient that is zero in theory is noise of 1e-9 in the reference.
    private static GoldenCheck Near(string what, float[] actual, float[] expected) =>
        expected.All(value => MathF.Abs(value) < 1e-7f)
            ? Compare.Absolute(what, actual, expected, 1e-7)
            : Compare.RelativeToLargest(what, actual, expected, Tolerance);

    // [P, D] to [D, P].
    private static float[] Channels(TensorView<float> rows)
    {
        int patches = rows.Shape[0], width = rows.Shape[1];
        var channels = new float[patches * width];
        for (int i = 0; i < channels.Length; i++)
            channels[i] = rows.Span[(i % patches * width) + (i / patches)];
        return channels;
    }
}
