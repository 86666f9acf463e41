using FrozenSeg.Evaluation.Formats;
using FrozenSeg.Evaluation.Formats.Coco;
using FrozenSeg.Evaluation.Formats.References;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Evaluation.Referring;

/// <summary>Finds the answer to each expression.</summary>
internal static class ReferringAnswers
{
    /// <summary>The expressions with their answers; those of a reference answered as a whole are one.</summary>
    public static IReadOnlyList<ReferringPair> Pair(
        IReadOnlyList<ReferringItem> items, string path, ProblemLog problems) =>
        ResultSet.IsAt(path) ? FromResults(items, path, problems) : FromFile(items, path, problems);

    private static List<ReferringPair> FromFile(IReadOnlyList<ReferringItem> items, string path, ProblemLog problems)
    {
        var bySentence = new Dictionary<string, ReferringAnswer>();
        var byReference = new Dictionary<string, ReferringAnswer>();
        foreach (ReferringAnswer answer in JsonFile.Read(path, CocoJsonContext.Default.ReferringAnswerArray))
        {
            if (answer.SentId is null && answer.RefId is null)
                problems.Add(path, "an answer has neither sent_id nor ref_id", "Give one");
            else if (!(answer.SentId is not null ? bySentence.TryAdd(answer.SentId, answer) : byReference.TryAdd(
                answer.RefId!, answer)))
                problems.Add($"{path}, {Name(answer)}", "it is answered more than once", "Answer it once");
        }

        var pairs = new List<ReferringPair>();
        foreach (ReferringItem item in items)
        {
            if (byReference.Remove(item.Id, out ReferringAnswer? whole))
            {
                pairs.Add(new ReferringPair(
                    item, item.Sentences.Count > 0 ? item.Sentences[0].Text : "", whole.Segmentation));
                continue;
            }

            foreach ((string id, string text) in item.Sentences)
            {
                if (bySentence.Remove(id, out ReferringAnswer? answer))
                    pairs.Add(new ReferringPair(item, text, answer.Segmentation));
                else
                    problems.Add(
                        $"{path}, ref {item.Id}, sentence {id}",
                        $"'{text}' is not answered",
                        "Answer it; null stands for nothing");
            }
        }

        foreach (ReferringAnswer extra in bySentence.Values.Concat(byReference.Values))
            problems.Add($"{path}, {Name(extra)}", "it is not among the references", "Take it out");
        return pairs;
    }

    private static List<ReferringPair> FromResults(IReadOnlyList<ReferringItem> items, string path, ProblemLog problems)
    {
        IReadOnlyDictionary<string, (ResultFile File, SegmentationResult Result)> results = ResultSet.Read(
            path, problems);
        var pairs = new List<ReferringPair>();
        foreach (ReferringItem item in items)
        {
            string name = PictureNames.Of(item.Image.Name);
            if (!results.TryGetValue(name, out (ResultFile File, SegmentationResult Result) found))
            {
                problems.Add(
                    $"{path}, image {item.Image.Id}", $"there is no result for the picture '{name}'", "Segment it");
                continue;
            }

            foreach ((string id, string text) in item.Sentences)
            {
                if (!found.Result.Vocabulary.Any(entry => entry.Names.Contains(text, StringComparer.OrdinalIgnoreCase)))
                    problems.Add(
                        $"{found.File.Path}, sentence {id}",
                        $"'{text}' was not asked",
                        "Segment with the picture's expressions as prompts");
                ResultSegment? answer = found.Result.Segments.FirstOrDefault(
                    segment => segment.Label.Equals(text, StringComparison.OrdinalIgnoreCase));
                pairs.Add(
                    new ReferringPair(item, text, answer is null ? null : CocoSegmentation.From(answer.Segmentation)));
            }
        }

        return pairs;
    }

    private static string Name(ReferringAnswer answer) =>
        answer.SentId is not null ? $"sentence {answer.SentId}" : $"ref {answer.RefId}";
}
