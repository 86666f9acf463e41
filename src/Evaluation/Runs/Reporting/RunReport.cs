using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using FrozenSeg.Evaluation.Formats;
using FrozenSeg.Evaluation.Reports;
using FrozenSeg.Evaluation.Runs.Datasets;
using FrozenSeg.Evaluation.Runs.Published;
using FrozenSeg.Evaluation.Runs.Steps;
using FrozenSeg.Pipeline.Foundation.Files;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Evaluation.Runs.Reporting;

/// <summary>Everything a run found, with what is needed to repeat it.</summary>
internal sealed record RunReport
{
    /// <summary>What was run.</summary>
    public required RunOrder Order { get; init; }

    /// <summary>Number of pictures.</summary>
    public required int Pictures { get; init; }

    /// <summary>Which part of a dataset of references was measured; null for all of it.</summary>
    public string? Split { get; init; }

    /// <summary>The measures.</summary>
    public required IReadOnlyList<EvaluationReport> Measures { get; init; }

    /// <summary>The pictures that did worst, measure by measure.</summary>
    public required IReadOnlyList<WorstPicture> Worst { get; init; }

    /// <summary>Every setting of the method, under its published name.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>The networks, with the hashes of their weights.</summary>
    public required IReadOnlyList<ModelStamp> Models { get; init; }

    /// <summary>SHA-256 of the annotations' files and of the pictures, by what they are.</summary>
    public required IReadOnlyDictionary<string, string> Hashes { get; init; }

    /// <summary>Mean seconds of one call of the method.</summary>
    public required double SecondsPerPicture { get; init; }

    internal static RunReport Of(
        RunOrder order,
        EvaluationDataset dataset,
        IReadOnlyDictionary<string, string> given,
        IReadOnlyList<EvaluationReport> measures)
    {
        MethodUse use = RecordingMethod.Read(order.Out) ?? new MethodUse();
        return new RunReport
        {
            Order = order,
            Pictures = dataset.Pictures.Count,
            Split = dataset.Referring is not null ? dataset.Split : null,
            Measures = measures,
            Worst = WorstPictures.Paint(order.Out, measures, dataset.Pictures),
            Settings = use.Settings.Count > 0 ? use.Settings : given,
            Models = use.Models,
            Hashes = HashAll(dataset),
            SecondsPerPicture = use.Calls == 0 ? double.NaN : use.Seconds / use.Calls,
        };
    }

    /// <summary>The report as JSON: every measure by name, and what it was made with.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["dataset"] = Order.Dataset,
            ["method"] = Order.Method,
            ["pictures"] = Pictures,
            ["seconds_per_picture"] = double.IsNaN(SecondsPerPicture) ? null : SecondsPerPicture,
        };
        if (Split is not null)
            json["split"] = Split;
        foreach (EvaluationReport evaluation in Measures)
            json[evaluation.Metric] = EvaluationJson.ToJson(evaluation);
        json["worst"] = new JsonArray([.. Worst.Select(picture => new JsonObject
        {
            ["metric"] = picture.Metric, ["picture"] = picture.Picture, ["score"] = picture.Score,
        })]);
        json["published"] = new JsonArray([.. PublishedFigures.Of(Order.Dataset).Select(figure => new JsonObject
        {
            ["method"] = figure.Method,
            ["metric"] = figure.Metric,
            ["figure"] = figure.Figure,
            ["value"] = figure.Percent / 100,
            ["source"] = figure.Source,
        })]);
        json["settings"] = new JsonObject(
            Settings.Select(setting => KeyValuePair.Create<string, JsonNode?>(setting.Key, setting.Value)));
        json["models"] = new JsonArray([.. Models.Select(model => new JsonObject
        {
            ["role"] = model.Role, ["name"] = model.Name, ["sha256"] = model.Sha256,
        })]);
        json["hashes"] = new JsonObject(
            Hashes.Select(hash => KeyValuePair.Create<string, JsonNode?>(hash.Key, hash.Value)));
        return json;
    }

    private static Dictionary<string, string> HashAll(EvaluationDataset dataset)
    {
        var hashes = new Dictionary<string, string>();
        foreach (string path in dataset.AnnotationFiles)
            hashes[Path.GetFileName(path)] = Convert.ToHexStringLower(SHA256.HashData(EvaluationFiles.Load(path)));
        foreach (string folder in new[] { dataset.Semantic, dataset.Frames }.OfType<string>())
            hashes[Path.GetRelativePath(dataset.Root, folder)] = HashFolder(folder, dataset.ListNames());
        if (dataset.Vocabulary is not null)
            hashes["vocabulary"] = dataset.Vocabulary.ComputeFingerprint();
        hashes["pictures"] = Hash(dataset.Pictures.Select(picture => (picture.Name, picture.Path)));
        return hashes;
    }

    // The maps of the pictures that were looked at; of videos the frames lie in folders of the videos' names.
    private static string HashFolder(string folder, IReadOnlySet<string> names) => Hash(
        FolderTree.FilesBelow(folder).Order(StringComparer.Ordinal)
            .Select(file => (Name: Path.GetRelativePath(folder, file).Replace('\\', '/'), Path: file))
            .Where(file => names.Contains(PictureNames.Of(file.Name)) || names.Contains(
                Path.ChangeExtension(file.Name, null))));

    // One hash of many files: of the list of their names and hashes.
    private static string Hash(IEnumerable<(string Name, string Path)> files) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
            string.Join('\n', files.Select(file => $"{file.Name} "
                + $"{Convert.ToHexStringLower(SHA256.HashData(EvaluationFiles.Load(file.Path)))}")))));
}
