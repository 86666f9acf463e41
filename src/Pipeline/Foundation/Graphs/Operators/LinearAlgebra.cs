using FrozenSeg.Pipeline.Foundation.Graphs.Onnx;
using FrozenSeg.Pipeline.Foundation.Tensors;

namespace FrozenSeg.Pipeline.Foundation.Graphs.Operators;

/// <summary>Matrix products.</summary>
internal static class LinearAlgebra
{
    /// <summary>
    /// Batched product <c>[…, M, K] × […, K, N] → […, M, N]</c>; outer dimensions broadcast.
    /// </summary>
    public static GraphValue MatMul(this GraphValue a, GraphValue b)
    {
        Dimension[] shape = ProductShape("MatMul", a, a[-2], a[-1], b, b[-2], b[-1]);
        return a.Graph.Node("MatMul", [a, b], a.Type, shape);
    }

    /// <summary>
    /// Batched <c>a × bᵀ</c>: <c>[…, M, K] × […, N, K] → […, M, N]</c>, times <paramref name="scale"/>.
    /// </summary>
    public static GraphValue MatMulTransposed(this GraphValue a, GraphValue b, float scale = 1)
    {
        Dimension[] shape = ProductShape("MatMulTransposed", a, a[-2], a[-1], b, b[-1], b[-2]);
        return a.Graph.Node(
            "FusedMatMul",
            [a, b],
            a.Type,
            shape,
            [OnnxAttribute.Int("transB", 1), OnnxAttribute.Float("alpha", scale)],
            OnnxModelWriter.ContribDomain);
    }

    /// <summary>Batched <c>aᵀ × b</c>: <c>[…, K, M] × […, K, N] → […, M, N]</c>.</summary>
    public static GraphValue TransposedMatMul(this GraphValue a, GraphValue b)
    {
        Dimension[] shape = ProductShape("TransposedMatMul", a, a[-1], a[-2], b, b[-2], b[-1]);
        return a.Graph.Node(
            "FusedMatMul", [a, b], a.Type, shape, [OnnxAttribute.Int("transA", 1)], OnnxModelWriter.ContribDomain);
    }

    /// <summary>
    /// <c>x wᵀ + bias</c> for a matrix <c>[M, K]</c> and weights <c>[N, K]</c> as PyTorch stores them.
    /// </summary>
    public static GraphValue Gemm(this GraphValue x, GraphValue weight, GraphValue? bias = null)
    {
        if (x.Rank != 2 || weight.Rank != 2 || x[1] != weight[1])
            throw new GraphException($"Gemm: '{x}' times the transpose of '{weight}' is not defined.");
        return x.Graph.Node(
            "Gemm",
            bias is null ? [x, weight] : [x, weight, bias],
            x.Type,
            [x[0], weight[0]],
            [OnnxAttribute.Int("transB", 1)]);
    }

    /// <summary>
    /// Multi-head attention <c>softmax(q kᵀ · scale) v</c> in one operator that never holds the whole attention matrix.
    /// </summary>
    /// <param name="query"><c>[B, L, heads·d]</c>.</param>
    /// <param name="key"><c>[B, S, heads·d]</c>.</param>
    /// <param name="value"><c>[B, S, heads·e]</c>.</param>
    /// <param name="heads">Number of heads.</param>
    /// <param name="scale">Factor of the logits.</param>
    /// <param name="isCausal">Whether a row sees only itself and those before it.</param>
    /// <returns><c>[B, L, heads·e]</c>.</returns>
    /// <remarks>
    /// On a GPU in float32 the products are written out: there ONNX Runtime's memory-efficient kernel answered wrongly
    /// for heads of unequal widths (seen with 192 and 64 over 4096 tokens, version 1.31).
    /// </remarks>
    public static GraphValue FlashAttention(
        this GraphValue query, GraphValue key, GraphValue value, int heads, float scale, bool isCausal = false) =>
        query.Graph.Target.Device is GraphDevice.Gpu && query.Type is ElementType.Float32 && !isCausal
            ? query.AttentionByProducts(key, value, heads, scale)
            : query.Graph.Node(
                "MultiHeadAttention",
                [query, key, value],
                query.Type,
                [query[0], query[1], value[2]],
                [
                    OnnxAttribute.Int("num_heads", heads),
                    OnnxAttribute.Float("scale", scale),
                    OnnxAttribute.Int("unidirectional", isCausal ? 1 : 0),
                ],
                OnnxModelWriter.ContribDomain);

    /// <summary>
    /// Multi-head attention <c>softmax(q kᵀ · scale + bias) v</c>.
    /// </summary>
    /// <param name="query"><c>[B, L, heads·d]</c>.</param>
    /// <param name="key"><c>[B, S, heads·d]</c>.</param>
    /// <param name="value"><c>[B, S, heads·e]</c>.</param>
    /// <param name="bias"><c>[1, 1, L, S]</c>, for every head; negative infinity blocks a key.</param>
    /// <param name="heads">Number of heads.</param>
    /// <param name="scale">Factor of the logits.</param>
    /// <returns><c>[B, L, heads·e]</c>.</returns>
    public static GraphValue BiasedAttention(
        this GraphValue query, GraphValue key, GraphValue value, GraphValue bias, int heads, float scale) =>
        query.Graph.Node(
            "MultiHeadAttention",
            [query, key, value, null, null, bias],
            query.Type,
            [query[0], query[1], value[2]],
            [OnnxAttribute.Int("num_heads", heads), OnnxAttribute.Float("scale", scale)],
            OnnxModelWriter.ContribDomain);

    private static GraphValue AttentionByProducts(
        this GraphValue query, GraphValue key, GraphValue value, int heads, float scale)
    {
        GraphValue logits = query.SplitHeads(heads).MatMulTransposed(key.SplitHeads(heads), scale);
        return logits.Softmax().MatMul(value.SplitHeads(heads))
            .Transpose(0, 2, 1, 3)
            .Reshape(query[0], query[1], value[2]);
    }

    // [B, L, H·d] → [B, H, L, d]
    private static GraphValue SplitHeads(this GraphValue x, int heads) =>
        x.Reshape(x[0], x[1], heads, x[2].Value / heads).Transpose(0, 2, 1, 3);

    private static Dimension[] ProductShape(
        string operation,
        GraphValue a,
        Dimension rows,
        Dimension inner,
        GraphValue b,
        Dimension otherInner,
        Dimension columns)
    {
        if (a.Type != b.Type || (inner.IsFixed && otherInner.IsFixed && inner != otherInner))
            throw new GraphException($"{operation}: '{a}' and '{b}' do not fit.");
        Dimension[] batch = Broadcasting.Combine(a.Shape[..^2], b.Shape[..^2], operation);
        return [.. batch, rows, columns];
    }
}
