using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace FrozenSeg.Cli.Arguments;

/// <summary>What a service logs, and in which form: always on the error stream.</summary>
/// <param name="usual">The least level that is logged without <c>--verbose</c>.</param>
internal sealed class LogArguments(LogLevel usual)
{
    private const string Product = "FrozenSeg";

    private readonly Option<bool> _verbose = new("--verbose") { Description = "Log more" };
    private readonly Option<LogForm> _form = new("--log")
    {
        Description = "Form of the log: text, json (an object a line)",
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_verbose);
        command.Add(_form);
    }

    /// <summary>The log. The caller disposes it.</summary>
    public ILoggerFactory Create(ParseResult parsed)
    {
        bool isVerbose = parsed.GetValue(_verbose);
        LogForm form = parsed.GetValue(_form);
        LogLevel own = isVerbose
            ? LogLevel.Debug
            : form is LogForm.Json && usual > LogLevel.Information
            ? LogLevel.Information
            : usual;
        return LoggerFactory.Create(log =>
        {
            log.SetMinimumLevel(isVerbose ? LogLevel.Information : LogLevel.Warning);
            log.AddFilter(Product, own);
            // Why a service cannot begin is said in a line of our own.
            log.AddFilter("Microsoft.Extensions.Hosting", isVerbose ? LogLevel.Information : LogLevel.None);
            log.Services.Configure<ConsoleLoggerOptions>(
                console => console.LogToStandardErrorThreshold = LogLevel.Trace);
            if (form is LogForm.Json)
            {
                log.AddJsonConsole(json =>
                {
                    json.UseUtcTimestamp = true;
                    json.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
                });
            }
            else
            {
                log.AddSimpleConsole(text =>
                {
                    text.SingleLine = true;
                    text.UseUtcTimestamp = true;
                    text.TimestampFormat = "HH:mm:ss ";
                });
            }
        });
    }
}
