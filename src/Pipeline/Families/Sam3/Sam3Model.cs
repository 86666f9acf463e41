using FrozenSeg.Pipeline.Families.Clip.Text;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;

namespace FrozenSeg.Pipeline.Families.Sam3;

/// <summary>SAM 3's image model after the backbone, loaded: prompts to masks. Safe for many callers.</summary>
internal sealed class Sam3Model : IDisposable
{
    private readonly ModelSession _picture;
    private readonly ModelSession _text;
    private readonly ModelSession _exemplars;
    private readonly ModelSession _detection;
    private readonly ModelSession _masks;

    /// <summary>Loads the networks.</summary>
    /// <param name="configuration">Their sizes.</param>
    /// <param name="weights">Their weights, under the names of <c>sam3.pt</c>.</param>
    /// <param name="sessions">Where and how to run them.</param>
    /// <exception cref="Shared.Problems.SegmentationProblemException">Tensors are missing or have other
    /// shapes.</exception>
    public Sam3Model(Sam3Configuration configuration, IWeightSource weights, SessionFactory sessions)
    {
        Configuration = configuration;
        Tokenizer = ClipTokenizer.ForVocabulary(configuration.Vocabulary)
            ?? throw new ArgumentException(
                $"No vocabulary has {configuration.Vocabulary} tokens.", nameof(configuration));
        var graphs = new Sam3Graphs(configuration, weights, sessions.Target);
        using var loaded = new DisposableStack();
        _picture = loaded.Push(sessions.Create(graphs.Picture().Build()));
        _text = loaded.Push(sessions.Create(graphs.Text().Build()));
        _exemplars = loaded.Push(sessions.Create(graphs.Exemplars().Build()));
        _detection = loaded.Push(sessions.Create(graphs.Detection().Build()));
        _masks = loaded.Push(sessions.Create(graphs.Masks().Build()));
        loaded.Release();
    }

    /// <summary>The sizes.</summary>
    public Sam3Configuration Configuration { get; }

    /// <summary>From words to token ids.</summary>
    public ClipTokenizer Tokenizer { get; }

    /// <summary>What is kept of a picture.</summary>
    /// <param name="tokens">What <see cref="Sam3Vision"/> made of it, <c>[G², D]</c>.</param>
    /// <param name="cancellation">Stops the work.</param>
    public Sam3Picture Prepare(TensorBuffer<float> tokens, CancellationToken cancellation)
    {
        using SessionInputs inputs = new SessionInputs().Add("tokens", tokens);
        using SessionOutputs outputs = _picture.Run(inputs, cancellation: cancellation);
        return new Sam3Picture(
            outputs.Take<float>("fine"),
            outputs.Take<float>("middle"),
            outputs.Take<float>("coarse"),
            outputs.Take<float>("looked"),
            outputs.Take<float>("cls"));
    }

    /// <summary>A phrase as prompt rows.</summary>
    /// <param name="ids">From start to end mark, without padding.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>n × d. The published program takes token 0 for padding wherever it stands, "!" inside a word too: its
    /// row is left out here as there.</returns>
    public float[] EncodeText(IReadOnlyList<int> ids, CancellationToken cancellation)
    {
        int width = Configuration.Width;
        using var tokens = TensorBuffer<long>.From([.. ids.Select(id => (long)id)], ids.Count);
        using var positions = TensorBuffer<long>.From(
            [.. Enumerable.Range(0, ids.Count).Select(i => (long)i)], ids.Count);
        using SessionInputs inputs = new SessionInputs().Add("ids", tokens).Add("positions", positions);
        using SessionOutputs outputs = _text.Run(inputs, cancellation: cancellation);
        using TensorBuffer<float> memory = outputs.Take<float>("memory");
        float[] rows = memory.Span.ToArray();
        return [.. Enumerable.Range(0, ids.Count).Where(i => ids[i] != 0).SelectMany(
            i => rows[(i * width)..((i + 1) * width)])];
    }

    /// <summary>
    /// Exemplars of a picture as prompt rows, and the row that only looks at the picture, which comes last.
    /// </summary>
    /// <returns>(k + 1) × d; without exemplars just that row.</returns>
    public float[] EncodeExemplars(
        Sam3Picture picture, IReadOnlyList<Sam3Exemplar> exemplars, CancellationToken cancellation)
    {
        if (exemplars.Count == 0)
            return picture.Cls.Span.ToArray();
        (TensorBuffer<float> rows, TensorBuffer<float> columns) =
            BoxPooling.Matrices(exemplars, Configuration.Grid, Configuration.PoolSize);
        using (rows)
        using (columns)
        {
            using var boxes = TensorBuffer<float>.From(
                [.. exemplars.SelectMany(box => new[] { box.CentreX, box.CentreY, box.Width, box.Height })],
                exemplars.Count,
                4);
            using var labels = TensorBuffer<long>.From(
                [.. exemplars.Select(box => box.IsWanted ? 1L : 0L)], exemplars.Count);
            using SessionInputs inputs = new SessionInputs()
                .Add("coarse", picture.Coarse)
                .Add("boxes", boxes)
                .Add("labels", labels)
                .Add("rows", rows)
                .Add("columns", columns);
            using SessionOutputs outputs = _exemplars.Run(inputs, cancellation: cancellation);
            using TensorBuffer<float> tokens = outputs.Take<float>("tokens");
            return tokens.Span.ToArray();
        }
    }

    /// <summary>Looks for a prompt in a picture.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="prompt">Rows of the text, then of the exemplars: m × d.</param>
    /// <param name="cancellation">Stops the work.</param>
    public Sam3Detection Detect(Sam3Picture picture, ReadOnlySpan<float> prompt, CancellationToken cancellation)
    {
        using var parts = new DisposableStack();
        TensorBuffer<float> rows = parts.Push(
            TensorBuffer<float>.From(prompt, prompt.Length / Configuration.Width, Configuration.Width));
        using SessionInputs inputs = new SessionInputs().Add("looked", picture.Looked).Add("prompt", rows);
        using SessionOutputs outputs = _detection.Run(inputs, cancellation: cancellation);
        using TensorBuffer<float> scores = outputs.Take<float>("scores"), presence = outputs.Take<float>("presence");
        var detection = new Sam3Detection(
            outputs.Take<float>("cells"),
            rows,
            outputs.Take<float>("queries"),
            outputs.Take<float>("boxes"),
            scores.Span.ToArray(),
            presence.Span[0]);
        parts.Release();
        return detection;
    }

    /// <summary>Makes the masks of the queries that are kept, and the one of the whole concept.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="detection">What was found in it.</param>
    /// <param name="kept">Numbers of queries; none gives the mask of the concept alone.</param>
    /// <param name="cancellation">Stops the work.</param>
    public Sam3Masks Decode(
        Sam3Picture picture, Sam3Detection detection, IReadOnlyList<int> kept, CancellationToken cancellation)
    {
        int width = Configuration.Width;
        float[] all = detection.Queries.Span.ToArray();
        // A network takes one row at least; without any its masks are not computed.
        int[] rows = kept.Count > 0 ? [.. kept] : [0];
        using var queries = TensorBuffer<float>.From(
            [.. rows.SelectMany(query => all[(query * width)..((query + 1) * width)])], rows.Length, width);
        using SessionInputs inputs = new SessionInputs()
            .Add("cells", detection.Cells)
            .Add("prompt", detection.Prompt)
            .Add("middle", picture.Middle)
            .Add("fine", picture.Fine)
            .Add("queries", queries);
        using SessionOutputs outputs = _masks.Run(
            inputs, kept.Count > 0 ? ["masks", "semantic"] : ["semantic"], cancellation: cancellation);
        return new Sam3Masks(kept.Count > 0 ? outputs.Take<float>("masks") : null, outputs.Take<float>("semantic"));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _picture.Dispose();
        _text.Dispose();
        _exemplars.Dispose();
        _detection.Dispose();
        _masks.Dispose();
    }
}
