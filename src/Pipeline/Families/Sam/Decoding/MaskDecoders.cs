using FrozenSeg.Pipeline.Families.Sam.Cells;
using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Lanes;
using FrozenSeg.Pipeline.Foundation.Weights;

namespace FrozenSeg.Pipeline.Families.Sam.Decoding;

/// <summary>Chooses how a mask decoder is run.</summary>
internal static class MaskDecoders
{
    private const int LayersOfPasses = 2;

    /// <summary>Loads a decoder.</summary>
    /// <param name="model">Sizes.</param>
    /// <param name="weights">Weights under official names.</param>
    /// <param name="sessions">Where and how to run it.</param>
    public static IMaskDecoder Load(SamConfiguration model, IWeightSource weights, SessionFactory sessions)
    {
        if (!SuitsPasses(model, sessions.Target))
            return new GraphMaskDecoder(model, weights, sessions);
        if (Registers.Hold16Floats)
            return new CellMaskDecoder<Lane16>(model, weights, sessions);
        return Registers.Hold8Floats
            ? new CellMaskDecoder<Lane8>(model, weights, sessions)
            : new CellMaskDecoder<Lane4>(model, weights, sessions);
    }

    // The passes know two blocks, whole tiles, and no pixels of HQ-SAM.
    private static bool SuitsPasses(SamConfiguration model, GraphTarget target) =>
        target == GraphTarget.Cpu
        && !model.IsHighQuality
        && model.DecoderLayers == LayersOfPasses
        && model.GridSize * model.GridSize % CellSizes.Tile == 0;
}
