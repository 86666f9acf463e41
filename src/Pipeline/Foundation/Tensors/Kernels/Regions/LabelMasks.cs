using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Regions;

/// <summary>The masks of all labels of a map in one pass.</summary>
internal static class LabelMasks
{
    /// <summary>The mask of each label that occurs.</summary>
    public static IReadOnlyDictionary<int, RunLengthEncoding> Encode(LabelMap map)
    {
        var edges = new Dictionary<int, List<int>>();
        ReadOnlySpan<int> labels = map.Labels;
        int start = 0, position = 0, current = labels.IsEmpty ? 0 : labels[0];
        for (int x = 0; x < map.Width; x++)
        {
            for (int y = 0, at = x; y < map.Height; y++, at += map.Width, position++)
            {
                if (labels[at] == current)
                    continue;
                Add(current, start, position);
                current = labels[at];
                start = position;
            }
        }

        if (position > start)
            Add(current, start, position);
        return edges.ToDictionary(entry => entry.Key, entry => ToRuns(entry.Value, map));

        void Add(int label, int first, int end)
        {
            if (!edges.TryGetValue(label, out List<int>? list))
                edges[label] = list = [];
            list.AddRange([first, end]);
        }
    }

    private static RunLengthEncoding ToRuns(List<int> edges, LabelMap map)
    {
        var counts = new List<int>(edges.Count + 1);
        int previous = 0;
        foreach (int edge in edges)
        {
            counts.Add(edge - previous);
            previous = edge;
        }

        int rest = (map.Height * map.Width) - previous;
        if (rest > 0)
            counts.Add(rest);
        return new RunLengthEncoding(map.Height, map.Width, [.. counts]);
    }
}
