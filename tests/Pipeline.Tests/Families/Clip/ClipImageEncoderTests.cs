using FrozenSeg.Pipeline.Families.Clip;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Testing;

namespace FrozenSeg.Pipeline.Tests.Families.Clip;

public sealed class ClipImageEncoderTests : IDisposable
{
    private static readonly PixelImage Image = TestPicture.Make(50, 40);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("ViT-B/16", 512, 149_620_737)]
    [InlineData("ViT-L/14", 768, 427_616_513)]
    public void Requirements_OfAPublishedModel_HaveItsParameters(string name, int embedding, long parameters)
    {
        ClipConfiguration model = ClipConfigurations.Find(name)!;

        Assert.Equal(parameters, ClipGraphs.Requirements(model).Values.Sum(shape => shape.ElementCount));
        Assert.Equal((embedding, embedding), (model.Text.EmbeddingSize, model.Vision!.EmbeddingSize));
    }

    [Fact]
    public void Encode_HuggingFaceNames_GiveTheSameVectors()
    {
        using WeightFile official = SmallClip.OpenWeights();
        using WeightFile huggingFace = WriteHuggingFace(official);
        IWeightSource renamed = ClipWeightNames.Official(huggingFace);
        ClipConfiguration found = ClipConfigurations.Detect(renamed, huggingFace.Metadata);
        using var expectedImages = new ClipImageEncoder(SmallClip.Configuration.Vision!, official, SmallClip.Sessions);
        using var actualImages = new ClipImageEncoder(found.Vision!, renamed, SmallClip.Sessions);
        using var expectedTexts = new ClipTextEncoder(SmallClip.Configuration.Text, official, SmallClip.Sessions);
        using var actualTexts = new ClipTextEncoder(found.Text, renamed, SmallClip.Sessions);

        TensorAssert.Close(expectedImages.Encode([Image])[0], actualImages.Encode([Image])[0], 1e-5);
        TensorAssert.Close(expectedTexts.Encode(["a cat"])[0], actualTexts.Encode(["a cat"])[0], 1e-5);
    }

    [Fact]
    public void Encode_SkippingTheLastBlock_IsTheModelWithoutIt()
    {
        using WeightFile weights = SmallClip.OpenWeights();
        ClipVisionConfiguration shorter = SmallClip.Configuration.Vision! with { Layers = 2 };
        using var skipping = new ClipImageEncoder(
            SmallClip.Configuration.Vision!, weights, SmallClip.Sessions, skipLastBlock: true);
        using var whole = new ClipImageEncoder(shorter, weights, SmallClip.Sessions);

        TensorAssert.Close(whole.Encode([Image])[0], skipping.Encode([Image])[0], 1e-6);
    }

    [Theory]
    [InlineData(3000, 2)]
    [InlineData(1, 500)]
    [InlineData(1, 1)]
    public void CentreSquare_ExtremePictures_AreSquare(int width, int height)
    {
        PixelImage square = ClipPreprocessing.CentreSquare(new PixelImage(width, height), 32);

        Assert.Equal((32, 32), (square.Width, square.Height));
    }

    // Projections transposed and the joined matrices of attention apart, as CLIPModel stores them.
    private WeightFile WriteHuggingFace(WeightFile official)
    {
        var tensors = new Dictionary<string, (TensorShape Shape, float[] Elements)>();
        foreach (string name in official.Names)
        {
            (TensorShape shape, float[] elements) = (official.Find(name)!.Shape, official.ReadFloats(name));
            if (ClipWeightNames.ToHuggingFace(name) is string renamed)
                tensors[renamed] = (shape, elements);
            else if (name is "visual.proj" or "text_projection")
                tensors[name == "visual.proj" ? "visual_projection.weight" : "text_projection.weight"] = (
                    new(shape[1], shape[0]), Transpose(elements, shape));
            else
                AddParts(tensors, name, shape, elements);
        }

        string path = _folder.Path("hf.safetensors");
        SafetensorsWriter.Write(
            path,
            [.. tensors.Select(entry => KeyValuePair.Create(entry.Key, entry.Value.Shape))],
            SmallClip.Metadata,
            (name, _) => tensors[name].Elements);
        return WeightFile.Open(path);
    }

    private static void AddParts(
        Dictionary<string, (TensorShape Shape, float[] Elements)> tensors,
        string name,
        TensorShape shape,
        float[] elements)
    {
        string[] parts = ["q_proj", "k_proj", "v_proj"];
        string kind = name.EndsWith("in_proj_weight", StringComparison.Ordinal) ? "weight" : "bias";
        int third = elements.Length / 3;
        for (int i = 0; i < parts.Length; i++)
        {
            string leaf = name.Replace($"in_proj_{kind}", $"{parts[i]}.{kind}", StringComparison.Ordinal);
            tensors[ClipWeightNames.ToHuggingFace(leaf)!] = (
                kind == "weight" ? new(shape[0] / 3, shape[1]) : new(shape[0] / 3),
                elements[(i * third)..((i + 1) * third)]);
        }
    }

    private static float[] Transpose(float[] elements, TensorShape shape) =>
        [.. Enumerable.Range(0, elements.Length).Select(i => elements[(i % shape[0] * shape[1]) + (i / shape[0])])];
}
