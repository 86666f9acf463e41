using FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Regions;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Testing;

namespace FrozenSeg.Golden.Sam;

/// <summary><c>nms_*.npz</c>: real candidate boxes and scores, and which are kept at 0.7.</summary>
internal sealed class NmsKind() : FileKind("sam", "nms_*.npz")
{
    public override IEnumerable<GoldenCheck> Run(GoldenFile file, GoldenContext context)
    {
        using var golden = new NpzFile(file.Path);
        float[] corners = golden["boxes"].Floats;
        BoxXyxy[] boxes = [.. corners.Chunk(4).Select(box => new BoxXyxy(box[0], box[1], box[2], box[3]))];
        float[] scores = golden["scores"].Floats;
        int[] kept = BoxNms.Keep(boxes, scores, 0.7);
        int[] expected = Array.ConvertAll(golden["keep"].Integers, i => (int)i);
        yield return Compare.Equal<int>("kept", [.. kept.Order()], [.. expected.Order()]);
        // From 1000 boxes on the official function ends with a sort that is not stable, so equal scores may be swapped.
        yield return Compare.Equal<float>(
            "order", [.. kept.Select(i => scores[i])], [.. expected.Select(i => scores[i])]);
    }
}
