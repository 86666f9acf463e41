using System.CommandLine;
using FrozenSeg.Pipeline.Runtime;

namespace FrozenSeg.Cli;

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
        Description = "CPU threads; 0 takes every core",
        DefaultValueFactory = _ => 0,
    };

    private readonly Option<string?> _profile = new("--profile") { Description = "Folder for profiler traces" };

    /// <summary>Adds the options to a command.</summary>
    public RuntimeArguments AddTo(Command command)
    {
        command.Add(_provider);
        command.Add(_precision);
        command.Add(_threads);
        command.Add(_profile);
        return this;
    }

    /// <summary>Makes the session factory that was asked for.</summary>
    public SessionFactory CreateSessions(ParseResult parsed)
    {
        return new SessionFactory(new RuntimeOptions
        {
            Provider = parsed.GetValue(_provider),
            Precision = parsed.GetValue(_precision),
            Threads = parsed.GetValue(_threads),
            ProfileFolder = parsed.GetValue(_profile),
        });
    }
}
