using FrozenSeg.Pipeline.Families.Clip.Networks;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Families.Clip;

/// <summary>CLIP's vision transformer, loaded: pictures to unit vectors. Safe for many callers.</summary>
internal sealed class ClipImageEncoder : IDisposable
{
    // Pictures of one pass: enough rows for the matrix products, little memory.
    private const int ImagesPerPass = 4;

    private readonly ModelSession _session;

    /// <summary>Loads a vision transformer.</summary>
    /// <param name="configuration">Its sizes.</param>
    /// <param name="weights">Under OpenAI's names (<see cref="ClipWeightNames.Official"/>).</param>
    /// <param name="sessions">Where and how to run it.</param>
    /// <param name="skipLastBlock">Whether the last block is left out, as CaR's released classifier does.</param>
    /// <param name="roundPositions">Whether positions are rounded to half precision, as in CaR.</param>
    /// <exception cref="SegmentationProblemException">Tensors are missing, have other shapes or are not
    /// numbers.</exception>
    public ClipImageEncoder(
        ClipVisionConfiguration configuration,
        IWeightSource weights,
        SessionFactory sessions,
        bool skipLastBlock = false,
        bool roundPositions = false)
    {
        Configuration = configuration;
        int blocks = skipLastBlock ? configuration.Layers - 1 : configuration.Layers;
        _session = sessions.Create(
            new ClipVisionNetwork(configuration).Graph(weights, sessions.Target, blocks, roundPositions).Build());
    }

    /// <summary>The sizes.</summary>
    public ClipVisionConfiguration Configuration { get; }

    /// <summary>Encodes the square in the middle of each picture.</summary>
    /// <param name="images">Pictures of any size.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>For each picture E floats, a vector of length 1.</returns>
    public IReadOnlyList<float[]> Encode(IEnumerable<PixelImage> images, CancellationToken cancellation = default)
    {
        var features = new List<float[]>();
        foreach (PixelImage[] pass in images.Chunk(ImagesPerPass))
        {
            PixelImage[] squares = Array.ConvertAll(
                pass, image => ClipPreprocessing.CentreSquare(image, Configuration.ImageSize));
            using TensorBuffer<float> input = ClipPreprocessing.Normalise(squares, Configuration);
            features.AddRange(Encode(input, cancellation));
        }

        return features;
    }

    /// <summary>Encodes pictures that are preprocessed already.</summary>
    /// <param name="input"><c>[N, 3, H, W]</c>, whole patches.</param>
    /// <param name="cancellation">Stops the work.</param>
    public float[][] Encode(TensorBuffer<float> input, CancellationToken cancellation = default)
    {
        using SessionInputs inputs = new SessionInputs().Add("images", input);
        using SessionOutputs outputs = _session.Run(inputs, cancellation: cancellation);
        using TensorBuffer<float> vectors = outputs.Take<float>("features");
        var features = new float[input.Shape[0]][];
        for (int row = 0; row < features.Length; row++)
            features[row] = vectors.View[row].Span.ToArray();
        return features;
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();
}
