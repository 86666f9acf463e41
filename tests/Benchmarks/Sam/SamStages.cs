using FrozenSeg.Benchmarks.Stages;
using FrozenSeg.Pipeline.Families.Sam.Automask;
using FrozenSeg.Pipeline.Families.Sam.Encoding;
using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Families.Sam.Prompts;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Testing;

namespace FrozenSeg.Benchmarks.Sam;

/// <summary>Encoder, decoder and whole automask of a published SAM network with untrained weights.</summary>
internal sealed class SamStages(string size) : IStageFamily
{
    private const int Side = 32, Batch = 64;

    public string Name => $"sam-{size}";

    public void Time(SessionFactory sessions, StageClock clock)
    {
        PixelImage image = TestPicture.Make(427, 640);
        using var model = (SamModel)clock.Once("load", () => PromptableModels.Load($"synthetic:{size}", sessions));
        clock.Repeat("encoder", () => model.Encode(image, default).Dispose());
        using ImageEmbedding embedding = model.Encode(image, default);
        clock.Repeat("1024 points, all masks", () => Decode(model, embedding, image, float.NegativeInfinity));
        clock.Repeat("1024 points, default filter", () => Decode(model, embedding, image, 0.88f));
        var generator = new AutomaticMaskGenerator(model, new AutomaticMaskOptions());
        clock.Repeat("automask, whole", () => generator.Generate(image));
    }

    private static void Decode(SamModel model, ImageEmbedding embedding, PixelImage image, float threshold)
    {
        IEnumerable<SamPrompt> prompts = PointGrid.Build(Side).Select(
            point => SamPrompt.FromPoint(point.X * image.Width, point.Y * image.Height));
        foreach (SamPrompt[] batch in prompts.Chunk(Batch))
            model.Decode(embedding, batch, multimask: true, threshold, default).Dispose();
    }
}
