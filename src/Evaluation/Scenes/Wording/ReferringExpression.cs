namespace FrozenSeg.Evaluation.Scenes.Wording;

/// <summary>Words that fit one thing of a scene and no other.</summary>
/// <param name="Segment">The thing that is meant.</param>
/// <param name="Sentence">For instance <c>the small striped star left of the clock</c>.</param>
/// <param name="Kind">How it is singled out.</param>
internal sealed record ReferringExpression(SceneSegment Segment, string Sentence, ReferringKind Kind);
