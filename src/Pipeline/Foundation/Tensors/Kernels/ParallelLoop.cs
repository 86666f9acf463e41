using System.Runtime.ExceptionServices;

namespace FrozenSeg.Pipeline.Foundation.Tensors.Kernels;

/// <summary>Parallel loops whose failures are what they were.</summary>
internal static class ParallelLoop
{
    /// <summary>
    /// Runs a loop of <see cref="Parallel"/>. What its body throws is thrown as itself, whichever thread it was on;
    /// of several the first.
    /// </summary>
    public static void Run(Action loop)
    {
        try
        {
            loop();
        }
        catch (AggregateException failures)
        {
            ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]);
        }
    }
}
