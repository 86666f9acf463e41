using System.CommandLine;
using FrozenSeg.Pipeline.Foundation.Runtime;

namespace FrozenSeg.Cli.Arguments;

/// <summary>The options of every command that runs a network.</summary>
internal sealed class RuntimeArguments
{
    private readonly Option<ExecutionProviderChoice> _provider = new("--provider")
    {
        Description = "Execution provider: auto, cpu, cuda, tensorrt",
        DefaultValueFactory = _ => ExecutionProviderChoice.Auto,
    };

    private readonly Option<Precision> _precision = new("--precision")
    {
        Description = "Arithmetic: float32, float16",
        DefaultValueFactory = _ => Precision.Float32,
    };

    private readonly Option<int> _threads = new("--threads")
    {
        Description = "CPU threads; 0 takes every core, or shares them among pictures at work at once",
        DefaultValueFactory = _ => 0,
    };

    private readonly Option<int> _device = new("--device")
    {
        Description = "GPU to use, counted from 0",
        DefaultValueFactory = _ => 0,
    };

    private readonly Option<int> _deviceMemory = new("--device-memory")
    {
        Description = "Most GPU memory a network's arena may take, MiB; 0 for no limit",
        DefaultValueFactory = _ => 0,
    };

    private readonly Option<string?> _profile = new("--profile") { Description = "Folder for profiler traces" };

    /// <summary>Adds the options to a command.</summary>
    public RuntimeArguments AddTo(Command command)
    {
        command.Add(_provider);
        command.Add(_precision);
        command.Add(_threads);
        command.Add(_device);
        command.Add(_deviceMemory);
        command.Add(_profile);
        return this;
    }

    /// <summary>Makes the session factory that was asked for.</summary>
    public SessionFactory CreateSessions(ParseResult parsed) => new(Read(parsed));

    /// <summary>The same for a command that does many pictures.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="pictures">How many at once.</param>
    /// <param name="waiting">How many there are; 1 where somebody waits for each.</param>
    public SessionFactory CreateSessions(ParseResult parsed, PicturesArgument pictures, int waiting) =>
        new(pictures.Apply(parsed, Read(parsed), waiting));

    private RuntimeOptions Read(ParseResult parsed) => new()
    {
        Provider = parsed.GetValue(_provider),
        Precision = parsed.GetValue(_precision),
        Threads = parsed.GetValue(_threads),
        DeviceId = parsed.GetValue(_device),
        DeviceMemoryLimitMegabytes = parsed.GetValue(_deviceMemory),
        ProfileFolder = parsed.GetValue(_profile),
    };
}
