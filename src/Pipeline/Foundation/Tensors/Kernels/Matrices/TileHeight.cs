namespace FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Matrices;

/// <summary>
/// Heights of a tile as types: the compiler knows them, and a tile of registers is written once for all.
/// </summary>
internal static class TileHeight
{
    /// <summary>A height.</summary>
    public interface IHeight
    {
        /// <summary>Rows.</summary>
        static abstract int Rows { get; }
    }

    /// <inheritdoc/>
    public readonly struct One : IHeight
    {
        public static int Rows => 1;
    }

    /// <inheritdoc/>
    public readonly struct Two : IHeight
    {
        public static int Rows => 2;
    }

    /// <inheritdoc/>
    public readonly struct Three : IHeight
    {
        public static int Rows => 3;
    }

    /// <inheritdoc/>
    public readonly struct Four : IHeight
    {
        public static int Rows => 4;
    }

    /// <inheritdoc/>
    public readonly struct Five : IHeight
    {
        public static int Rows => 5;
    }

    /// <inheritdoc/>
    public readonly struct Six : IHeight
    {
        public static int Rows => 6;
    }

    /// <inheritdoc/>
    public readonly struct Seven : IHeight
    {
        public static int Rows => 7;
    }

    /// <inheritdoc/>
    public readonly struct Eight : IHeight
    {
        public static int Rows => 8;
    }
}
