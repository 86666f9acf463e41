using FrozenSeg.Evaluation.Scenes.Painting;
using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Evaluation.Scenes;

/// <summary>
/// Makes small composed pictures with exact truth: things with colour, pattern and size, partly hidden and touching, on
/// textured stuff, under light, blur and noise. Scene k of a split and seed is always the same. Safe for many callers.
/// </summary>
internal sealed class SceneGenerator
{
    private readonly SceneOptions _options;
    private readonly IReadOnlyList<SceneCategory> _things, _stuff;

    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public SceneGenerator(SceneOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Size, SceneOptions.MinSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Size, SceneOptions.MaxSize);
        _options = options;
        _things = [.. SceneCategories.Things.Where(Allowed)];
        _stuff = [.. SceneCategories.StuffKinds.Where(Allowed)];
    }

    /// <summary>The scene of that number.</summary>
    public Scene Generate(int index)
    {
        var random = SceneRandom.Of(_options.Split, _options.Seed, index);
        var canvas = new SceneCanvas(_options.Size);
        IReadOnlyList<SceneCategory> regions = StuffPainter.Paint(canvas, _stuff, random);
        IReadOnlyList<ThingPlan> things = new ThingArranger(canvas, _options, random, regions.Count).Arrange(_things);
        canvas.Illuminate(random);
        if (random.Chance(.4))
            canvas.Blur(random.Range(.3f, 1));
        return Describe(canvas, regions, things, random);
    }

    private static Scene Describe(
        SceneCanvas canvas, IReadOnlyList<SceneCategory> regions, IReadOnlyList<ThingPlan> things, SceneRandom random)
    {
        var image = canvas.Develop(random.Range(1, 7), random);
        SegmentExtent[] extents = SegmentExtent.Measure(canvas.Owners, canvas.Size, regions.Count + things.Count);
        int[] idOf = new int[extents.Length];
        var contents = new List<SceneSegment>();
        for (int owner = 0; owner < extents.Length; owner++)
        {
            if (extents[owner].Area == 0)
                continue;
            idOf[owner] = contents.Count + 1;
            ThingPlan? thing = owner < regions.Count ? null : things[owner - regions.Count];
            contents.Add(new SceneSegment(
                idOf[owner],
                thing?.Category ?? regions[owner],
                thing?.Colour,
                thing?.Pattern,
                thing?.Size,
                extents[owner].CentreX,
                extents[owner].CentreY,
                extents[owner].Area));
        }

        return new Scene(
            image, new LabelMap(canvas.Size, canvas.Size, [.. canvas.Owners.Select(owner => idOf[owner])]), contents);
    }

    private bool Allowed(SceneCategory category) => category.IsSeen || !_options.SeenOnly;
}
