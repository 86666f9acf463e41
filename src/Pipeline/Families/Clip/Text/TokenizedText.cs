namespace FrozenSeg.Pipeline.Families.Clip.Text;

/// <summary>A text as CLIP's text encoder takes it.</summary>
/// <param name="Text">The text as given.</param>
/// <param name="Ids">Start mark, tokens, end mark; at most as many as the encoder has positions. Not padded.</param>
/// <param name="FullLength">How many ids the whole text has, marks included.</param>
internal sealed record TokenizedText(string Text, IReadOnlyList<int> Ids, int FullLength)
{
    /// <summary>Whether the end of the text did not fit and is not looked at.</summary>
    public bool IsTruncated => FullLength > Ids.Count;

    /// <summary>Whether nothing is left of the text once it is cleaned.</summary>
    public bool IsEmpty => FullLength == 2;
}
