using System.Numerics;

namespace FrozenSeg.Evaluation.Scenes.Textures;

/// <summary>Colours that vary from scene to scene.</summary>
internal static class Tint
{
    /// <summary>
    /// A colour near <paramref name="colour"/>: each channel moves by up to <paramref name="reach"/>.
    /// </summary>
    public static Vector3 Near(Vector3 colour, SceneRandom random, float reach) => colour + new Vector3(
        random.Range(-reach, reach), random.Range(-reach, reach), random.Range(-reach, reach));
}
