using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Foundation.Imaging.Large;

/// <summary>A picture that is read from top to bottom, a few rows at a time. For one caller.</summary>
internal interface IRowSource : IDisposable
{
    /// <summary>Columns.</summary>
    int Width { get; }

    /// <summary>Rows.</summary>
    int Height { get; }

    /// <summary>Reads the next rows.</summary>
    /// <param name="rows">RGB, row-major, a whole number of rows; not more than are left.</param>
    /// <exception cref="SegmentationProblemException">The file is damaged or cut short.</exception>
    void Read(Span<byte> rows);
}
