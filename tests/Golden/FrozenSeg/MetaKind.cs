using FrozenSeg.Pipeline.Families.FrozenBackbones;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Configuration;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Decoding;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Inference;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Inference.Instances;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Inference.Pixels;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Inference.Scores;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Inference.Semantic;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Vocabularies;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Testing;

namespace FrozenSeg.Golden.FrozenSeg;

/// <summary><c>meta_*.npz</c>: from the decoder's outputs to the answers, with both ensembles.</summary>
internal sealed class MetaKind() : FileKind("frozenseg", "meta_*.npz")
{
    private const int Threads = 2;

    public override IEnumerable<GoldenCheck> Run(GoldenFile file, GoldenContext context)
    {
        using var golden = new NpzFile(file.Path);
        var meta = new MetaCase(golden);
        using StoredWeights weights = StoredWeights.From(golden);
        float logScale = weights.File.ReadFloats("logit_scale")[0];
        VocabularyClassifier classifier = LogitsKind.Classifier(golden);
        NpyArray stored = golden["pred_masks"];
        InferenceFrame frame = meta.Frame(stored);

        List<GoldenCheck> checks = [.. golden.Has("image") ? Preparation(golden, meta) : []];
        using var embedder = new MaskEmbedder(meta.Backbone, weights.File, poolingScale: 1, context.Sessions);
        NpyArray dense = golden["clip_vis_dense"];
        using TensorBuffer<float> features = TensorBuffer<float>.From(dense.Floats, [1, .. dense.Shape.Dimensions]);
        using TensorBuffer<float> masks = stored.ToTensor();
        using TensorBuffer<float> embedding = embedder.Embed(features, masks, default);
        checks.Add(Compare.Absolute("pooled_embedding", embedding.Span, golden["pooled_embedding"], 2e-5));
        float[] clipLogits = classifier.Logits(embedding.Span, logScale);
        checks.Add(Compare.Absolute("out_vocab_logits", clipLogits, golden["out_vocab_logits"], 2e-4));
        float[] logClasses = new GeometricEnsemble(meta.Options.Alpha, meta.Options.Beta)
            .Combine(golden["pred_logits"].Floats, clipLogits, meta.Seen);
        checks.Add(Compare.Absolute("mask_cls_result", logClasses, golden["mask_cls_result"], 1e-3));

        SamContribution? sam = null;
        if (golden.Has("sam_mask_logits"))
            checks.AddRange(Sam(golden, meta, frame, features, embedder, classifier, logScale, out sam));
        var request = new AnswerRequest(masks, logClasses, meta.Seen, meta.Things, frame, sam);
        checks.AddRange(Resized(golden, meta, request));
        checks.AddRange(Scores(golden, meta, request));
        checks.AddRange(AnswerChecks(golden, meta, request));
        return checks;
    }

    private static IEnumerable<GoldenCheck> Preparation(NpzFile golden, MetaCase meta)
    {
        byte[] planes = golden["image"].Bytes;
        var image = new PixelImage(meta.NetworkWidth, meta.NetworkHeight);
        int area = meta.NetworkWidth * meta.NetworkHeight;
        for (int i = 0; i < area; i++)
            for (int channel = 0; channel < PixelImage.Channels; channel++)
                image.Pixels[(i * PixelImage.Channels) + channel] = planes[(channel * area) + i];
        var options = new FrozenSegInputOptions
        {
            MinSize = Math.Min(image.Height, image.Width),
            MaxSize = int.MaxValue,
            Divisibility = meta.Divisibility,
        };
        using EncoderInputs picture = EncoderInputs.From(image, options);
        using TensorBuffer<float> sam = picture.ForSam(1024, meta.Divisibility);
        return
        [
            Compare.Absolute("clip_in_sample", Arrays.Thinned(picture.Clip, 8), golden["clip_in_sample"], 1e-5),
            Arrays.SumCheck("clip_in_sum", picture.Clip.Span, golden["clip_in_sum"]),
            Compare.Absolute("sam_in_sample", Arrays.Thinned(sam, 64), golden["sam_in_sample"], 2e-5),
            Arrays.SumCheck("sam_in_sum", sam.Span, golden["sam_in_sum"]),
        ];
    }

    private static List<GoldenCheck> Sam(
        NpzFile golden,
        MetaCase meta,
        InferenceFrame frame,
        TensorBuffer<float> features,
        MaskEmbedder embedder,
        VocabularyClassifier classifier,
        float logScale,
        out SamContribution sam)
    {
        float[][] logits = [.. golden["sam_mask_logits"].Floats.Chunk(frame.Height * frame.Width)];
        var ensemble = new OpenSegEnsemble(
            MaskEnsembleMode.Official, meta.Options.SamShare, meta.Options.SamKeepThreshold);
        int height = features.Shape[2], width = features.Shape[3];
        using TensorBuffer<float> placed = TensorBuffer<float>.From(
            ensemble.Place(logits, frame, height, width, meta.Divisibility), logits.Length, height, width);
        using TensorBuffer<float> embedding = embedder.Embed(features, placed, default);
        float[] samLogits = classifier.Logits(embedding.Span, logScale);
        QueryClasses classes = QueryClasses.FromLogits(samLogits, meta.Seen.Length);
        byte[] kept = [.. Enumerable.Range(0, logits.Length).Select(
            mask => ensemble.IsKept(classes, meta.Seen, mask) ? (byte)1 : (byte)0)];
        sam = new SamContribution(logits, ensemble.Weights(classes, meta.Seen), ensemble);
        return
        [
            Compare.Absolute("sam_pooled_embedding", embedding.Span, golden["sam_pooled_embedding"], 2e-5),
            Compare.Absolute("sam_cls_logits", samLogits, golden["sam_cls_logits"], 2e-4),
            Compare.Equal<byte>("sam_kept", kept, golden["sam_kept"].Bytes),
        ];
    }

    // Mask logits where they are combined; padding that is cropped later is not made.
    private static IEnumerable<GoldenCheck> Resized(NpzFile golden, MetaCase meta, AnswerRequest request)
    {
        if (!golden.Has("mask_pred_for_postproc"))
            yield break;
        NpyArray expected = golden["mask_pred_for_postproc"];
        InferenceFrame combine = meta.CombineFrame(request.Frame);
        int count = expected.Shape[0], area = combine.Height * combine.Width;
        using var planes = new QueryPlanes(request.Masks, Threads);
        var collector = new LogitCollector(count, combine.Height, combine.Width);
        new MaskScan(planes, combine, Threads).Run([collector], default);
        float[] wanted = expected.Floats;
        var cropped = new float[count * area];
        for (int i = 0; i < cropped.Length; i++)
        {
            int query = i / area, y = i % area / combine.Width, x = i % combine.Width;
            cropped[i] = wanted[(((query * expected.Shape[1]) + y) * expected.Shape[2]) + x];
        }

        yield return Compare.Absolute("mask_pred_for_postproc", collector.Logits, cropped, 1e-4);
    }

    private static IEnumerable<GoldenCheck> Scores(NpzFile golden, MetaCase meta, AnswerRequest request)
    {
        int classes = meta.Seen.Length, height = request.Frame.Height, width = request.Frame.Width;
        QueryClasses probabilities = QueryClasses.FromLogits(request.LogClasses, classes);
        using var planes = new QueryPlanes(request.Masks, Threads);
        var scores = new float[classes * height * width];
        if (meta.IsBefore)
        {
            using ExtraMasks? extra = AnswerBuilder.Extra(request, probabilities.Count, height, width);
            using var semantic = new SemanticInference(
                AnswerBuilder.Weights(probabilities, request), classes, height, width, extra)
            { Observer = Keep };
            new MaskScan(planes, request.Frame, Threads).Run([semantic], default);
        }
        else
        {
            new AnswerBuilder(meta.Options, Threads).AfterResize(planes, request, probabilities, KeepRow, default);
        }

        yield return Compare.Absolute("sem_seg", scores, golden["sem_seg"], 1e-4);

        unsafe void Keep(int y, int x, int count, nint values, int stride)
        {
            for (int pixel = 0; pixel < count; pixel++)
                for (int label = 0; label < classes; label++)
                    scores[(((label * height) + y) * width) + x + pixel] = ((float*)values)[(pixel * stride) + label];
        }

        void KeepRow(int y, float[] row)
        {
            for (int label = 0; label < classes; label++)
                row.AsSpan(label * width, width).CopyTo(scores.AsSpan(((label * height) + y) * width));
        }
    }

    private static List<GoldenCheck> AnswerChecks(NpzFile golden, MetaCase meta, AnswerRequest request)
    {
        SegmentationTask[] tasks = meta.IsBefore
            ? [SegmentationTask.Semantic, SegmentationTask.Panoptic, SegmentationTask.Instance]
            : [SegmentationTask.Semantic];
        Answers answers = new AnswerBuilder(meta.Options, Threads).Build(request, tasks, default);
        List<GoldenCheck> checks = [Differing("sem_seg_argmax", answers.Semantic!.Labels, golden["sem_seg_argmax"])];
        if (!meta.IsBefore)
            return checks;
        checks.Add(Differing("panoptic_seg", answers.Panoptic!, golden["panoptic_seg"]));
        long[] segments = [.. answers.Segments!.SelectMany(
            segment => new long[] { segment.Id, segment.IsThing ? 1 : 0, segment.Label })];
        checks.Add(Compare.Equal<long>("segments_info", segments, golden["segments_info"].Integers));
        checks.AddRange(Instances(golden, meta, request, answers.Instances!));
        return checks;
    }

    private static IEnumerable<GoldenCheck> Instances(
        NpzFile golden, MetaCase meta, AnswerRequest request, IReadOnlyList<InstancePrediction> instances)
    {
        QueryClasses classes = QueryClasses.FromLogits(request.LogClasses, meta.Seen.Length);
        var top = new InstanceInference(classes, meta.Things, meta.Options.InstanceCount).TopPairs();
        yield return Compare.Equal<long>(
            "instance_topk_flat_index",
            [.. top.Select(pair => ((long)pair.Query * meta.Seen.Length) + pair.Label)],
            golden["instance_topk_flat_index"].Integers);
        yield return Compare.Absolute(
            "instance_topk_class_score",
            [.. top.Select(pair => pair.Score)],
            golden["instance_topk_class_score"],
            1e-5);
        yield return Compare.Equal<long>(
            "instance_classes", [.. instances.Select(i => (long)i.Label)], golden["instance_classes"].Integers);
        yield return Compare.Equal<long>(
            "instance_query", [.. instances.Select(i => (long)i.Query)], golden["instance_query"].Integers);
        yield return Compare.Absolute(
            "instance_scores", [.. instances.Select(i => i.Score)], golden["instance_scores"], 1e-5);
        yield return Compare.Absolute(
            "instance_area", [.. instances.Select(i => (float)i.Area)], golden["instance_area"], 2);
        var masks = new InstanceMasks(request.Frame);
        float[] areas = [.. instances.Select(i => (float)masks.Rasterise(request.Masks.View[i.Query].Span).Area)];
        yield return Compare.Absolute("area of the instances' masks", areas, golden["instance_area"], 2);
    }

    private static GoldenCheck Differing(string what, LabelMap actual, NpyArray expected)
    {
        long[] wanted = expected.Integers;
        int differing = 0;
        for (int i = 0; i < wanted.Length; i++)
            differing += actual.Labels[i] == wanted[i] ? 0 : 1;
        return new GoldenCheck($"{what}: share of pixels that differ", (double)differing / wanted.Length, 1e-3);
    }
}
