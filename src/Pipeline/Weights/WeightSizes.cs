using System.Globalization;
using FrozenSeg.Pipeline.Tensors;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Weights;

/// <summary>Reads the sizes of a network off the shapes of its tensors.</summary>
internal static class WeightSizes
{
    /// <summary>The shape of a tensor.</summary>
    /// <exception cref="SegmentationProblemException">There is no such tensor, or it has another number of dimensions.</exception>
    public static TensorShape Of(IWeightSource weights, string name, int rank)
    {
        WeightTensor tensor = weights.Find(name) ?? throw Unknown(weights, $"there is no tensor '{name}'");
        return tensor.Shape.Rank == rank ? tensor.Shape : throw Unknown(weights, $"tensor '{name}' has the shape {tensor.Shape}");
    }

    /// <summary>How many tensors there are in a row.</summary>
    /// <param name="weights">Where to look.</param>
    /// <param name="pattern">Name with <c>{0}</c> for the number.</param>
    /// <param name="first">The first number.</param>
    public static int Count(IWeightSource weights, string pattern, int first = 0)
    {
        int number = first;
        while (weights.Find(string.Format(CultureInfo.InvariantCulture, pattern, number)) is not null)
            number++;
        return number - first;
    }

    /// <summary>A file that is not what it was given for.</summary>
    public static SegmentationProblemException Unknown(IWeightSource weights, string found) => new SegmentationProblem(
        ProblemKind.InvalidModel,
        weights.Name,
        $"the network cannot be recognised: {found}",
        "Give the weights of the model that was named").ToException();
}
