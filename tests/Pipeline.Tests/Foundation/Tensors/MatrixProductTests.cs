using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Lanes;
using FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Matrices;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Testing;

namespace FrozenSeg.Pipeline.Tests.Foundation.Tensors;

public sealed class MatrixProductTests
{
    public static TheoryData<int, int, int> Sizes => new()
    {
        { 1, 1, 1 },
        { 3, 4, 2 },
        { 5, 27, 9 },
        { 7, 64, 16 },
        { 8, 32, 5 },
        { 9, 16, 3 },
        { 11, 48, 7 },
        { 13, 56, 64 },
        { 56, 112, 20 },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Multiply_EveryRegisterWidth_GivesTheProduct(int rows, int columns, int inner)
    {
        Check<Lane4>(rows, columns, inner, adds: false);
        Check<Lane8>(rows, columns, inner, adds: false);
        Check<Lane16>(rows, columns, inner, adds: false);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Multiply_Adding_AddsToWhatIsThere(int rows, int columns, int inner)
    {
        Check<Lane4>(rows, columns, inner, adds: true);
        Check<Lane8>(rows, columns, inner, adds: true);
        Check<Lane16>(rows, columns, inner, adds: true);
    }

    // Rows are further apart than they are long, and what lies between stays.
    private static unsafe void Check<TLane>(int rows, int columns, int inner, bool adds)
        where TLane : struct, ILane<TLane>
    {
        int aRow = inner + 2, bRow = columns + 3, cRow = columns + 1;
        using TensorBuffer<float> a = TensorBuffer<float>.From(SyntheticNumbers.Floats("a", rows * aRow), rows, aRow);
        using TensorBuffer<float> b = TensorBuffer<float>.From(SyntheticNumbers.Floats("b", inner * bRow), inner, bRow);
        using TensorBuffer<float> c = TensorBuffer<float>.From(SyntheticNumbers.Floats("c", rows * cRow), rows, cRow);
        float[] expected = c.Span.ToArray();
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                double sum = adds ? expected[(row * cRow) + column] : 0;
                for (int k = 0; k < inner; k++)
                    sum += (double)a.Span[(row * aRow) + k] * b.Span[(k * bRow) + column];
                expected[(row * cRow) + column] = (float)sum;
            }
        }

        MatrixProduct.Multiply<TLane>(
            (float*)a.Address,
            aRow,
            (float*)b.Address,
            bRow,
            (float*)c.Address,
            cRow,
            new MatrixSize(rows, columns, inner),
            adds);

        TensorAssert.Close(expected, c.Span, 2e-6 * inner);
    }
}
