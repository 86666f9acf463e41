using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Serving.Workflow.Documents;

/// <summary>A label map as runs.</summary>
/// <param name="Size">Height and width.</param>
/// <param name="Runs">Label, length, label, length, … over the pixels row by row.</param>
internal sealed record RunLengthMap(int[] Size, int[] Runs)
{
    /// <summary>The runs of a map.</summary>
    public static RunLengthMap From(LabelMap map)
    {
        ReadOnlySpan<int> labels = map.Labels;
        var runs = new List<int>();
        for (int start = 0; start < labels.Length;)
        {
            int length = labels[start..].IndexOfAnyExcept(labels[start]);
            if (length < 0)
                length = labels.Length - start;
            runs.Add(labels[start]);
            runs.Add(length);
            start += length;
        }

        return new RunLengthMap([map.Height, map.Width], [.. runs]);
    }

    /// <summary>The map.</summary>
    /// <exception cref="FormatException">The runs do not fill the size.</exception>
    public LabelMap Decode()
    {
        if (Size is not [var height, var width])
            throw new FormatException("a map's size is not [height, width]");
        var map = new LabelMap(height, width);
        Span<int> rest = map.Labels;
        for (int i = 0; i + 1 < Runs.Length; i += 2)
        {
            if (Runs[i + 1] < 0 || Runs[i + 1] > rest.Length)
                throw new FormatException($"the runs overflow a {height}×{width} map");
            rest[..Runs[i + 1]].Fill(Runs[i]);
            rest = rest[Runs[i + 1]..];
        }

        return rest.IsEmpty ? map : throw new FormatException($"the runs do not fill a {height}×{width} map");
    }
}
