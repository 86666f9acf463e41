namespace FrozenSeg.Evaluation.Scenes;

/// <summary>One thing or one region of stuff, as far as it can be seen.</summary>
/// <param name="Id">Its number in <see cref="Scene.Segments"/>, from 1.</param>
/// <param name="Category">What it is.</param>
/// <param name="Colour">Colour of a thing's body; null for stuff.</param>
/// <param name="Pattern">Pattern of a thing's body; null for stuff.</param>
/// <param name="Size">How large the thing is, hidden parts counted; null for stuff.</param>
/// <param name="CentreX">Mean column of its visible pixels.</param>
/// <param name="CentreY">Mean row of its visible pixels.</param>
/// <param name="Area">Visible pixels, more than 0.</param>
internal sealed record SceneSegment(
    int Id,
    SceneCategory Category,
    SceneColour? Colour,
    ScenePattern? Pattern,
    SceneSize? Size,
    double CentreX,
    double CentreY,
    int Area);
