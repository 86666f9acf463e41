using System.Text.Json;
using FrozenSeg.Pipeline.Families.Clip;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Testing;

namespace FrozenSeg.Golden.Car;

/// <summary>
/// The tiny CLIP models of the goldens: <c>*_weightsA.npz</c> proposes masks, <c>*_weightsB.npz</c> classifies. The
/// archive becomes a weight file, so that networks use it like any other.
/// </summary>
internal sealed class TinyClip : IDisposable
{
    private const string TokenTable = "token_embedding.weight", RowIds = "token_embedding.rows.ids",
        RowValues = "token_embedding.rows.values";
    private const int Vocabulary = 49_408;

    private readonly TemporaryFolder _folder = new();

    /// <param name="golden">A file of the case; its name begins with the case's prefix.</param>
    /// <param name="letter">A or B.</param>
    public TinyClip(GoldenFile golden, char letter)
    {
        string stem = golden.Sibling($"{golden.Name.Split('_')[0]}_weights{letter}");
        using JsonDocument sizes = JsonDocument.Parse(System.IO.File.ReadAllBytes(stem + ".json"));
        var metadata = new Dictionary<string, string>
        {
            ["clip.vision_heads"] = sizes.RootElement.GetProperty("heads").GetRawText(),
            ["clip.text_heads"] = sizes.RootElement.GetProperty("text_heads").GetRawText(),
        };
        using var archive = new NpzFile(stem + ".npz");
        string path = _folder.Path("tiny.safetensors");
        SafetensorsWriter.Write(path, Shapes(archive), metadata, (name, shape) => Elements(archive, name, shape));
        File = ClipFile.Open(path);
    }

    public ClipFile File { get; }

    public IWeightSource Weights => File.Weights;

    public ClipConfiguration Configuration => File.Configuration;

    public ClipVisionConfiguration Vision => Configuration.Vision!;

    public void Dispose()
    {
        File.Dispose();
        _folder.Dispose();
    }

    private static List<KeyValuePair<string, TensorShape>> Shapes(NpzFile archive)
    {
        List<KeyValuePair<string, TensorShape>> shapes =
        [
            .. archive.Names.Where(name => name is not (RowIds or RowValues))
                .Select(name => KeyValuePair.Create(name, archive[name].Shape)),
        ];
        shapes.Add(KeyValuePair.Create(TokenTable, new TensorShape(Vocabulary, archive[RowValues].Shape[1])));
        return shapes;
    }

    // The token table holds only the rows that a case uses.
    private static float[] Elements(NpzFile archive, string name, TensorShape shape)
    {
        if (name != TokenTable)
            return archive[name].Floats;
        var table = new float[shape.ElementCount];
        long[] rows = archive[RowIds].Integers;
        float[] values = archive[RowValues].Floats;
        for (int i = 0; i < rows.Length; i++)
            values.AsSpan(i * shape[1], shape[1]).CopyTo(table.AsSpan((int)rows[i] * shape[1]));
        return table;
    }
}
