using System.Numerics;

namespace FrozenSeg.Evaluation.Scenes;

/// <summary>What the colour words look like.</summary>
internal static class SceneColours
{
    private const float Bright = 140;

    private static readonly Vector3[] Values =
    [
        new(208, 50, 46), new(240, 140, 42), new(246, 208, 64), new(70, 160, 72), new(60, 106, 206),
        new(134, 74, 180), new(240, 142, 182), new(132, 86, 50), new(242, 242, 238), new(138, 142, 150),
    ];

    /// <summary>Red, green, blue, 0..255.</summary>
    public static Vector3 Of(SceneColour colour) => Values[(int)colour];

    /// <summary>
    /// What is painted on <paramref name="body"/> as a pattern: dark on bright colours, pale on dark ones.
    /// </summary>
    public static Vector3 PatternOn(Vector3 body) =>
        IsBright(body) ? body * .48f : Vector3.Lerp(body, new Vector3(255), .68f);

    private static bool IsBright(Vector3 colour) => Vector3.Dot(colour, new Vector3(.299f, .587f, .114f)) > Bright;
}
