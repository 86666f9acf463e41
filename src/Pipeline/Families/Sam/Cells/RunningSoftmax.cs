using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Lanes;

namespace FrozenSeg.Pipeline.Families.Sam.Cells;

/// <summary>
/// A softmax over all cells that meets them tile by tile (Dao et al. 2022, FlashAttention): powers are taken over the
/// largest logit so far, and what was summed over another is brought in line.
/// </summary>
/// <param name="pairs">Rows, one for each head and token.</param>
internal readonly unsafe struct RunningSoftmax(int pairs)
{
    private const int Tile = CellSizes.Tile;

    /// <summary>How many floats its state takes.</summary>
    public static int StateSize(int pairs) => 2 * pairs;

    /// <summary>Begins.</summary>
    public void Reset(float* state)
    {
        new Span<float>(state, pairs).Fill(float.NegativeInfinity);
        new Span<float>(state + pairs, pairs).Clear();
    }

    /// <summary>Logits of a tile to powers, in place.</summary>
    /// <param name="state">Largest logits and totals.</param>
    /// <param name="logits"><c>[pairs, 64]</c>.</param>
    /// <param name="sums">Two lots of what was summed with earlier powers, each of <c>pairs</c> rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Exponentiate<TLane>(float* state, float* logits, params ReadOnlySpan<Sum> sums)
        where TLane : struct, ILane<TLane>
    {
        for (int row = 0; row < pairs; row++, logits += Tile)
        {
            TLane most = TLane.Load(logits);
            for (int at = TLane.Width; at < Tile; at += TLane.Width)
                most = most.Max(TLane.Load(logits + at));
            float before = state[row], largest = MathF.Max(before, most.Largest());
            if (largest > before)
            {
                float shrink = MathF.Exp(before - largest);
                state[row] = largest;
                state[pairs + row] *= shrink;
                foreach (Sum sum in sums)
                    sum.Scale(row, shrink);
            }

            TLane reference = TLane.Fill(largest), total = default;
            for (int at = 0; at < Tile; at += TLane.Width)
            {
                TLane power = Exponential.Of(TLane.Load(logits + at) - reference);
                power.Store(logits + at);
                total += power;
            }

            state[pairs + row] += total.Sum();
        }
    }

    /// <summary>Divides by the totals: powers become weights.</summary>
    public void Finish(float* state, params ReadOnlySpan<Sum> sums)
    {
        for (int row = 0; row < pairs; row++)
        {
            foreach (Sum sum in sums)
                sum.Scale(row, 1 / state[pairs + row]);
        }
    }

    /// <summary>What is summed with the powers as weights.</summary>
    /// <param name="Start"><c>[pairs, width]</c>.</param>
    /// <param name="Width">Numbers of a row.</param>
    public readonly record struct Sum(nint Start, int Width)
    {
        /// <summary>Multiplies a row.</summary>
        public void Scale(int row, float factor)
        {
            var numbers = new Span<float>((float*)Start + ((long)row * Width), Width);
            TensorPrimitives.Multiply(numbers, factor, numbers);
        }
    }
}
