using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Models;

/// <summary>The tensors a network needs, compared with those there are.</summary>
/// <param name="Missing">Official names of tensors that are not there.</param>
/// <param name="Misshapen">Tensors of another shape or type: name, what is there, what is needed.</param>
internal sealed record KeyComparison(IReadOnlyList<string> Missing, IReadOnlyList<string> Misshapen)
{
    /// <summary>Compares; when every tensor is as it should be, looks at their values too.</summary>
    /// <param name="needed">Official names and shapes; a shape without dimensions is one number, however it is
    /// stored.</param>
    /// <param name="find">The tensor of an official name, or null.</param>
    /// <exception cref="SegmentationProblemException">A weight is not a finite number; its tensor is named.</exception>
    public static KeyComparison Of(IReadOnlyDictionary<string, TensorShape> needed, Func<string, WeightTensor?> find)
    {
        var found = new List<WeightTensor>();
        List<string> missing = [], misshapen = [];
        foreach ((string name, TensorShape shape) in needed)
        {
            if (find(name) is not WeightTensor tensor)
                missing.Add(name);
            else if (tensor.Shape.ElementCount != shape.ElementCount
                || (tensor.Shape != shape && shape.Rank > 0)
                || !tensor.Type.IsFloat())
                misshapen.Add($"{name} is {tensor.Type} {tensor.Shape} instead of {shape}");
            else
                found.Add(tensor);
        }

        if (missing.Count + misshapen.Count == 0)
            WeightChecks.ThrowIfNotFinite(found);
        return new KeyComparison(missing, misshapen);
    }
}
