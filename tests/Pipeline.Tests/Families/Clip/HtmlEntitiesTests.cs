using FrozenSeg.Pipeline.Families.Clip.Text;

namespace FrozenSeg.Pipeline.Tests.Families.Clip;

public sealed class HtmlEntitiesTests
{
    // What Python 3's html.unescape answers.
    [Theory]
    [InlineData("fish &amp chips", "fish & chips")]
    [InlineData("fish &ampchips", "fish &chips")]
    [InlineData("&eacute", "é")]
    [InlineData("caf&eacute;", "café")]
    [InlineData("&notit;", "¬it;")]
    [InlineData("&not;", "¬")]
    [InlineData("&#39;s", "'s")]
    [InlineData("&#65", "A")]
    [InlineData("&#128;", "€")]
    [InlineData("&#x81;", "\u0081")]
    [InlineData("&#x1F600", "😀")]
    [InlineData("&#0;", "\ufffd")]
    [InlineData("&#1;&#xFFFE;", "")]
    [InlineData("&#xD800;", "\ufffd")]
    [InlineData("&#99999999999;", "\ufffd")]
    [InlineData("&AMP;&COPY 1", "&© 1")]
    [InlineData("&amp;amp;lt;", "&amp;lt;")]
    [InlineData("a&b", "a&b")]
    [InlineData("&lang;&hearts;", "⟨♥")]
    [InlineData("&hearts", "&hearts")]
    [InlineData("&apos", "&apos")]
    [InlineData("&apos;", "'")]
    [InlineData("&#; &#x; & &;", "&#; &#x; & &;")]
    [InlineData("&EACUTE;", "&EACUTE;")]
    public void Unescape_ReadsAsPythonDoes(string text, string expected) =>
        Assert.Equal(expected, HtmlEntities.Unescape(text));

    [Theory]
    [InlineData("&EACUTE;", "É")]
    [InlineData("&eacute;&quot;", "é\"")]
    [InlineData("fish &amp chips", "fish &amp chips")]
    [InlineData("&nothing;", "&nothing;")]
    public void UnescapeWhole_ReadsAsFtfyDoes(string text, string expected) =>
        Assert.Equal(expected, HtmlEntities.UnescapeWhole(text));
}
