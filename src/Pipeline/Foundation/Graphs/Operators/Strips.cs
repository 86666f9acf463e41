using FrozenSeg.Pipeline.Foundation.Graphs.Onnx;
using FrozenSeg.Pipeline.Foundation.Tensors;

namespace FrozenSeg.Pipeline.Foundation.Graphs.Operators;

/// <summary>Work on rows that need nothing of each other, a strip of them at a time.</summary>
internal static class Strips
{
    // What a wide layer makes of so many rows stays in the cache of a core; for fewer the weights are read too often.
    private const int LeastRows = 256;

    /// <summary>How many strips suit so many rows; 1 where they cannot be shared out evenly.</summary>
    public static int CountFor(int rows) =>
        Enumerable.Range(LeastRows, LeastRows).Where(strip => rows % strip == 0).Select(strip => rows / strip)
            .FirstOrDefault(1);

    /// <summary>
    /// Applies <paramref name="body"/> to one strip of rows after the other (ONNX's Scan), so that what one layer
    /// leaves for the next is still in the cache. On a GPU it is applied to all rows at once.
    /// </summary>
    /// <param name="count">Into how many strips; where they would not be equal, all rows are one strip.</param>
    /// <param name="rows">Each <c>[…, D]</c>, of as many rows.</param>
    /// <param name="body">From strips <c>[rows, D]</c> to one <c>[rows, D]</c>.</param>
    /// <returns>Shaped like the first of <paramref name="rows"/>.</returns>
    public static GraphValue InStrips(int count, IReadOnlyList<GraphValue> rows, Func<GraphValue[], GraphValue> body)
    {
        GraphValue first = rows[0];
        GraphBuilder graph = first.Graph;
        if (count == 1 || graph.Target.Device is not GraphDevice.Cpu)
            return body([.. rows]);
        GraphValue number = CountThatFits(first, count);
        Dimension length = graph.FreshSymbol();
        GraphValue[] strips = [.. rows.Select(value => Cut(value, number, length))];
        OnnxGraph content = graph.Body(
            "strip", [.. strips.Select(strip => (strip.Type, (Dimension[])[length, strip[-1]]))], body);
        GraphValue result = content.Outputs[0];
        return graph.Node(
            "Scan",
            strips,
            result.Type,
            [strips[0][0], .. result.Shape],
            [OnnxAttribute.Int("num_scan_inputs", strips.Length), OnnxAttribute.Graph("body", content)])
            .ReshapeLike(first);
    }

    // How many rows there are only the picture may tell.
    private static GraphValue CountThatFits(GraphValue rows, int count)
    {
        GraphBuilder graph = rows.Graph;
        GraphValue wanted = graph.Integers(count);
        GraphValue total = graph.Node("Size", [rows], ElementType.Int64, []) / graph.Integers(rows[-1].Value);
        return (total / wanted * wanted).EqualTo(total).Where(wanted, graph.Integers(1));
    }

    private static GraphValue Cut(GraphValue rows, GraphValue count, Dimension length) => rows.Reshape(
        Shaping.Concat(0, count, rows.Graph.Integers(-1, rows[-1].Value)), rows.Graph.FreshSymbol(), length, rows[-1]);
}
