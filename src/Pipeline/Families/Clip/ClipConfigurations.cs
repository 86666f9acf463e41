using System.Globalization;
using FrozenSeg.Pipeline.Families.Clip.Text;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Families.Clip;

/// <summary>The published CLIP models by name, and finding out which one a weight file holds.</summary>
internal static class ClipConfigurations
{
    // Width of a head in every published model.
    private const int HeadWidth = 64;

    /// <summary>OpenAI's ViT-B/32.</summary>
    public static ClipConfiguration VitB32 { get; } = Vit("ViT-B/32", 768, 12, 32, 7, 512, 512);

    /// <summary>OpenAI's ViT-B/16: CaR's mask proposals.</summary>
    public static ClipConfiguration VitB16 { get; } = Vit("ViT-B/16", 768, 12, 16, 14, 512, 512);

    /// <summary>OpenAI's ViT-L/14: CaR's mask classifier.</summary>
    public static ClipConfiguration VitL14 { get; } = Vit("ViT-L/14", 1024, 24, 14, 16, 768, 768);

    /// <summary>OpenAI's ViT-L/14@336px.</summary>
    public static ClipConfiguration VitL14At336 { get; } = Vit("ViT-L/14@336px", 1024, 24, 14, 24, 768, 768);

    /// <summary>Every published vision transformer that is known by name.</summary>
    public static IReadOnlyList<ClipConfiguration> All { get; } = [VitB32, VitB16, VitL14, VitL14At336];

    /// <summary>The model called <paramref name="name"/> (<c>ViT-B/16</c>, <c>vit_b_16</c>), or null.</summary>
    public static ClipConfiguration? Find(string name) => All.FirstOrDefault(model => Plain(model.Name) == Plain(name));

    /// <summary>
    /// Reads the sizes off the tensors. What no shape tells comes from the file's metadata (<c>clip.text_heads</c>,
    /// <c>clip.vision_heads</c>, <c>clip.activation</c>, <c>clip.mean</c>, <c>clip.std</c>), or is as published.
    /// </summary>
    /// <param name="weights">Under OpenAI's names (<see cref="ClipWeightNames.Official"/>).</param>
    /// <param name="metadata">Of the file.</param>
    /// <param name="activation">The non-linearity where the metadata have none.</param>
    /// <exception cref="SegmentationProblemException">The file holds no CLIP.</exception>
    public static ClipConfiguration Detect(
        IWeightSource weights,
        IReadOnlyDictionary<string, string> metadata,
        ClipActivation activation = ClipActivation.QuickGelu)
    {
        var sizes = new WeightSizes(
            weights, "CLIP", "Give CLIP weights with the names of OpenAI, open_clip or Hugging Face");
        ClipActivation used = metadata.GetValueOrDefault("clip.activation") switch
        {
            null => activation,
            "quickgelu" => ClipActivation.QuickGelu,
            "gelu" => ClipActivation.Gelu,
            string other =>
                throw sizes.Unknown($"its metadata name the activation '{other}'; 'quickgelu' and 'gelu' are known"),
        };
        var found = new ClipConfiguration(
            "CLIP", DetectText(sizes, metadata, used), DetectVision(sizes, metadata, used));
        return found with { Name = All.FirstOrDefault(known => IsSame(known, found))?.Name ?? weights.Name };
    }

    private static ClipConfiguration Vit(
        string name, int width, int layers, int patch, int grid, int embedding, int textWidth) => new(
            name,
            new ClipTextConfiguration
            {
                Width = textWidth,
                Layers = 12,
                Heads = textWidth / HeadWidth,
                EmbeddingSize = embedding,
            },
            new ClipVisionConfiguration
            {
                Width = width,
                Layers = layers,
                Heads = width / HeadWidth,
                PatchSize = patch,
                GridSize = grid,
                EmbeddingSize = embedding,
            });

    private static ClipTextConfiguration DetectText(
        WeightSizes sizes, IReadOnlyDictionary<string, string> metadata, ClipActivation activation)
    {
        TensorShape tokens = sizes.Of("token_embedding.weight", rank: 2);
        int width = tokens[1];
        ClipTokenizer tokenizer = ClipTokenizer.ForVocabulary(tokens[0])
            ?? throw sizes.Unknown($"its token table has {tokens[0]:N0} rows, which no prefix of CLIP's merges gives");
        Confirm(sizes, metadata, "clip.merges", tokenizer.Merges);
        return new ClipTextConfiguration
        {
            Width = width,
            Layers = sizes.Count("transformer.resblocks.{0}.ln_1.weight"),
            Heads = Heads(sizes, metadata, "clip.text_heads", width),
            Context = sizes.Of("positional_embedding", rank: 2)[0],
            Vocabulary = tokens[0],
            EmbeddingSize = sizes.Has("text_projection.weight")
                ? sizes.Of("text_projection.weight", rank: 2)[0]
                : sizes.Of("text_projection", rank: 2)[1],
            Activation = activation,
        };
    }

    private static ClipVisionConfiguration? DetectVision(
        WeightSizes sizes, IReadOnlyDictionary<string, string> metadata, ClipActivation activation)
    {
        // A residual network and a ConvNeXt have no class token.
        if (!sizes.Has("visual.class_embedding"))
            return null;
        TensorShape patches = sizes.Of("visual.conv1.weight", rank: 4);
        int width = patches[0];
        int positions = sizes.Of("visual.positional_embedding", rank: 2)[0] - 1;
        int grid = (int)Math.Round(Math.Sqrt(positions));
        if (grid < 1 || grid * grid != positions || patches[2] != patches[3])
            throw sizes.Unknown($"it has {positions} positions and patches of {patches}, which make no square picture");
        var vision = new ClipVisionConfiguration
        {
            Width = width,
            Layers = sizes.Count("visual.transformer.resblocks.{0}.ln_1.weight"),
            Heads = Heads(sizes, metadata, "clip.vision_heads", width),
            PatchSize = patches[2],
            GridSize = grid,
            EmbeddingSize = sizes.Has("visual.proj.weight")
                ? sizes.Of("visual.proj.weight", rank: 2)[0]
                : sizes.Of("visual.proj", rank: 2)[1],
            Activation = activation,
        };
        Confirm(sizes, metadata, "clip.image_size", vision.ImageSize);
        return vision with
        {
            Mean = Metadata.Colour(metadata, "clip.mean") ?? vision.Mean,
            Deviation = Metadata.Colour(metadata, "clip.std") ?? vision.Deviation,
        };
    }

    private static int Heads(WeightSizes sizes, IReadOnlyDictionary<string, string> metadata, string key, int width)
    {
        int heads = metadata.TryGetValue(key, out string? text)
            ? int.TryParse(text, CultureInfo.InvariantCulture, out int number) ? number : 0
            : width / HeadWidth;
        return heads > 0 && width % heads == 0
            ? heads
            : throw sizes.Unknown(
                $"a width of {width} does not divide into heads; its metadata '{key}' is '{text ?? "absent"}'");
    }

    // A file may say what its tensors say; it may not contradict them.
    private static void Confirm(WeightSizes sizes, IReadOnlyDictionary<string, string> metadata, string key, int found)
    {
        if (metadata.TryGetValue(key, out string? text) && text != found.ToString(CultureInfo.InvariantCulture))
            throw sizes.Unknown($"its metadata '{key}' are '{text}', and its tensors say {found}");
    }

    private static bool IsSame(ClipConfiguration known, ClipConfiguration found) => found.Vision is { } vision
        && (
            known.Vision!.Width,
            known.Vision.Layers,
            known.Vision.PatchSize,
            known.Vision.GridSize,
            known.Text.Width,
            known.Text.Layers)
            == (vision.Width, vision.Layers, vision.PatchSize, vision.GridSize, found.Text.Width, found.Text.Layers);

    private static string Plain(string name) =>
        string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant().Replace("px", "", StringComparison.Ordinal);
}
