using System.Text.Json.Serialization;

namespace FrozenSeg.Pipeline.Foundation.Weights.Catalogue;

/// <summary>Reads the catalogue.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ModelDescriptor[]))]
internal sealed partial class CatalogueJsonContext : JsonSerializerContext;
