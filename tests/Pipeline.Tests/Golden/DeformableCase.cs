using FrozenSeg.Pipeline.Foundation.Weights;

namespace FrozenSeg.Pipeline.Tests.Golden;

/// <summary>
/// A generated deformable attention, computed by its definition: softmax over the samples of all levels, each sample
/// bilinear between the middles of pixels and zero outside.
/// </summary>
/// <param name="batch">Items.</param>
/// <param name="sizes">Height and width of each map.</param>
internal sealed class DeformableCase(int batch, params (int Height, int Width)[] sizes)
{
    private const int Width = 8, Heads = 2, Levels = 2, Points = 2, Samples = Heads * Levels * Points;

    private int Tokens => sizes.Sum(size => size.Height * size.Width);

    /// <summary>Writes the case as a golden file.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="error">Added to the last output of the last item.</param>
    public void Write(string path, float error = 0)
    {
        float[] query = Numbers("query", batch * Tokens * Width), source = Numbers("source", batch * Tokens * Width);
        float[] value = [.. Rows(source).SelectMany(row => Linear("value_proj", row, Width))];
        float[] core = [.. Enumerable.Range(0, batch).SelectMany(item => Core(query, value, item))];
        float[] output = [.. Rows(core).SelectMany(row => Linear("output_proj", row, Width))];
        output[^1] += error;

        using var file = new NpzWriter(path);
        file.Add("meta", new long[] { Width, Heads, Levels, Points, batch }, 5)
            .Add("query", query, batch, Tokens, Width)
            .Add("input_flatten", source, batch, Tokens, Width)
            .Add("spatial_shapes", sizes.SelectMany(size => new long[]
            {
                size.Height,
                size.Width,
            }).ToArray(), sizes.Length, 2)
            .Add("value", value, batch, Tokens, Heads, Width / Heads)
            .Add("core_output", core, batch, Tokens, Width)
            .Add("output", output, batch, Tokens, Width);
        foreach ((string name, int rows) in new[]
        {
            ("value_proj", Width),
            ("output_proj", Width),
            ("sampling_offsets", 2 * Samples),
            ("attention_weights", Samples),
        })
            file.Add($"w:{name}.weight", Numbers($"{name}.weight", rows * Width), rows, Width)
                .Add($"w:{name}.bias", Numbers($"{name}.bias", rows), rows);
    }

    private float[] Core(float[] query, float[] value, int item)
    {
        var core = new float[Tokens * Width];
        int token = 0;
        foreach ((int height, int width) in sizes)
        {
            for (int cell = 0; cell < height * width; cell++, token++)
            {
                float[] row = query[(((item * Tokens) + token) * Width)..][..Width];
                float[] offsets = Linear("sampling_offsets", row, 2 * Samples),
                    logits = Linear("attention_weights", row, Samples);
                double x = ((cell % width) + 0.5) / width, y = ((cell / width) + 0.5) / height;
                for (int channel = 0; channel < Width; channel++)
                    core[(token * Width) + channel] = (float)Attend(value, item, channel, x, y, offsets, logits);
            }
        }

        return core;
    }

    private double Attend(float[] value, int item, int channel, double x, double y, float[] offsets, float[] logits)
    {
        int perHead = Levels * Points, first = channel / (Width / Heads) * perHead, start = item * Tokens;
        double total = logits[first..][..perHead].Sum(logit => Math.Exp(logit)), sum = 0;
        for (int level = 0; level < sizes.Length; level++)
        {
            (int height, int width) = sizes[level];
            for (int point = 0; point < Points; point++)
            {
                int sample = first + (level * Points) + point;
                double column = (x * width) - 0.5 + offsets[2 * sample],
                    line = (y * height) - 0.5 + offsets[(2 * sample) + 1];
                sum += Math.Exp(logits[sample]) / total * Bilinear(value, start, height, width, channel, column, line);
            }

            start += height * width;
        }

        return sum;
    }

    private static double Bilinear(float[] value, int start, int height, int width, int channel, double x, double y)
    {
        double sum = 0;
        for (int row = (int)Math.Floor(y); row <= Math.Floor(y) + 1; row++)
        {
            for (int column = (int)Math.Floor(x); column <= Math.Floor(x) + 1; column++)
            {
                if (row >= 0 && row < height && column >= 0 && column < width)
                    sum += (1 - Math.Abs(x - column)) * (1 - Math.Abs(y - row)) * value[(
                        (start + (row * width) + column) * Width) + channel];
            }
        }

        return sum;
    }

    private static IEnumerable<float[]> Rows(float[] values) => values.Chunk(Width);

    private static float[] Linear(string name, float[] row, int rows)
    {
        float[] weight = Numbers($"{name}.weight", rows * Width), bias = Numbers($"{name}.bias", rows);
        return [.. Enumerable.Range(0, rows).Select(
            i => (float)(bias[i] + Enumerable.Range(0, Width).Sum(j => (double)weight[(i * Width) + j] * row[j])))];
    }

    private static float[] Numbers(string name, int count) => SyntheticNumbers.Floats($"deformable/{name}", count);
}
