using FrozenSeg.Pipeline.Families.Sam.Networks;
using FrozenSeg.Pipeline.Foundation.Imaging.Resizing;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Pipeline.Families.Sam.Prompts;

/// <summary>
/// Prompts as the decoder's inputs: <c>points</c> [B, N, 2] in 0..1 and <c>labels</c> [B, N]. The pixel's centre is
/// half a pixel in; everything up to the last step is computed in double, as the official generator does.
/// </summary>
internal sealed class PromptTensors : IDisposable
{
    private PromptTensors(int prompts, int points)
    {
        Points = new TensorBuffer<float>(prompts, points, 2);
        Labels = new TensorBuffer<long>(prompts, points);
    }

    public TensorBuffer<float> Points { get; }

    public TensorBuffer<long> Labels { get; }

    /// <param name="prompts">Prompts that all have the same number of points and all or none a box.</param>
    /// <param name="transform">From the picture to the encoder's frame.</param>
    /// <param name="imageSize">Side of that frame.</param>
    public static PromptTensors From(IReadOnlyList<SamPrompt> prompts, ResizeTransform transform, int imageSize)
    {
        SamPrompt first = prompts[0];
        if (prompts.Any(prompt => prompt.Points.Count != first.Points.Count || prompt.Box is null != first.Box is null))
            throw new ArgumentException(
                "Prompts of one batch have the same number of points and boxes.", nameof(prompts));

        var tensors = new PromptTensors(prompts.Count, first.Points.Count + (first.Box is null ? 1 : 2));
        int at = 0;
        foreach (SamPrompt prompt in prompts)
        {
            foreach ((double x, double y, PromptLabel label) in prompt.Points)
                tensors.Set(at++, transform.Apply(x, y), label, imageSize);
            if (prompt.Box is BoxXyxy box)
            {
                tensors.Set(at++, transform.Apply(box.X0, box.Y0), PromptLabel.BoxTopLeft, imageSize);
                tensors.Set(at++, transform.Apply(box.X1, box.Y1), PromptLabel.BoxBottomRight, imageSize);
            }
            else
            {
                tensors.Set(at++, default, PromptLabel.Padding, imageSize);
            }
        }

        return tensors;
    }

    public void Dispose()
    {
        Points.Dispose();
        Labels.Dispose();
    }

    private void Set(int at, (double X, double Y) point, PromptLabel label, int imageSize)
    {
        Points.Span[2 * at] = (float)((point.X + 0.5) / imageSize);
        Points.Span[(2 * at) + 1] = (float)((point.Y + 0.5) / imageSize);
        Labels.Span[at] = (long)label;
    }
}
