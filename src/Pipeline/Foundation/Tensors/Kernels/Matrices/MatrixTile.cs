using System.Runtime.CompilerServices;
using FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Lanes;

namespace FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Matrices;

/// <summary>
/// The innermost loops of <see cref="MatrixProduct"/>: a few rows whose sums stay in registers. The compiler knows the
/// number of rows and leaves out what lies beyond it. Compiled once and for all: what runs before the runtime has
/// noticed how hot it is would cost a program that does one picture seconds.
/// </summary>
internal static unsafe class MatrixTile
{
    /// <summary>A tile two registers wide.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Pair<TLane, THeight>(
        float* a, int aRow, float* b, int bRow, float* c, int cRow, int inner, bool adds)
        where TLane : struct, ILane<TLane>
        where THeight : struct, TileHeight.IHeight
    {
        float* a1 = a + aRow, a2 = a1 + aRow, a3 = a2 + aRow, a4 = a3 + aRow;
        float* a5 = a4 + aRow, a6 = a5 + aRow, a7 = a6 + aRow;
        float* c1 = c + cRow, c2 = c1 + cRow, c3 = c2 + cRow, c4 = c3 + cRow;
        float* c5 = c4 + cRow, c6 = c5 + cRow, c7 = c6 + cRow;
        TLane l0 = default, l1 = default, l2 = default, l3 = default;
        TLane l4 = default, l5 = default, l6 = default, l7 = default;
        TLane r0 = default, r1 = default, r2 = default, r3 = default;
        TLane r4 = default, r5 = default, r6 = default, r7 = default;
        int width = TLane.Width;
        if (adds)
        {
            l0 = TLane.Load(c);
            r0 = TLane.Load(c + width);
            if (THeight.Rows > 1)
            {
                l1 = TLane.Load(c1);
                r1 = TLane.Load(c1 + width);
            }

            if (THeight.Rows > 2)
            {
                l2 = TLane.Load(c2);
                r2 = TLane.Load(c2 + width);
            }

            if (THeight.Rows > 3)
            {
                l3 = TLane.Load(c3);
                r3 = TLane.Load(c3 + width);
            }

            if (THeight.Rows > 4)
            {
                l4 = TLane.Load(c4);
                r4 = TLane.Load(c4 + width);
            }

            if (THeight.Rows > 5)
            {
                l5 = TLane.Load(c5);
                r5 = TLane.Load(c5 + width);
            }

            if (THeight.Rows > 6)
            {
                l6 = TLane.Load(c6);
                r6 = TLane.Load(c6 + width);
            }

            if (THeight.Rows > 7)
            {
                l7 = TLane.Load(c7);
                r7 = TLane.Load(c7 + width);
            }
        }

        for (nint k = 0; k < inner; k++, b += bRow)
        {
            TLane left = TLane.Load(b), right = TLane.Load(b + width);
            TLane factor = TLane.Fill(a[k]);
            l0 = l0.AddProduct(factor, left);
            r0 = r0.AddProduct(factor, right);
            if (THeight.Rows > 1)
            {
                factor = TLane.Fill(a1[k]);
                l1 = l1.AddProduct(factor, left);
                r1 = r1.AddProduct(factor, right);
            }

            if (THeight.Rows > 2)
            {
                factor = TLane.Fill(a2[k]);
                l2 = l2.AddProduct(factor, left);
                r2 = r2.AddProduct(factor, right);
            }

            if (THeight.Rows > 3)
            {
                factor = TLane.Fill(a3[k]);
                l3 = l3.AddProduct(factor, left);
                r3 = r3.AddProduct(factor, right);
            }

            if (THeight.Rows > 4)
            {
                factor = TLane.Fill(a4[k]);
                l4 = l4.AddProduct(factor, left);
                r4 = r4.AddProduct(factor, right);
            }

            if (THeight.Rows > 5)
            {
                factor = TLane.Fill(a5[k]);
                l5 = l5.AddProduct(factor, left);
                r5 = r5.AddProduct(factor, right);
            }

            if (THeight.Rows > 6)
            {
                factor = TLane.Fill(a6[k]);
                l6 = l6.AddProduct(factor, left);
                r6 = r6.AddProduct(factor, right);
            }

            if (THeight.Rows > 7)
            {
                factor = TLane.Fill(a7[k]);
                l7 = l7.AddProduct(factor, left);
                r7 = r7.AddProduct(factor, right);
            }
        }

        l0.Store(c);
        r0.Store(c + width);
        if (THeight.Rows > 1)
        {
            l1.Store(c1);
            r1.Store(c1 + width);
        }

        if (THeight.Rows > 2)
        {
            l2.Store(c2);
            r2.Store(c2 + width);
        }

        if (THeight.Rows > 3)
        {
            l3.Store(c3);
            r3.Store(c3 + width);
        }

        if (THeight.Rows > 4)
        {
            l4.Store(c4);
            r4.Store(c4 + width);
        }

        if (THeight.Rows > 5)
        {
            l5.Store(c5);
            r5.Store(c5 + width);
        }

        if (THeight.Rows > 6)
        {
            l6.Store(c6);
            r6.Store(c6 + width);
        }

        if (THeight.Rows > 7)
        {
            l7.Store(c7);
            r7.Store(c7 + width);
        }
    }

    /// <summary>A tile a register wide.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Single<TLane, THeight>(
        float* a, int aRow, float* b, int bRow, float* c, int cRow, int inner, bool adds)
        where TLane : struct, ILane<TLane>
        where THeight : struct, TileHeight.IHeight
    {
        float* a1 = a + aRow, a2 = a1 + aRow, a3 = a2 + aRow, a4 = a3 + aRow;
        float* a5 = a4 + aRow, a6 = a5 + aRow, a7 = a6 + aRow;
        float* c1 = c + cRow, c2 = c1 + cRow, c3 = c2 + cRow, c4 = c3 + cRow;
        float* c5 = c4 + cRow, c6 = c5 + cRow, c7 = c6 + cRow;
        TLane l0 = default, l1 = default, l2 = default, l3 = default;
        TLane l4 = default, l5 = default, l6 = default, l7 = default;
        if (adds)
        {
            l0 = TLane.Load(c);
            if (THeight.Rows > 1)
                l1 = TLane.Load(c1);
            if (THeight.Rows > 2)
                l2 = TLane.Load(c2);
            if (THeight.Rows > 3)
                l3 = TLane.Load(c3);
            if (THeight.Rows > 4)
                l4 = TLane.Load(c4);
            if (THeight.Rows > 5)
                l5 = TLane.Load(c5);
            if (THeight.Rows > 6)
                l6 = TLane.Load(c6);
            if (THeight.Rows > 7)
                l7 = TLane.Load(c7);
        }

        for (nint k = 0; k < inner; k++, b += bRow)
        {
            TLane left = TLane.Load(b);
            l0 = l0.AddProduct(TLane.Fill(a[k]), left);
            if (THeight.Rows > 1)
                l1 = l1.AddProduct(TLane.Fill(a1[k]), left);
            if (THeight.Rows > 2)
                l2 = l2.AddProduct(TLane.Fill(a2[k]), left);
            if (THeight.Rows > 3)
                l3 = l3.AddProduct(TLane.Fill(a3[k]), left);
            if (THeight.Rows > 4)
                l4 = l4.AddProduct(TLane.Fill(a4[k]), left);
            if (THeight.Rows > 5)
                l5 = l5.AddProduct(TLane.Fill(a5[k]), left);
            if (THeight.Rows > 6)
                l6 = l6.AddProduct(TLane.Fill(a6[k]), left);
            if (THeight.Rows > 7)
                l7 = l7.AddProduct(TLane.Fill(a7[k]), left);
        }

        l0.Store(c);
        if (THeight.Rows > 1)
            l1.Store(c1);
        if (THeight.Rows > 2)
            l2.Store(c2);
        if (THeight.Rows > 3)
            l3.Store(c3);
        if (THeight.Rows > 4)
            l4.Store(c4);
        if (THeight.Rows > 5)
            l5.Store(c5);
        if (THeight.Rows > 6)
            l6.Store(c6);
        if (THeight.Rows > 7)
            l7.Store(c7);
    }
}
