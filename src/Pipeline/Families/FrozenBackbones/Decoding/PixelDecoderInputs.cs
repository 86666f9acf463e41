using FrozenSeg.Pipeline.Families.FrozenBackbones.Networks;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Tensors;

namespace FrozenSeg.Pipeline.Families.FrozenBackbones.Decoding;

/// <summary>
/// A picture's maps as the pixel decoder's graphs take them, with the positions and shapes made for their sizes.
/// </summary>
internal sealed class PixelDecoderInputs : IDisposable
{
    private readonly IReadOnlyList<TensorBuffer<float>> _levels;
    private readonly List<TensorBuffer<float>> _positions = [];
    private readonly List<TensorBuffer<long>> _shapes = [];
    private readonly TensorBuffer<float>? _sam;
    private readonly TensorBuffer<float>? _samPosition;

    /// <param name="configuration">Sizes.</param>
    /// <param name="backbone">res2 to res5; not owned.</param>
    /// <param name="sam">SAM's embedding; not owned.</param>
    public PixelDecoderInputs(
        PixelDecoderConfiguration configuration, IReadOnlyList<TensorBuffer<float>> backbone, TensorBuffer<float>? sam)
    {
        Finest = backbone[0];
        _levels = [.. backbone.Reverse().Take(configuration.Levels)];
        foreach ((int height, int width) in Sizes)
        {
            _positions.Add(Position(height, width, configuration.Width));
            _shapes.Add(Shape(configuration.Width, height, width));
        }

        if (!configuration.HasSam || sam is null)
            return;
        _sam = sam;
        (int Height, int Width) half = ((sam.Shape[2] + 1) / 2, (sam.Shape[3] + 1) / 2);
        SamSizes = [half];
        _samPosition = Position(half.Height, half.Width, configuration.Width);
        SamShape = Shape(configuration.Width, half.Height, half.Width);
    }

    /// <summary>res2.</summary>
    public TensorBuffer<float> Finest { get; }

    /// <summary>Height and width of the levels, the coarsest first.</summary>
    public IReadOnlyList<(int Height, int Width)> Sizes =>
        [.. _levels.Select(level => (level.Shape[2], level.Shape[3]))];

    /// <summary>Height and width of the SAM branch's map.</summary>
    public IReadOnlyList<(int Height, int Width)> SamSizes { get; } = [];

    /// <summary>Shape of the SAM branch's map.</summary>
    public TensorBuffer<long>? SamShape { get; }

    /// <summary>Adds <c>map0</c>… and <c>position0</c>….</summary>
    public void AddLevels(SessionInputs inputs)
    {
        for (int level = 0; level < _levels.Count; level++)
            inputs.Add($"map{level}", _levels[level]).Add($"position{level}", _positions[level]);
    }

    /// <summary>Adds <c>shape0</c>….</summary>
    public void AddShapes(SessionInputs inputs)
    {
        for (int level = 0; level < _shapes.Count; level++)
            inputs.Add($"shape{level}", _shapes[level]);
    }

    /// <summary>Adds <c>sam</c> and <c>position</c>.</summary>
    public void AddSam(SessionInputs inputs) => inputs.Add("sam", _sam!).Add("position", _samPosition!);

    /// <inheritdoc/>
    public void Dispose()
    {
        _positions.ForEach(position => position.Dispose());
        _shapes.ForEach(shape => shape.Dispose());
        _samPosition?.Dispose();
        SamShape?.Dispose();
    }

    private static TensorBuffer<float> Position(int height, int width, int features) =>
        TensorBuffer<float>.From(SinePosition.Compute(height, width, features), height * width, features);

    private static TensorBuffer<long> Shape(int channels, int height, int width) =>
        TensorBuffer<long>.From([1, channels, height, width], 4);
}
