using System.Collections;

namespace FrozenSeg.Pipeline.Foundation.Tensors;

/// <summary>The dimensions of a tensor, outermost first. Immutable; <c>default</c> is the shape of a scalar.</summary>
internal readonly struct TensorShape : IEquatable<TensorShape>, IReadOnlyList<int>
{
    private readonly int[]? _dimensions;

    /// <exception cref="ArgumentOutOfRangeException">A dimension is negative.</exception>
    public TensorShape(params ReadOnlySpan<int> dimensions)
    {
        foreach (int dimension in dimensions)
            ArgumentOutOfRangeException.ThrowIfNegative(dimension, nameof(dimensions));
        _dimensions = dimensions.ToArray();
    }

    /// <summary>Number of dimensions.</summary>
    public int Rank => _dimensions?.Length ?? 0;

    /// <inheritdoc/>
    public int Count => Rank;

    /// <summary>Number of elements: the product of the dimensions, 1 for a scalar.</summary>
    public long ElementCount
    {
        get
        {
            long count = 1;
            foreach (int dimension in Dimensions)
                count = checked(count * dimension);
            return count;
        }
    }

    /// <summary>All dimensions.</summary>
    public ReadOnlySpan<int> Dimensions => _dimensions;

    /// <summary>One dimension; negative indices count from the end.</summary>
    public int this[int axis] => _dimensions![axis < 0 ? axis + _dimensions.Length : axis];

    /// <inheritdoc/>
    public bool Equals(TensorShape other) => Dimensions.SequenceEqual(other.Dimensions);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TensorShape other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (int dimension in Dimensions)
            hash.Add(dimension);
        return hash.ToHashCode();
    }

    /// <summary>For instance <c>[1, 256, 64, 64]</c>.</summary>
    public override string ToString() => $"[{string.Join(", ", this)}]";

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)(_dimensions ?? [])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public static bool operator ==(TensorShape left, TensorShape right) => left.Equals(right);

    public static bool operator !=(TensorShape left, TensorShape right) => !left.Equals(right);
}
