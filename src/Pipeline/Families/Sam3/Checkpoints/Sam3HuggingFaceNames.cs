using System.Text.RegularExpressions;

namespace FrozenSeg.Pipeline.Families.Sam3.Checkpoints;

/// <summary>
/// Hugging Face's names for SAM 3's tensors (<c>Sam3Model</c>, <c>Sam3VideoModel</c>). Queries, keys and values are
/// apart there, and the four kinds of points are one table.
/// </summary>
internal static partial class Sam3HuggingFaceNames
{
    private static readonly string[] Projections = ["q", "k", "v"];

    private static readonly (string Official, string HuggingFace)[] Detector =
    [
        ("backbone.vision_backbone.trunk.pos_embed", "vision_encoder.backbone.embeddings.position_embeddings"),
        (
            "backbone.vision_backbone.trunk.patch_embed.proj.",
            "vision_encoder.backbone.embeddings.patch_embeddings.projection."),
        ("backbone.vision_backbone.trunk.ln_pre.", "vision_encoder.backbone.layer_norm."),
        ("backbone.vision_backbone.trunk.blocks.", "vision_encoder.backbone.layers."),
        ("backbone.vision_backbone.convs.", "vision_encoder.neck.fpn_layers."),
        ("backbone.language_backbone.encoder.token_embedding.", "text_encoder.text_model.embeddings.token_embedding."),
        (
            "backbone.language_backbone.encoder.positional_embedding",
            "text_encoder.text_model.embeddings.position_embedding.weight"),
        ("backbone.language_backbone.encoder.ln_final.", "text_encoder.text_model.final_layer_norm."),
        ("backbone.language_backbone.encoder.transformer.resblocks.", "text_encoder.text_model.encoder.layers."),
        ("backbone.language_backbone.resizer.", "text_projection."),
        ("geometry_encoder.encode_norm.", "geometry_encoder.output_layer_norm."),
        ("geometry_encoder.encode.", "geometry_encoder.layers."),
        ("geometry_encoder.img_pre_norm.", "geometry_encoder.vision_layer_norm."),
        ("geometry_encoder.norm.", "geometry_encoder.prompt_layer_norm."),
        ("transformer.encoder.", "detr_encoder."),
        ("transformer.decoder.norm.", "detr_decoder.output_layer_norm."),
        ("transformer.decoder.presence_token_head.", "detr_decoder.presence_head."),
        ("transformer.decoder.presence_token_out_norm.", "detr_decoder.presence_layer_norm."),
        ("transformer.decoder.bbox_embed.", "detr_decoder.box_head."),
        ("transformer.decoder.boxRPB_embed_", "detr_decoder.box_rpb_embed_"),
        ("transformer.decoder.", "detr_decoder."),
        ("dot_prod_scoring.prompt_mlp.out_norm.", "dot_product_scoring.text_mlp_out_norm."),
        ("dot_prod_scoring.prompt_mlp.", "dot_product_scoring.text_mlp."),
        ("dot_prod_scoring.prompt_proj.", "dot_product_scoring.text_proj."),
        ("dot_prod_scoring.hs_proj.", "dot_product_scoring.query_proj."),
        ("segmentation_head.mask_predictor.mask_embed.", "mask_decoder.mask_embedder."),
        ("segmentation_head.instance_seg_head.", "mask_decoder.instance_projection."),
        ("segmentation_head.semantic_seg_head.", "mask_decoder.semantic_projection."),
        ("segmentation_head.cross_attend_prompt.", "mask_decoder.prompt_cross_attn."),
        ("segmentation_head.cross_attn_norm.", "mask_decoder.prompt_cross_attn_norm."),
        ("segmentation_head.", "mask_decoder."),
    ];

    private static readonly (string Official, string HuggingFace)[] Vision =
        [(".norm1.", ".layer_norm1."), (".norm2.", ".layer_norm2."), (".attn.qkv.", ".attention.in_proj_"), (
            ".attn.proj.", ".attention.o_proj.")];

    private static readonly (string Official, string HuggingFace)[] Neck =
    [
        (".dconv_2x2_0.", ".scale_layers.0."),
        (".dconv_2x2_1.", ".scale_layers.2."),
        (".dconv_2x2.", ".scale_layers.0."),
        (".conv_1x1.", ".proj1."), (".conv_3x3.", ".proj2."),
    ];

    private static readonly (string Official, string HuggingFace)[] Text =
    [
        (".attn.", ".self_attn."), (".ln_1.", ".layer_norm1."), (".ln_2.", ".layer_norm2."), (
            ".mlp.c_fc.", ".mlp.fc1."),
        (".mlp.c_proj.", ".mlp.fc2."),
    ];

    private static readonly (string Official, string HuggingFace)[] Layers =
    [
        (".cross_attn_image.", ".cross_attn."), (".out_proj.", ".o_proj."), (".linear1.", ".mlp.fc1."), (
            ".linear2.", ".mlp.fc2."),
    ];

    private static readonly (string Official, string HuggingFace)[] EncoderNorms =
        [(".norm1.", ".layer_norm1."), (".norm2.", ".layer_norm2."), (".norm3.", ".layer_norm3.")];

    private static readonly (string Official, string HuggingFace)[] DecoderLayers =
    [
        (".cross_attn.", ".vision_cross_attn."),
        (".ca_text.", ".text_cross_attn."),
        (".norm1.", ".vision_cross_attn_layer_norm."),
        (".catext_norm.", ".text_cross_attn_layer_norm."),
        (".norm2.", ".self_attn_layer_norm."),
        (".norm3.", ".mlp_layer_norm."),
    ];

    private static readonly (string Official, string HuggingFace)[] Tracker =
    [
        ("sam_prompt_encoder.", "prompt_encoder."),
        ("sam_mask_decoder.", "mask_decoder."),
        ("no_mem_embed", "no_memory_embedding"),
        ("pe_layer.positional_encoding_gaussian_matrix", "shared_embedding.positional_embedding"),
        ("mask_downscaling.0.", "mask_embed.conv1."), ("mask_downscaling.1.", "mask_embed.layer_norm1."),
        ("mask_downscaling.3.", "mask_embed.conv2."), ("mask_downscaling.4.", "mask_embed.layer_norm2."),
        ("mask_downscaling.6.", "mask_embed.conv3."),
        ("output_upscaling.0.", "upscale_conv1."),
        ("output_upscaling.1.", "upscale_layer_norm."),
        ("output_upscaling.3.", "upscale_conv2."),
        (".norm_final_attn.", ".layer_norm_final_attn."), (".norm", ".layer_norm"), (".out_proj.", ".o_proj."),
        (".mlp.lin1.", ".mlp.proj_in."), (".mlp.lin2.", ".mlp.proj_out."),
    ];

    /// <summary>The tensors that make an official one, one after the other along its first axis.</summary>
    /// <param name="official">A name of <c>sam3.pt</c>.</param>
    /// <param name="detector">What the image model's names begin with: <c>detector_model.</c>, or nothing.</param>
    public static string[] PartsOf(string official, string detector)
    {
        if (official.StartsWith("tracker.", StringComparison.Ordinal))
            return ["tracker_model." + OfTracker(official["tracker.".Length..])];
        string name = official["detector.".Length..];
        if (name.StartsWith("backbone.vision_backbone.sam2_convs.", StringComparison.Ordinal))
            return [Replace(name.Replace(
                "backbone.vision_backbone.sam2_convs.", "tracker_neck.fpn_layers.", StringComparison.Ordinal), Neck)];
        return Split(detector + OfDetector(name));
    }

    private static string OfDetector(string name)
    {
        (string official, string other) = Detector.FirstOrDefault(
            part => name.StartsWith(part.Official, StringComparison.Ordinal));
        name = official is null ? name : other + name[official.Length..];
        if (name.StartsWith("vision_encoder.backbone.layers.", StringComparison.Ordinal))
            return Replace(name, Vision);
        if (name.StartsWith("vision_encoder.neck.", StringComparison.Ordinal))
            return Replace(name, Neck);
        if (name.StartsWith("text_encoder.", StringComparison.Ordinal))
            return Replace(name, Text);
        if (name.StartsWith("mask_decoder.", StringComparison.Ordinal))
            return name.Replace(".out_proj.", ".o_proj.", StringComparison.Ordinal);
        bool isDecoder = name.StartsWith("detr_decoder.", StringComparison.Ordinal);
        if (LayerOf().IsMatch(name))
            return Replace(Replace(name, Layers), isDecoder ? DecoderLayers : EncoderNorms);
        // A perceptron's layers are counted from 1, without a dot.
        return PerceptronLayer().Replace(name, match => $".layer{(char)(match.Groups[1].Value[0] + 1)}.");
    }

    private static string OfTracker(string name)
    {
        name = Replace(name, Tracker);
        if (PointTable().IsMatch(name))
            return "prompt_encoder.point_embed.weight";
        return HeadLayer().Replace(name, match => match.Groups[2].Value switch
        {
            "0" => $"{match.Groups[1].Value}proj_in.",
            "1" => $"{match.Groups[1].Value}layers.0.",
            _ => $"{match.Groups[1].Value}proj_out.",
        });
    }

    private static string[] Split(string name)
    {
        Match packed = Packed().Match(name);
        return packed.Success
            ? [.. Projections.Select(part => $"{name[..packed.Index]}{part}_proj.{packed.Groups[1].Value}")]
            : [name];
    }

    private static string Replace(string name, (string Official, string HuggingFace)[] parts) =>
        parts.Aggregate(name, (text, part) => text.Replace(part.Official, part.HuggingFace, StringComparison.Ordinal));

    [GeneratedRegex("in_proj_(weight|bias)$")]
    private static partial Regex Packed();

    [GeneratedRegex(@"^(geometry_encoder|detr_encoder|detr_decoder)\.layers\.\d+\.")]
    private static partial Regex LayerOf();

    [GeneratedRegex(@"\.layers\.(\d)\.")]
    private static partial Regex PerceptronLayer();

    [GeneratedRegex(@"^prompt_encoder\.point_embeddings\.\d\.weight$")]
    private static partial Regex PointTable();

    [GeneratedRegex(@"((?:iou_prediction_head|pred_obj_score_head|output_hypernetworks_mlps\.\d)\.)layers\.(\d)\.")]
    private static partial Regex HeadLayer();
}
