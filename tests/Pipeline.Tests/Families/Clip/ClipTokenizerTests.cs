using System.Text.Json;
using FrozenSeg.Pipeline.Families.Clip.Text;
using FrozenSeg.Testing;

namespace FrozenSeg.Pipeline.Tests.Families.Clip;

public sealed class ClipTokenizerTests
{
    private static readonly ClipTokenizer Tokenizer = new(), Official = new() { ReadsMarks = true };

    [SharedFact]
    public void Encode_PublishedLists_GiveTheOfficialTokens()
    {
        using JsonDocument expected = JsonDocument.Parse(
            File.ReadAllBytes(SharedFolder.Path("eval", "clip_tokens", "expected.json")));

        foreach (string list in new[] { "names", "templated", "odd" })
        {
            foreach (JsonElement entry in expected.RootElement.GetProperty(list).EnumerateArray())
                Assert.Equal(
                    entry.GetProperty("ids").Deserialize<int[]>()!,
                    Official.Encode(entry.GetProperty("text").GetString()!));
        }
    }

    [Theory]
    [InlineData("schÃ¶n", "schön")]
    [InlineData("donâ€™t", "don't")]
    [InlineData("cafe\u0301", "café")]
    [InlineData("\u1112\u1161\u11ab", "한")]
    [InlineData("ＦＵＬＬ　ＷＩＤＴＨ", "full width")]
    [InlineData("&lt;b&gt;", "<b>")]
    [InlineData("“ﬁsh”", "\"fish\"")]
    [InlineData("\u001b[36mblue\u001b[0m", "blue")]
    public void Encode_DamagedText_IsRepaired(string damaged, string sound) =>
        Assert.Equal(Tokenizer.Encode(sound), Tokenizer.Encode(damaged));

    [Theory]
    [InlineData("Å¡koda", "škoda")]
    [InlineData("voilÃ  le chat", "voilà le chat")]
    [InlineData("Ã la carte", "à la carte")]
    [InlineData("Ð°", "а")]
    [InlineData("日本 Ð°", "日本 а")]
    [InlineData("кот schÃ¶n", "кот schön")]
    [InlineData("ÐšÐ¾Ñ‚ – 東京", "Кот – 東京")]
    [InlineData("crÃ¨me brÃ»lÃ©e 猫", "crème brûlée 猫")]
    [InlineData("æ—¥æœ¬èªž", "日本語")]
    public void Clean_Mojibake_IsRepairedInAnyCompany(string damaged, string sound) =>
        Assert.Equal(sound, TextCleaner.Clean(damaged));

    [Theory]
    [InlineData("<|endoftext|>")]
    [InlineData("a cat <|endoftext|> on a mat")]
    [InlineData("<|startoftext|> cat")]
    [InlineData("<start_of_text> cat <end_of_text>")]
    public void Encode_MarksInAText_AreWordsLikeOthers(string text)
    {
        IReadOnlyList<int> ids = Tokenizer.Encode(text);

        Assert.DoesNotContain(Tokenizer.StartId, ids);
        Assert.DoesNotContain(Tokenizer.EndId, ids);
        Assert.Equal(text.Contains('|', StringComparison.Ordinal), Official.Encode(text).Max() >= Official.StartId);
    }

    [Theory]
    [InlineData("É»")]
    [InlineData("École Å¡koda")]
    [InlineData("Ï€ and µm")]
    [InlineData("«L'ÉTÉ»")]
    [InlineData("À «demi»")]
    public void Encode_SoundText_IsLeftAlone(string text) => Assert.Equal(text, TextCleaner.Clean(text));

    [Fact]
    public void Tokenize_TooLongAText_IsCutAndSaysSo()
    {
        TokenizedText cut = Tokenizer.Tokenize(string.Join(' ', Enumerable.Repeat("word", 76)), 77);

        Assert.True(cut.IsTruncated);
        Assert.Equal((77, 78, 49407), (cut.Ids.Count, cut.FullLength, cut.Ids[^1]));
    }

    [Fact]
    public void Tokenize_ShortestTextThatFills_IsNotCut() =>
        Assert.False(Tokenizer.Tokenize(string.Join(' ', Enumerable.Repeat("word", 75)), 77).IsTruncated);

    [Theory]
    [InlineData("")]
    [InlineData("  \t\n")]
    public void Tokenize_Blank_IsEmpty(string text) => Assert.True(Tokenizer.Tokenize(text, 77).IsEmpty);

    [Fact]
    public void Encode_TenThousandLetters_ComesToAnEnd() =>
        Assert.NotEmpty(
            Tokenizer.Encode(string.Concat(Enumerable.Range(0, 10_000).Select(i => (char)('a' + (i * 7919 % 26))))));

    [Fact]
    public void ForVocabulary_FewerMerges_PutsTheMarksAfterThem()
    {
        ClipTokenizer small = ClipTokenizer.ForVocabulary(514 + 100)!;

        Assert.Equal((612, 613), (small.StartId, small.EndId));
        Assert.All(small.Encode("a photograph"), id => Assert.InRange(id, 0, 611));
        Assert.Null(ClipTokenizer.ForVocabulary(50_000));
    }
}
