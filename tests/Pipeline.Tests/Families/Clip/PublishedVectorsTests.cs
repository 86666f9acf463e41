using System.Numerics.Tensors;
using System.Text.Json;
using FrozenSeg.Pipeline.Families.Clip;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Testing;

namespace FrozenSeg.Pipeline.Tests.Families.Clip;

/// <summary>Vectors and pixels that real CLIP models gave.</summary>
public sealed class PublishedVectorsTests
{
    private const float LogitScale = 100;

    [SharedFact]
    public void Vectors_OfVitB32_GiveTheirZeroShotTable()
    {
        float[][] texts = Unit(Read("clip_vit_b32_real", "coco80_text_embeddings_f16.npy"));
        float[][] images = Unit(Read("clip_vit_b32_real", "image_embeddings_f16.npy"));
        using JsonDocument order = Json("clip_vit_b32_real", "image_embeddings.json"),
            expected = Json("clip_vit_b32_real", "expected_zero_shot.json");
        string[] names = order.RootElement.GetProperty("order").Deserialize<string[]>()!;

        for (int image = 0; image < names.Length; image++)
        {
            float[] cosines = [.. texts.Select(text => TensorPrimitives.Dot<float>(images[image], text))];
            var probabilities = new float[cosines.Length];
            TensorPrimitives.Multiply(cosines, LogitScale, probabilities);
            TensorPrimitives.SoftMax(probabilities, probabilities);
            int[] best = [.. Enumerable.Range(0, cosines.Length).OrderByDescending(i => cosines[i]).Take(5)];
            JsonElement[] table =
                [.. expected.RootElement.GetProperty("coco80").GetProperty(names[image]).EnumerateArray()];

            Assert.Equal(table.Select(row => row.GetProperty("index").GetInt32()), best);
            TensorAssert.Close(
                [.. table.Select(row => row.GetProperty("cosine").GetSingle())],
                [.. best.Select(i => cosines[i])],
                2e-6);
            TensorAssert.Close(
                [.. table.Select(row => row.GetProperty("softmax_x100").GetSingle())],
                [.. best.Select(i => probabilities[i])],
                1e-4);
        }
    }

    [SharedFact]
    public void Vectors_OfVitB16_GiveTheirCosines()
    {
        float[][] texts = Unit(Read("clip_vit_b16_text_real", "voc20_text_embeddings_f16.npy"));
        using JsonDocument expected = Json("clip_vit_b16_text_real", "expected_cosine_matrix.json");

        float[] actual = [.. texts.SelectMany(a => texts.Select(b => TensorPrimitives.Dot<float>(a, b)))];

        TensorAssert.Close(
            [.. expected.RootElement.EnumerateArray().SelectMany(row => row.Deserialize<float[]>()!)], actual, 1e-4);
    }

    [SharedTheory]
    [InlineData("clip_vit_b32_real", "images/208_495.jpg", "expected_pixels/208_495.npy")]
    [InlineData("clip_vit_b32_real", "images/456_123.jpg", "expected_pixels/456_123.npy")]
    [InlineData("clip_preprocess_rn_vit_224", "franz-kafka.jpg", "expected_preprocessed_image.npy")]
    public void Preprocessing_OfPhotographs_DiffersByTheDecoderAlone(string folder, string picture, string pixels)
    {
        PixelImage image = ImageReader.CreateDefault().ReadFile(SharedFolder.Path("eval", folder, picture));

        using TensorBuffer<float> actual = ClipPreprocessing.Normalise(
            [ClipPreprocessing.CentreSquare(image, 224)], ClipConfigurations.VitB32.Vision!);

        // JPEG decoders differ where colours are stretched; a level is 0.015 here. Of lossless pictures not a bit
        // differs.
        float[] expected = Read(folder, pixels).Floats;
        Assert.InRange(expected.Zip(actual.Span.ToArray(), (a, b) => Math.Abs(a - b)).Average(), 0, 0.01);
    }

    private static NpyArray Read(string folder, string name)
    {
        using FileStream file = File.OpenRead(SharedFolder.Path("eval", folder, name));
        return NpyArray.Read(file);
    }

    private static JsonDocument Json(string folder, string name) =>
        JsonDocument.Parse(File.ReadAllBytes(SharedFolder.Path("eval", folder, name)));

    private static float[][] Unit(NpyArray array)
    {
        float[][] rows = [.. array.Floats.Chunk(array.Shape[^1])];
        foreach (float[] row in rows)
            TensorPrimitives.Divide(row, TensorPrimitives.Norm<float>(row), row);
        return rows;
    }
}
