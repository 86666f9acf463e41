using System.ComponentModel;
using FrozenSeg.Pipeline;
using FrozenSeg.Pipeline.Families.Sam.Automask;
using FrozenSeg.Pipeline.Families.Sam.Interaction;
using FrozenSeg.Pipeline.Families.Sam.Prompts;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Serving.Interaction;
using FrozenSeg.Serving.Interaction.Documents;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Shared.Results;
using FrozenSeg.Shared.Vocabularies;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace FrozenSeg.Cli.Mcp;

/// <summary>What a language model can do with pictures through this program. Networks run one call at a time.</summary>
/// <param name="library">The networks.</param>
/// <param name="pictures">Reads pictures.</param>
[McpServerToolType]
internal sealed class SegmentationTools(ModelLibrary library, ToolPicture pictures) : IDisposable
{
    private const string ImageHelp =
        "The picture: a path on the server's machine (stdio only), or data:image/png;base64,…";

    private readonly SemaphoreSlim _gate = new(1);

    /// <summary>Finds what words name.</summary>
    [McpServerTool(Name = "segment", ReadOnly = true, OpenWorld = false)]
    [Description("Find what words name in a picture: masks, boxes and scores, and an overlay to look at.")]
    public Task<CallToolResult> SegmentAsync(
        [Description(ImageHelp)] string image,
        [Description("What to look for, one thing an entry; synonyms joined by commas; add ' (stuff)' for what cannot "
            + "be counted, such as grass.")] string[]? words = null,
        [Description("Or the name of a vocabulary, see the tool vocabularies.")] string? vocabulary = null,
        [Description("frozenseg, fcclip, car, sam3 or fused; without it the first that fits.")] string? method = null,
        [Description("panoptic, semantic, instance or referring; without it the method's first.")] string? task = null,
        CancellationToken cancellation = default) => AnswerAsync(image, picture =>
        {
            Vocabulary sought = (words, vocabulary) switch
            {
                ({ Length: > 0 }, null) => Vocabulary.Parse(string.Join("; ", words)),
                (null or { Length: 0 }, string name) => Vocabulary.Named(name),
                _ => throw SegmentationProblem.InvalidRequest(
                    "words", "give either words or a vocabulary", "Say what to look for"),
            };
            MethodCapabilities chosen = Method(method, task);
            return Run(
                picture,
                chosen,
                new SegmentationOrder(sought, [Task(task, chosen)]),
                new Dictionary<string, string>(),
                cancellation);
        }, cancellation);

    /// <summary>Finds every mask.</summary>
    [McpServerTool(Name = "automask", ReadOnly = true, OpenWorld = false)]
    [Description("Find every object and part in a picture, without names.")]
    public Task<CallToolResult> AutomaskAsync(
        [Description(ImageHelp)] string image,
        [Description("Points along each side of the grid that is asked, 1 to 128; more find smaller things and take "
            + "longer.")] int? pointsPerSide = null,
        CancellationToken cancellation = default) => AnswerAsync(
        image,
        picture =>
        {
            var settings = new Dictionary<string, string>();
            if (pointsPerSide is int points)
                settings["points_per_side"] = points.ToString(System.Globalization.CultureInfo.InvariantCulture);
            return Run(
                picture,
                Method(AutomaskMethod.MethodName, null),
                new SegmentationOrder(null, [SegmentationTask.Masks]),
                settings,
                cancellation);
        },
        cancellation);

    /// <summary>Answers points and a box.</summary>
    [McpServerTool(Name = "predict", ReadOnly = true, OpenWorld = false)]
    [Description("The mask of what points or a box show in a picture; coordinates in its pixels.")]
    public Task<CallToolResult> PredictAsync(
        [Description(ImageHelp)] string image,
        [Description("Points [x, y] on the object.")] double[][]? points = null,
        [Description("For each point 1 (on the object, the default) or 0 (not on it).")] int[]? labels = null,
        [Description("A box [x0, y0, x1, y1] around the object.")] double[]? box = null,
        [Description("Three masks, for an ambiguous point; otherwise the surest.")] bool several = false,
        CancellationToken cancellation = default) => AnswerAsync(
        image,
        picture =>
        {
            SamPrompt prompt = PromptReader.Read(
                new PredictionRequest { Points = points, Labels = labels, Boxes = box is null ? null : [box] })[0];
            IReadOnlyList<PredictedMask> masks = InteractivePicture.Open(library, picture.Pixels)
                .Predict(prompt, null, multimask: several || prompt is { Box: null, Points.Count: 1 }, cancellation);
            return ([.. masks.Take(several ? masks.Count : 1).Select((mask, i) => ResultSegment.Of(
                i + 1,
                mask.Segmentation,
                null,
                "",
                null,
                Math.Clamp(mask.PredictedIoU, 0, 1),
                isThing: true,
                SegmentSource.Automask))], []);
        },
        cancellation);

    /// <summary>Lists the vocabularies.</summary>
    [McpServerTool(Name = "vocabularies", ReadOnly = true, OpenWorld = false)]
    [Description("The published vocabularies that segment takes, or the classes of one.")]
    public static string Vocabularies([Description("A name, for its classes.")] string? name = null)
    {
        try
        {
            return name is null
                ? string.Join('\n', NamedVocabularies.All.Select(
                    known => $"{known.Name}: {known.Categories.Count} classes, {known.Title}"))
                : string.Join(
                    '\n',
                    NamedVocabularies.Find(name).Categories.Select(category => string.Join(", ", category.Names)));
        }
        catch (SegmentationProblemException failure)
        {
            return failure.Message;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private async Task<CallToolResult> AnswerAsync(
        string image,
        Func<Picture, (IReadOnlyList<ResultSegment> Segments, IReadOnlyList<string> Warnings)> find,
        CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            return await System.Threading.Tasks.Task.Run(
                () =>
                {
                    Picture picture = pictures.Read(image);
                    (IReadOnlyList<ResultSegment> segments, IReadOnlyList<string> warnings) = find(picture);
                    return ToolAnswer.Of(picture, segments, warnings);
                },
                cancellation);
        }
        catch (SegmentationProblemException failure)
        {
            return ToolAnswer.Of(failure);
        }
        finally
        {
            _gate.Release();
        }
    }

    private (IReadOnlyList<ResultSegment> Segments, IReadOnlyList<string> Warnings) Run(
        Picture picture,
        MethodCapabilities method,
        SegmentationOrder order,
        Dictionary<string, string> settings,
        CancellationToken cancellation)
    {
        using ISegmentationMethod made = MethodFactory.Create(method.Name, library, settings);
        SegmentationOutcome outcome = made.Segment(picture.Pixels, order, null, cancellation);
        return (outcome.Segments, outcome.Warnings);
    }

    private MethodCapabilities Method(string? name, string? task) => MethodFactory.Find(
        name
            ?? MethodFactory.Choose(library.Selection, hasWords: true, task is null ? [] : [Parse(task)])).Capabilities;

    private static SegmentationTask Task(string? task, MethodCapabilities method) => task is null
        ? method.Tasks[0]
        : method.Tasks.Contains(Parse(task)) ? Parse(task) : throw UnknownTask(task);

    private static SegmentationTask Parse(string task) =>
        Enum.GetValues<SegmentationTask>().Cast<SegmentationTask?>().FirstOrDefault(
            known => task.Equals(known.ToString(), StringComparison.OrdinalIgnoreCase)) ?? throw UnknownTask(task);

    private static SegmentationProblemException UnknownTask(string task) =>
        SegmentationProblem.InvalidRequest(
            "task", $"no method that takes words answers '{task}'", "Use panoptic, semantic, instance or referring");
}
