using System.Globalization;
using FrozenSeg.Pipeline.Clip.Text;
using FrozenSeg.Pipeline.Weights;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Clip;

/// <summary>The published CLIP models by name, and finding out which one a weight file holds.</summary>
public static class ClipConfigurations
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
        IWeightSource weights, IReadOnlyDictionary<string, string> metadata, ClipActivation activation = ClipActivation.QuickGelu)
    {
        ClipActivation used = metadata.GetValueOrDefault("clip.activation") switch
        {
            null => activation,
            "quickgelu" => ClipActivation.QuickGelu,
            "gelu" => ClipActivation.Gelu,
            string other => throw Unknown(weights, $"its metadata name the activation '{other}'; 'quickgelu' and 'gelu' are known"),
        };
        var found = new ClipConfiguration("CLIP", DetectText(weights, metadata, used), DetectVision(weights, metadata, used));
        return found with { Name = All.FirstOrDefault(known => IsSame(known, found))?.Name ?? weights.Name };
    }

    private static ClipConfiguration Vit(string name, int width, int layers, int patch, int grid, int embedding, int textWidth) => new(
        name,
        new ClipTextConfiguration { Width = textWidth, Layers = 12, Heads = textWidth / HeadWidth, EmbeddingSize = embedding },
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
        IWeightSource weights, IReadOnlyDictionary<string, string> metadata, ClipActivation activation)
    {
        WeightTensor tokens = Require(weights, "token_embedding.weight", rank: 2);
        int width = tokens.Shape[1];
        ClipTokenizer tokenizer = ClipTokenizer.ForVocabulary(tokens.Shape[0])
            ?? throw Unknown(weights, $"its token table has {tokens.Shape[0]:N0} rows, which no prefix of CLIP's merges gives");
        Confirm(weights, metadata, "clip.merges", tokenizer.Merges);
        return new ClipTextConfiguration
        {
            Width = width,
            Layers = Count(weights, "transformer.resblocks.{0}.ln_1.weight"),
            Heads = Heads(weights, metadata, "clip.text_heads", width),
            Context = Require(weights, "positional_embedding", rank: 2).Shape[0],
            Vocabulary = tokens.Shape[0],
            EmbeddingSize = weights.Find("text_projection.weight")?.Shape[0] ?? Require(weights, "text_projection", rank: 2).Shape[1],
            Activation = activation,
        };
    }

    private static ClipVisionConfiguration? DetectVision(
        IWeightSource weights, IReadOnlyDictionary<string, string> metadata, ClipActivation activation)
    {
        // A residual network and a ConvNeXt have no class token.
        if (weights.Find("visual.class_embedding") is null)
            return null;
        WeightTensor patches = Require(weights, "visual.conv1.weight", rank: 4);
        int width = patches.Shape[0];
        int positions = Require(weights, "visual.positional_embedding", rank: 2).Shape[0] - 1;
        int grid = (int)Math.Round(Math.Sqrt(positions));
        if (grid < 1 || grid * grid != positions || patches.Shape[2] != patches.Shape[3])
            throw Unknown(weights, $"it has {positions} positions and patches of {patches.Shape}, which make no square picture");
        var vision = new ClipVisionConfiguration
        {
            Width = width,
            Layers = Count(weights, "visual.transformer.resblocks.{0}.ln_1.weight"),
            Heads = Heads(weights, metadata, "clip.vision_heads", width),
            PatchSize = patches.Shape[2],
            GridSize = grid,
            EmbeddingSize = weights.Find("visual.proj.weight")?.Shape[0] ?? Require(weights, "visual.proj", rank: 2).Shape[1],
            Activation = activation,
        };
        Confirm(weights, metadata, "clip.image_size", vision.ImageSize);
        return vision with
        {
            Mean = Triple(weights, metadata, "clip.mean") ?? vision.Mean,
            Deviation = Triple(weights, metadata, "clip.std") ?? vision.Deviation,
        };
    }

    private static int Heads(IWeightSource weights, IReadOnlyDictionary<string, string> metadata, string key, int width)
    {
        int heads = metadata.TryGetValue(key, out string? text)
            ? int.TryParse(text, CultureInfo.InvariantCulture, out int number) ? number : 0
            : width / HeadWidth;
        return heads > 0 && width % heads == 0
            ? heads
            : throw Unknown(weights, $"a width of {width} does not divide into heads; its metadata '{key}' is '{text ?? "absent"}'");
    }

    // A file may say what its tensors say; it may not contradict them.
    private static void Confirm(IWeightSource weights, IReadOnlyDictionary<string, string> metadata, string key, int found)
    {
        if (metadata.TryGetValue(key, out string? text) && text != found.ToString(CultureInfo.InvariantCulture))
            throw Unknown(weights, $"its metadata '{key}' are '{text}', and its tensors say {found}");
    }

    private static float[]? Triple(IWeightSource weights, IReadOnlyDictionary<string, string> metadata, string key)
    {
        if (!metadata.TryGetValue(key, out string? text))
            return null;
        float[] values = [.. text.Split([',', ' ', '[', ']'], StringSplitOptions.RemoveEmptyEntries)
            .Select(part => float.TryParse(part, CultureInfo.InvariantCulture, out float value) ? value : float.NaN)];
        return values.Length == 3 && values.All(float.IsFinite)
            ? values
            : throw Unknown(weights, $"its metadata '{key}' are '{text}' instead of three numbers");
    }

    private static bool IsSame(ClipConfiguration known, ClipConfiguration found) => found.Vision is { } vision
        && (known.Vision!.Width, known.Vision.Layers, known.Vision.PatchSize, known.Vision.GridSize, known.Text.Width, known.Text.Layers)
            == (vision.Width, vision.Layers, vision.PatchSize, vision.GridSize, found.Text.Width, found.Text.Layers);

    private static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant().Replace("px", "", StringComparison.Ordinal);

    private static int Count(IWeightSource weights, string pattern)
    {
        int count = 0;
        while (weights.Find(string.Format(CultureInfo.InvariantCulture, pattern, count)) is not null)
            count++;
        return count;
    }

    private static WeightTensor Require(IWeightSource weights, string name, int rank)
    {
        WeightTensor tensor = weights.Find(name) ?? throw Unknown(weights, $"there is no tensor '{name}'");
        return tensor.Shape.Rank == rank ? tensor : throw Unknown(weights, $"tensor '{name}' has the shape {tensor.Shape}");
    }

    private static SegmentationProblemException Unknown(IWeightSource weights, string found) =>
        new SegmentationProblem(
            ProblemKind.InvalidModel,
            weights.Name,
            $"it holds no CLIP: {found}",
            "Give CLIP weights with the names of OpenAI, open_clip or Hugging Face").ToException();
}
