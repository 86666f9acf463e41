using FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Lanes;

namespace FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Matrices;

/// <summary>
/// Products of small matrices in the caches, on the calling thread. ONNX Runtime packs its operands first, which costs
/// as much as the product where each is used once.
/// </summary>
internal static unsafe class MatrixProduct
{
    // Sums, the two registers of a row of b and one value of a fit into the 32 registers of AVX-512 and the 16 of AVX2.
    private const int MostRows = 8, MostRowsOfPairs = 6;

    /// <summary><c>c = a b</c>, or <c>c += a b</c>.</summary>
    /// <param name="a"><c>[Rows, Inner]</c>.</param>
    /// <param name="aRow">From a row of a to the next.</param>
    /// <param name="b"><c>[Inner, Columns]</c>.</param>
    /// <param name="bRow">From a row of b to the next.</param>
    /// <param name="c"><c>[Rows, Columns]</c>.</param>
    /// <param name="cRow">From a row of c to the next.</param>
    /// <param name="size">Sizes.</param>
    /// <param name="adds">Whether the product is added to what c holds.</param>
    /// <typeparam name="TLane">The widest register to use.</typeparam>
    public static void Multiply<TLane>(
        float* a, int aRow, float* b, int bRow, float* c, int cRow, MatrixSize size, bool adds = false)
        where TLane : struct, ILane<TLane>
    {
        int pair = 2 * TLane.Width, column = 0;
        for (; column <= size.Columns - pair; column += pair)
        {
            int most = TLane.Width == Lane16.Width ? MostRows : MostRowsOfPairs;
            for (int row = 0, rows; row < size.Rows; row += rows)
            {
                rows = RowsOfTile(size.Rows - row, most);
                float* target = c + ((long)row * cRow) + column;
                Pairs<TLane>(rows, a + ((long)row * aRow), aRow, b + column, bRow, target, cRow, size.Inner, adds);
            }
        }

        for (; column <= size.Columns - TLane.Width; column += TLane.Width)
        {
            for (int row = 0, rows; row < size.Rows; row += rows)
            {
                rows = RowsOfTile(size.Rows - row, MostRows);
                float* target = c + ((long)row * cRow) + column;
                Singles<TLane>(rows, a + ((long)row * aRow), aRow, b + column, bRow, target, cRow, size.Inner, adds);
            }
        }

        if (column < size.Columns)
        {
            MultiplyRest<TLane>(
                a, aRow, b + column, bRow, c + column, cRow, size with { Columns = size.Columns - column }, adds);
        }
    }

    // Nine rows are done sooner as five and four than as eight and one.
    private static int RowsOfTile(int left, int most) =>
        left > most && left < 3 * most / 2 ? (left + 1) / 2 : Math.Min(left, most);

    // Columns that do not fill a register fill a narrower one.
    private static void MultiplyRest<TLane>(
        float* a, int aRow, float* b, int bRow, float* c, int cRow, MatrixSize size, bool adds)
        where TLane : struct, ILane<TLane>
    {
        if (TLane.Width == Lane16.Width)
            Multiply<Lane8>(a, aRow, b, bRow, c, cRow, size, adds);
        else if (TLane.Width == Lane8.Width)
            Multiply<Lane4>(a, aRow, b, bRow, c, cRow, size, adds);
        else
            MultiplyNumbers(a, aRow, b, bRow, c, cRow, size, adds);
    }

    private static void MultiplyNumbers(
        float* a, int aRow, float* b, int bRow, float* c, int cRow, MatrixSize size, bool adds)
    {
        for (int row = 0; row < size.Rows; row++)
        {
            for (int column = 0; column < size.Columns; column++)
            {
                float sum = adds ? c[(row * cRow) + column] : 0;
                for (int k = 0; k < size.Inner; k++)
                    sum += a[(row * aRow) + k] * b[(k * bRow) + column];
                c[(row * cRow) + column] = sum;
            }
        }
    }

    private static void Pairs<TLane>(
        int rows, float* a, int aRow, float* b, int bRow, float* c, int cRow, int inner, bool adds)
        where TLane : struct, ILane<TLane>
    {
        switch (rows)
        {
            case 1:
                MatrixTile.Pair<TLane, TileHeight.One>(a, aRow, b, bRow, c, cRow, inner, adds);
                break;
            case 2:
                MatrixTile.Pair<TLane, TileHeight.Two>(a, aRow, b, bRow, c, cRow, inner, adds);
                break;
            case 3:
                MatrixTile.Pair<TLane, TileHeight.Three>(a, aRow, b, bRow, c, cRow, inner, adds);
                break;
            case 4:
                MatrixTile.Pair<TLane, TileHeight.Four>(a, aRow, b, bRow, c, cRow, inner, adds);
                break;
            case 5:
                MatrixTile.Pair<TLane, TileHeight.Five>(a, aRow, b, bRow, c, cRow, inner, adds);
                break;
            case 6:
                MatrixTile.Pair<TLane, TileHeight.Six>(a, aRow, b, bRow, c, cRow, inner, adds);
                break;
            case 7:
                MatrixTile.Pair<TLane, TileHeight.Seven>(a, aRow, b, bRow, c, cRow, inner, adds);
                break;
            default:
                MatrixTile.Pair<TLane, TileHeight.Eight>(a, aRow, b, bRow, c, cRow, inner, adds);
                break;
        }
    }

    private static void Singles<TLane>(
        int rows, float* a, int aRow, float* b, int bRow, float* c, int cRow, int inner, bool adds)
        where TLane : struct, ILane<TLane>
    {
        switch (rows)
        {
            case 1:
                MatrixTile.Single<TLane, TileHeight.One>(a, aRow, b, bRow, c, cRow, inner, adds);
                break;
            case 2:
                MatrixTile.Single<TLane, TileHeight.Two>(a, aRow, b, bRow, c, cRow, inner, adds);
                break;
            case 3:
                MatrixTile.Single<TLane, TileHeight.Three>(a, aRow, b, bRow, c, cRow, inner, adds);
                break;
            case 4:
                MatrixTile.Single<TLane, TileHeight.Four>(a, aRow, b, bRow, c, cRow, inner, adds);
                break;
            case 5:
                MatrixTile.Single<TLane, TileHeight.Five>(a, aRow, b, bRow, c, cRow, inner, adds);
                break;
            case 6:
                MatrixTile.Single<TLane, TileHeight.Six>(a, aRow, b, bRow, c, cRow, inner, adds);
                break;
            case 7:
                MatrixTile.Single<TLane, TileHeight.Seven>(a, aRow, b, bRow, c, cRow, inner, adds);
                break;
            default:
                MatrixTile.Single<TLane, TileHeight.Eight>(a, aRow, b, bRow, c, cRow, inner, adds);
                break;
        }
    }
}
