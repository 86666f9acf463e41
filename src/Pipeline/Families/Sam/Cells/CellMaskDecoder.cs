using System.Collections.Concurrent;
using FrozenSeg.Pipeline.Families.Sam.Decoding;
using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Families.Sam.Prompts;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Tensors.Kernels;
using FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Lanes;
using FrozenSeg.Pipeline.Foundation.Weights;

namespace FrozenSeg.Pipeline.Families.Sam.Cells;

/// <summary>The mask decoder on a CPU: graphs for the tokens, and passes of our own for the cells.</summary>
/// <typeparam name="TLane">The widest register to use.</typeparam>
internal sealed class CellMaskDecoder<TLane> : IMaskDecoder
    where TLane : struct, ILane<TLane>
{
    // Tables of the picture are read once for so many prompts, whose own matrices fit into the second cache beside
    // them.
    private const int PromptsPerGroup = 4, GroupsPerThread = 2, MostPrompts = 64;
    private const float PixelEpsilon = 1e-6f;

    // One for the IoUs, four for the masks.
    private const int OwnTokens = 5;

    private readonly SamConfiguration _model;
    private readonly ThreadRanges _threads;
    private readonly ModelSession _picture;
    private readonly ModelSession _prompts;
    private readonly ModelSession _firstBlock;
    private readonly ModelSession _secondBlock;
    private readonly ModelSession _answers;
    private readonly bool _sharesThreads;
    private readonly int _mostSpares;
    private readonly ConcurrentBag<CellWorkspace> _spares = [];
    // Calls of Decode, not pictures: one that is encoded counts for nothing, so the number changes between passes.
    private int _decoding;

    /// <param name="configuration">Sizes.</param>
    /// <param name="weights">Weights under official names.</param>
    /// <param name="sessions">Where and how to run it.</param>
    public CellMaskDecoder(SamConfiguration configuration, IWeightSource weights, SessionFactory sessions)
    {
        _model = configuration;
        _threads = new ThreadRanges(sessions.ThreadCount);
        _sharesThreads = sessions.SharesThreads;
        _mostSpares = sessions.PicturesAtOnce;
        PromptsPerPass = Math.Min(MostPrompts, PromptsPerGroup * GroupsPerThread * sessions.ThreadCount);
        var graphs = new CellGraphs(configuration, weights);
        using var loaded = new DisposableStack();
        _picture = loaded.Push(sessions.Create(graphs.Picture().Build()));
        _prompts = loaded.Push(sessions.Create(graphs.Prompts().Build()));
        _firstBlock = loaded.Push(sessions.Create(graphs.FirstBlock().Build()));
        _secondBlock = loaded.Push(sessions.Create(graphs.SecondBlock().Build()));
        _answers = loaded.Push(sessions.Create(graphs.Answers().Build()));
        loaded.Release();
    }

    /// <inheritdoc/>
    public int PromptsPerPass { get; }

    /// <inheritdoc/>
    public IDisposable Prepare(
        TensorBuffer<float> features,
        TensorBuffer<float>? early,
        TensorBuffer<float> dense,
        CancellationToken cancellation)
    {
        using SessionInputs inputs = new SessionInputs().Add("embedding", features).Add("dense", dense);
        return NamedTensors.From(_picture, inputs, cancellation);
    }

    /// <inheritdoc/>
    public (IReadOnlyList<MaskChoice> Choices, TensorBuffer<float> Logits) Decode(
        IDisposable prepared,
        PromptTensors prompts,
        Func<TensorBuffer<float>, IReadOnlyList<MaskChoice>> choose,
        CancellationToken cancellation)
    {
        var picture = (NamedTensors)prepared;
        int count = prompts.Points.Shape[0];
        var sizes = new CellSizes(
            _model.GridSize * _model.GridSize,
            _model.Channels,
            _model.DecoderHeads,
            OwnTokens + prompts.Points.Shape[1]);
        CellWorkspace workspace = Rent(sizes, count);
        Interlocked.Increment(ref _decoding);
        try
        {
            using NamedTensors answers = Attend(picture, prompts, sizes, workspace, cancellation);
            IReadOnlyList<MaskChoice> choices = choose(answers.Whole("iou"));
            return (choices, Upscale(picture, answers, choices, sizes, workspace, cancellation));
        }
        finally
        {
            Interlocked.Decrement(ref _decoding);
            Return(workspace);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _picture.Dispose();
        _prompts.Dispose();
        _firstBlock.Dispose();
        _secondBlock.Dispose();
        _answers.Dispose();
        foreach (CellWorkspace spare in _spares)
            spare.Dispose();
    }

    // Tokens and cells in turn, up to the predicted IoUs and the weights of the masks.
    private NamedTensors Attend(
        NamedTensors picture,
        PromptTensors prompts,
        CellSizes sizes,
        CellWorkspace workspace,
        CancellationToken cancellation)
    {
        int count = prompts.Points.Shape[0];
        var passes = new CellPasses<TLane>(sizes, picture, workspace, TokenBlocks.Epsilon);
        using var attended = new TensorBuffer<float>(count, sizes.Heads, sizes.Tokens, sizes.HeadWidth);
        using SessionInputs points = new SessionInputs().Add("points", prompts.Points).Add("labels", prompts.Labels);
        using NamedTensors tokens = NamedTensors.From(_prompts, points, cancellation);
        InGroups(count, (first, end) => passes.ReadPicture(first, end, tokens, attended), cancellation);

        TensorBuffer<float> own = tokens.Whole("prompts");
        using SessionInputs afterPicture = Inputs(own, tokens.Whole("tokens"), attended);
        using NamedTensors first = NamedTensors.From(_firstBlock, afterPicture, cancellation);
        using var summed = new TensorBuffer<float>(count, sizes.Heads, sizes.Tokens, sizes.Pairs);
        using var read = new TensorBuffer<float>(count, sizes.Heads, sizes.Tokens, sizes.HeadWidth);
        InGroups(count, (start, end) => passes.WriteAndReadFirst(start, end, first, summed, read), cancellation);

        using SessionInputs afterFirst = Inputs(own, first.Whole("tokens_out"), read)
            .Add("summed", summed).Add("spread", first.Whole("spread")).Add("own_in", first.Whole("own"));
        using NamedTensors second = NamedTensors.From(_secondBlock, afterFirst, cancellation);
        using var summedBoth = new TensorBuffer<float>(count, sizes.Heads, sizes.Tokens, 2 * sizes.Pairs);
        using var readLast = new TensorBuffer<float>(count, sizes.Heads, sizes.Tokens, sizes.HeadWidth);
        InGroups(
            count, (start, end) => passes.WriteAndReadSecond(start, end, second, summedBoth, readLast), cancellation);

        using SessionInputs afterSecond = Inputs(own, second.Whole("tokens_out"), readLast)
            .Add("summed", summedBoth).Add("spread", second.Whole("spread_out"));
        return NamedTensors.From(_answers, afterSecond, cancellation);
    }

    private unsafe TensorBuffer<float> Upscale(
        NamedTensors picture,
        NamedTensors answers,
        IReadOnlyList<MaskChoice> choices,
        CellSizes sizes,
        CellWorkspace workspace,
        CancellationToken cancellation)
    {
        var logits = new TensorBuffer<float>(choices.Count, _model.MaskSize, _model.MaskSize);
        TensorBuffer<float> weights = answers.Whole("weights");
        int width = weights.Shape[2], area = _model.MaskSize * _model.MaskSize;
        PromptPointers weightsOfPrompt = answers["weights"], upscaled = answers["upscaled"];
        var masks = new MaskPass<TLane>(sizes, _model.GridSize, picture, workspace, PixelEpsilon);
        (int Prompt, int First, int[] Masks)[] prompts = [.. choices
            .Select((choice, index) => (choice.Prompt, choice.Mask, index))
            .GroupBy(choice => choice.Prompt)
            .Select(group => (group.Key, group.First().index, group.Select(choice => choice.Mask).ToArray()))];
        try
        {
            ThreadsOfThisPicture().Each(prompts.Length, i =>
            {
                cancellation.ThrowIfCancellationRequested();
                (int prompt, int first, int[] wanted) = prompts[i];
                float* chosen = stackalloc float[wanted.Length * width];
                for (int mask = 0; mask < wanted.Length; mask++)
                {
                    new ReadOnlySpan<float>(weightsOfPrompt[prompt] + (wanted[mask] * width), width)
                        .CopyTo(new Span<float>(chosen + (mask * width), width));
                }

                masks.Run(
                    prompt, upscaled[prompt], chosen, wanted.Length, (float*)logits.Address + ((long)first * area));
            });
            return logits;
        }
        catch
        {
            logits.Dispose();
            throw;
        }
    }

    private static SessionInputs Inputs(
        TensorBuffer<float> prompts, TensorBuffer<float> tokens, TensorBuffer<float> attended) =>
        new SessionInputs().Add("prompts", prompts).Add("tokens", tokens).Add("attended", attended);

    private void InGroups(int prompts, Action<int, int> pass, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        int groups = (prompts + PromptsPerGroup - 1) / PromptsPerGroup;
        ThreadsOfThisPicture().Each(groups, group => pass(prompts * group / groups, prompts * (group + 1) / groups));
    }

    // Pictures at work at once have the threads between them; one alone has them all.
    private ThreadRanges ThreadsOfThisPicture() =>
        _sharesThreads ? _threads.Among(Volatile.Read(ref _decoding)) : _threads;

    private CellWorkspace Rent(CellSizes sizes, int prompts)
    {
        if (_spares.TryTake(out CellWorkspace? spare))
        {
            if (spare.Fits(sizes, prompts))
                return spare;
            spare.Dispose();
        }

        return new CellWorkspace(sizes, prompts);
    }

    // What a burst of pictures needed is not kept for the next.
    private void Return(CellWorkspace workspace)
    {
        if (_spares.Count < _mostSpares)
            _spares.Add(workspace);
        else
            workspace.Dispose();
    }
}
