using FrozenSeg.Pipeline.Families.FrozenBackbones.Inference.Pixels;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Inference.Scores;
using FrozenSeg.Pipeline.Foundation.Tensors;

namespace FrozenSeg.Pipeline.Families.FrozenBackbones.Inference;

/// <summary>What the answers are made of.</summary>
/// <param name="Masks"><c>[Q, h, w]</c>: mask logits.</param>
/// <param name="LogClasses">Q×(C + 1): logarithms of class probabilities, void last.</param>
/// <param name="Seen">Whether each class was seen in training, C.</param>
/// <param name="Things">Whether each class is a thing, C.</param>
/// <param name="Frame">Sizes.</param>
/// <param name="Sam">SAM's masks; null for none.</param>
internal sealed record AnswerRequest(
    TensorBuffer<float> Masks,
    float[] LogClasses,
    bool[] Seen,
    bool[] Things,
    InferenceFrame Frame,
    SamContribution? Sam);
