namespace FrozenSeg.Pipeline.Foundation.Graphs;

/// <summary>
/// One dimension of a graph value: a number known when the graph is built, or a symbol that stands for the same
/// unknown number wherever it appears. <c>default</c> is the number 0.
/// </summary>
internal readonly record struct Dimension
{
    private readonly int _value;

    private Dimension(int value, string? symbol)
    {
        _value = value;
        Symbol = symbol;
    }

    /// <summary>The symbol, or null when the number is known.</summary>
    public string? Symbol { get; }

    /// <summary>Whether the number is known.</summary>
    public bool IsFixed => Symbol is null;

    /// <summary>The number.</summary>
    /// <exception cref="InvalidOperationException">The dimension is symbolic.</exception>
    public int Value => IsFixed ? _value : throw new InvalidOperationException($"Dimension '{Symbol}' is not fixed.");

    /// <summary>In a reshape: whatever remains. Becomes a number, or a symbol of its own.</summary>
    public static Dimension Rest { get; } = new(0, "?");

    /// <summary>A dimension whose number is not known yet.</summary>
    public static Dimension Named(string symbol)
    {
        ArgumentException.ThrowIfNullOrEmpty(symbol);
        return new Dimension(0, symbol);
    }

    /// <summary>A known dimension.</summary>
    public static Dimension Fixed(int value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        return new Dimension(value, null);
    }

    /// <inheritdoc cref="Fixed"/>
    public static implicit operator Dimension(int value) => Fixed(value);

    /// <inheritdoc cref="Named"/>
    public static implicit operator Dimension(string symbol) => Named(symbol);

    /// <inheritdoc/>
    public override string ToString() => Symbol ?? _value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
