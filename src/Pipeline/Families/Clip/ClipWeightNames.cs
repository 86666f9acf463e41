using FrozenSeg.Pipeline.Foundation.Weights;

namespace FrozenSeg.Pipeline.Families.Clip;

/// <summary>
/// CLIP's tensors under OpenAI's names, whichever names a file uses: OpenAI's (open_clip's plain models have the same),
/// open_clip's with the text tower below <c>text.</c>, Hugging Face's <c>CLIPModel</c>, each below any prefix.
/// </summary>
internal static class ClipWeightNames
{
    private const string TokenTable = "token_embedding.weight", PatchWeight = "visual.conv1.weight";
    private const string HuggingFaceTokenTable = "text_model.embeddings.token_embedding.weight";
    private const string HuggingFacePatchWeight = "vision_model.embeddings.patch_embedding.weight";

    private static readonly (string Official, string HuggingFace)[] Heads =
    [
        ("visual.class_embedding", "vision_model.embeddings.class_embedding"),
        ("visual.conv1.", "vision_model.embeddings.patch_embedding."),
        ("visual.positional_embedding", "vision_model.embeddings.position_embedding.weight"),
        ("visual.ln_pre.", "vision_model.pre_layrnorm."),
        ("visual.ln_post.", "vision_model.post_layernorm."),
        ("visual.transformer.resblocks.", "vision_model.encoder.layers."),
        ("visual.proj.", "visual_projection."),
        ("token_embedding.", "text_model.embeddings.token_embedding."),
        ("positional_embedding", "text_model.embeddings.position_embedding.weight"),
        ("transformer.resblocks.", "text_model.encoder.layers."),
        ("ln_final.", "text_model.final_layer_norm."),
    ];

    private static readonly (string Official, string HuggingFace)[] Parts =
    [
        (".ln_1.", ".layer_norm1."),
        (".ln_2.", ".layer_norm2."),
        (".attn.", ".self_attn."),
        (".mlp.c_fc.", ".mlp.fc1."),
        (".mlp.c_proj.", ".mlp.fc2."),
    ];

    /// <summary>
    /// Hugging Face's name of an official one; null for tensors that it stores in another form: the joined
    /// <c>in_proj</c> is three there, and the projections are linear layers (<c>visual.proj.weight</c>).
    /// </summary>
    public static string? ToHuggingFace(string official)
    {
        if (official is "visual.proj" or "text_projection" || official.Contains(".in_proj_", StringComparison.Ordinal))
            return null;
        string name = official;
        foreach ((string from, string to) in Heads)
        {
            if (!official.StartsWith(from, StringComparison.Ordinal))
                continue;
            name = to + official[from.Length..];
            break;
        }

        return Parts.Aggregate(
            name, (text, part) => text.Replace(part.Official, part.HuggingFace, StringComparison.Ordinal));
    }

    /// <summary>The weights under official names.</summary>
    /// <param name="file">A file with a CLIP in it.</param>
    public static IWeightSource Official(IWeightSource file) => Names(file) switch
    {
        { IsHuggingFace: true } names => new ClipWeights(file, official =>
            ToHuggingFace(official) is string name ? names.Prefix + name : null),
        { Prefix: "", TextPrefix: "" } => file,
        var names => new ClipWeights(file, official =>
            (
                official.StartsWith("visual.", StringComparison.Ordinal) || official == "logit_scale"
                    ? names.Prefix
                    : names.TextPrefix) + official),
    };

    /// <summary>Whether the file holds a CLIP text tower, under any of the known names.</summary>
    public static bool HasTextTower(IWeightSource file) => Official(file).Find(TokenTable) is not null;

    private static (string Prefix, string TextPrefix, bool IsHuggingFace) Names(IWeightSource file)
    {
        string? table = Shortest(file, TokenTable);
        if (table is not null && table.EndsWith(HuggingFaceTokenTable, StringComparison.Ordinal))
            return (table[..^HuggingFaceTokenTable.Length], "", true);
        if (table is null)
        {
            string? patches = Shortest(file, HuggingFacePatchWeight);
            if (patches is not null)
                return (patches[..^HuggingFacePatchWeight.Length], "", true);
            string? visual = Shortest(file, PatchWeight);
            return visual is null ? ("", "", false) : (visual[..^PatchWeight.Length], "", false);
        }

        string textPrefix = table[..^TokenTable.Length];
        string prefix = textPrefix.EndsWith("text.", StringComparison.Ordinal)
            ? textPrefix[..^"text.".Length]
            : textPrefix;
        return (prefix, textPrefix, false);
    }

    private static string? Shortest(IWeightSource file, string ending) => file.Names
        .Where(name => name == ending || name.EndsWith("." + ending, StringComparison.Ordinal))
        .MinBy(name => name.Length);

    private sealed class ClipWeights(IWeightSource file, Func<string, string?> stored) : IWeightSource
    {
        public string Name => file.Name;

        public IReadOnlyCollection<string> Names => file.Names;

        public WeightTensor? Find(string name) => stored(name) is string storedName ? file.Find(storedName) : null;
    }
}
