using FrozenSeg.Benchmarks.Sam;
using FrozenSeg.Pipeline.Foundation.Runtime;

namespace FrozenSeg.Benchmarks.Stages;

/// <summary>Every network whose stages can be timed.</summary>
internal static class StageFamilies
{
    private static readonly IStageFamily[] All =
    [
        new SamStages("vit_t"),
        new SamStages("vit_b"),
        new SamStages("vit_l"),
        new SamStages("vit_h"),
    ];

    /// <summary>Times those asked for and says where they really ran.</summary>
    public static void Time(StageArguments arguments)
    {
        var sessions = new SessionFactory(arguments.Runtime);
        string fallback = sessions.FallbackReason is string reason ? $" ({reason})" : "";
        Console.WriteLine(
            $"{sessions.ActiveProvider}{fallback}, {arguments.Runtime.Precision}, ONNX Runtime "
                + $"{SessionFactory.RuntimeVersion}");
        foreach (IStageFamily family in
            All.Where(family => arguments.Names.Count == 0 || arguments.Names.Contains(family.Name)))
            family.Time(sessions, new StageClock(family.Name, arguments.Rounds));
    }
}
