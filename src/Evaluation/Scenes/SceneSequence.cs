namespace FrozenSeg.Evaluation.Scenes;

/// <summary>Scenes 0 to n − 1 in order, made on all cores a batch ahead.</summary>
internal static class SceneSequence
{
    private const int Batch = 256;

    /// <summary>The scenes.</summary>
    /// <param name="generator">What makes them.</param>
    /// <param name="count">How many.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    public static IEnumerable<Scene> Generate(SceneGenerator generator, int count, CancellationToken cancellation)
    {
        for (int start = 0; start < count; start += Batch)
        {
            var scenes = new Scene[Math.Min(Batch, count - start)];
            int first = start;
            Parallel.For(
                0,
                scenes.Length,
                new ParallelOptions { CancellationToken = cancellation },
                index => scenes[index] = generator.Generate(first + index));
            foreach (Scene scene in scenes)
                yield return scene;
        }
    }
}
