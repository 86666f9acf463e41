using System.Numerics;
using FrozenSeg.Evaluation.Scenes.Painting;

namespace FrozenSeg.Evaluation.Scenes;

/// <summary>Places things one after the other; a place that hides too much of an earlier thing is not taken.</summary>
internal sealed class ThingArranger(SceneCanvas canvas, SceneOptions options, SceneRandom random, int stuffRegions)
{
    private const int Attempts = 14;
    private const float MinVisible = .6f, MinInside = .7f;
    private const double Touches = .25, Repeats = .25;

    private readonly List<(ThingPlan Plan, Vector2 Centre, int Area)> _placed = [];
    private readonly List<int> _visible = [];
    private readonly Vector2 _light = new(random.Range(-.16f, .16f), random.Range(.04f, .16f));

    /// <summary>Places two to six things; owner stuffRegions + k is the k-th of the returned plans.</summary>
    public IReadOnlyList<ThingPlan> Arrange(IReadOnlyList<SceneCategory> things)
    {
        int wanted = 2 + random.Below(5);
        for (int number = 0; number < wanted; number++)
        {
            SceneCategory category = _placed.Count > 0 && random.Chance(Repeats)
                ? _placed[random.Below(_placed.Count)].Plan.Category
                : random.Pick(things);
            Place(ThingPlan.Draw(category, options, random));
        }

        return [.. _placed.Select(thing => thing.Plan)];
    }

    private void Place(ThingPlan plan)
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            Vector2 centre = DrawCentre(plan);
            if (ThingPainter.ShareInside(plan, centre) < MinInside)
                continue;
            var painter = new ThingPainter(plan, centre, canvas.Size, random);
            int area = painter.CountPixels();
            if (area == 0 || !LeavesOthersVisible(painter))
                continue;
            painter.Paint(canvas, stuffRegions + _placed.Count, _light);
            _placed.Add((plan, centre, area));
            _visible.Add(area);
            return;
        }
    }

    private Vector2 DrawCentre(ThingPlan plan)
    {
        if (_placed.Count > 0 && random.Chance(Touches))
        {
            (ThingPlan other, Vector2 centre, _) = _placed[random.Below(_placed.Count)];
            float angle = random.Range(0, 2 * MathF.PI),
                distance = (other.Radius + plan.Radius) * random.Range(.75f, .95f);
            return centre + (distance * new Vector2(MathF.Cos(angle), MathF.Sin(angle)));
        }

        float margin = plan.Radius * .6f;
        return new Vector2(random.Range(margin, 1 - margin), random.Range(margin, 1 - margin));
    }

    private bool LeavesOthersVisible(ThingPainter painter)
    {
        int[] hidden = painter.Hides(canvas, stuffRegions + _placed.Count);
        for (int thing = 0; thing < _placed.Count; thing++)
        {
            if (_visible[thing] - hidden[stuffRegions + thing] < MinVisible * _placed[thing].Area)
                return false;
        }

        for (int thing = 0; thing < _placed.Count; thing++)
            _visible[thing] -= hidden[stuffRegions + thing];
        return true;
    }
}
