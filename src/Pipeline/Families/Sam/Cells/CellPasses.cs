using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Lanes;
using FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Matrices;

namespace FrozenSeg.Pipeline.Families.Sam.Cells;

/// <summary>
/// The two-way transformer's work on cells, for a few prompts, in three passes over the tiles of the image: read; write
/// and read; write and read. What tokens do between passes is <see cref="CellGraphs"/>' part, and the README says why
/// cells need not be written out.
/// </summary>
/// <param name="sizes">Sizes.</param>
/// <param name="tables">The picture's part.</param>
/// <param name="workspace">What is kept between passes.</param>
/// <param name="epsilon">Added to a variance.</param>
/// <typeparam name="TLane">The widest register to use.</typeparam>
internal sealed unsafe class CellPasses<TLane>(
    CellSizes sizes, NamedTensors tables, CellWorkspace workspace, float epsilon)
    where TLane : struct, ILane<TLane>
{
    private const int Tile = CellSizes.Tile;

    private readonly RunningSoftmax _softmax = new(sizes.Pairs);

    private int Width => sizes.HeadWidth;

    /// <summary>Tokens read the picture as it came from the encoder.</summary>
    /// <param name="first">First prompt.</param>
    /// <param name="end">After the last prompt.</param>
    /// <param name="tokens">From <see cref="CellGraphs.Prompts"/>.</param>
    /// <param name="attended">Takes <c>[B, heads, tokens, width]</c>.</param>
    public void ReadPicture(int first, int end, NamedTensors tokens, TensorBuffer<float> attended)
    {
        PromptPointers query = tokens["query"], sums = new(attended);
        float* key = tables.Start("key_0"), value = tables.Start("value_0");
        using var scratch = new CellScratch(sizes);
        Begin(first, end);
        for (int tile = 0; tile < sizes.Tiles; tile++)
        {
            for (int prompt = first; prompt < end; prompt++)
            {
                MultiplyHeads(query[prompt], Rows(key, tile), scratch.Logits);
                _softmax.Exponentiate<TLane>(workspace.Softmax(prompt), scratch.Logits, Sum(sums[prompt], Width));
                AddHeads(scratch.Logits, Rows(value, tile), sums[prompt]);
            }
        }

        for (int prompt = first; prompt < end; prompt++)
            _softmax.Finish(workspace.Softmax(prompt), Sum(sums[prompt], Width));
    }

    /// <summary>The picture's cells read the tokens, and the tokens read the cells.</summary>
    /// <param name="first">First prompt.</param>
    /// <param name="end">After the last prompt.</param>
    /// <param name="tokens">From <see cref="CellGraphs.FirstBlock"/>.</param>
    /// <param name="summed">Takes <c>[B, heads, tokens, pairs]</c>.</param>
    /// <param name="attended">Takes <c>[B, heads, tokens, width]</c>.</param>
    public void WriteAndReadFirst(
        int first, int end, NamedTensors tokens, TensorBuffer<float> summed, TensorBuffer<float> attended)
    {
        PromptPointers key = tokens["key"], own = tokens["own"], gram = tokens["gram"];
        PromptPointers query = tokens["query"], carried = tokens["carried"], mixed = new(summed), sums = new(attended);
        float* queryOfCell = tables.Start("query_0"), ownOfCell = tables.Start("own_0"),
            square = tables.Start("square_0");
        float* keyOfCell = tables.Start("key_1"), keyOfPlace = tables.Start("place_key_1"),
            value = tables.Start("value_1");
        int pairs = sizes.Pairs;
        using var scratch = new CellScratch(sizes);
        Begin(first, end);
        for (int tile = 0; tile < sizes.Tiles; tile++)
        {
            for (int prompt = first; prompt < end; prompt++)
            {
                float* mixture = workspace.Mixture(prompt, tile), norm = workspace.Norm(prompt, 0, tile);
                MultiplyHeads(key[prompt], Rows(queryOfCell, tile), scratch.Logits);
                TileMath.SoftmaxOverTokens<TLane>(scratch.Logits, sizes.Heads, sizes.Tokens, mixture);

                MultiplyHeads(own[prompt], Rows(ownOfCell, tile), scratch.Products);
                AddProduct(gram[prompt], pairs, mixture, pairs, scratch.Products);
                new Span<float>(square + (tile * Tile), Tile).CopyTo(new Span<float>(scratch.Squares, Tile));
                TileMath.AddInnerProducts<TLane>(mixture, scratch.Products, pairs, scratch.Squares);
                TileMath.Deviations<TLane>(scratch.Squares, sizes.Channels, epsilon, scratch.Deviations, norm);
                TileMath.Scale<TLane>(mixture, pairs, norm, mixture);

                TileMath.Combine<TLane>(
                    Rows(keyOfCell, tile), norm, Rows(keyOfPlace, tile), null, sizes.CrossWidth, scratch.Table);
                MultiplyHeads(query[prompt], scratch.Table, scratch.Logits);
                AddProduct(carried[prompt], pairs, mixture, pairs, scratch.Logits);
                _softmax.Exponentiate<TLane>(
                    workspace.Softmax(prompt), scratch.Logits, Sum(mixed[prompt], pairs), Sum(sums[prompt], Width));
                AddMixtures(scratch, mixture, pairs, mixed[prompt]);
                TileMath.Scale<TLane>(scratch.Logits, pairs, norm, scratch.Logits);
                AddHeads(scratch.Logits, Rows(value, tile), sums[prompt]);
            }
        }

        for (int prompt = first; prompt < end; prompt++)
            _softmax.Finish(workspace.Softmax(prompt), Sum(mixed[prompt], pairs), Sum(sums[prompt], Width));
    }

    /// <summary>The cells read the tokens again, and the tokens read them for the last time.</summary>
    /// <param name="first">First prompt.</param>
    /// <param name="end">After the last prompt.</param>
    /// <param name="tokens">From <see cref="CellGraphs.SecondBlock"/>.</param>
    /// <param name="summed">Takes <c>[B, heads, tokens, 2·pairs]</c>.</param>
    /// <param name="attended">Takes <c>[B, heads, tokens, width]</c>.</param>
    public void WriteAndReadSecond(
        int first, int end, NamedTensors tokens, TensorBuffer<float> summed, TensorBuffer<float> attended)
    {
        PromptPointers key = tokens["key"], own = tokens["own"], carriedKey = tokens["carried_key"];
        PromptPointers gram = tokens["gram"], lastGram = tokens["last_gram"];
        PromptPointers query = tokens["query"], carried = tokens["carried"], mixed = new(summed), sums = new(attended);
        float* queryOfCell = tables.Start("query_1"), queryOfPlace = tables.Start("place_query_1");
        float* ownOfFirst = tables.Start("own_1_first"), ownOfSecond = tables.Start("own_1_second");
        float* square = tables.Start("square_1"), shifted = tables.Start("shifted_1");
        float* keyOfCell = tables.Start("key_2"), keyOfPlace = tables.Start("place_key_2"),
            value = tables.Start("value_2");
        int pairs = sizes.Pairs, cross = sizes.CrossWidth;
        using var scratch = new CellScratch(sizes);
        Begin(first, end);
        for (int tile = 0; tile < sizes.Tiles; tile++)
        {
            for (int prompt = first; prompt < end; prompt++)
            {
                float* mixture = workspace.Mixture(prompt, tile), second = mixture + (pairs * Tile);
                float* before = workspace.Norm(prompt, 0, tile), norm = workspace.Norm(prompt, 1, tile);
                TileMath.Combine<TLane>(
                    Rows(queryOfCell, tile), before, Rows(queryOfPlace, tile), null, cross, scratch.Table);
                MultiplyHeads(key[prompt], scratch.Table, scratch.Logits);
                AddProduct(carriedKey[prompt], pairs, mixture, pairs, scratch.Logits);
                TileMath.SoftmaxOverTokens<TLane>(scratch.Logits, sizes.Heads, sizes.Tokens, second);

                float* products = scratch.Products, secondProducts = products + (pairs * Tile);
                MultiplyHeads(own[prompt], Rows(ownOfFirst, tile), products);
                MultiplyHeads(own[prompt] + (pairs * Width), Rows(ownOfSecond, tile), secondProducts);
                TileMath.Scale<TLane>(products, 2 * pairs, before, products);
                AddProduct(gram[prompt], pairs, mixture, 2 * pairs, products);
                AddProduct(lastGram[prompt], pairs, second, pairs, secondProducts);
                TileMath.Combine<TLane>(
                    square + (tile * Tile), before, shifted + (tile * Tile), null, 1, scratch.Squares);
                TileMath.Scale<TLane>(scratch.Squares, 1, before, scratch.Squares);
                TileMath.AddInnerProducts<TLane>(mixture, products, 2 * pairs, scratch.Squares);
                TileMath.Deviations<TLane>(scratch.Squares, sizes.Channels, epsilon, scratch.Deviations, norm);

                TileMath.Combine<TLane>(
                    Rows(keyOfCell, tile), before, Rows(keyOfPlace, tile), scratch.Deviations, cross, scratch.Table);
                MultiplyHeads(query[prompt], scratch.Table, scratch.Logits);
                AddProduct(carried[prompt], pairs, mixture, 2 * pairs, scratch.Logits);
                TileMath.Scale<TLane>(scratch.Logits, pairs, norm, scratch.Logits);
                _softmax.Exponentiate<TLane>(
                    workspace.Softmax(prompt), scratch.Logits, Sum(mixed[prompt], 2 * pairs), Sum(sums[prompt], Width));
                TileMath.Scale<TLane>(scratch.Logits, pairs, norm, scratch.Logits);
                AddMixtures(scratch, mixture, 2 * pairs, mixed[prompt]);
                TileMath.Scale<TLane>(scratch.Logits, pairs, before, scratch.Logits);
                AddHeads(scratch.Logits, Rows(value, tile), sums[prompt]);
            }
        }

        for (int prompt = first; prompt < end; prompt++)
            _softmax.Finish(workspace.Softmax(prompt), Sum(mixed[prompt], 2 * pairs), Sum(sums[prompt], Width));
    }

    private static RunningSoftmax.Sum Sum(float* start, int width) => new((nint)start, width);

    private void Begin(int first, int end)
    {
        for (int prompt = first; prompt < end; prompt++)
            _softmax.Reset(workspace.Softmax(prompt));
    }

    // A tile of a table that is as wide as all heads, with cells or heads first.
    private float* Rows(float* table, int tile) => table + ((long)tile * sizes.CrossWidth * Tile);

    private void MultiplyHeads(float* tokens, float* table, float* target) =>
        TileMath.MultiplyHeads<TLane>(tokens, table, sizes.Heads, sizes.Tokens, Width, target);

    private static void AddProduct(float* matrix, int rows, float* mixture, int inner, float* target) =>
        MatrixProduct.Multiply<TLane>(
            matrix, inner, mixture, Tile, target, Tile, new MatrixSize(rows, Tile, inner), adds: true);

    private void AddMixtures(CellScratch scratch, float* mixture, int columns, float* sums)
    {
        TileMath.Transpose(mixture, columns, scratch.Transposed);
        MatrixProduct.Multiply<TLane>(
            scratch.Logits,
            Tile,
            scratch.Transposed,
            columns,
            sums,
            columns,
            new MatrixSize(sizes.Pairs, columns, Tile),
            adds: true);
    }

    private void AddHeads(float* weights, float* table, float* sums)
    {
        for (int head = 0; head < sizes.Heads; head++)
        {
            MatrixProduct.Multiply<TLane>(
                weights + (head * sizes.Tokens * Tile),
                Tile,
                table + (head * Width),
                sizes.CrossWidth,
                sums + (head * sizes.Tokens * Width),
                Width,
                new MatrixSize(sizes.Tokens, Width, Tile),
                adds: true);
        }
    }
}
