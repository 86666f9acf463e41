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
    /// <param name="configuration">Sizes.</param>
    /// <param name="weights">Weights under official names.</param>
    /// <param name="sessions">Where and how to run it.</param>
    public static IMaskDecoder Load(SamConfiguration configuration, IWeightSource weights, SessionFactory sessions)
    {
        if (!SuitsPasses(configuration, sessions.Target))
            return new GraphMaskDecoder(configuration, weights, sessions);
        if (Registers.Hold16Floats)
            return new CellMaskDecoder<Lane16>(configuration, weights, sessions);
        return Registers.Hold8Floats
            ? new CellMaskDecoder<Lane8>(configuration, weights, sessions)
            : new CellMaskDecoder<Lane4>(configuration, weights, sessions);
    }

    // The passes know two blocks, whole tiles, and no pixels of HQ-SAM.
    private static bool SuitsPasses(SamConfiguration configuration, GraphTarget target) =>
        target == GraphTarget.Cpu
        && !configuration.IsHighQuality
        && configuration.DecoderLayers == LayersOfPasses
        && configuration.GridSize * configuration.GridSize % CellSizes.Tile == 0;
}
