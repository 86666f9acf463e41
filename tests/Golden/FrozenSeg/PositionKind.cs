using FrozenSeg.Pipeline.Families.FrozenBackbones.Networks;
using FrozenSeg.Testing;

namespace FrozenSeg.Golden.FrozenSeg;

/// <summary><c>pe_*.npz</c>: sine positions.</summary>
internal sealed class PositionKind() : FileKind("frozenseg", "pe_*.npz")
{
    public override IEnumerable<GoldenCheck> Run(GoldenFile file, GoldenContext context)
    {
        using var golden = new NpzFile(file.Path);
        long[] meta = golden["meta"].Integers;
        int features = 2 * (int)meta[0], height = (int)meta[1], width = (int)meta[2];
        float[] rows = SinePosition.Compute(height, width, features);
        yield return Compare.Absolute("pos", Arrays.Transpose(rows, height * width, features), golden["pos"], 2e-5);
    }
}
