using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace FrozenSeg.Pipeline.Foundation.Runtime;

/// <summary>Attaches ONNX Runtime's execution providers to the options of a session.</summary>
internal static class ExecutionProviders
{
    private const string PluginName = "frozenseg.cuda";

    private static readonly Lock Registration = new();
    private static bool _isRegistered;

    /// <summary>Attaches <paramref name="provider"/>; the CPU needs nothing.</summary>
    /// <exception cref="OnnxRuntimeException">The provider, or a library it needs, cannot be loaded.</exception>
    public static void Append(SessionOptions session, ExecutionProviderChoice provider, RuntimeOptions options)
    {
        if (provider is ExecutionProviderChoice.TensorRt)
            session.AppendExecutionProvider_Tensorrt(options.DeviceId);
        // What TensorRT cannot do, CUDA does.
        if (provider is ExecutionProviderChoice.Cuda or ExecutionProviderChoice.TensorRt)
            AppendCuda(session, options);
    }

    /// <summary>
    /// Where results can stay between two networks; null on the CPU, where they lie in ordinary memory.
    /// </summary>
    public static OrtMemoryInfo? DeviceMemory(ExecutionProviderChoice provider, RuntimeOptions options) =>
        provider is ExecutionProviderChoice.Cpu || _isRegistered
            ? null
            : new OrtMemoryInfo(
                OrtMemoryInfo.allocatorCUDA, OrtAllocatorType.DeviceAllocator, options.DeviceId, OrtMemType.Default);

    // A library built with CUDA has the provider by name. One built without takes the provider's library as a plug-in.
    private static void AppendCuda(SessionOptions session, RuntimeOptions options)
    {
        Dictionary<string, string> settings = CudaSettings(options);
        try
        {
            using var cuda = new OrtCUDAProviderOptions();
            cuda.UpdateOptions(settings);
            session.AppendExecutionProvider_CUDA(cuda);
        }
        catch (OnnxRuntimeException) when (PluginPath() is string path)
        {
            OrtEpDevice[] devices = RegisteredDevices(path);
            if (devices.Length <= options.DeviceId)
                throw;
            settings.Remove("device_id");
            session.AppendExecutionProvider(OrtEnv.Instance(), [devices[options.DeviceId]], settings);
        }
    }

    private static Dictionary<string, string> CudaSettings(RuntimeOptions options)
    {
        var settings = new Dictionary<string, string>
        {
            ["device_id"] = options.DeviceId.ToString(CultureInfo.InvariantCulture),
            // Picture sizes change from call to call, and exhaustive search would run anew for each.
            ["cudnn_conv_algo_search"] = "HEURISTIC",
            // TensorFloat-32 keeps ten bits of mantissa: not what is meant by float32.
            ["use_tf32"] = "0",
        };
        if (options.DeviceMemoryLimitMegabytes > 0)
        {
            settings["gpu_mem_limit"] = ((long)options.DeviceMemoryLimitMegabytes << 20)
                .ToString(CultureInfo.InvariantCulture);
            // Doubling would ask for memory beyond the limit long before it is needed.
            settings["arena_extend_strategy"] = "kSameAsRequested";
        }

        return settings;
    }

    private static OrtEpDevice[] RegisteredDevices(string path)
    {
        lock (Registration)
        {
            if (!_isRegistered)
                OrtEnv.Instance().RegisterExecutionProviderLibrary(PluginName, path);
            _isRegistered = true;
        }

        return [.. OrtEnv.Instance().GetEpDevices().Where(
            device => device.EpName.StartsWith("CUDA", StringComparison.OrdinalIgnoreCase))];
    }

    private static string? PluginPath()
    {
        string file = OperatingSystem.IsWindows()
            ? "onnxruntime_providers_cuda.dll"
            : "libonnxruntime_providers_cuda.so";
        string[] folders =
        [
            AppContext.BaseDirectory,
            Path.Combine(AppContext.BaseDirectory, "runtimes", RuntimeInformation.RuntimeIdentifier, "native"),
        ];
        return folders.Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists);
    }
}
