namespace FrozenSeg.Pipeline.Families.FrozenBackbones.Inference.Pixels;

/// <summary>
/// Takes all masks to the size where they are combined, block of pixels by block of pixels, and shows each block to
/// the consumers that make answers of it. Both resizes (frozenseg.md 7) are folded into one, and no full-size mask is
/// ever held.
/// </summary>
/// <param name="planes">Mask logits.</param>
/// <param name="frame">Sizes.</param>
/// <param name="threads">Most threads to use.</param>
internal sealed class MaskScan(QueryPlanes planes, InferenceFrame frame, int threads)
{
    private const int RowsPerChunk = 8;

    /// <summary>Shows every pixel to every consumer.</summary>
    /// <param name="consumers">Who reads.</param>
    /// <param name="cancellation">Stops the work.</param>
    public void Run(IReadOnlyList<IPixelConsumer> consumers, CancellationToken cancellation)
    {
        int chunks = (frame.Height + RowsPerChunk - 1) / RowsPerChunk;
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        Parallel.For(0, chunks, options, () => new Worker(planes, frame, consumers), (chunk, _, worker) =>
        {
            worker.Read(chunk * RowsPerChunk, Math.Min(frame.Height, (chunk + 1) * RowsPerChunk));
            return worker;
        }, worker => worker.Dispose());
    }

    private sealed class Worker(QueryPlanes planes, InferenceFrame frame, IReadOnlyList<IPixelConsumer> consumers)
        : IDisposable
    {
        private readonly MaskRows _rows = new(planes, frame);
        private readonly IPixelReader[] _readers = [.. consumers.Select(consumer => consumer.CreateReader())];

        public void Read(int first, int end)
        {
            for (int y = first; y < end; y++)
                _rows.Read(y, _readers);
        }

        public void Dispose()
        {
            foreach (IPixelReader reader in _readers)
                reader.Dispose();
            _rows.Dispose();
        }
    }
}

