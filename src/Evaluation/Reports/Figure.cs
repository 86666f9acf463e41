namespace FrozenSeg.Evaluation.Reports;

/// <summary>One measured number under the field's own name.</summary>
/// <param name="Name">For instance <c>pq</c>, <c>AP50</c>, <c>J&amp;F</c>.</param>
/// <param name="Value">A fraction 0..1, or a count; null where nothing could be measured.</param>
/// <param name="IsCount">Whether it counts something; fractions are printed in percent, counts as they are.</param>
internal readonly record struct Figure(string Name, double? Value, bool IsCount = false)
{
    /// <summary>
    /// Whether there was nothing to measure and the value only stands for that, as COCO's tools write −1.
    /// </summary>
    public bool IsNothing { get; init; }

    /// <summary>A figure that counts.</summary>
    public static Figure Count(string name, long value) => new(name, value, IsCount: true);

    /// <summary>A fraction; not a number becomes null.</summary>
    public static Figure Fraction(string name, double value) => new(name, double.IsNaN(value) ? null : value);
}
