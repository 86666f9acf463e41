using System.Globalization;
using System.Text;
using FrozenSeg.Pipeline.Foundation.Weights.Torch.Pickles;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Evaluation.Formats.References;

/// <summary>
/// Reads RefCOCO's <c>refs(….p</c>: a pickled list of dictionaries of numbers, texts and lists. Nothing but these is
/// understood, so nothing in a file can run code.
/// </summary>
internal static class RefPickle
{
    // RefCOCOg's 50,000 references take some 150 each.
    private const long MostSteps = 200_000_000;

    /// <exception cref="SegmentationProblemException">The file cannot be read or holds anything else.</exception>
    public static ReferringDocument Read(string path)
    {
        byte[] bytes = EvaluationFiles.Load(path);
        try
        {
            // Python 2 wrote bytes, whatever they were in.
            object? root = PickleMachine.Read(
                new PickleInput(bytes, Encoding.UTF8), new PlainObjects(), new PickleBudget(MostSteps));
            return new ReferringDocument { Refs = [.. List(root, "references").Select(Entry)] };
        }
        catch (PickleException failure)
        {
            throw SegmentationProblem.InvalidRequest(
                path,
                $"it is not a list of references ({failure.Message})",
                "Give RefCOCO's refs file, or JSON",
                failure);
        }
    }

    private static ReferringEntry Entry(object? value)
    {
        PickleDictionary fields = Dictionary(value);
        return new ReferringEntry
        {
            RefId = Text(fields.Find("ref_id")),
            ImageId = Text(fields.Find("image_id")),
            FileName = Text(fields.Find("file_name")),
            Split = Text(fields.Find("split")),
            NoTarget = fields.Find("no_target") is true,
            AnnId = fields.Find("ann_id") switch
            {
                null => null,
                long id => [id],
                var ids =>
                    [.. List(ids, "ann_id").Select(id => id is long number ? number : throw Unexpected("ann_id", id))],
            },
            Sentences = [.. List(fields.Find("sentences"), "sentences").Select(Sentence)],
        };
    }

    private static ReferringSentence Sentence(object? value)
    {
        PickleDictionary fields = Dictionary(value);
        return new ReferringSentence { SentId = Text(fields.Find("sent_id")), Sent = Text(fields.Find("sent")) };
    }

    private static PickleDictionary Dictionary(object? value) =>
        value as PickleDictionary ?? throw Unexpected("a dictionary", value);

    // Lists and tuples.
    private static IReadOnlyList<object?> List(object? value, string what) =>
        value as IReadOnlyList<object?> ?? throw Unexpected(what, value);

    private static string? Text(object? value) =>
        value is null ? null : Convert.ToString(value, CultureInfo.InvariantCulture);

    private static PickleException Unexpected(string what, object? value) =>
        new($"where {what} should be there is {(value is null ? "nothing" : value.GetType().Name)}");

    private sealed class PlainObjects : IPickleObjects
    {
        public void ThrowIfForbidden(PickleGlobal global) => throw Refused(global);

        public object? Call(object? callee, object?[] arguments) => throw Refused(callee);

        public object? Load(object? id) => throw Refused(id);

        private static PickleException Refused(object? what) =>
            new($"it asks for '{what}', and references are plain data; nothing was run");
    }
}
