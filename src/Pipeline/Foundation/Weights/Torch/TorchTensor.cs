using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights.Torch.Pickles;

namespace FrozenSeg.Pipeline.Foundation.Weights.Torch;

/// <summary>A view on a storage. The constructor's caller has checked that it lies inside.</summary>
/// <param name="Storage">The elements.</param>
/// <param name="Offset">First element.</param>
/// <param name="Shape">Dimensions.</param>
/// <param name="Strides">Elements from one index to the next, for each dimension.</param>
internal sealed record TorchTensor(TorchStorage Storage, long Offset, TensorShape Shape, long[] Strides)
{
    /// <summary>Whether the elements follow each other row-major, without gaps.</summary>
    public bool IsContiguous
    {
        get
        {
            long expected = 1;
            for (int axis = Shape.Rank - 1; axis >= 0; axis--)
            {
                if (Shape[axis] > 1 && Strides[axis] != expected)
                    return Shape.ElementCount == 0;
                expected *= Shape[axis];
            }

            return true;
        }
    }

    /// <summary>Checks and makes a view.</summary>
    /// <exception cref="PickleException">It reaches beyond its storage, or its sizes make no sense.</exception>
    public static TorchTensor From(TorchStorage storage, object? offset, object? size, object? strides)
    {
        long[] sizes = Integers(size), steps = Integers(strides);
        if (offset is not long first || first < 0 || sizes.Length != steps.Length
            || sizes.Any(value => value is < 0 or > int.MaxValue) || steps.Any(step => step < 0))
        {
            throw new PickleException("it holds a tensor whose sizes make no sense");
        }

        Int128 last = first, count = 1;
        for (int axis = 0; axis < sizes.Length; axis++)
        {
            last += (Int128)Math.Max(0, sizes[axis] - 1) * steps[axis];
            count = sizes[axis] == 0 ? 0 : count * sizes[axis];
            if (count > long.MaxValue / sizeof(double))
                throw new PickleException("it holds a tensor whose sizes make no sense");
        }

        if (!sizes.Contains(0) && last >= storage.Count)
            throw new PickleException(
                $"a tensor of shape [{string.Join(", ", sizes)}] reaches beyond its {storage.Count:N0} elements");
        return new TorchTensor(storage, first, new TensorShape(Array.ConvertAll(sizes, value => (int)value)), steps);
    }

    private static long[] Integers(object? tuple) =>
        tuple is object?[] { Length: <= PickleBudget.MaxRank } values && values.All(value => value is long)
            ? Array.ConvertAll(values, value => (long)value!)
            : throw new PickleException("it holds a tensor whose sizes are not a few integers");
}
