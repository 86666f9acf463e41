namespace FrozenSeg.Pipeline.Tensors.Kernels;

/// <summary>
/// Finds the simplex of the permutohedral lattice around points (Adams, Baek and Davis 2010, section 3). A vertex is
/// named by one integer: its first d coordinates in a mixed radix, so that the step to a neighbour is one addition.
/// </summary>
internal sealed class LatticeSimplices
{
    private const int MaxDimensions = 7;

    private readonly float[] _features;
    private readonly float[] _scales;
    private readonly long[] _radices;
    private readonly long _radixSum;
    private readonly long _origin;

    /// <param name="features">float32, N × d, in standard deviations.</param>
    /// <param name="dimensions">d, 1..7.</param>
    /// <exception cref="ArgumentException">The features are spread too widely, or are no finite numbers.</exception>
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

    /// <summary>What is added to a vertex's name to step along <paramref name="axis"/>: d at that coordinate, −1 at the others.</summary>
    public long Step(int axis) => ((Dimensions + 1) * _radices[axis]) - _radixSum;

    /// <summary>Writes names and barycentric weights of the corners of points [<paramref name="from"/>, <paramref name="to"/>).</summary>
    /// <param name="from">First point.</param>
    /// <param name="to">Behind the last point.</param>
    /// <param name="names">N × (d+1).</param>
    /// <param name="weights">N × (d+1).</param>
    public void Locate(int from, int to, long[] names, float[] weights)
    {
        int corners = Dimensions + 1;
        Span<float> elevated = stackalloc float[corners], nearest = stackalloc float[corners];
        Span<int> ranks = stackalloc int[corners];
        Span<float> shares = stackalloc float[corners + 1];
        for (int point = from; point < to; point++)
        {
            Elevate(_features.AsSpan(point * Dimensions, Dimensions), elevated);
            FindSimplex(elevated, nearest, ranks);
            Weigh(elevated, nearest, ranks, shares);
            shares[..corners].CopyTo(weights.AsSpan(point * corners, corners));
            Name(nearest, ranks, names.AsSpan(point * corners, corners));
        }
    }

    // The diagonal of E, times the deviation √(2/3)(d+1) that the blur of the lattice has.
    private static float[] Scales(int dimensions)
    {
        float deviation = (float)(Math.Sqrt(2.0 / 3.0) * (dimensions + 1));
        return [.. Enumerable.Range(0, dimensions).Select(i => (float)(1 / Math.Sqrt((i + 1) * (i + 2)) * deviation))];
    }

    private void Elevate(ReadOnlySpan<float> feature, Span<float> elevated)
    {
        float sum = 0;
        for (int i = Dimensions; i > 0; i--)
        {
            float scaled = feature[i - 1] * _scales[i - 1];
            elevated[i] = sum - (i * scaled);
            sum += scaled;
        }

        elevated[0] = sum;
    }

    // The closest vertex whose coordinates are multiples of d+1, and the order of the remainders.
    private void FindSimplex(ReadOnlySpan<float> elevated, Span<float> nearest, Span<int> ranks)
    {
        int corners = Dimensions + 1, excess = 0;
        float down = 1f / corners;
        for (int i = 0; i < corners; i++)
        {
            float rounded = MathF.Round(elevated[i] * down);
            nearest[i] = rounded * corners;
            excess += (int)rounded;
        }

        ranks.Fill(excess);
        for (int i = 0; i < Dimensions; i++)
        {
            float difference = elevated[i] - nearest[i];
            for (int j = i + 1; j < corners; j++)
            {
                int isSmaller = difference < elevated[j] - nearest[j] ? 1 : 0;
                ranks[i] += isSmaller;
                ranks[j] += 1 - isSmaller;
            }
        }

        // A rounded point can lie beside the plane of coordinate sum 0; take it back.
        for (int i = 0; i < corners; i++)
        {
            int turn = ranks[i] < 0 ? corners : ranks[i] >= corners ? -corners : 0;
            ranks[i] += turn;
            nearest[i] += turn;
        }
    }

    private void Weigh(ReadOnlySpan<float> elevated, ReadOnlySpan<float> nearest, ReadOnlySpan<int> ranks, Span<float> shares)
    {
        int corners = Dimensions + 1;
        float down = 1f / corners;
        shares.Clear();
        for (int i = 0; i < corners; i++)
        {
            float share = (elevated[i] - nearest[i]) * down;
            shares[Dimensions - ranks[i]] += share;
            shares[Dimensions - ranks[i] + 1] -= share;
        }

        shares[0] += 1 + shares[corners];
    }

    // Corner r adds r to every coordinate, less d+1 where the rank exceeds d−r.
    private void Name(ReadOnlySpan<float> nearest, ReadOnlySpan<int> ranks, Span<long> names)
    {
        long name = _origin;
        Span<int> byRank = stackalloc int[MaxDimensions + 1];
        for (int i = 0; i <= Dimensions; i++)
        {
            name += (long)nearest[i] * _radices[i];
            byRank[ranks[i]] = i;
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
                throw new ArgumentException("The features are spread too widely for a lattice, or are no finite numbers.");
            _radices[i] = radix;
            origin += (margin - (long)Math.Floor(bounds[i].Low)) * radix;
            radix *= (long)Math.Ceiling(size);
        }

        return origin;
    }

    private (double Low, double High)[] ElevatedBounds()
    {
        double[] low = new double[Dimensions], high = new double[Dimensions];
        Array.Fill(low, double.PositiveInfinity);
        Array.Fill(high, double.NegativeInfinity);
        for (int start = 0; start < _features.Length; start += Dimensions)
        {
            for (int dimension = 0; dimension < Dimensions; dimension++)
            {
                float feature = _features[start + dimension];
                low[dimension] = Math.Min(low[dimension], feature);
                high[dimension] = Math.Max(high[dimension], feature);
            }
        }

        var bounds = new (double Low, double High)[Dimensions];
        for (int i = 0; i < Dimensions; i++)
        {
            // e₀ = Σ cₖ; eᵢ = Σ_{k≥i} cₖ − i·cᵢ₋₁ with cₖ the scaled features.
            double least = i == 0 ? 0 : -i * high[i - 1] * _scales[i - 1], most = i == 0 ? 0 : -i * low[i - 1] * _scales[i - 1];
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
