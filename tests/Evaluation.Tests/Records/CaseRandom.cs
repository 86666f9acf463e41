using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Evaluation.Tests.Records;

/// <summary>Numbers and shapes for random cases; the same seed gives the same ones for ever.</summary>
internal sealed class CaseRandom(string measure, int number)
{
    private readonly Random _random = new(measure.Aggregate(number * 7919, (seed, letter) => (seed * 31) + letter));

    /// <summary>A whole number, both ends included.</summary>
    public int Between(int least, int most) => _random.Next(least, most + 1);

    /// <summary>Whether something happens that does so in so many of a hundred cases.</summary>
    public bool Chance(int percent) => _random.Next(100) < percent;

    /// <summary>One of several.</summary>
    public T Of<T>(IReadOnlyList<T> choices) => choices[_random.Next(choices.Count)];

    /// <summary>A score with two digits, so that some are equal.</summary>
    public double Score() => _random.Next(1, 100) / 100.0;

    /// <summary>A box with a pixel at least, inside a picture; half-open.</summary>
    public (int X0, int Y0, int X1, int Y1) Box(int height, int width)
    {
        int x0 = _random.Next(width), y0 = _random.Next(height);
        return (x0, y0, Math.Min(width, x0 + 1 + _random.Next(width)), Math.Min(height, y0 + 1 + _random.Next(height)));
    }

    /// <summary>A box whose sides are off by so many pixels, cut to the picture; it may vanish.</summary>
    public (int X0, int Y0, int X1, int Y1) Near(
        (int X0, int Y0, int X1, int Y1) box, int most, int height, int width) => (
            Math.Clamp(box.X0 + Between(-most, most), 0, width),
            Math.Clamp(box.Y0 + Between(-most, most), 0, height),
            Math.Clamp(box.X1 + Between(-most, most), 0, width),
            Math.Clamp(box.Y1 + Between(-most, most), 0, height));

    /// <summary>Paints a box, or the ellipse in it.</summary>
    public void Paint(LabelMap map, (int X0, int Y0, int X1, int Y1) box, int label)
    {
        bool isRound = Chance(40);
        double centreX = (box.X0 + box.X1) / 2.0, centreY = (box.Y0 + box.Y1) / 2.0;
        double radiusX = (box.X1 - box.X0) / 2.0, radiusY = (box.Y1 - box.Y0) / 2.0;
        for (int y = box.Y0; y < box.Y1; y++)
        {
            for (int x = box.X0; x < box.X1; x++)
            {
                double dx = (x + 0.5 - centreX) / radiusX, dy = (y + 0.5 - centreY) / radiusY;
                if (!isRound || (dx * dx) + (dy * dy) <= 1)
                    map[y, x] = label;
            }
        }
    }

    /// <summary>The mask of a box or of the ellipse in it.</summary>
    public RunLengthEncoding Mask((int X0, int Y0, int X1, int Y1) box, int height, int width)
    {
        var map = new LabelMap(height, width);
        Paint(map, box, 1);
        return RunLengthEncoding.FromMask(map.MaskOf(1));
    }
}
