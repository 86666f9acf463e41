namespace FrozenSeg.Evaluation.Scenes.Sprites;

/// <summary>An area of a sprite's own square: −1..1, x to the right, y down.</summary>
internal interface ISpriteShape
{
    bool Contains(float x, float y);
}
