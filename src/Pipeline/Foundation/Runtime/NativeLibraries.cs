using FrozenSeg.Shared.Problems;
using Microsoft.ML.OnnxRuntime;

namespace FrozenSeg.Pipeline.Foundation.Runtime;

/// <summary>ONNX Runtime's native library, which a program chooses for itself.</summary>
internal static class NativeLibraries
{
    /// <summary>Loads the library now, rather than in the middle of the work.</summary>
    /// <exception cref="SegmentationProblemException">It is not there; names the packages that bring it.</exception>
    public static void ThrowIfMissing()
    {
        try
        {
            using var session = new SessionOptions();
        }
        catch (Exception failure) when (
            failure is TypeInitializationException or DllNotFoundException or BadImageFormatException)
        {
            throw SegmentationProblem.Unavailable(
                "ONNX Runtime",
                $"its native library cannot be loaded "
                    + $"({(failure.InnerException ?? failure).Message.Split('\n')[0].Trim().TrimEnd('.')})",
                "Add the package Microsoft.ML.OnnxRuntime to the program, or Microsoft.ML.OnnxRuntime.Gpu for CUDA",
                failure);
        }
    }
}
