using System.Numerics.Tensors;

namespace FrozenSeg.Pipeline.Families.ClipAsRnn.Activation;

/// <summary>Class activation maps by linear combination of responses (car.md 4.4, 4.5).</summary>
/// <param name="image">The picture.</param>
/// <param name="scale">τ.</param>
/// <param name="target">What the maps are the gradient of.</param>
internal sealed class ClassActivationMap(ImageActivations image, float scale, CamTarget target)
{
    private const float Tiny = 1e-15f;

    /// <summary>Maps of queries that compete with each other and the background.</summary>
    /// <param name="queries">Unit text vectors.</param>
    /// <param name="background">The background queries.</param>
    /// <param name="cancellation">Stops the work.</param>
    public CamResult[] Compete(
        IReadOnlyList<float[]> queries, BackgroundBlend background, CancellationToken cancellation)
    {
        TextResponse[] responses = image.Respond(queries, cancellation);
        TextResponse? blend = background.Vector is null ? null : image.Respond([background.Vector], cancellation)[0];
        float[] logits = [.. queries.Select(query => scale * image.Cosine(query))];
        Competition full = Competition.Of(logits, responses, background.LogSum, blend);
        Competition? without = null;
        return
        [
            .. responses.Select((response, i) =>
            {
                float[] raw = full.Raw(i, response, scale, target);
                float[] map = Normalise(raw);
                if (map.Any(value => value != 0) || target is CamTarget.GradCam)
                    return new CamResult(map, raw, full.Probabilities[i], false);
                // The released code tries again without background.
                without ??= Competition.Of(logits, responses, float.NegativeInfinity, null);
                return new CamResult(
                    Normalise(without.Raw(i, response, scale, target)), raw, full.Probabilities[i], true);
            }),
        ];
    }

    /// <summary>Maps of queries that each compete with the background alone.</summary>
    /// <inheritdoc cref="Compete"/>
    public CamResult[] Separate(
        IReadOnlyList<float[]> queries, BackgroundBlend background, CancellationToken cancellation)
    {
        image.Respond(queries, cancellation);
        return [.. queries.Select(query => Compete([query], background, cancellation)[0])];
    }

    // max(raw, 0), then twice to 0..1, as the released code does.
    private static float[] Normalise(float[] raw)
    {
        float[] map = Array.ConvertAll(raw, value => MathF.Max(value, 0));
        Stretch(map);
        Stretch(map);
        return map;
    }

    /// <summary><c>(m − min) / (1e-15 + max(m − min))</c> in float32.</summary>
    public static void Stretch(Span<float> map)
    {
        TensorPrimitives.Subtract(map, TensorPrimitives.Min<float>(map), map);
        TensorPrimitives.Divide(map, Tiny + TensorPrimitives.Max<float>(map), map);
    }

    // One softmax: its probabilities, and Σ s B over all its columns.
    private sealed record Competition(float[] Probabilities, float[] Mean)
    {
        public static Competition Of(
            float[] logits, TextResponse[] responses, float backgroundLogSum, TextResponse? background)
        {
            float largest = MathF.Max(logits.Max(), backgroundLogSum);
            float[] weights = Array.ConvertAll(logits, logit => MathF.Exp(logit - largest));
            float backgroundWeight = MathF.Exp(backgroundLogSum - largest);
            float sum = weights.Sum() + backgroundWeight;
            TensorPrimitives.Divide(weights, sum, weights);
            var mean = new float[responses[0].Map.Length];
            for (int i = 0; i < responses.Length; i++)
                TensorPrimitives.MultiplyAdd(responses[i].Map, weights[i], mean, mean);
            if (background is not null)
                TensorPrimitives.MultiplyAdd(background.Map, backgroundWeight / sum, mean, mean);
            return new Competition(weights, mean);
        }

        public float[] Raw(int index, TextResponse response, float scale, CamTarget target)
        {
            if (target is CamTarget.GradCam)
                return response.Map;
            var raw = new float[Mean.Length];
            TensorPrimitives.Subtract(response.Map, Mean, raw);
            TensorPrimitives.Multiply(raw, scale * Probabilities[index], raw);
            return raw;
        }
    }
}
