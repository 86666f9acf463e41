using FrozenSeg.Benchmarks.Car;
using FrozenSeg.Benchmarks.Evaluation;
using FrozenSeg.Benchmarks.FrozenSeg;
using FrozenSeg.Benchmarks.Sam;
using FrozenSeg.Benchmarks.Sam3;
using FrozenSeg.Benchmarks.Service;

namespace FrozenSeg.Benchmarks;

/// <summary>Every question, by name.</summary>
internal static class Questions
{
    /// <summary>All of them, unprepared.</summary>
    public static IReadOnlyList<IQuestion> All { get; } =
    [
        new ImageEncoderSpeed("vit_t", wantedRatio: 3),
        new ImageEncoderSpeed("vit_b", wantedRatio: 4),
        new ThousandPointsSpeed(everyMask: false),
        new ThousandPointsSpeed(everyMask: true),
        new PhotographSpeed(PhotographWork.Encoder),
        new PhotographSpeed(PhotographWork.Points),
        new PhotographSpeed(PhotographWork.Automask),
        new AutomaskSpeed(),
        new AutomaskMemory(),
        new Sam3Speed("picture"),
        new Sam3Speed("phrase"),
        new Sam3Speed("absent"),
        new CamSpeed(),
        new ClassifierSpeed(),
        new FrozenSegPartSpeed("backbone"),
        new FrozenSegPartSpeed("sam"),
        new FrozenSegPartSpeed("pixels"),
        new FrozenSegPartSpeed("decoder"),
        new FrozenSegPartSpeed("decoder", AnswersSpeed.Height, AnswersSpeed.Width),
        new AnswersSpeed(),
        new WholePicture(classes: 133),
        new WholePicture(classes: 847),
        new CrfSpeed(labels: 4),
        new CrfSpeed(labels: 22),
        new PanopticSpeed(),
        new InstanceSpeed(),
        new VideoSpeed(),
        new PictureCountMemory("panoptic", 100),
        new PictureCountMemory("panoptic", 1_000),
        new PictureCountMemory("semantic", 100),
        new PictureCountMemory("semantic", 1_000),
        new ServiceLoop("service-automask", "plain-automask", ServiceWork.Automask),
        new PlainLoop("plain-automask", ServiceWork.Automask),
        new ServiceLoop("service-nothing", "plain-nothing", ServiceWork.Nothing),
        new PlainLoop("plain-nothing", ServiceWork.Nothing),
    ];

    /// <summary>
    /// Those with one of <paramref name="names"/>, or of one of those families; all, if there are none.
    /// </summary>
    public static IEnumerable<IQuestion> Select(IReadOnlyList<string> names) =>
        All.Where(question => names.Count == 0 || names.Contains(question.Name) || names.Contains(FamilyOf(question)));

    /// <summary>The question called <paramref name="name"/>.</summary>
    public static IQuestion Create(string name) => All.Single(question => question.Name == name);

    // A family's questions have a folder of their own.
    private static string FamilyOf(IQuestion question) =>
        question.GetType().Namespace!.Split('.')[^1].ToLowerInvariant();
}
