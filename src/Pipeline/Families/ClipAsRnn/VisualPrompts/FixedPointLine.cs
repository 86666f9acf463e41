using FrozenSeg.Pipeline.Foundation.Imaging;

namespace FrozenSeg.Pipeline.Families.ClipAsRnn.VisualPrompts;

/// <summary>
/// A line between points in 1/65536 pixels, one pixel wide: clipped, then stepped along its longer axis.
/// </summary>
internal static class FixedPointLine
{
    /// <summary>One pixel.</summary>
    public const long One = 1 << Bits;

    private const int Bits = 16;
    private const long Half = One / 2;

    /// <summary>Draws the line, both ends included.</summary>
    public static void Draw(PixelImage image, (long X, long Y) from, (long X, long Y) to, Rgb colour)
    {
        long right = (image.Width * One) - 1, bottom = (image.Height * One) - 1;
        if (!Clip(ref from, ref to, right, bottom))
            return;
        bool isFlat = Math.Abs(to.X - from.X) > Math.Abs(to.Y - from.Y);
        // (major, minor): along the longer axis and across it.
        (long Major, long Minor) start = isFlat ? from : (from.Y, from.X), end = isFlat ? to : (to.Y, to.X);
        if (end.Major < start.Major)
            (start, end) = (end, start);

        Plot(end.Major + Half, end.Minor + Half);
        long step = (end.Minor - start.Minor) * One / ((end.Major - start.Major) | 1);
        long count = (end.Major - start.Major) >> Bits;
        long major = start.Major + Half, minor = start.Minor + Half;
        for (long i = 0; i <= count; i++, major += One, minor += step)
            Plot(major, minor);

        void Plot(long along, long across)
        {
            (long x, long y) = isFlat ? (along >> Bits, across >> Bits) : (across >> Bits, along >> Bits);
            Dot.Plot(image, x, y, colour);
        }
    }

    // Cohen–Sutherland: first to the top and bottom edge, then to the left and right one; fractions are cut off.
    private static bool Clip(ref (long X, long Y) from, ref (long X, long Y) to, long right, long bottom)
    {
        if (IsBeside(from.X, to.X, right) || IsBeside(from.Y, to.Y, bottom))
            return false;
        ClipRows(ref from, to, bottom);
        ClipRows(ref to, from, bottom);
        if (IsBeside(from.X, to.X, right))
            return false;
        ClipColumns(ref from, to, right);
        ClipColumns(ref to, from, right);
        return true;
    }

    private static bool IsBeside(long a, long b, long last) => (a < 0 && b < 0) || (a > last && b > last);

    private static void ClipRows(ref (long X, long Y) end, (long X, long Y) other, long last)
    {
        if (end.Y >= 0 && end.Y <= last)
            return;
        long edge = end.Y < 0 ? 0 : last;
        end = (end.X + (long)((double)(edge - end.Y) * (other.X - end.X) / (other.Y - end.Y)), edge);
    }

    private static void ClipColumns(ref (long X, long Y) end, (long X, long Y) other, long last)
    {
        if (end.X >= 0 && end.X <= last)
            return;
        long edge = end.X < 0 ? 0 : last;
        end = (edge, end.Y + (long)((double)(edge - end.X) * (other.Y - end.Y) / (other.X - end.X)));
    }
}
