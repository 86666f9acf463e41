namespace FrozenSeg.Evaluation.Scenes.Painting;

/// <summary>Where an owner's visible pixels are.</summary>
/// <param name="Area">How many there are.</param>
/// <param name="CentreX">Their mean column; 0 without any.</param>
/// <param name="CentreY">Their mean row; 0 without any.</param>
internal readonly record struct SegmentExtent(int Area, double CentreX, double CentreY)
{
    public static SegmentExtent[] Measure(int[] owners, int width, int count)
    {
        int[] areas = new int[count];
        long[] columns = new long[count], rows = new long[count];
        for (int at = 0; at < owners.Length; at++)
        {
            areas[owners[at]]++;
            columns[owners[at]] += at % width;
            rows[owners[at]] += at / width;
        }

        return [.. areas.Select((area, owner) =>
            new SegmentExtent(
                area, (double)columns[owner] / Math.Max(1, area), (double)rows[owner] / Math.Max(1, area)))];
    }
}
