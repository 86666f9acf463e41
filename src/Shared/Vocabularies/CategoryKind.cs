using System.Text.Json.Serialization;

namespace FrozenSeg.Shared.Vocabularies;

/// <summary>Whether the members of a category are counted.</summary>
public enum CategoryKind
{
    /// <summary>Countable: each member is a segment of its own.</summary>
    [JsonStringEnumMemberName("thing")]
    Thing,

    /// <summary>Uncountable: all its pixels are one segment.</summary>
    [JsonStringEnumMemberName("stuff")]
    Stuff,
}
