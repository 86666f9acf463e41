using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Serving.Http.Documents;

/// <summary>What the service can do, and with which networks.</summary>
/// <param name="Methods">The methods, the default first.</param>
/// <param name="Models">The networks by role; those at their default have no name.</param>
/// <param name="Loaded">The networks that are loaded now.</param>
/// <param name="Interactive">Whether it answers points and boxes.</param>
/// <param name="Exports">The forms it turns results into.</param>
/// <param name="Warnings">What a caller should know of the networks before the first picture; empty where they are
/// published ones.</param>
internal sealed record ModelsDocument(
    IReadOnlyList<MethodCapabilities> Methods,
    IReadOnlyList<ModelEntry> Models,
    IReadOnlyList<string> Loaded,
    bool Interactive,
    IReadOnlyList<string> Exports,
    IReadOnlyList<string> Warnings);
