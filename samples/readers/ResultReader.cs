using System.Text.Json;

public static class ResultReader
{
    public static IEnumerable<(JsonElement Segment, bool[,] Mask)> Masks(string path)
    {
        foreach (JsonElement segment in
            JsonDocument.Parse(File.ReadAllBytes(path)).RootElement.GetProperty("segments").EnumerateArray())
        {
            JsonElement runs = segment.GetProperty("segmentation"), size = runs.GetProperty("size");
            var (text, counts) = (runs.GetProperty("counts").GetString()!, new List<int>());
            var mask = new bool[size[0].GetInt32(), size[1].GetInt32()];
            for (int at = 0, place = 0; at < text.Length; place += counts[^1])
            {
                int count = 0, shift = 0, bits;
                do
                    (count, shift) = (count | (((bits = text[at++] - 48) & 31) << shift), shift + 5);
                while ((bits & 32) != 0);
                counts.Add(count - ((bits & 16) << (shift - 4)) + (counts.Count > 2 ? counts[^2] : 0));
                for (int i = place; counts.Count % 2 == 0 && i < place + counts[^1]; i++)
                    mask[i % mask.GetLength(0), i / mask.GetLength(0)] = true;
            }

            yield return (segment, mask);
        }
    }
}
