using System.Text.RegularExpressions;
using FrozenSeg.Pipeline.Foundation.Weights;

namespace FrozenSeg.Pipeline.Families.Sam.Models;

/// <summary>Hugging Face's names for SAM's tensors (<c>SamModel</c>), seen from the official ones.</summary>
internal static partial class SamWeightNames
{
    private static readonly (string Official, string HuggingFace)[] Parts =
    [
        ("image_encoder.", "vision_encoder."),
        ("patch_embed.proj.", "patch_embed.projection."),
        ("blocks.", "layers."),
        ("neck.0.", "neck.conv1."),
        ("neck.1.", "neck.layer_norm1."),
        ("neck.2.", "neck.conv2."),
        ("neck.3.", "neck.layer_norm2."),
        ("pe_layer.positional_encoding_gaussian_matrix", "shared_embedding.positional_embedding"),
        ("point_embeddings.", "point_embed."),
        ("mask_downscaling.0.", "mask_embed.conv1."),
        ("mask_downscaling.1.", "mask_embed.layer_norm1."),
        ("mask_downscaling.3.", "mask_embed.conv2."),
        ("mask_downscaling.4.", "mask_embed.layer_norm2."),
        ("mask_downscaling.6.", "mask_embed.conv3."),
        ("output_upscaling.0.", "upscale_conv1."),
        ("output_upscaling.1.", "upscale_layer_norm."),
        ("output_upscaling.3.", "upscale_conv2."),
        ("norm_final_attn.", "layer_norm_final_attn."),
    ];

    // Published, but without influence on the masks.
    private static readonly string[] Unused =
    [
        "image_encoder.norm_head.", "image_encoder.head.", "num_batches_tracked", "pixel_mean", "pixel_std",
        "shared_image_embedding.positional_embedding",
        // A key's bias shifts a whole row of logits, and softmax does not see it.
        "cross_attn_token_to_image.k_proj.bias", "final_attn_token_to_image.k_proj.bias",
    ];

    /// <summary>Hugging Face's name of an official one.</summary>
    public static string ToHuggingFace(string official)
    {
        string name = NormNumber().Replace(official, ".layer_norm$1.");
        foreach ((string from, string to) in Parts)
            name = name.Replace(from, to, StringComparison.Ordinal);
        // A three-layer MLP is proj_in, layers.0, proj_out there.
        return MlpLayer().Replace(name, match => match.Groups[2].Value switch
        {
            "0" => $"{match.Groups[1].Value}proj_in.",
            "1" => $"{match.Groups[1].Value}layers.0.",
            _ => $"{match.Groups[1].Value}proj_out.",
        });
    }

    /// <summary>The weights under official names, whichever names the file uses.</summary>
    /// <param name="file">A SAM weight file.</param>
    /// <param name="required">The official names a network needs.</param>
    public static IWeightSource Official(IWeightSource file, IEnumerable<string> required) => IsHuggingFace(file)
        ? new RenamedWeights(file, required.ToDictionary(name => name, ToHuggingFace))
        : file;

    /// <summary>Whether the file uses Hugging Face's names.</summary>
    public static bool IsHuggingFace(IWeightSource file) => file.Find("vision_encoder.pos_embed") is not null;

    /// <summary>Whether a tensor belongs to a published file without being needed.</summary>
    public static bool IsUnused(string name) => Unused.Any(part => name.Contains(part, StringComparison.Ordinal));

    [GeneratedRegex(@"\.norm(\d)\.")]
    private static partial Regex NormNumber();

    [GeneratedRegex(@"(hypernetworks_mlps\.\d\.|iou_prediction_head\.)layers\.(\d)\.")]
    private static partial Regex MlpLayer();
}
