using System.Text.Json;
using System.Text.Json.Serialization;
using FrozenSeg.Evaluation.Formats.References;

namespace FrozenSeg.Evaluation.Formats.Coco;

/// <summary>The documents of COCO and its relatives, in snake case; unknown members are passed over.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    Converters = [typeof(WholeNumberConverter<int>), typeof(WholeNumberConverter<long>)])]
[JsonSerializable(typeof(CocoDocument))]
[JsonSerializable(typeof(CocoAnnotation[]))]
[JsonSerializable(typeof(PanopticDocumentFile))]
[JsonSerializable(typeof(ReferringDocument))]
[JsonSerializable(typeof(ReferringEntry[]))]
[JsonSerializable(typeof(ReferringAnswer[]))]
[JsonSerializable(typeof(ReferringAnswer))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class CocoJsonContext : JsonSerializerContext;
