using System.Text.Json;
using FrozenSeg.Pipeline.Families.Clip.Text;
using FrozenSeg.Testing;

namespace FrozenSeg.Pipeline.Tests.Families.Clip;

/// <summary>Damaged and sound words in any company, with what ftfy makes of them.</summary>
public sealed class RecordedWordsTests
{
    [Fact]
    public void Clean_RecordedWords_AreRepairedAsFtfyDoes()
    {
        using JsonDocument records = JsonDocument.Parse(File.ReadAllBytes(Fixtures.Path("figures", "words.json")));
        var differences = new List<string>();
        foreach (JsonElement entry in records.RootElement.GetProperty("cases").EnumerateArray())
        {
            string text = entry[0].GetString()!, expected = entry[1].GetString()!, found = TextCleaner.Clean(text);
            if (found != expected)
                differences.Add($"'{text}' became '{found}' instead of '{expected}'");
        }

        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }
}
