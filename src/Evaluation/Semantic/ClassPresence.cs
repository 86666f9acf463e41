namespace FrozenSeg.Evaluation.Semantic;

/// <summary>
/// Whether answers name what pictures hold, whatever the pixels: pairs of a picture and a class, as CLIP as RNN's
/// recurrence should keep the words that are in a picture and drop the others.
/// </summary>
/// <param name="Present">Pairs of which the class is annotated.</param>
/// <param name="Kept">Those of them that were predicted.</param>
/// <param name="Absent">Pairs of which the class is not annotated.</param>
/// <param name="Removed">Those of them that were not predicted.</param>
internal readonly record struct ClassPresence(long Present, long Kept, long Absent, long Removed)
{
    /// <summary>Share of the present classes that are predicted; not a number where there are none.</summary>
    public double KeptShare => (double)Kept / Present;

    /// <summary>Share of the absent classes that are not predicted; not a number where there are none.</summary>
    public double RemovedShare => (double)Removed / Absent;

    /// <summary>The counts of one picture.</summary>
    /// <param name="pixels">Pixels of the classes that occur.</param>
    /// <param name="classes">The classes that were asked for.</param>
    public static ClassPresence Of(IReadOnlyDictionary<int, ClassPixels> pixels, IEnumerable<int> classes)
    {
        var sum = default(ClassPresence);
        foreach (int id in classes)
        {
            ClassPixels own = pixels.GetValueOrDefault(id);
            sum += own.Annotated > 0
                ? new ClassPresence(1, own.Predicted > 0 ? 1 : 0, 0, 0)
                : new ClassPresence(0, 0, 1, own.Predicted > 0 ? 0 : 1);
        }

        return sum;
    }

    /// <summary>The counts of two lots together.</summary>
    public static ClassPresence operator +(ClassPresence a, ClassPresence b) =>
        new(a.Present + b.Present, a.Kept + b.Kept, a.Absent + b.Absent, a.Removed + b.Removed);
}
