using System.CommandLine;
using FrozenSeg.Cli.Arguments;
using FrozenSeg.Evaluation.Referring;
using FrozenSeg.Pipeline;
using FrozenSeg.Pipeline.Families.ClipAsRnn;
using FrozenSeg.Pipeline.Families.ClipAsRnn.Video;
using FrozenSeg.Pipeline.Methods;

namespace FrozenSeg.Cli.Commands;

/// <summary><c>frozenseg segment-video</c>: follows what words describe through the frames of a video.</summary>
internal sealed class SegmentVideoCommand
{
    private const string DefaultPreset = "refcoco";

    private readonly Argument<string> _folder = new("folder")
    {
        Description = "Frames of a video, or a dataset in the layout of Ref-DAVIS",
    };
    private readonly Option<string[]> _expressions = new("--expression")
    {
        Description = "What to look for; once for each object",
    };
    private readonly Option<string> _out = new("--out")
    {
        Description = "Folder for one indexed PNG a frame",
        Required = true,
    };
    private readonly ModelArguments _models = new();
    private readonly CarMethodArguments _car = new([]);
    private readonly SettingOption _settings = new();
    private readonly RuntimeArguments _runtime = new();

    /// <summary>The command for the root.</summary>
    public static Command Create()
    {
        var self = new SegmentVideoCommand();
        var command = new Command("segment-video", "Find in every frame of a video what expressions describe")
        {
            self._folder, self._expressions, self._out,
        };
        self._models.AddTo(command);
        foreach (Option option in self._car.Options)
            command.Add(option);
        self._settings.AddTo(command);
        self._runtime.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.Run(() => self.Run(parsed, cancellation), cancellation));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        string folder = parsed.GetRequiredValue(_folder), output = parsed.GetRequiredValue(_out);
        string[] expressions = parsed.GetValue(_expressions) ?? [];
        IReadOnlyList<VideoClip> clips = expressions.Length == 0 && ReferringClips.IsDataset(folder)
            ? ReferringClips.ReadDataset(folder)
            : [ReferringClips.Read(folder, expressions)];
        using ISegmentationMethod method = MethodFactory.Create(
            CarMethod.MethodName, _models.Read(parsed), Settings(parsed), _runtime.CreateSessions(parsed));
        var segmenter = new VideoSegmenter(method);
        foreach (VideoClip clip in clips)
        {
            int shown = ProgressDisplay.Run(
                clip.Name.Length == 0 ? "frames" : clip.Name,
                progress => segmenter.Write(clip, output, progress, cancellation));
            Console.WriteLine($"{Path.Combine(output, clip.Name)}: objects in {shown} of {clip.Frames.Count} frames");
        }

        return 0;
    }

    // Each object stands on its own in a video: no expression is dropped because another fits better.
    private Dictionary<string, string> Settings(ParseResult parsed)
    {
        Dictionary<string, string> settings = _car.Settings(parsed, _settings);
        settings.TryAdd("preset", DefaultPreset);
        settings.TryAdd("confidence_threshold", "0");
        return settings;
    }
}
