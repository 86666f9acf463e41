using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Crf;

/// <summary>
/// Finds the simplex of the permutohedral lattice around points (Adams, Baek and Davis 2010, section 3). A vertex is
/// named by one integer: its first d coordinates in a mixed radix, so that the step to a neighbour is one addition.
/// </summary>
internal sealed class LatticeSimplices
{
    private const int MaxDimensions = 7;
    // Points are located side by side, one in each float of a register.
    private const int Side = 8;

    private readonly float[] _features;
    private readonly float[] _scales;
    private readonly long[] _radices;
    private readonly long _radixSum;
    private readonly long _origin;

    /// <param name="features">float32, d × N, in standard deviations.</param>
    /// <param name="dimensions">d, 1..7.</param>
    /// <exception cref="ArgumentException">The features are spread too widely, or are not finite numbers.</exception>
    public LatticeSimplices(float[] features, int dimensions)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dimensions, MaxDimensions);
        _features = features;
        Dimensions = dimensions;
        _scales = Scales(dimensions);
        _radices = new long[dimensions + 1];
        _origin = NumberVertices();
        _radixSum = _radices.Sum();
    }

    /// <summary>d.</summary>
    public int Dimensions { get; }

    /// <summary>N.</summary>
    public int PointCount => _features.Length / Dimensions;

    /// <summary>
    /// What is added to a vertex's name to step along <paramref name="axis"/>: d at that coordinate, −1 at the others.
    /// </summary>
    public long Step(int axis) => ((Dimensions + 1) * _radices[axis]) - _radixSum;

    /// <summary>
    /// Writes names and barycentric weights of the corners of points [<paramref name="from"/>, <paramref name="to"/>).
    /// </summary>
    /// <param name="from">First point.</param>
    /// <param name="to">Behind the last point.</param>
    /// <param name="names">N × (d+1).</param>
    /// <param name="weights">N × (d+1).</param>
    public void Locate(int from, int to, long[] names, float[] weights)
    {
        int corners = Dimensions + 1;
        Span<Vector256<float>> elevated =
            stackalloc Vector256<float>[corners], nearest = stackalloc Vector256<float>[corners];
        Span<Vector256<float>> shares = stackalloc Vector256<float>[corners + 1];
        Span<Vector256<int>> ranks = stackalloc Vector256<int>[corners];
        Span<float> coordinates = MemoryMarshal.Cast<Vector256<float>, float>(nearest),
            parts = MemoryMarshal.Cast<Vector256<float>, float>(shares);
        Span<int> order = MemoryMarshal.Cast<Vector256<int>, int>(ranks);
        for (int first = from; first < to; first += Side)
        {
            Elevate(first, elevated);
            FindSimplex(elevated, nearest, ranks);
            Weigh(elevated, nearest, ranks, shares);
            for (int point = first; point < Math.Min(first + Side, to); point++)
            {
                int column = point - first, entry = point * corners;
                for (int corner = 0; corner < corners; corner++)
                    weights[entry + corner] = parts[(corner * Side) + column];
                Name(coordinates[column..], order[column..], names.AsSpan(entry, corners));
            }
        }
    }

    // The diagonal of E, times the deviation √(2/3)(d+1) that the blur of the lattice has.
    private static float[] Scales(int dimensions)
    {
        float deviation = (float)(Math.Sqrt(2.0 / 3.0) * (dimensions + 1));
        return [.. Enumerable.Range(0, dimensions).Select(i => (float)(1 / Math.Sqrt((i + 1) * (i + 2)) * deviation))];
    }

    private void Elevate(int point, Span<Vector256<float>> elevated)
    {
        Vector256<float> sum = default;
        for (int i = Dimensions; i > 0; i--)
        {
            Vector256<float> scaled = Feature(i - 1, point) * _scales[i - 1];
            elevated[i] = sum - (scaled * i);
            sum += scaled;
        }

        elevated[0] = sum;
    }

    // One coordinate of the points from this one on; what lies behind the last point is of no meaning.
    private Vector256<float> Feature(int dimension, int point)
    {
        ReadOnlySpan<float> rest = _features.AsSpan((dimension * PointCount) + point);
        if (rest.Length >= Side)
            return Vector256.Create(rest);
        Span<float> padded = stackalloc float[Side];
        rest.CopyTo(padded);
        return Vector256.Create<float>(padded);
    }

    // The closest vertex whose coordinates are multiples of d+1, and the order of the remainders.
    private void FindSimplex(
        ReadOnlySpan<Vector256<float>> elevated, Span<Vector256<float>> nearest, Span<Vector256<int>> ranks)
    {
        int corners = Dimensions + 1;
        Vector256<int> excess = default;
        for (int i = 0; i < corners; i++)
        {
            Vector256<float> rounded = Vector256.Round(elevated[i] * (1f / corners));
            nearest[i] = rounded * corners;
            excess += Vector256.ConvertToInt32(rounded);
        }

        ranks.Fill(excess);
        for (int i = 0; i < Dimensions; i++)
        {
            Vector256<float> difference = elevated[i] - nearest[i];
            for (int j = i + 1; j < corners; j++)
            {
                // −1 where it is smaller.
                Vector256<int> comparison = Vector256.LessThan(difference, elevated[j] - nearest[j]).AsInt32();
                ranks[i] -= comparison;
                ranks[j] += comparison + Vector256<int>.One;
            }
        }

        // A rounded point can lie beside the plane of coordinate sum 0; take it back.
        var turn = Vector256.Create(corners);
        for (int i = 0; i < corners; i++)
        {
            Vector256<int> back = (Vector256.LessThan(ranks[i], Vector256<int>.Zero) & turn)
                - (Vector256.GreaterThanOrEqual(ranks[i], turn) & turn);
            ranks[i] += back;
            nearest[i] += Vector256.ConvertToSingle(back);
        }
    }

    private void Weigh(
        ReadOnlySpan<Vector256<float>> elevated,
        ReadOnlySpan<Vector256<float>> nearest,
        ReadOnlySpan<Vector256<int>> ranks,
        Span<Vector256<float>> shares)
    {
        int corners = Dimensions + 1;
        shares.Clear();
        for (int i = 0; i < corners; i++)
        {
            Vector256<float> share = (elevated[i] - nearest[i]) * (1f / corners);
            for (int corner = 0; corner < corners; corner++)
            {
                Vector256<float> part = share & Vector256.Equals(ranks[i], Vector256.Create(Dimensions - corner))
                    .AsSingle();
                shares[corner] += part;
                shares[corner + 1] -= part;
            }
        }

        shares[0] += Vector256<float>.One + shares[corners];
    }

    // Corner r adds r to every coordinate, less d+1 where the rank exceeds d−r.
    private void Name(ReadOnlySpan<float> coordinates, ReadOnlySpan<int> ranks, Span<long> names)
    {
        long name = _origin;
        Span<int> byRank = stackalloc int[MaxDimensions + 1];
        for (int i = 0; i <= Dimensions; i++)
        {
            name += (long)coordinates[i * Side] * _radices[i];
            byRank[ranks[i * Side]] = i;
        }

        names[0] = name;
        for (int corner = 1; corner <= Dimensions; corner++)
        {
            name += _radixSum - ((Dimensions + 1) * _radices[byRank[Dimensions - corner + 1]]);
            names[corner] = name;
        }
    }

    // Chooses radices so that every vertex and every neighbour of one has a name of its own, all above 0.
    private long NumberVertices()
    {
        // Rounding, the corners of a simplex and one step beyond move a coordinate by less than this.
        int margin = 4 * (Dimensions + 1);
        (double Low, double High)[] bounds = ElevatedBounds();
        double names = 1;
        long origin = 1, radix = 1;
        for (int i = 0; i < Dimensions; i++)
        {
            double size = bounds[i].High - bounds[i].Low + (2 * margin);
            names *= size;
            if (!(names < 1L << 61))
                throw new ArgumentException(
                    "The features are spread too widely for a lattice, or are not finite numbers.");
            _radices[i] = radix;
            origin += (margin - (long)Math.Floor(bounds[i].Low)) * radix;
            radix *= (long)Math.Ceiling(size);
        }

        return origin;
    }

    private (double Low, double High)[] ElevatedBounds()
    {
        double[] low = new double[Dimensions], high = new double[Dimensions];
        for (int dimension = 0; dimension < Dimensions; dimension++)
        {
            ReadOnlySpan<float> plane = _features.AsSpan(dimension * PointCount, PointCount);
            low[dimension] = TensorPrimitives.Min(plane);
            high[dimension] = TensorPrimitives.Max(plane);
        }

        var bounds = new (double Low, double High)[Dimensions];
        for (int i = 0; i < Dimensions; i++)
        {
            // e₀ = Σ cₖ; eᵢ = Σ_{k≥i} cₖ − i·cᵢ₋₁ with cₖ the scaled features.
            double least = i == 0 ? 0 : -i * high[i - 1] * _scales[i - 1],
                most = i == 0 ? 0 : -i * low[i - 1] * _scales[i - 1];
            for (int k = i; k < Dimensions; k++)
            {
                least += low[k] * _scales[k];
                most += high[k] * _scales[k];
            }

            bounds[i] = (least, most);
        }

        return bounds;
    }
}
