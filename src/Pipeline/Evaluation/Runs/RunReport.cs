using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using FrozenSeg.Pipeline.Evaluation.Formats;
using FrozenSeg.Pipeline.Evaluation.Reports;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Pipeline.Evaluation.Runs;

/// <summary>Everything a run found, with what is needed to repeat it.</summary>
public sealed record RunReport
{
    private const int MostWorst = 8;

    /// <summary>What was run.</summary>
    public required RunOrder Order { get; init; }

    /// <summary>Number of pictures.</summary>
    public required int Pictures { get; init; }

    /// <summary>The measures, each with the folder of its results.</summary>
    public required IReadOnlyList<(Reports.Evaluation Evaluation, string Folder)> Measures { get; init; }

    /// <summary>Every setting of the method, under its published name.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>The networks, with the hashes of their weights.</summary>
    public required IReadOnlyList<ModelStamp> Models { get; init; }

    /// <summary>SHA-256 of the annotations' files and of the pictures, by what they are.</summary>
    public required IReadOnlyDictionary<string, string> Hashes { get; init; }

    /// <summary>Mean seconds of one call of the method.</summary>
    public required double SecondsPerPicture { get; init; }

    internal static RunReport Of(
        RunOrder order, EvaluationDataset dataset, IReadOnlyDictionary<string, string> given, IReadOnlyList<(Reports.Evaluation Evaluation, string Folder)> measures)
    {
        SegmentationResult[] results = [.. measures.Select(measure => measure.Folder).Distinct()
            .Where(ResultSet.IsAt).SelectMany(ResultSet.Find).Select(file => Slim(file.Load()))];
        return new RunReport
        {
            Order = order,
            Pictures = dataset.Pictures.Count,
            Measures = measures,
            Settings = results.FirstOrDefault()?.Request.Settings ?? given,
            Models = [.. results.SelectMany(result => result.Models).Distinct()],
            Hashes = HashAll(dataset, results),
            SecondsPerPicture = results.Length == 0 ? double.NaN : results.Average(result => result.Timings.Sum(timing => timing.Seconds)),
        };
    }

    /// <summary>The pictures that did worst, of one measure.</summary>
    public static IReadOnlyList<PictureScore> Worst(Reports.Evaluation evaluation) =>
        [.. evaluation.PictureScores.OrderBy(score => score.Score).Take(MostWorst)];

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
        foreach ((Reports.Evaluation evaluation, _) in Measures)
            json[evaluation.Metric] = EvaluationJson.ToJson(evaluation);
        json["published"] = new JsonArray([.. PublishedFigures.Of(Order.Dataset).Select(figure => new JsonObject
        {
            ["method"] = figure.Method, ["metric"] = figure.Metric, ["figure"] = figure.Figure, ["value"] = figure.Percent / 100, ["source"] = figure.Source,
        })]);
        json["settings"] = new JsonObject(Settings.Select(setting => KeyValuePair.Create<string, JsonNode?>(setting.Key, setting.Value)));
        json["models"] = new JsonArray([.. Models.Select(model => new JsonObject
        {
            ["role"] = model.Role, ["name"] = model.Name, ["sha256"] = model.Sha256,
        })]);
        json["hashes"] = new JsonObject(Hashes.Select(hash => KeyValuePair.Create<string, JsonNode?>(hash.Key, hash.Value)));
        return json;
    }

    // The masks are not needed any more.
    private static SegmentationResult Slim(SegmentationResult result) => result with { Segments = [] };

    private static Dictionary<string, string> HashAll(EvaluationDataset dataset, SegmentationResult[] results)
    {
        var hashes = new Dictionary<string, string>();
        foreach (string path in new[] { dataset.Panoptic, dataset.Instances, dataset.Referring, dataset.Classes }.OfType<string>())
            hashes[Path.GetFileName(path)] = Convert.ToHexStringLower(SHA256.HashData(EvaluationFiles.Load(path)));
        if (dataset.Vocabulary is not null)
            hashes["vocabulary"] = dataset.Vocabulary.Fingerprint;
        if (results.Length > 0)
        {
            string all = string.Join('\n', results.Select(result => $"{result.Image.Name} {result.Image.Sha256}").Distinct().Order(StringComparer.Ordinal));
            hashes["pictures"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)));
        }

        return hashes;
    }
}
