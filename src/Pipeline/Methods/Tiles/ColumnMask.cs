using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Pipeline.Methods.Tiles;

/// <summary>
/// A mask in a large picture as runs within columns, ordered by column and row: its memory follows its outline, not the
/// picture. Immutable.
/// </summary>
internal sealed class ColumnMask
{
    private readonly ColumnRun[] _runs;

    private ColumnMask(ColumnRun[] runs)
    {
        _runs = runs;
        Area = runs.Sum(run => (long)run.Length);
        Box = runs.Length == 0
            ? default
            : new Tile(runs[0].X, runs.Min(run => run.Y0), runs[^1].X + 1, runs.Max(run => run.Y1));
    }

    /// <summary>Pixels.</summary>
    public long Area { get; }

    /// <summary>The smallest box around it.</summary>
    public Tile Box { get; }

    /// <summary>A tile's mask, where the tile lies.</summary>
    public static ColumnMask From(RunLengthEncoding mask, in Tile tile)
    {
        var runs = new List<ColumnRun>();
        int position = 0;
        for (int run = 0; run < mask.Counts.Length; position += mask.Counts[run++])
        {
            int end = run % 2 == 0 ? position : position + mask.Counts[run];
            for (int at = position; at < end;)
            {
                int column = at / mask.Height, row = at - (column * mask.Height),
                    length = Math.Min(mask.Height - row, end - at);
                runs.Add(new ColumnRun(tile.X0 + column, tile.Y0 + row, tile.Y0 + row + length));
                at += length;
            }
        }

        return new ColumnMask([.. runs]);
    }

    /// <summary>All pixels of several masks.</summary>
    public static ColumnMask Union(IReadOnlyList<ColumnMask> masks)
    {
        if (masks.Count == 1)
            return masks[0];
        ColumnRun[] sorted = [.. masks.SelectMany(mask => mask._runs)];
        Array.Sort(sorted, (a, b) => a.X != b.X ? a.X.CompareTo(b.X) : a.Y0.CompareTo(b.Y0));
        var runs = new List<ColumnRun>();
        foreach (ColumnRun run in sorted)
        {
            if (runs.Count > 0 && runs[^1] is var last && last.X == run.X && run.Y0 <= last.Y1)
                runs[^1] = last with { Y1 = Math.Max(last.Y1, run.Y1) };
            else
                runs.Add(run);
        }

        return new ColumnMask([.. runs]);
    }

    /// <summary>Pixels inside a window.</summary>
    public long AreaIn(in Tile window)
    {
        long area = 0;
        for (int i = First(window.X0); i < _runs.Length && _runs[i].X < window.X1; i++)
            area += Math.Max(0, Math.Min(_runs[i].Y1, window.Y1) - Math.Max(_runs[i].Y0, window.Y0));
        return area;
    }

    /// <summary>Pixels that two masks have in common inside a window.</summary>
    public long CommonIn(ColumnMask other, in Tile window)
    {
        long area = 0;
        int i = First(window.X0), j = other.First(window.X0);
        while (i < _runs.Length && j < other._runs.Length && _runs[i].X < window.X1 && other._runs[j].X < window.X1)
        {
            ColumnRun a = _runs[i], b = other._runs[j];
            if (a.X == b.X)
                area += Math.Max(
                    0, Math.Min(Math.Min(a.Y1, b.Y1), window.Y1) - Math.Max(Math.Max(a.Y0, b.Y0), window.Y0));
            if (a.X < b.X || (a.X == b.X && a.Y1 <= b.Y1))
                i++;
            else
                j++;
        }

        return area;
    }

    /// <summary>The mask in COCO's form.</summary>
    /// <param name="width">Columns of the picture.</param>
    /// <param name="height">Rows of the picture; in all no more pixels than an <see cref="int"/> counts.</param>
    public RunLengthEncoding ToRunLengths(int width, int height)
    {
        var counts = new List<int>();
        int at = 0;
        foreach (ColumnRun run in _runs)
        {
            int start = checked((run.X * height) + run.Y0);
            if (start == at && counts.Count > 0)
                counts[^1] += run.Length;
            else
                counts.AddRange([start - at, run.Length]);
            at = start + run.Length;
        }

        int rest = checked(width * height) - at;
        if (rest > 0 || counts.Count == 0)
            counts.Add(rest);
        return new RunLengthEncoding(height, width, [.. counts]);
    }

    // The first run that is not left of a column.
    private int First(int column)
    {
        int low = 0, high = _runs.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_runs[middle].X < column)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
