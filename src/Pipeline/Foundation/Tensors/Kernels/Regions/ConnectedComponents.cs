using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Regions;

/// <summary>The connected components of a mask, numbered from 1 in the order a raster scan meets them.</summary>
internal sealed class ConnectedComponents
{
    private ConnectedComponents(int[] labels, int[] areas)
    {
        Labels = labels;
        Areas = areas;
    }

    /// <summary>For each pixel, row-major, the number of its component; 0 outside the mask.</summary>
    public int[] Labels { get; }

    /// <summary>Pixels of each component; index 0 counts those outside the mask.</summary>
    public int[] Areas { get; }

    /// <summary>Number of components.</summary>
    public int Count => Areas.Length - 1;

    /// <summary>Labels the pixels that equal <paramref name="value"/>. Two passes with union-find.</summary>
    public static ConnectedComponents Of(BinaryMask mask, Connectivity connectivity, bool value = true)
    {
        var labels = new int[mask.Height * mask.Width];
        // A forest: parents[label] is a label of the same component, and a root is its own. 0 stands for outside.
        var parents = new List<int> { 0 };
        ReadOnlySpan<byte> pixels = mask.Pixels;
        byte wanted = value ? (byte)1 : (byte)0;
        for (int y = 0, at = 0; y < mask.Height; y++)
        {
            for (int x = 0; x < mask.Width; x++, at++)
            {
                if (pixels[at] == wanted)
                    labels[at] = JoinNeighbours(labels, parents, at, x, y, mask.Width, connectivity);
            }
        }

        return Number(labels, parents);
    }

    // Only neighbours that the scan has passed: those to come will look back.
    private static int JoinNeighbours(
        int[] labels, List<int> parents, int at, int x, int y, int width, Connectivity connectivity)
    {
        int label = 0;
        if (x > 0)
            label = Join(parents, label, labels[at - 1]);
        if (y > 0)
        {
            label = Join(parents, label, labels[at - width]);
            if (connectivity is Connectivity.Eight)
            {
                if (x > 0)
                    label = Join(parents, label, labels[at - width - 1]);
                if (x + 1 < width)
                    label = Join(parents, label, labels[at - width + 1]);
            }
        }

        if (label != 0)
            return label;
        parents.Add(parents.Count);
        return parents.Count - 1;
    }

    // The lower root wins, so that a root is the first label of its component in raster order.
    private static int Join(List<int> parents, int label, int neighbour)
    {
        if (neighbour == 0)
            return label;
        int root = Root(parents, neighbour);
        if (label == 0)
            return root;
        int own = Root(parents, label);
        (int lower, int higher) = own < root ? (own, root) : (root, own);
        parents[higher] = lower;
        return lower;
    }

    private static int Root(List<int> parents, int label)
    {
        // Halves the path on the way: without it, combs and spirals take quadratic time.
        while (parents[label] != label)
            label = parents[label] = parents[parents[label]];
        return label;
    }

    // The second pass: roots are met in raster order, which is the order that components are numbered in.
    private static ConnectedComponents Number(int[] labels, List<int> parents)
    {
        var numbers = new int[parents.Count];
        var areas = new List<int> { 0 };
        for (int at = 0; at < labels.Length; at++)
        {
            int root = Root(parents, labels[at]);
            if (root != 0 && numbers[root] == 0)
            {
                numbers[root] = areas.Count;
                areas.Add(0);
            }

            labels[at] = numbers[root];
            areas[labels[at]]++;
        }

        return new ConnectedComponents(labels, [.. areas]);
    }
}
