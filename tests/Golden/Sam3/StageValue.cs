namespace FrozenSeg.Golden.Sam3;

/// <summary>A tensor in the middle of a network.</summary>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Values">Its elements, row-major.</param>
internal sealed record StageValue(int[] Shape, float[] Values)
{
    /// <summary>Every n-th element along each axis.</summary>
    public float[] Every(int[] steps)
    {
        var kept = new List<float>();
        var at = new int[Shape.Length];
        for (int i = 0; i < Values.Length; i++)
        {
            int rest = i;
            for (int axis = Shape.Length - 1; axis >= 0; axis--)
                (rest, at[axis]) = Math.DivRem(rest, Shape[axis]);
            if (at.Zip(steps, (place, step) => place % step).All(remainder => remainder == 0))
                kept.Add(Values[i]);
        }

        return [.. kept];
    }
}
