using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Lanes;
using FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Matrices;

namespace FrozenSeg.Pipeline.Families.Sam.Cells;

/// <summary>Loops over the rows of a tile, <c>[rows, 64 cells]</c>, with a number for each cell.</summary>
internal static unsafe class TileMath
{
    private const int Tile = CellSizes.Tile;

    // Four floats a register.
    private const int Side = 4;

    /// <summary><c>x·factors</c>, row by row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scale<TLane>(float* x, int rows, float* factors, float* target)
        where TLane : struct, ILane<TLane>
    {
        for (int at = 0; at < Tile; at += TLane.Width)
        {
            TLane factor = TLane.Load(factors + at);
            for (int i = at; i < rows * Tile; i += Tile)
                (TLane.Load(x + i) * factor).Store(target + i);
        }
    }

    /// <summary><c>x·factors + y·others</c>, row by row; without others <c>x·factors + y</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Combine<TLane>(float* x, float* factors, float* y, float* others, int rows, float* target)
        where TLane : struct, ILane<TLane>
    {
        for (int at = 0; at < Tile; at += TLane.Width)
        {
            TLane factor = TLane.Load(factors + at), other = others == null ? TLane.Fill(1) : TLane.Load(others + at);
            for (int i = at; i < rows * Tile; i += Tile)
                (TLane.Load(y + i) * other).AddProduct(TLane.Load(x + i), factor).Store(target + i);
        }
    }

    /// <summary>For each head, a softmax over its tokens: rows <c>(head, token)</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SoftmaxOverTokens<TLane>(float* logits, int heads, int tokens, float* target)
        where TLane : struct, ILane<TLane>
    {
        for (int head = 0; head < heads; head++, logits += tokens * Tile, target += tokens * Tile)
        {
            for (int at = 0; at < Tile; at += TLane.Width)
            {
                TLane largest = TLane.Load(logits + at), total = default;
                for (int i = at + Tile; i < tokens * Tile; i += Tile)
                    largest = largest.Max(TLane.Load(logits + i));
                for (int i = at; i < tokens * Tile; i += Tile)
                {
                    TLane power = Exponential.Of(TLane.Load(logits + i) - largest);
                    total += power;
                    power.Store(target + i);
                }

                TLane share = TLane.Fill(1) / total;
                for (int i = at; i < tokens * Tile; i += Tile)
                    (TLane.Load(target + i) * share).Store(target + i);
            }
        }
    }

    /// <summary>Adds to <paramref name="sums"/>, for each cell, the inner product of its columns of x and y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddInnerProducts<TLane>(float* x, float* y, int rows, float* sums)
        where TLane : struct, ILane<TLane>
    {
        for (int at = 0; at < Tile; at += TLane.Width)
        {
            TLane sum = TLane.Load(sums + at);
            for (int i = at; i < rows * Tile; i += Tile)
                sum = sum.AddProduct(TLane.Load(x + i), TLane.Load(y + i));
            sum.Store(sums + at);
        }
    }

    /// <summary>
    /// From squared lengths to the deviation <c>√(length²/channels + ε)</c> and what a norm multiplies with.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Deviations<TLane>(float* squares, int channels, float epsilon, float* deviations, float* norms)
        where TLane : struct, ILane<TLane>
    {
        for (int at = 0; at < Tile; at += TLane.Width)
        {
            TLane variance = (TLane.Load(squares + at) * TLane.Fill(1f / channels)).Max(default) + TLane.Fill(epsilon);
            TLane deviation = variance.Sqrt();
            deviation.Store(deviations + at);
            (TLane.Fill(1) / deviation).Store(norms + at);
        }
    }

    /// <summary><c>[rows, 64]</c> to <c>[64, rows]</c>.</summary>
    public static void Transpose(float* x, int rows, float* target)
    {
        int row = 0;
        for (; Sse.IsSupported && row <= rows - Side; row += Side)
        {
            for (int cell = 0; cell < Tile; cell += Side)
                TransposeSquare(x + (row * Tile) + cell, target + (cell * rows) + row, rows);
        }

        for (; row < rows; row++)
        {
            for (int cell = 0; cell < Tile; cell++)
                target[(cell * rows) + row] = x[(row * Tile) + cell];
        }
    }

    /// <summary>
    /// A product for each head: rows <c>(head, token)</c> of a with the rows of the head's share of b.
    /// </summary>
    /// <param name="a"><c>[heads·tokens, width]</c>.</param>
    /// <param name="b"><c>[heads·width, 64]</c>.</param>
    /// <param name="heads">Heads.</param>
    /// <param name="tokens">Tokens.</param>
    /// <param name="width">Width of a head.</param>
    /// <param name="target"><c>[heads·tokens, 64]</c>.</param>
    public static void MultiplyHeads<TLane>(float* a, float* b, int heads, int tokens, int width, float* target)
        where TLane : struct, ILane<TLane>
    {
        for (int head = 0; head < heads; head++)
        {
            MatrixProduct.Multiply<TLane>(
                a + (head * tokens * width),
                width,
                b + (head * width * Tile),
                Tile,
                target + (head * tokens * Tile),
                Tile,
                new MatrixSize(tokens, Tile, width));
        }
    }

    private static void TransposeSquare(float* x, float* target, int targetRow)
    {
        Vector128<float> a = Vector128.Load(x), b = Vector128.Load(x + Tile);
        Vector128<float> c = Vector128.Load(x + (2 * Tile)), d = Vector128.Load(x + (3 * Tile));
        Vector128<float> abLow = Sse.UnpackLow(a, b), cdLow = Sse.UnpackLow(c, d);
        Vector128<float> abHigh = Sse.UnpackHigh(a, b), cdHigh = Sse.UnpackHigh(c, d);
        Sse.MoveLowToHigh(abLow, cdLow).Store(target);
        Sse.MoveHighToLow(cdLow, abLow).Store(target + targetRow);
        Sse.MoveLowToHigh(abHigh, cdHigh).Store(target + (2 * targetRow));
        Sse.MoveHighToLow(cdHigh, abHigh).Store(target + (3 * targetRow));
    }
}
