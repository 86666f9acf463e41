namespace FrozenSeg.Evaluation.Scenes.Sprites;

/// <summary>A thing's looks: parts from back to front.</summary>
internal sealed class Sprite(params SpritePart[] parts)
{
    /// <summary>The foremost part at a place of the sprite's square; null beside all of them.</summary>
    public SpritePart? PartAt(float x, float y)
    {
        for (int part = parts.Length - 1; part >= 0; part--)
        {
            if (parts[part].Shape.Contains(x, y))
                return parts[part];
        }

        return null;
    }
}
