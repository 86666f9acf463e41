using System.Text.Json;
using FrozenSeg.Pipeline.Foundation.Imaging.Png;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Testing;

namespace FrozenSeg.Evaluation.Tests.Panoptic;

/// <summary>Writes small panoptic datasets: one row of pixels a picture.</summary>
internal sealed class PanopticFixture(TemporaryFolder folder)
{
    private static readonly object[] Categories =
        [new { id = 1, name = "cat", isthing = 1 }, new { id = 2, name = "grass", isthing = 0 }];

    /// <summary>Writes NAME.json and NAME/*.png and returns the path of the former.</summary>
    public string Write(
        string name, params (int Image, int[] Pixels, (int Id, int Category, int Crowd)[] Segments)[] pictures)
    {
        Directory.CreateDirectory(folder.Path(name));
        foreach ((int image, int[] pixels, _) in pictures)
            File.WriteAllBytes(
                folder.Path(name, $"{image}.png"), PanopticPng.Write(new LabelMap(1, pixels.Length, pixels)));
        var document = new
        {
            annotations = pictures.Select(picture => new
            {
                image_id = picture.Image,
                file_name = $"{picture.Image}.png",
                segments_info = picture.Segments.Select(
                    segment => new { id = segment.Id, category_id = segment.Category, iscrowd = segment.Crowd }),
            }),
            categories = Categories,
        };
        return folder.Write($"{name}.json", JsonSerializer.SerializeToUtf8Bytes(document));
    }
}
