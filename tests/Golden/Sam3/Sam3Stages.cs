using System.Text.RegularExpressions;
using FrozenSeg.Pipeline.Families.Sam3;
using FrozenSeg.Pipeline.Families.Sam3.Networks;
using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Graphs.Operators;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;

namespace FrozenSeg.Golden.Sam3;

/// <summary>Runs the networks part by part, with every stage in the middle by the name that goldens give it.</summary>
internal sealed class Sam3Stages(Sam3Configuration model, IWeightSource weights, SessionFactory sessions)
{
    private static readonly Regex Stride = new(@"_([sc])(\d+)");

    /// <summary>The backbone and the neck; stages are arrays with their shapes.</summary>
    /// <param name="image"><c>[1, 3, S, S]</c>.</param>
    public Dictionary<string, StageValue> Picture(TensorBuffer<float> image)
    {
        using var run = new NetworkRun(sessions, weights);
        GraphScope vision = run.Root[Sam3Graphs.Detector]["backbone"]["vision_backbone"], trunk = vision["trunk"];
        var encoder = new Sam3VisionEncoder(model);
        GraphValue input = run.Input("image", image);
        var stages = new List<(string Name, GraphValue Value)>
        {
            ("patch_embed", Square(encoder.Patches(trunk, input))),
            ("ln_pre", Square(encoder.Embed(trunk, input))),
        };
        GraphValue tokens = encoder.Embed(trunk, input);
        for (int block = 0; block < model.VisionDepth; block++)
        {
            tokens = encoder.Block(trunk, tokens, block);
            stages.Add(($"vit_block{block}", Square(tokens)));
        }

        stages.Add(("vit_output", Sam3Layers.ToMap(tokens, model.Grid)));
        (GraphValue fine, GraphValue middle, GraphValue coarse) = new Sam3Neck(model).Apply(vision["convs"], tokens);
        stages.AddRange([("fpn0", fine), ("fpn1", middle), ("fpn2", coarse)]);
        return Finish(run, stages);
    }

    /// <summary>The text tower, on all of a golden's ids, padding included.</summary>
    public Dictionary<string, StageValue> Text(long[] ids)
    {
        using var run = new NetworkRun(sessions, weights);
        GraphScope language = run.Root[Sam3Graphs.Detector]["backbone"]["language_backbone"];
        using var tokens = TensorBuffer<long>.From(ids, ids.Length);
        using var places = TensorBuffer<long>.From(
            [.. Enumerable.Range(0, ids.Length).Select(i => (long)i)], ids.Length);
        var encoder = new Sam3TextEncoder(model);
        GraphValue rows = encoder.Embed(language["encoder"], run.Input("ids", tokens), run.Input("positions", places));
        var stages = new List<(string Name, GraphValue Value)>();
        for (int block = 0; block < model.TextLayers; block++)
        {
            rows = encoder.Block(language["encoder"], rows, block);
            stages.Add(($"text_block{block}", rows));
        }

        stages.Add(("text_ln_final", encoder.Normed(language["encoder"], rows)));
        stages.Add(("text_memory", encoder.Finish(language, rows)));
        return Finish(run, stages);
    }

    /// <summary>The geometry encoder.</summary>
    /// <param name="coarse"><c>[G², d]</c>.</param>
    /// <param name="boxes">Exemplars.</param>
    /// <param name="points">Points with labels; none in a product's prompt.</param>
    public Dictionary<string, StageValue> Geometry(
        TensorBuffer<float> coarse,
        IReadOnlyList<Sam3Exemplar> boxes,
        IReadOnlyList<(float X, float Y, long Label)> points)
    {
        using var run = new NetworkRun(sessions, weights);
        GraphScope scope = run.Root[Sam3Graphs.Detector]["geometry_encoder"];
        var encoder = new GeometryEncoder(model);
        GraphValue map = run.Input("coarse", coarse), positions = Positions(run), pooled = encoder.Pooled(scope, map);
        using var owned = new DisposableStack();
        var exemplars = new List<GraphValue>();
        if (points.Count > 0)
        {
            exemplars.Add(encoder.Points(
                scope,
                pooled,
                run.Input("points", owned.Push(TensorBuffer<float>.From(
                    [.. points.SelectMany(point => new[] { point.X, point.Y })], points.Count, 2))),
                run.Input("point_labels", owned.Push(TensorBuffer<long>.From(
                    [.. points.Select(point => point.Label)], points.Count)))));
        }

        if (boxes.Count > 0)
        {
            (TensorBuffer<float> rows, TensorBuffer<float> columns) = BoxPooling.Matrices(
                boxes, model.Grid, model.PoolSize);
            exemplars.Add(encoder.Boxes(
                scope,
                pooled,
                run.Input("boxes", owned.Push(TensorBuffer<float>.From(
                    [.. boxes.SelectMany(box => new[] { box.CentreX, box.CentreY, box.Width, box.Height })],
                    boxes.Count,
                    4))),
                run.Input("labels", owned.Push(TensorBuffer<long>.From(
                    [.. boxes.Select(box => box.IsWanted ? 1L : 0L)], boxes.Count))),
                run.Input("rows", owned.Push(rows)),
                run.Input("columns", owned.Push(columns))));
        }

        GraphValue tokens = encoder.Tokens(scope, [.. exemplars]);
        var stages = new List<(string Name, GraphValue Value)> { ("geometry_before_layers", tokens) };
        for (int layer = 0; layer < model.GeometryLayers; layer++)
        {
            tokens = encoder.Layer(scope, tokens, map, positions, layer);
            stages.Add(($"geometry_layer{layer}", tokens));
        }

        stages.Add(("geometry", encoder.Encode(scope, encoder.Tokens(scope, [.. exemplars]), map, positions)));
        return Finish(run, stages);
    }

    /// <summary>
    /// Fusion and decoder; <c>decoder_hs</c> and the like are one stage a layer, with the layer's number.
    /// </summary>
    public Dictionary<string, StageValue> Detection(TensorBuffer<float> coarse, TensorBuffer<float> prompt)
    {
        using var run = new NetworkRun(sessions, weights);
        GraphScope root = run.Root[Sam3Graphs.Detector], scope = root["transformer"]["decoder"];
        GraphValue cells = run.Input("coarse", coarse), rows = run.Input("prompt", prompt), positions = Positions(run);
        var stages = new List<(string Name, GraphValue Value)>();
        var fusion = new FusionEncoder(model);
        for (int layer = 0; layer < model.FusionLayers; layer++)
        {
            GraphScope encoder = root["transformer"]["encoder"];
            cells = fusion.Fuse(encoder, fusion.Look(encoder, cells, positions, layer), rows, layer);
            stages.Add(($"fusion_layer{layer}", cells));
        }

        var decoder = new DetectionDecoder(model);
        DecoderState state = decoder.Start(scope);
        for (int layer = 0; layer < model.DecoderLayers; layer++)
        {
            stages.Add(($"decoder_reference_boxes.{layer}", state.Boxes));
            state = decoder.Layer(scope, state, cells, positions, rows, layer);
            stages.Add(($"decoder_layer{layer}_queries", state.Tokens.Slice(0, 1)));
            stages.Add(($"decoder_layer{layer}_presence", state.Tokens.Slice(0, 0, 1)));
            stages.Add(($"decoder_hs.{layer}", state.Queries!));
            stages.Add(($"presence_logits.{layer}", decoder.Presence(scope, state)));
            stages.Add(($"class_logits.{layer}", decoder.Scores(root["dot_prod_scoring"], state.Queries!, rows)));
        }

        return Finish(run, stages);
    }

    /// <summary>The mask head, for all queries.</summary>
    public Dictionary<string, StageValue> Masks(Sam3Picture picture, Sam3Detection detection)
    {
        using var run = new NetworkRun(sessions, weights);
        GraphScope scope = run.Root[Sam3Graphs.Detector]["segmentation_head"];
        var head = new Sam3MaskHead(model);
        GraphValue prompt = run.Input("prompt", detection.Prompt), queries = run.Input("queries", detection.Queries);
        GraphValue pixels = head.Pixels(
            scope,
            head.Look(scope, run.Input("cells", detection.Cells), prompt),
            run.Input("middle", picture.Middle),
            run.Input("fine", picture.Fine));
        return Finish(run, [("pixel_map", pixels), ("mask_embed", head.Vectors(scope, queries))]);
    }

    /// <summary>
    /// A stage as a golden keeps it: its name may end in <c>_sN</c> (every N-th of the two axes of a map, or of the
    /// first axis of rows) and <c>_cN</c> (every N-th channel).
    /// </summary>
    public static (string Stage, float[] Values) Select(string name, IReadOnlyDictionary<string, StageValue> stages)
    {
        string stage = Stride.Replace(name, "");
        StageValue value = stages[stage];
        int[] steps = [.. Enumerable.Repeat(1, value.Shape.Length)];
        foreach (Match match in Stride.Matches(name))
        {
            int step = int.Parse(match.Groups[2].ValueSpan, System.Globalization.CultureInfo.InvariantCulture);
            bool isMap = value.Shape.Length == 4, isSquare = value.Shape.Length == 3;
            int[] axes = match.Groups[1].Value == "c" ? [2] : isMap ? [2, 3] : isSquare ? [0, 1] : [0];
            foreach (int axis in axes)
                steps[axis] = step;
        }

        return (stage, value.Every(steps));
    }

    // [G², D] as [G, G, D].
    private GraphValue Square(GraphValue rows) => rows.Reshape(model.Grid, model.Grid, rows[1]);

    private GraphValue Positions(NetworkRun run) => run.Root.Graph.Floats(
        new SineCode(model.Width).Map(model.Grid), model.Grid * model.Grid, model.Width);

    private static Dictionary<string, StageValue> Finish(NetworkRun run, List<(string Name, GraphValue Value)> stages)
    {
        foreach ((string name, GraphValue value) in stages)
            run.Output(name, value);
        using SessionOutputs outputs = run.Run();
        return stages.ToDictionary(stage => stage.Name, stage =>
        {
            using TensorBuffer<float> value = outputs.Take<float>(stage.Name);
            return new StageValue([.. value.Shape], value.Span.ToArray());
        });
    }
}
