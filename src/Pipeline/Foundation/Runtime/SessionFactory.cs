using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Shared.Problems;
using Microsoft.ML.OnnxRuntime;

namespace FrozenSeg.Pipeline.Foundation.Runtime;

/// <summary>
/// The one place that makes sessions: chooses the provider once, says which is really active, and applies threads,
/// precision and memory limits. Safe for many callers.
/// </summary>
internal sealed class SessionFactory
{
    private const string ExternalFolderKey = "session.model_external_initializers_file_folder_path";

    // Threads that wait for a network's next operator by spinning take the processor from the other networks and from
    // the kernels that work between them: half the processor time of a small picture, a quarter of the pixel decoder's.
    private const string SpinningKey = "session.intra_op.allow_spinning";

    // ONNX Runtime then puts a thread on each core of the machine, whatever share of them this process has.
    private const int EveryCore = 0;

    private readonly RuntimeOptions _options;

    /// <exception cref="SegmentationProblemException">The options make no sense, the provider asked for does not work
    /// here, traces cannot be written, or ONNX Runtime's native library is missing; says why.</exception>
    public SessionFactory(RuntimeOptions options)
    {
        _options = options;
        SegmentationProblem[] problems = [.. options.Problems()];
        if (problems.Length > 0)
            throw new SegmentationProblemException(problems);
        if (options.ProfileFolder is not null)
            MakeFolder(options.ProfileFolder);
        NativeLibraries.ThrowIfMissing();
        NativeHeap.ReturnLargeBlocks();
        ActiveProvider = ChooseProvider();
        ElementType computeType = options.Precision is Precision.Float16 ? ElementType.Float16 : ElementType.Float32;
        Target = new GraphTarget(
            ActiveProvider is ExecutionProviderChoice.Cpu ? GraphDevice.Cpu : GraphDevice.Gpu, computeType);
    }

    /// <summary>The provider in use: never <see cref="ExecutionProviderChoice.Auto"/>.</summary>
    public ExecutionProviderChoice ActiveProvider { get; }

    /// <summary>
    /// Why <see cref="ExecutionProviderChoice.Auto"/> did not take the GPU; null when it did or was not asked.
    /// </summary>
    public string? FallbackReason { get; private set; }

    /// <summary>What graphs are to be built for.</summary>
    public GraphTarget Target { get; }

    /// <summary>
    /// Threads that work beside the networks on the CPU may use: as many as a run of one picture alone.
    /// </summary>
    public int ThreadCount => _options.Threads > 0 ? _options.Threads : Environment.ProcessorCount;

    /// <summary>
    /// Whether pictures at work at once have <see cref="ThreadCount"/> between them; a number that was asked for is
    /// that of each.
    /// </summary>
    public bool SharesThreads => _options.Threads == 0;

    /// <summary>
    /// Pictures that are best at work at once where there are several. A network leaves cores idle where its work does
    /// not divide, and most of what comes before and after it runs on one: a second picture fills them.
    /// </summary>
    public int PicturesAtOnce => _options.PicturesAtOnce switch
    {
        0 => ActiveProvider is ExecutionProviderChoice.Cpu && ThreadCount > 1 && HasMemoryForTwo ? 2 : 1,
        var chosen => chosen,
    };

    /// <summary>
    /// Threads of one run of a network on the CPU; 0 takes every core. Threads of a network wait for one another at
    /// every operator, most of all beside another picture's: where pictures fill the cores, each has its share of them.
    /// </summary>
    public int NetworkThreads => SharesThreads && ListKeepsEveryPlaceBusy
        ? (ThreadCount + PicturesSideBySide - 1) / PicturesSideBySide
        : SharesThreads && MachineCores.AreAllOurs ? EveryCore : ThreadCount;

    private int PicturesSideBySide => Math.Min(PicturesAtOnce, _options.PicturesWaiting);

    // Pictures are done so many at a time. Beside the last of them cores may idle: where the last round leaves more
    // than a tenth as many places empty as there are pictures, more is lost so than won.
    private bool ListKeepsEveryPlaceBusy
    {
        get
        {
            long waiting = _options.PicturesWaiting, atOnce = PicturesSideBySide;
            long places = (waiting + atOnce - 1) / atOnce * atOnce;
            return atOnce > 1 && places - waiting <= waiting / 10;
        }
    }

    // The largest networks want 3 GB of activations for a picture.
    private static bool HasMemoryForTwo => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >= 8L << 30;

    /// <summary>Version of the native library.</summary>
    public static string RuntimeVersion => OrtEnv.Instance().GetVersionString();

    /// <summary>Loads a graph. The caller disposes the session.</summary>
    /// <exception cref="SegmentationProblemException">The weights hold values that are not numbers.</exception>
    public ModelSession Create(GraphModel model)
    {
        WeightChecks.ThrowIfNotFinite(model.Weights);
        using SessionOptions session = NewOptions(ActiveProvider);
        if (model.WeightFolder is not null)
            session.AddSessionConfigEntry(ExternalFolderKey, model.WeightFolder);
        if (_options.ProfileFolder is not null)
        {
            // The prefix is read at the moment profiling is switched on.
            session.ProfileOutputPathPrefix = Path.Combine(_options.ProfileFolder, model.Name);
            session.EnableProfiling = true;
        }

        return new ModelSession(
            model.Name,
            new InferenceSession(model.Onnx, session),
            ExecutionProviders.DeviceMemory(ActiveProvider, _options));
    }

    private ExecutionProviderChoice ChooseProvider()
    {
        if (_options.Provider is ExecutionProviderChoice.Cpu)
            return ExecutionProviderChoice.Cpu;
        ExecutionProviderChoice wanted = _options.Provider is ExecutionProviderChoice.TensorRt
            ? ExecutionProviderChoice.TensorRt
            : ExecutionProviderChoice.Cuda;
        try
        {
            using SessionOptions session = NewOptions(wanted);
            ProviderProbe.Run(session);
            return wanted;
        }
        catch (Exception failure) when (
            failure is OnnxRuntimeException or DllNotFoundException or EntryPointNotFoundException)
        {
            string reason = failure is EntryPointNotFoundException
                ? "this build of ONNX Runtime does not know it"
                : Reason(failure.Message);
            if (_options.Provider is ExecutionProviderChoice.Auto)
            {
                FallbackReason = reason;
                return ExecutionProviderChoice.Cpu;
            }

            throw SegmentationProblem.Unavailable(
                $"provider {wanted.ToString().ToLowerInvariant()}",
                $"it does not work on this machine ({reason})",
                "Use --provider cpu or auto, or install the GPU driver, CUDA and the GPU build", failure);
        }
    }

    private static void MakeFolder(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw SegmentationProblem.Storage(
                path, "the folder for traces cannot be made", "Choose another place", failure);
        }
    }

    private SessionOptions NewOptions(ExecutionProviderChoice provider)
    {
        var session = new SessionOptions
        {
            IntraOpNumThreads = NetworkThreads,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            EnableCpuMemArena = _options.UseMemoryArena,
            // From a network's second run on, a pattern asks for all its activations as one block, which finds no place
            // among what other networks keep: the arena grew by 208 MB with the second photograph of MobileSAM.
            EnableMemoryPattern = provider is not ExecutionProviderChoice.Cpu,
            // cuDNN calls it an error when it tries another plan for a convolution; a real one is thrown.
            LogSeverityLevel = provider is ExecutionProviderChoice.Cpu
                ? OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR
                : OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        try
        {
            session.AddSessionConfigEntry(SpinningKey, "0");
            if (_options.UseMemoryArena)
                SharedArena.Use(session);
            ExecutionProviders.Append(session, provider, _options);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    // The library's messages begin with an error code and a place in its sources; what people want is the end.
    private static string Reason(string message)
    {
        string line = message.Split('\n', 2)[0].Trim();
        string[] marks = [" : FAIL : ", "[ErrorCode:Fail] "];
        foreach (string mark in marks)
        {
            if (line.LastIndexOf(mark, StringComparison.Ordinal) is >= 0 and int start)
                return line[(start + mark.Length)..].TrimEnd('.');
        }

        return line;
    }
}
