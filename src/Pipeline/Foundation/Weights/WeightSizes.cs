using System.Globalization;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Foundation.Weights;

/// <summary>
/// Reads the sizes of a network off the shapes of its tensors, and says why a file holds no such network.
/// </summary>
/// <param name="weights">Where to look, under official names.</param>
/// <param name="network">What the file should hold, for messages: <c>it holds no …</c>.</param>
/// <param name="remedy">What to give instead.</param>
internal sealed class WeightSizes(IWeightSource weights, string network, string remedy)
{
    /// <summary>Whether there is a tensor of this name.</summary>
    public bool Has(string name) => weights.Find(name) is not null;

    /// <summary>The shape of a tensor, no dimension of it 0.</summary>
    /// <exception cref="SegmentationProblemException">There is no such tensor, or it has another number of
    /// dimensions.</exception>
    public TensorShape Of(string name, int rank)
    {
        TensorShape shape = (weights.Find(name) ?? throw Unknown($"there is no tensor '{name}'")).Shape;
        return shape.Rank == rank && shape.ElementCount > 0
            ? shape
            : throw Unknown($"tensor '{name}' has the shape {shape}");
    }

    /// <summary>How many tensors there are in a row.</summary>
    /// <param name="pattern">Name with <c>{0}</c> for the number.</param>
    /// <param name="first">The first number.</param>
    public int Count(string pattern, int first = 0)
    {
        int number = first;
        while (Has(string.Format(CultureInfo.InvariantCulture, pattern, number)))
            number++;
        return number - first;
    }

    /// <summary>A file that is not what it was given for.</summary>
    public SegmentationProblemException Unknown(string found) =>
        SegmentationProblem.InvalidModel(weights.Name, $"it holds no {network}: {found}", remedy);
}
