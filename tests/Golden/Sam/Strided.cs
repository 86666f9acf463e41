using FrozenSeg.Pipeline.Foundation.Tensors;

namespace FrozenSeg.Golden.Sam;

/// <summary>The thinning the goldens were stored with: every n-th element along some axes.</summary>
internal static class Strided
{
    /// <summary>Every n-th row and column of the last two axes, as the suffix <c>_sN</c> means.</summary>
    public static float[] Planes(TensorView<float> tensor, int step)
    {
        int[] steps = [.. Enumerable.Repeat(1, tensor.Shape.Rank - 2), step, step];
        return Take(tensor, steps);
    }

    /// <summary>Every <c>steps[i]</c>-th element along axis i.</summary>
    public static float[] Take(TensorView<float> tensor, params ReadOnlySpan<int> steps)
    {
        int rank = tensor.Shape.Rank;
        var strides = new int[rank];
        for (int axis = rank - 1, stride = 1; axis >= 0; stride *= tensor.Shape[axis], axis--)
            strides[axis] = stride;

        var taken = new List<float>();
        var index = new int[rank];
        while (index[0] < tensor.Shape[0])
        {
            int at = 0;
            for (int axis = 0; axis < rank; axis++)
                at += index[axis] * strides[axis];
            taken.Add(tensor.Span[at]);
            int last = rank - 1;
            index[last] += steps[last];
            while (last > 0 && index[last] >= tensor.Shape[last])
            {
                index[last] = 0;
                index[--last] += steps[last];
            }
        }

        return [.. taken];
    }
}
