using System.Text.Json;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Shared.Requests.Shapes;

/// <summary>
/// Everything a request may hold, place by place, with nulls, wrong types, unknown members and unknown names refused
/// where they stand. What has passed here can be read.
/// </summary>
internal static class RequestShape
{
    private static readonly Shape Text = new TextShape();

    private static readonly Shape Image = new MembersShape(
        ("name", Text),
        ("bytes", new BytesShape()),
        ("blob", new MembersShape(("container", Text), ("name", Text), ("e_tag", Text))),
        ("url", Text),
        ("artefact", new MembersShape(("key", Text), ("length", new NumberShape(NumberKind.Long)), ("sha256", Text))));

    private static readonly Shape Prompt = new EitherShape(
        Text,
        new MembersShape(
            ("text", Text),
            ("id", Text),
            ("synonyms", new ListShape(Text)),
            ("threshold", new NumberShape(NumberKind.Real)),
            ("kind", new ChoiceShape("thing", "stuff"))));

    private static readonly Shape Request = new MembersShape(
        ("image", Image),
        ("method", Text),
        ("prompts", new ListShape(Prompt)),
        ("vocabulary", Text),
        ("tasks", new ListShape(new ChoiceShape("masks", "panoptic", "semantic", "instance", "referring"))),
        ("outputs", new ListShape(new ChoiceShape("panoptic", "semantic", "overlay"))),
        ("expansion", new EitherShape(
            new FlagShape(),
            new MembersShape(("max_per_prompt", new NumberShape(NumberKind.Whole)), ("show_image", new FlagShape())))),
        ("settings", new NamedValuesShape(new EitherShape(Text, new NumberShape(NumberKind.Written), new FlagShape()))),
        ("callback", Text));

    /// <summary>Everything that is wrong with a text; nothing when it can be read as a request.</summary>
    /// <param name="json">UTF-8.</param>
    /// <param name="where">What the text is called.</param>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static IReadOnlyList<SegmentationProblem> Problems(ReadOnlySpan<byte> json, string where)
    {
        var findings = new ShapeFindings(where);
        var reader = new Utf8JsonReader(json);
        if (!reader.Read())
            throw new JsonException("it is empty", null, 0, 0);
        Request.Check(ref reader, findings);
        // What stands behind the value is wrong too, and the reader says so.
        while (reader.Read())
            continue;
        return findings.Problems;
    }
}
