namespace FrozenSeg.Pipeline.Tensors.Kernels;

/// <summary>A few neighbouring float32 as one register, so that a kernel is written once for each width.</summary>
/// <typeparam name="TSelf">The lane itself.</typeparam>
internal interface ILane<TSelf>
    where TSelf : struct, ILane<TSelf>
{
    /// <summary>How many floats.</summary>
    static abstract int Width { get; }

    /// <summary>The floats that begin at <paramref name="offset"/> from <paramref name="start"/>.</summary>
    static abstract TSelf Load(ref float start, nuint offset);

    /// <summary>The same value everywhere.</summary>
    static abstract TSelf Fill(float value);

    /// <summary>Writes the floats at <paramref name="offset"/> from <paramref name="start"/>.</summary>
    void Store(ref float start, nuint offset);

    /// <summary><c>value · scale + this</c>, rounded once or twice as the processor prefers.</summary>
    TSelf AddScaled(TSelf value, float scale);

    /// <summary>e to the power of each float.</summary>
    TSelf Exp();

    /// <summary>The larger of each pair.</summary>
    TSelf Max(TSelf other);

    /// <summary>The largest float.</summary>
    float Largest();

    /// <summary>The sum of all floats.</summary>
    float Sum();

    static abstract TSelf operator +(TSelf left, TSelf right);

    static abstract TSelf operator -(TSelf left, TSelf right);

    static abstract TSelf operator *(TSelf left, TSelf right);

    static abstract TSelf operator /(TSelf left, TSelf right);
}
