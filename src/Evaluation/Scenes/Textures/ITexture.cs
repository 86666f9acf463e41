using System.Numerics;

namespace FrozenSeg.Evaluation.Scenes.Textures;

/// <summary>A surface: a colour (red, green, blue, 0..255) at every place. One picture side is 1.</summary>
internal interface ITexture
{
    Vector3 At(float x, float y);
}
