using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Imaging.Resizing;
using FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Crf;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Testing;

namespace FrozenSeg.Benchmarks.Car;

/// <summary>How fast is a dense CRF on a 500×500 picture, lattices included?</summary>
internal sealed class CrfSpeed(int labels) : IQuestion
{
    private const int Side = 500, Coarse = 32;

    private DenseCrfOptions _options = new();
    private byte[] _colours = [];
    private float[] _unary = [];

    public string Name => $"crf-{labels}";

    public string Asks => $"Dense CRF, 500×500, {labels} labels, 10 iterations (reference: one thread)";

    public double? WantedRatio => 2;

    public double? WantedMegabytes => null;

    public IReadOnlyList<string> Reference => ["crf.py", Folder];

    private string Folder => Path.Combine(Path.GetTempPath(), $"frozenseg-{Name}");

    public void Prepare(int threads)
    {
        _options = new DenseCrfOptions { Threads = threads };
        _colours = Noisy(TestPicture.Make(Side, Side));
        _unary = Unary();
        // The reference reads the same problem.
        Directory.CreateDirectory(Folder);
        File.WriteAllBytes(Path.Combine(Folder, "colours.u8"), _colours);
        File.WriteAllBytes(
            Path.Combine(Folder, "unary.f32"), System.Runtime.InteropServices.MemoryMarshal.AsBytes(_unary.AsSpan())
                .ToArray());
    }

    public void Run() => new DenseCrf(Side, Side, _colours, _options).Infer(_unary, labels);

    public void Dispose()
    {
    }

    // A photograph's grain: without it, most pixels would share their lattice vertices with a neighbour.
    private static byte[] Noisy(PixelImage image)
    {
        float[] noise = SyntheticNumbers.Floats("grain", image.Pixels.Length, 6);
        var colours = new byte[noise.Length];
        for (int i = 0; i < noise.Length; i++)
            colours[i] = (byte)Math.Clamp(image.Pixels[i] + noise[i], 0, 255);
        return colours;
    }

    private float[] Unary()
    {
        var unary = new float[labels * Side * Side];
        for (int label = 0; label < labels; label++)
        {
            float[] coarse = SyntheticNumbers.Floats($"proposal {label}", Coarse * Coarse, 0.45f, 0.5f);
            Span<float> plane = unary.AsSpan(label * Side * Side, Side * Side);
            PlaneResizer.Resize(coarse, Coarse, Coarse, plane, Side, Side);
            foreach (ref float value in plane)
                value = -MathF.Log(value);
        }

        return unary;
    }
}
