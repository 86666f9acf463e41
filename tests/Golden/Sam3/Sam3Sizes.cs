using System.Text.Json;
using FrozenSeg.Pipeline.Families.Sam3;

namespace FrozenSeg.Golden.Sam3;

/// <summary>Reads the sizes of a golden's model.</summary>
internal static class Sam3Sizes
{
    /// <param name="sizes"><c>tiny.json</c>, or the object <c>sizes</c> of a case with a model of its own.</param>
    /// <param name="imageSize">Side of the picture's square; null for what <paramref name="sizes"/> says.</param>
    public static Sam3Configuration Read(JsonElement sizes, int? imageSize = null)
    {
        var published = new Sam3Configuration();
        int patch = Number("patch") ?? published.PatchSize, width = Number("vit_width") ?? 0;
        return published with
        {
            ImageSize = imageSize ?? Number("image_size") ?? 0,
            PatchSize = patch,
            PositionGrid = (Number("pretrain_image_size") ?? 0) / patch,
            Window = Number("vit_window") ?? 0,
            VisionWidth = width,
            VisionDepth = Number("vit_depth") ?? 0,
            VisionHeads = Number("vit_heads") ?? 0,
            VisionHidden = (int)Math.Round(width * sizes.GetProperty("vit_mlp_ratio").GetDouble()),
            GlobalBlocks =
                [.. sizes.GetProperty("vit_global_blocks").EnumerateArray().Select(block => block.GetInt32())],
            TextWidth = Number("text_width") ?? 0,
            TextHeads = Number("text_heads") ?? 0,
            TextLayers = Number("text_layers") ?? 0,
            Vocabulary = Number("vocab") ?? 0,
            Context = Number("text_context") ?? published.Context,
            Width = Number("d_model") ?? 0,
            Heads = Number("heads_after_backbone") ?? published.Heads,
            Hidden = Number("ffn") ?? 0,
            GeometryLayers = Number("geometry_layers") ?? 0,
            FusionLayers = Number("fusion_layers") ?? 0,
            DecoderLayers = Number("decoder_layers") ?? 0,
            Queries = Number("queries") ?? 0,
            InteractiveHidden = Number("sam_mlp_dim") ?? published.InteractiveHidden,
            MaskInputChannels = Number("sam_mask_in_channels") ?? published.MaskInputChannels,
            PoolSize = Number("roi_size") ?? published.PoolSize,
            Groups = Number("group_norm_groups") ?? published.Groups,
        };

        int? Number(string name) => sizes.TryGetProperty(name, out JsonElement value) ? value.GetInt32() : null;
    }
}
