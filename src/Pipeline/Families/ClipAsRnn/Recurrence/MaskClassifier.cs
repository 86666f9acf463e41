using System.Security.Cryptography;
using FrozenSeg.Pipeline.Families.Clip;
using FrozenSeg.Pipeline.Families.Clip.Text;
using FrozenSeg.Pipeline.Families.ClipAsRnn.VisualPrompts;
using FrozenSeg.Pipeline.Foundation.Imaging;

namespace FrozenSeg.Pipeline.Families.ClipAsRnn.Recurrence;

/// <summary>
/// g of the paper for one picture (car.md 7): CLIP looks at the picture prompted with each mask. A prompted picture
/// that was seen before, to the byte, is not encoded again.
/// </summary>
/// <param name="image">The picture.</param>
/// <param name="encoder">Pictures to vectors.</param>
/// <param name="texts">Texts to vectors.</param>
/// <param name="scale">τ.</param>
/// <param name="prompts">What is done to the picture.</param>
/// <param name="options">Settings.</param>
internal sealed class MaskClassifier(
    PixelImage image,
    ClipImageEncoder encoder,
    ClipTextEmbeddings texts,
    float scale,
    VisualPrompt prompts,
    CarOptions options)
    : IQueryClassifier
{
    // Prompted pictures held at a time, whole; the encoder takes them in smaller passes.
    private const int ImagesAtATime = 8;

    private readonly VisualPrompter _prompter = new(image, prompts);
    private readonly Dictionary<string, float[]> _seen = [];

    /// <summary>Told how many of how many prompted pictures have been looked at in this round.</summary>
    public Action<int, int>? Progress { get; init; }

    /// <summary>How many pictures were encoded.</summary>
    public int Encoded { get; private set; }

    /// <inheritdoc/>
    public float[][] Classify(SoftMasks proposals, IReadOnlyList<string> queries, CancellationToken cancellation) =>
        QueryScores.Of(
            Look(proposals, cancellation),
            [.. options.ClassifierTemplates.Select(template => texts.Get(queries, template, cancellation))],
            scale);

    /// <summary>
    /// How sure CLIP is that the prompted picture shows the query rather than a background phrase, for each query
    /// alone.
    /// </summary>
    /// <inheritdoc cref="Classify"/>
    public float[] Presence(SoftMasks proposals, IReadOnlyList<string> queries, CancellationToken cancellation)
    {
        IReadOnlyList<float[]> views = Look(proposals, cancellation);
        float[][] background = texts.Get(options.Background, PromptTemplates.CleanOrigami, cancellation);
        float[][] own = texts.Get(queries, PromptTemplates.CleanOrigami, cancellation);
        return [.. views.Select((view, i) => QueryScores.Row(view, [[own[i], .. background]], scale)[0])];
    }

    private float[][] Look(SoftMasks proposals, CancellationToken cancellation)
    {
        var views = new float[proposals.Count][];
        int done = 0;
        foreach (int[] some in Enumerable.Range(0, proposals.Count).Chunk(ImagesAtATime))
        {
            cancellation.ThrowIfCancellationRequested();
            PixelImage[] prompted = new PixelImage[some.Length];
            Parallel.For(
                0, some.Length, i => prompted[i] = _prompter.Prompt(proposals[some[i]], options.MaskThreshold));
            string[] keys = Array.ConvertAll(prompted, picture => Convert.ToHexString(SHA256.HashData(picture.Pixels)));
            Encode(prompted, keys, cancellation);
            for (int i = 0; i < some.Length; i++)
                views[some[i]] = _seen[keys[i]];
            Progress?.Invoke(done += some.Length, proposals.Count);
        }

        return views;
    }

    private void Encode(PixelImage[] prompted, string[] keys, CancellationToken cancellation)
    {
        int[] missing =
            [.. Enumerable.Range(0, keys.Length).Where(i => !_seen.ContainsKey(keys[i])).DistinctBy(i => keys[i])];
        IReadOnlyList<float[]> vectors = encoder.Encode(missing.Select(i => prompted[i]), cancellation);
        for (int i = 0; i < missing.Length; i++)
            _seen[keys[missing[i]]] = vectors[i];
        Encoded += missing.Length;
    }
}
