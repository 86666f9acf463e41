namespace FrozenSeg.Pipeline.Foundation.Weights.Torch.Pickles;

/// <summary>
/// What reading a checkpoint may cost. A pickle is a program: a few hundred bytes of it can ask for gigabytes, and a
/// few thousand for hours. Every instruction, and everything an instruction walks over, is paid for here.
/// </summary>
/// <param name="steps">Most steps.</param>
internal sealed class PickleBudget(long steps = PickleBudget.StepsOfCheckpoints)
{
    /// <summary>
    /// Longest pickle, bytes. Those of the largest published checkpoints have a few hundred kilobytes.
    /// </summary>
    public const int MaxPickleLength = 64 << 20;

    /// <summary>Most dimensions of a tensor.</summary>
    public const int MaxRank = 16;

    /// <summary>Longest full name of a tensor, characters.</summary>
    public const int MaxNameLength = 1_024;

    // A tensor takes about 40 steps, and a checkpoint with its optimiser has a few thousand tensors.
    private const long StepsOfCheckpoints = 5_000_000;

    // Full names, joined from the names of modules, one inside the other.
    private const long MostNameCharacters = 16 << 20;

    private long _steps, _characters;

    /// <summary>Pays for steps.</summary>
    /// <exception cref="PickleException">There were too many.</exception>
    public void Step(long count = 1)
    {
        if ((_steps += count) > steps)
            throw new PickleException($"it takes more than {steps:N0} steps to read, far more than such a file needs");
    }

    /// <summary>Pays for the full name of a tensor, or of what may hold some.</summary>
    /// <exception cref="PickleException">It is too long, or all of them together are.</exception>
    public void Name(string name)
    {
        if (name.Length > MaxNameLength || (_characters += name.Length) > MostNameCharacters)
            throw new PickleException("the names of its tensors are impossibly long");
    }
}
