using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Pipeline.Families.Sam.Decoding;

/// <summary>Gathers the runs of a mask that is met column by column, top to bottom, left to right.</summary>
/// <param name="height">Rows of the mask.</param>
/// <param name="width">Columns of the mask.</param>
internal sealed class RunCollector(int height, int width)
{
    private readonly List<int> _edges = [];

    /// <summary>Adds the pixels above 0 of a stretch of one column.</summary>
    /// <param name="values">Logits from top to bottom.</param>
    /// <param name="position">Column-major position of the first.</param>
    public void AddColumn(ReadOnlySpan<float> values, int position)
    {
        for (int i = 0; i < values.Length;)
        {
            int start = NextAbove(values, i);
            if (start == values.Length)
                return;
            int end = NextNotAbove(values, start);
            AddRun(position + start, position + end);
            i = end;
        }
    }

    /// <summary>The mask.</summary>
    public RunLengthEncoding ToRunLengthEncoding()
    {
        var counts = new int[_edges.Count + 1];
        int previous = 0;
        for (int i = 0; i < _edges.Count; i++)
        {
            counts[i] = _edges[i] - previous;
            previous = _edges[i];
        }

        counts[^1] = (height * width) - previous;
        // A mask that ends with a set pixel has no last run of zeros.
        return new RunLengthEncoding(height, width, counts[^1] == 0 && counts.Length > 1 ? counts[..^1] : counts);
    }

    // A run that begins where the last one ended continues it.
    private void AddRun(int start, int end)
    {
        if (_edges.Count > 0 && _edges[^1] == start)
            _edges[^1] = end;
        else
            _edges.AddRange([start, end]);
    }

    private static int NextAbove(ReadOnlySpan<float> values, int from)
    {
        int i = from;
        while (i < values.Length && !(values[i] > 0))
            i++;
        return i;
    }

    private static int NextNotAbove(ReadOnlySpan<float> values, int from)
    {
        int i = from;
        while (i < values.Length && values[i] > 0)
            i++;
        return i;
    }
}
