using FrozenSeg.Evaluation.Formats.Labels;
using FrozenSeg.Pipeline.Foundation.Imaging;

namespace FrozenSeg.Evaluation.Tests.Formats;

public class LabelPairsTests
{
    // The definition: pixel by pixel. Widths around the words that runs are compared by.
    [Theory]
    [InlineData(1, 3, 3)]
    [InlineData(7, 1, 1)]
    [InlineData(8, 1, 3)]
    [InlineData(9, 3, 1)]
    [InlineData(67, 1, 3)]
    [InlineData(130, 3, 3)]
    public void Count_RandomRuns_EqualsTheDefinition(int width, int firstChannels, int secondChannels)
    {
        Raster first = Random(width, firstChannels, 1), second = Random(width, secondChannels, 2);
        int[] firstLabels = [.. LabelPictures.Map(first).Labels], secondLabels = [.. LabelPictures.Map(second).Labels];
        var expected = new Dictionary<(int, int), int>();
        for (int i = 0; i < firstLabels.Length; i++)
            expected[(firstLabels[i], secondLabels[i])] = expected.GetValueOrDefault((firstLabels[i], secondLabels[i]))
                + 1;

        Dictionary<(int First, int Second), int> pairs = LabelPairs.Count(first, second);

        Assert.Equal(expected.OrderBy(pair => pair.Key), pairs.OrderBy(pair => pair.Key));
        Assert.Equal(width * 5, pairs.Values.Sum());
    }

    [Fact]
    public void Map_RgbPixels_AreRedPlusGreenTimes256PlusBlueTimes65536()
    {
        var raster = new Raster(3, 1, 8, 3, [1, 2, 3, 255, 255, 255, 0, 0, 1], []);

        Assert.Equal([1 + (2 * 256) + (3 * 65536), 16777215, 65536], LabelPictures.Map(raster).Labels);
    }

    private static Raster Random(int width, int channels, int seed)
    {
        var random = new Random(seed);
        byte[] samples = new byte[width * 5 * channels];
        byte label = 0;
        for (int i = 0; i < width * 5; i++)
        {
            if (random.Next(4) == 0)
                label = (byte)random.Next(3);
            for (int channel = 0; channel < channels; channel++)
                samples[(i * channels) + channel] = channel == 1 ? (byte)(label / 2) : label;
        }

        return new Raster(width, 5, 8, channels, samples, []);
    }
}
