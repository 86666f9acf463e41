namespace FrozenSeg.Benchmarks;

/// <summary>
/// One question about speed. Ours and the reference run in processes of their own, in turn, so that a machine whose
/// speed drifts treats both alike; a ratio of medians answers.
/// </summary>
internal interface IQuestion : IDisposable
{
    /// <summary>Short name for the command line.</summary>
    string Name { get; }

    /// <summary>The question, for people.</summary>
    string Asks { get; }

    /// <summary>How many times faster than the reference we want to be; null when there is no such wish.</summary>
    double? WantedRatio { get; }

    /// <summary>Most memory our process may take, MB; null when it does not matter.</summary>
    double? WantedMegabytes { get; }

    /// <summary>
    /// Pictures in a round, where the difference between the two sides is what counts and not their ratio; null
    /// elsewhere.
    /// </summary>
    int? Pictures => null;

    /// <summary>
    /// Rounds before the measured ones; 1. More where the compiler's own work is not to be measured: a service runs for
    /// hours, and recompiles what it does often within its first hundred pictures.
    /// </summary>
    int WarmUps => 1;

    /// <summary>The work timed is one in so many equal shares of the question's; 1.</summary>
    int Share => 1;

    /// <summary>
    /// The reference: a script below <c>reference/</c> with its arguments, or <c>self:NAME</c> for another of our
    /// questions.
    /// </summary>
    IReadOnlyList<string> Reference { get; }

    /// <summary>Loads what the timed work needs.</summary>
    void Prepare(int threads);

    /// <summary>The timed work.</summary>
    void Run();
}
