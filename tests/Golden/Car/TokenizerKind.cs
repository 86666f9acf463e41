using System.Text.Json;
using FrozenSeg.Pipeline.Families.Clip.Text;

namespace FrozenSeg.Golden.Car;

/// <summary><c>tokenizer*.json</c>: texts and their ids, start and end mark included; 77 at most.</summary>
internal sealed class TokenizerKind() : FileKind("car", "*tokenizer*.json")
{
    private const int Context = 77;

    public override IEnumerable<GoldenCheck> Run(GoldenFile file, GoldenContext context)
    {
        using JsonDocument golden = JsonDocument.Parse(File.ReadAllBytes(file.Path));
        var tokenizer = new ClipTokenizer { ReadsMarks = true };
        foreach (JsonElement entry in golden.RootElement.EnumerateArray())
        {
            string text = entry.GetProperty("text").GetString()!;
            TokenizedText tokens = tokenizer.Tokenize(text, Context);
            int[] expected = entry.GetProperty("ids").Deserialize<int[]>()!;
            bool isSame = expected.SequenceEqual(tokens.Ids)
                && tokens.IsTruncated == entry.GetProperty("truncated").GetBoolean();
            yield return Compare.That(
                JsonSerializer.Serialize(text[..Math.Min(40, text.Length)]),
                isSame,
                $"{string.Join(' ', tokens.Ids)} instead of {string.Join(' ', expected)}");
        }
    }
}
