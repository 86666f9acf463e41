namespace FrozenSeg.Evaluation.Instances;

/// <summary>A box by corner and size, float64 as COCO's files have it, pixels.</summary>
internal readonly record struct BoxXywhDouble(double X, double Y, double Width, double Height)
{
    /// <summary>Pixels both boxes cover.</summary>
    public double Intersection(in BoxXywhDouble other)
    {
        double width = Math.Min(Width + X, other.Width + other.X) - Math.Max(X, other.X);
        double height = Math.Min(Height + Y, other.Height + other.Y) - Math.Max(Y, other.Y);
        return width <= 0 || height <= 0 ? 0 : width * height;
    }
}
