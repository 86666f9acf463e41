using FrozenSeg.Pipeline.Foundation.Runtime;

namespace FrozenSeg.Benchmarks.Stages;

/// <summary>
/// The stages of one network, loaded once: how long each takes on whatever provider the sessions use.
/// </summary>
internal interface IStageFamily
{
    /// <summary>Name for the command line, such as <c>sam-vit_t</c>.</summary>
    string Name { get; }

    /// <summary>Loads the network and times its stages, in order.</summary>
    void Time(SessionFactory sessions, StageClock clock);
}
