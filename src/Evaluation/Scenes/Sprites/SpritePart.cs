using System.Numerics;

namespace FrozenSeg.Evaluation.Scenes.Sprites;

/// <summary>A part of a sprite.</summary>
/// <param name="Shape">Where it is.</param>
/// <param name="Paint">Where its colour comes from.</param>
/// <param name="Colour">The colour where it is the part's own: red, green, blue, 0..255.</param>
internal sealed record SpritePart(ISpriteShape Shape, SpritePaint Paint, Vector3 Colour = default);
