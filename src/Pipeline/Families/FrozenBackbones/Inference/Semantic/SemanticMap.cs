using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Pipeline.Families.FrozenBackbones.Inference.Semantic;

/// <summary>The semantic answer: a class for each pixel, and how sure of it.</summary>
/// <param name="height">Rows.</param>
/// <param name="width">Columns.</param>
/// <param name="classes">Number of classes.</param>
internal sealed class SemanticMap(int height, int width, int classes)
{
    /// <summary>The class of each pixel.</summary>
    public LabelMap Labels { get; } = new(height, width);

    /// <summary>Area and score of each class.</summary>
    public SemanticTally Tally { get; } = new(classes);
}
