using FrozenSeg.Pipeline.Families.Clip;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Families.ClipAsRnn.Activation;

/// <summary>The CLIP that proposes masks, f of the paper, loaded. Safe for many callers.</summary>
internal sealed class ActivationModel : IDisposable
{
    // Blocks whose attention makes the affinity (car.md 5).
    private const int AveragedBlocks = 8;

    private readonly ModelSession _image;
    private readonly ModelSession _gradient;
    private readonly ModelSession _refine;

    /// <summary>Loads a vision transformer.</summary>
    /// <param name="configuration">Its sizes.</param>
    /// <param name="weights">Under OpenAI's names (<see cref="ClipWeightNames.Official"/>).</param>
    /// <param name="sessions">Where and how to run it.</param>
    /// <exception cref="SegmentationProblemException">Tensors are missing, have other shapes or are not
    /// numbers.</exception>
    public ActivationModel(ClipVisionConfiguration configuration, IWeightSource weights, SessionFactory sessions)
    {
        Configuration = configuration;
        var network = new ActivationNetwork(configuration, weights, sessions.Target);
        using var loaded = new DisposableStack();
        _image = loaded.Push(sessions.Create(network.Image(AveragedBlocks).Build()));
        _gradient = loaded.Push(sessions.Create(network.Gradient().Build()));
        _refine = loaded.Push(sessions.Create(network.Refine().Build()));
        loaded.Release();
    }

    /// <summary>The sizes.</summary>
    public ClipVisionConfiguration Configuration { get; }

    /// <summary>Runs a picture once; every stage and every query is answered from what this keeps.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="maxPatches">
    /// The attention holds the square of the number of patches; a picture with more is made smaller in proportion.
    /// </param>
    /// <param name="cancellation">Stops the work.</param>
    public ImageActivations Encode(PixelImage image, int maxPatches, CancellationToken cancellation = default)
    {
        PictureActivations picture = Look(image, maxPatches, cancellation);
        return new ImageActivations(picture, picture, _gradient, _refine);
    }

    /// <summary>The same, from what is kept of the picture, or is kept from now on.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="maxPatches">As above.</param>
    /// <param name="features">What is kept.</param>
    /// <param name="name">Names this network there.</param>
    /// <param name="cancellation">Stops the work.</param>
    internal ImageActivations Encode(
        PixelImage image, int maxPatches, FeatureCache features, string name, CancellationToken cancellation)
    {
        FeatureLease<PictureActivations> lease = features.Get(
            $"car:{name}:{maxPatches}:{PixelHash.Of(image)}",
            () => Look(image, maxPatches, cancellation),
            picture => picture.ByteCount,
            cancellation);
        return new ImageActivations(lease.Value, lease, _gradient, _refine);
    }

    /// <summary>Runs a picture that is preprocessed already.</summary>
    internal ImageActivations Encode(
        TensorBuffer<float> input, PatchGrid grid, CancellationToken cancellation = default)
    {
        PictureActivations picture = Look(input, grid, cancellation);
        return new ImageActivations(picture, picture, _gradient, _refine);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _image.Dispose();
        _gradient.Dispose();
        _refine.Dispose();
    }

    private PictureActivations Look(PixelImage image, int maxPatches, CancellationToken cancellation)
    {
        PatchGrid grid = PatchGrid.Of(image.Width, image.Height, Configuration.PatchSize, maxPatches);
        PixelImage stretched = ClipPreprocessing.Stretch(image, Configuration.PatchSize, grid.Rows, grid.Columns);
        using TensorBuffer<float> input = ClipPreprocessing.Normalise([stretched], Configuration);
        return Look(input, grid, cancellation);
    }

    private PictureActivations Look(TensorBuffer<float> input, PatchGrid grid, CancellationToken cancellation)
    {
        using SessionInputs inputs = new SessionInputs().Add("image", input);
        string[] wanted = [.. ActivationNetwork.Kept, "pooled", "affinity"];
        using SessionOutputs outputs = _image.Run(inputs, wanted, cancellation: cancellation);
        return new PictureActivations(grid, wanted.ToDictionary(name => name, outputs.Take<float>));
    }
}
