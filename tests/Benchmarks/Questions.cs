using FrozenSeg.Benchmarks.Car;
using FrozenSeg.Benchmarks.Sam;

namespace FrozenSeg.Benchmarks;

/// <summary>Every question, by name.</summary>
internal static class Questions
{
    /// <summary>All of them, unprepared.</summary>
    public static IReadOnlyList<IQuestion> All { get; } =
    [
        new ImageEncoderSpeed("vit_t", wantedRatio: 3),
        new ImageEncoderSpeed("vit_b", wantedRatio: 4),
        new ThousandPointsSpeed(),
        new AutomaskSpeed(),
        new AutomaskMemory(),
        new CamSpeed(),
        new ClassifierSpeed(),
        new CrfSpeed(labels: 4),
        new CrfSpeed(labels: 22),
    ];

    /// <summary>The question called <paramref name="name"/>.</summary>
    public static IQuestion Create(string name) => All.Single(question => question.Name == name);
}
