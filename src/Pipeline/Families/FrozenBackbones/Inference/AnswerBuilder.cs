using FrozenSeg.Pipeline.Families.FrozenBackbones.Configuration;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Inference.Instances;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Inference.Panoptic;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Inference.Pixels;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Inference.Scores;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Inference.Semantic;
using FrozenSeg.Pipeline.Foundation.Imaging.Resizing;
using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Pipeline.Families.FrozenBackbones.Inference;

/// <summary>
/// Makes the three answers of mask logits and class probabilities (frozenseg.md 7 and 8), in one pass over the pixels.
/// </summary>
/// <param name="options">Settings.</param>
/// <param name="threads">Most threads to use.</param>
internal sealed class AnswerBuilder(FrozenSegOptions options, int threads)
{
    /// <summary>Makes the answers.</summary>
    /// <param name="request">What they are made of.</param>
    /// <param name="tasks">The answers wanted.</param>
    /// <param name="cancellation">Stops the work.</param>
    public Answers Build(AnswerRequest request, IReadOnlyList<SegmentationTask> tasks, CancellationToken cancellation)
    {
        InferenceFrame frame = request.Frame;
        QueryClasses classes = QueryClasses.FromLogits(request.LogClasses, request.Seen.Length);
        using var planes = new QueryPlanes(request.Masks, threads);
        bool hasSemantic = tasks.Contains(SegmentationTask.Semantic);
        if (hasSemantic && tasks.Count == 1 && options.SemanticAfterResize)
            return new Answers { Semantic = AfterResize(planes, request, classes, null, cancellation) };

        using ExtraMasks? extra = hasSemantic ? Extra(request, classes.Count, frame.Height, frame.Width) : null;
        using SemanticInference? semantic = hasSemantic
            ? new SemanticInference(Weights(classes, request), classes.Classes, frame.Height, frame.Width, extra)
            : null;
        PanopticInference? panoptic = tasks.Contains(SegmentationTask.Panoptic)
            ? new PanopticInference(
                classes,
                request.Things,
                frame.Height,
                frame.Width,
                options.ObjectMaskThreshold,
                options.OverlapThreshold)
            : null;
        InstanceInference? instance = tasks.Contains(SegmentationTask.Instance)
            ? new InstanceInference(classes, request.Things, options.InstanceCount)
            : null;

        IPixelConsumer?[] all = [semantic, panoptic, instance];
        new MaskScan(planes, frame, threads).Run([.. all.OfType<IPixelConsumer>()], cancellation);
        var (map, segments) = panoptic?.Finish() ?? default;
        return new Answers
        {
            Semantic = semantic?.Map,
            Panoptic = map,
            Segments = segments,
            Instances = instance?.Finish(),
        };
    }

    /// <summary>The semantic answer, formed at the network's size.</summary>
    internal SemanticMap AfterResize(
        QueryPlanes planes,
        AnswerRequest request,
        QueryClasses classes,
        Action<int, float[]>? observer,
        CancellationToken cancellation)
    {
        using ExtraMasks? extra = Extra(
            request, classes.Count, request.Frame.NetworkHeight, request.Frame.NetworkWidth);
        return new ScoreMap(planes, request.Frame, threads).Run(
            Weights(classes, request), classes.Classes, extra, observer, cancellation);
    }

    /// <summary>How much each query, then each SAM mask, speaks for each class.</summary>
    internal static float[] Weights(QueryClasses classes, AnswerRequest request)
    {
        var weights = new float[(classes.Count * classes.Classes) + (request.Sam?.Weights.Length ?? 0)];
        for (int query = 0; query < classes.Count; query++)
        {
            ReadOnlySpan<float> probabilities = classes.Of(query);
            for (int label = 0; label < probabilities.Length; label++)
            {
                float share = request.Sam?.Ensemble.QueryShare(request.Seen[label]) ?? 1;
                weights[(query * classes.Classes) + label] = share * probabilities[label];
            }
        }

        request.Sam?.Weights.CopyTo(weights, classes.Count * classes.Classes);
        return weights;
    }

    /// <summary>SAM's masks at the size where they are combined.</summary>
    internal static ExtraMasks? Extra(AnswerRequest request, int queries, int height, int width)
    {
        if (request.Sam is not { Logits.Count: > 0 } sam)
            return null;
        InferenceFrame frame = request.Frame;
        if (height == frame.Height && width == frame.Width)
            return new ExtraMasks(sam.Logits, height, width, queries);
        float[][] resized = [.. sam.Logits.Select(plane =>
        {
            var target = new float[height * width];
            PlaneResizer.Resize(plane, frame.Height, frame.Width, target, height, width);
            return target;
        })];
        return new ExtraMasks(resized, height, width, queries);
    }
}
