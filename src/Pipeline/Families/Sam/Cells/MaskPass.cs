using System.Runtime.CompilerServices;
using FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Lanes;
using FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Matrices;

namespace FrozenSeg.Pipeline.Families.Sam.Cells;

/// <summary>
/// From the cells to mask logits for one prompt, tile by tile: both steps of upscaling and the inner products with the
/// masks' weights, in the caches from beginning to end.
/// </summary>
/// <param name="sizes">Sizes.</param>
/// <param name="gridSize">Cells of a side.</param>
/// <param name="tables">The picture's part.</param>
/// <param name="workspace">What the passes have left.</param>
/// <param name="epsilon">Added to a variance.</param>
/// <typeparam name="TLane">The widest register to use.</typeparam>
internal sealed unsafe class MaskPass<TLane>(
    CellSizes sizes, int gridSize, NamedTensors tables, CellWorkspace workspace, float epsilon)
    where TLane : struct, ILane<TLane>
{
    private const int Tile = CellSizes.Tile, Quarters = 4;

    private int HalfWidth => sizes.Channels / 4;

    private int PixelWidth => sizes.Channels / 8;

    /// <summary>Computes masks.</summary>
    /// <param name="prompt">Which prompt.</param>
    /// <param name="upscaled"><c>[C, 2·pairs]</c>: what both writes add to a cell after the first step.</param>
    /// <param name="weights"><c>[masks, C/8]</c>.</param>
    /// <param name="masks">How many.</param>
    /// <param name="planes">Takes <c>[masks, 4·grid, 4·grid]</c>.</param>
    public void Run(int prompt, float* upscaled, float* weights, int masks, float* planes)
    {
        using var scratch = new MaskScratch(sizes, masks);
        for (int tile = 0; tile < sizes.Tiles; tile++)
        {
            for (int quarter = 0; quarter < Quarters; quarter++)
            {
                Activate(prompt, tile, quarter, upscaled, scratch.Active);
                for (int part = 0; part < Quarters; part++)
                {
                    ToPixels(part, scratch.Active, scratch.Pixels);
                    MatrixProduct.Multiply<TLane>(
                        weights,
                        PixelWidth,
                        scratch.Pixels,
                        Tile,
                        scratch.Logits,
                        Tile,
                        new MatrixSize(masks, Tile, PixelWidth));
                    Place(tile, quarter, part, scratch.Logits, masks, planes);
                }
            }
        }
    }

    // The first step for one of the four pixels of each cell, its norm and its activation: [C/4, 64].
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Activate(int prompt, int tile, int quarter, float* upscaled, float* active)
    {
        MatrixProduct.Multiply<TLane>(
            upscaled + (quarter * HalfWidth * 2 * sizes.Pairs),
            2 * sizes.Pairs,
            workspace.Mixture(prompt, tile),
            Tile,
            active,
            Tile,
            new MatrixSize(HalfWidth, Tile, 2 * sizes.Pairs));
        float* picture = tables.Start("upscaled") + (((tile * Quarters) + quarter) * (long)HalfWidth * Tile);
        float* shift = tables.Start("upscaled_shift") + (quarter * HalfWidth);
        float* scales = tables.Start("norm_scale"), shifts = tables.Start("norm_shift");
        float* first = workspace.Norm(prompt, 0, tile), second = workspace.Norm(prompt, 1, tile);
        for (int at = 0; at < Tile; at += TLane.Width)
        {
            TLane before = TLane.Load(first + at), norm = TLane.Load(second + at), sum = default, squares = default;
            for (int channel = 0, i = at; channel < HalfWidth; channel++, i += Tile)
            {
                TLane cell = TLane.Load(active + i).AddProduct(before, TLane.Load(picture + i));
                TLane value = TLane.Fill(shift[channel]).AddProduct(norm, cell);
                value.Store(active + i);
                sum += value;
            }

            TLane mean = sum * TLane.Fill(1f / HalfWidth);
            for (int i = at; i < HalfWidth * Tile; i += Tile)
            {
                TLane distance = TLane.Load(active + i) - mean;
                squares = squares.AddProduct(distance, distance);
            }

            TLane factor = TLane.Fill(1) / ((squares * TLane.Fill(1f / HalfWidth)) + TLane.Fill(epsilon)).Sqrt();
            for (int channel = 0, i = at; channel < HalfWidth; channel++, i += Tile)
            {
                TLane normal = (TLane.Load(active + i) - mean) * factor;
                Gaussian.Gelu(TLane.Fill(shifts[channel]).AddProduct(normal, TLane.Fill(scales[channel])))
                    .Store(active + i);
            }
        }
    }

    // The second step for one of the four pixels of each of those: [C/8, 64].
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ToPixels(int part, float* active, float* pixels)
    {
        MatrixProduct.Multiply<TLane>(
            tables.Start("pixel_weight") + (part * PixelWidth * HalfWidth),
            HalfWidth,
            active,
            Tile,
            pixels,
            Tile,
            new MatrixSize(PixelWidth, Tile, HalfWidth));
        float* shifts = tables.Start("pixel_shift");
        for (int channel = 0; channel < PixelWidth; channel++, pixels += Tile)
        {
            TLane shift = TLane.Fill(shifts[channel]);
            for (int at = 0; at < Tile; at += TLane.Width)
                Gaussian.Gelu(TLane.Load(pixels + at) + shift).Store(pixels + at);
        }
    }

    // Quarters and their parts are counted across, then down.
    private void Place(int tile, int quarter, int part, float* logits, int masks, float* planes)
    {
        int side = 4 * gridSize, down = (quarter / 2 * 2) + (part / 2), across = (quarter % 2 * 2) + (part % 2);
        for (int mask = 0; mask < masks; mask++, logits += Tile, planes += side * side)
        {
            for (int i = 0; i < Tile; i++)
            {
                (int y, int x) = Math.DivRem((tile * Tile) + i, gridSize);
                planes[(((4 * y) + down) * side) + (4 * x) + across] = logits[i];
            }
        }
    }
}
