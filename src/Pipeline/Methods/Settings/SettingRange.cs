using System.Globalization;

namespace FrozenSeg.Pipeline.Methods.Settings;

/// <summary>The numbers a setting takes. <c>default</c> takes 0 alone.</summary>
/// <param name="Low">The smallest.</param>
/// <param name="High">The largest; infinity for no limit.</param>
/// <param name="ExcludesLow">Whether values must be above <paramref name="Low"/>.</param>
internal readonly record struct SettingRange(double Low, double High, bool ExcludesLow = false)
{
    /// <summary>0 to 1.</summary>
    public static SettingRange Share { get; } = new(0, 1);

    /// <summary>1 or more.</summary>
    public static SettingRange Positive { get; } = AtLeast(1);

    /// <summary><paramref name="low"/> or more.</summary>
    public static SettingRange AtLeast(double low) => new(low, double.PositiveInfinity);

    /// <summary>Whether the range holds a value; false for NaN.</summary>
    public bool Contains(double value) => (ExcludesLow ? value > Low : value >= Low) && value <= High;

    /// <summary>For instance <c>0 to 1</c> or <c>1 or more</c>.</summary>
    public override string ToString() => (double.IsPositiveInfinity(High), ExcludesLow) switch
    {
        (true, _) => $"{Text(Low)} or more",
        (_, true) => $"more than {Text(Low)}, at most {Text(High)}",
        _ => $"{Text(Low)} to {Text(High)}",
    };

    /// <summary>What to say of a value that is not in the range.</summary>
    internal string Refusal(string value) => double.IsPositiveInfinity(High)
        ? $"{value} is less than {Text(Low)}"
        : $"{value} is not between {Text(Low)} and {Text(High)}";

    private static string Text(double value) => value.ToString("#,0.###", CultureInfo.InvariantCulture);
}
