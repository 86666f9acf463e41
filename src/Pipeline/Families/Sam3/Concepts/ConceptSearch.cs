using FrozenSeg.Pipeline.Families.Sam.Automask;
using FrozenSeg.Pipeline.Families.Sam.Decoding;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Imaging.Resizing;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Shared.Results;
using FrozenSeg.Shared.Vocabularies;

namespace FrozenSeg.Pipeline.Families.Sam3.Concepts;

/// <summary>
/// Looks for phrases in a picture: the whole of it, then tiles. A view is seen once, whatever is looked for; masks are
/// made only of what is kept.
/// </summary>
/// <param name="network">The network.</param>
/// <param name="options">Settings.</param>
/// <param name="clock">Adds up the time.</param>
internal sealed class ConceptSearch(Sam3Network network, Sam3Options options, StageClock clock)
{
    private readonly float _maskLogit = Logit(options.MaskThreshold);

    /// <summary>Everything that was found.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="order">What to find.</param>
    /// <param name="phrases">The phrases of the order's classes.</param>
    /// <param name="exemplars">The exemplars of each class.</param>
    /// <param name="progress">Told the share done; null for nobody.</param>
    /// <param name="cancellation">Stops the work.</param>
    public ConceptFindings Run(
        PixelImage image,
        SegmentationOrder order,
        IReadOnlyList<ConceptPhrase> phrases,
        IReadOnlyList<Sam3Exemplar>[] exemplars,
        IProgress<double>? progress,
        CancellationToken cancellation)
    {
        Vocabulary vocabulary = order.Vocabulary!;
        bool hasStuff = vocabulary.Categories.Any(category => category.Kind is CategoryKind.Stuff);
        SemanticCanvas? canvas = order.Tasks.Contains(SegmentationTask.Semantic)
            || (order.Tasks.Contains(SegmentationTask.Panoptic) && hasStuff)
            ? new SemanticCanvas(image.Width, image.Height, vocabulary.Count, _maskLogit)
            : null;
        bool wantsMasks = order.Tasks.Any(task => task is not SegmentationTask.Semantic);
        var masks = new List<ConceptMask>();
        double[] presence = new double[vocabulary.Count], best = new double[vocabulary.Count];
        CropBox[] views = Views(image);
        float[][] examples = [];
        for (int view = 0; view < views.Length; view++)
        {
            PixelImage seen = view == 0
                ? image
                : image.Crop(views[view].X0, views[view].Y0, views[view].Width, views[view].Height);
            using FeatureLease<Sam3Picture> picture = clock.Time("vision", () => network.Look(seen, cancellation));
            if (view == 0)
                examples = [.. exemplars.Select(
                    boxes => network.Concepts.EncodeExemplars(picture.Value, boxes, cancellation))];
            for (int i = 0; i < phrases.Count; i++)
            {
                ConceptPhrase phrase = phrases[i];
                float[] text = clock.Time("text", () => network.Rows(phrase.Tokens, cancellation));
                float[] prompt =
                [
                    .. text,
                    .. view == 0 ? examples[phrase.Category] : Elsewhere(examples[phrase.Category], picture.Value),
                ];
                using Sam3Detection detection = clock.Time(
                    "detection", () => network.Concepts.Detect(picture.Value, prompt, cancellation));
                presence[phrase.Category] = Math.Max(presence[phrase.Category], detection.Presence);
                best[phrase.Category] = Math.Max(
                    best[phrase.Category], detection.ClassLogits.Select((_, query) => detection.Score(query)).Max());
                int[] kept = wantsMasks && detection.Presence > options.PresenceThreshold ? Kept(detection) : [];
                bool wantsMap = canvas is not null && detection.Presence > options.PresenceThreshold;
                if (kept.Length > 0 || wantsMap)
                {
                    using Sam3Masks made = clock.Time(
                        "masks", () => network.Concepts.Decode(picture.Value, detection, kept, cancellation));
                    masks.AddRange(
                        clock.Time("masks", () => Place(made, detection, kept, phrase, views[view], view, image)));
                    if (wantsMap)
                        canvas!.Add(
                            phrase.Category,
                            detection.Presence,
                            made.Semantic.Span,
                            network.Configuration.MaskSize,
                            views[view]);
                }

                progress?.Report((double)((view * phrases.Count) + i + 1) / (views.Length * phrases.Count));
            }
        }

        return new ConceptFindings(
            clock.Time("answers", () => new ConceptMerging(options.NmsThreshold).Merge(masks)), canvas, presence, best);
    }

    // Exemplars of the whole picture show what is wanted in a tile too; the token that looks at the picture looks at
    // the tile.
    private float[] Elsewhere(float[] examples, Sam3Picture tile) =>
        [.. examples[..^network.Configuration.Width], .. tile.Cls.Span];

    private int[] Kept(Sam3Detection detection) =>
    [
        .. Enumerable.Range(0, detection.ClassLogits.Length).Where(query =>
            detection.Score(query) > options.ScoreThreshold && detection.ClassScore(query) > options.ClassThreshold),
    ];

    private ConceptMask[] Place(
        Sam3Masks made,
        Sam3Detection detection,
        int[] kept,
        ConceptPhrase phrase,
        CropBox crop,
        int view,
        PixelImage image)
    {
        if (made.Instances is null)
            return [];
        int side = network.Configuration.MaskSize;
        var upscaler = new MaskUpscaler(
            side, side, new ResizeTransform(crop.Width, crop.Height, side, side), crop, image.Width, image.Height);
        var masks = new ConceptMask[kept.Length];
        for (int i = 0; i < kept.Length; i++)
        {
            Span<float> logits = made.Instances.Span.Slice(i * side * side, side * side);
            // The upscaler cuts at 0.
            if (_maskLogit != 0)
                System.Numerics.Tensors.TensorPrimitives.Subtract(logits, _maskLogit, logits);
            masks[i] = new ConceptMask(
                phrase.Category,
                upscaler.Rasterise(logits, 0).Runs,
                new ConceptScores(detection.Presence, detection.ClassScore(kept[i]), phrase.Tokens.Text),
                view);
        }

        return masks;
    }

    private CropBox[] Views(PixelImage image)
    {
        var views = new List<CropBox> { new(0, 0, image.Width, image.Height, 0) };
        if (options.Tiles == 1)
            return [.. views];
        int overlap = (int)(options.TileOverlap * Math.Min(image.Width, image.Height));
        (int Start, int End)[] columns = Cuts(image.Width, overlap), rows = Cuts(image.Height, overlap);
        views.AddRange(rows.SelectMany(
            row => columns.Select(column => new CropBox(column.Start, row.Start, column.End, row.End, 1))));
        return [.. views];
    }

    private (int Start, int End)[] Cuts(int length, int overlap) =>
    [
        .. Enumerable.Range(0, options.Tiles)
            .Select(tile => (
                Math.Max(0, (int)((long)length * tile / options.Tiles) - (overlap / 2)),
                Math.Min(length, (int)((long)length * (tile + 1) / options.Tiles) + (overlap / 2))))
            .Where(cut => cut.Item2 > cut.Item1),
    ];

    private static float Logit(double share) => share switch
    {
        0.5 => 0,
        <= 0 => float.MinValue,
        >= 1 => float.MaxValue,
        _ => (float)Math.Log(share / (1 - share)),
    };
}
