namespace FrozenSeg.Evaluation.Scenes;

/// <summary>
/// SplitMix64. Ours, because <see cref="Random"/> does not promise the same numbers in the next version, and scenes
/// must stay what they were when a model was trained on them.
/// </summary>
internal sealed class SceneRandom(ulong state)
{
    private ulong _state = state;

    /// <summary>The stream of one scene: different for every split, seed and index.</summary>
    public static SceneRandom Of(SceneSplit split, int seed, int index)
    {
        var mixer = new SceneRandom(0x5ce2_e000 + (ulong)split);
        mixer._state ^= mixer.Next() ^ (uint)seed;
        mixer._state ^= mixer.Next() ^ (uint)index;
        return new SceneRandom(mixer.Next());
    }

    public ulong Next()
    {
        ulong z = _state += 0x9e37_79b9_7f4a_7c15;
        z = (z ^ (z >> 30)) * 0xbf58_476d_1ce4_e5b9;
        z = (z ^ (z >> 27)) * 0x94d0_49bb_1331_11eb;
        return z ^ (z >> 31);
    }

    /// <summary>Uniform in [0, 1).</summary>
    public float Unit() => (Next() >> 40) * (1f / (1 << 24));

    /// <summary>Uniform in [<paramref name="low"/>, <paramref name="high"/>).</summary>
    public float Range(float low, float high) => low + ((high - low) * Unit());

    /// <summary>Uniform in 0..<paramref name="count"/> − 1.</summary>
    public int Below(int count) => (int)(Next() % (uint)count);

    public bool Chance(double probability) => Unit() < probability;

    public T Pick<T>(IReadOnlyList<T> list) => list[Below(list.Count)];

    /// <summary>
    /// The sum of four uniform numbers, scaled to mean 0 and deviation 1: near enough to a normal one.
    /// </summary>
    public float Bell()
    {
        ulong bits = Next();
        const ulong Mask = 0xffff;
        ulong sum = (bits & Mask) + ((bits >> 16) & Mask) + ((bits >> 32) & Mask) + (bits >> 48);
        return ((sum / 65536f) - 2f) * 1.7320508f;
    }
}
