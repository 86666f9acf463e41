namespace FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Lanes;

/// <summary>A few neighbouring float32 as one register, so that a kernel is written once for each width.</summary>
/// <typeparam name="TSelf">The lane itself.</typeparam>
internal interface ILane<TSelf>
    where TSelf : struct, ILane<TSelf>
{
    /// <summary>How many floats.</summary>
    static abstract int Width { get; }

    /// <summary>The floats that begin at <paramref name="offset"/> from <paramref name="start"/>.</summary>
    static abstract TSelf Load(ref float start, nuint offset);

    /// <summary>The floats that begin at <paramref name="start"/>.</summary>
    static abstract unsafe TSelf Load(float* start);

    /// <summary>The same value everywhere.</summary>
    static abstract TSelf Fill(float value);

    /// <summary>Writes the floats at <paramref name="offset"/> from <paramref name="start"/>.</summary>
    void Store(ref float start, nuint offset);

    /// <summary>Writes the floats at <paramref name="start"/>.</summary>
    unsafe void Store(float* start);

    /// <summary><c>value · scale + this</c>, rounded once or twice as the processor prefers.</summary>
    TSelf AddScaled(TSelf value, float scale);

    /// <summary><c>left · right + this</c>, rounded once or twice as the processor prefers.</summary>
    TSelf AddProduct(TSelf left, TSelf right);

    /// <summary>The closest whole number to each float.</summary>
    TSelf Round();

    /// <summary>2 to the power of each float, whole numbers from −127 to 127; −127 gives 0.</summary>
    TSelf PowerOfTwo();

    /// <summary>The square root of each float.</summary>
    TSelf Sqrt();

    /// <summary>The larger of each pair.</summary>
    TSelf Max(TSelf other);

    /// <summary>The smaller of each pair.</summary>
    TSelf Min(TSelf other);

    /// <summary>The largest float.</summary>
    float Largest();

    /// <summary>The sum of all floats.</summary>
    float Sum();

    static abstract TSelf operator +(TSelf left, TSelf right);

    static abstract TSelf operator -(TSelf left, TSelf right);

    static abstract TSelf operator *(TSelf left, TSelf right);

    static abstract TSelf operator /(TSelf left, TSelf right);
}
