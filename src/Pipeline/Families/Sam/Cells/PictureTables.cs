using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Families.Sam.Networks;
using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Graphs.Operators;

namespace FrozenSeg.Pipeline.Families.Sam.Cells;

/// <summary>
/// What a picture alone contributes to the products of the passes: its cells carried through every projection they will
/// meet, with the norms' scales between. Names end with the block they serve, 2 for the last read. Tables of the cross
/// width are <c>[tiles, width, 64]</c>, values <c>[cells, width]</c>, numbers of a cell <c>[cells]</c>.
/// </summary>
/// <param name="configuration">Sizes.</param>
internal sealed class PictureTables(SamConfiguration configuration)
{
    private int Cells => configuration.GridSize * configuration.GridSize;

    private int CrossWidth => configuration.Channels / 2;

    /// <summary>Declares them as outputs.</summary>
    /// <param name="decoder">At <c>mask_decoder</c>.</param>
    /// <param name="image"><c>[C, cells]</c>: embedding plus dense prompt.</param>
    /// <param name="positions"><c>[C, cells]</c>.</param>
    public void Output(GraphScope decoder, GraphValue image, GraphValue positions)
    {
        GraphBuilder graph = decoder.Graph;
        GraphScope first = decoder["transformer"]["layers"]["0"], second = decoder["transformer"]["layers"]["1"];
        GraphScope read = first["cross_attn_token_to_image"], write = first["cross_attn_image_to_token"];
        GraphValue placed = image + positions;
        Tiled("key_0", Projected(read, "k_proj", placed) + Bias(read, "k_proj"));
        graph.FloatOutput("value_0", (Projected(read, "v_proj", image) + Bias(read, "v_proj")).Transpose(1, 0));
        Tiled("query_0", Projected(write, "q_proj", placed) + Bias(write, "q_proj"));

        // Cells before the first norm, without their mean; then with its scale, and again without their mean.
        GraphValue centred = Centred(image, axis: 0), bias = Column(write["out_proj"], "bias");
        Tiled("own_0", Returned(write, centred));
        graph.FloatOutput("square_0", Square(centred, bias));
        GraphValue scale = Column(first["norm4"], "weight"), shift = Column(first["norm4"], "bias");
        GraphValue scaled = centred * scale;
        GraphScope readNext = second["cross_attn_token_to_image"], writeNext = second["cross_attn_image_to_token"];
        Tiled("key_1", Projected(readNext, "k_proj", scaled));
        Tiled("place_key_1", Projected(readNext, "k_proj", positions));
        graph.FloatOutput("value_1", Projected(readNext, "v_proj", scaled).Transpose(1, 0));
        Tiled("query_1", Projected(writeNext, "q_proj", scaled));
        Tiled("place_query_1", Projected(writeNext, "q_proj", positions + shift) + Bias(writeNext, "q_proj"));

        GraphValue recentred = Centred(scaled, axis: 0), twice = Centred(recentred * scale, axis: 0);
        Tiled("own_1_first", Returned(write, twice));
        Tiled("own_1_second", Returned(writeNext, recentred));
        graph.FloatOutput("square_1", ((recentred * recentred) + (twice * bias * 2)).ReduceSum(0).Reshape(Cells));
        graph.FloatOutput(
            "shifted_1", (recentred * (shift + Column(writeNext["out_proj"], "bias")) * 2).ReduceSum(0).Reshape(Cells));
        GraphValue last = recentred * Column(second["norm4"], "weight");
        GraphScope readLast = decoder["transformer"]["final_attn_token_to_image"];
        Tiled("key_2", Projected(readLast, "k_proj", last));
        Tiled("place_key_2", Projected(readLast, "k_proj", positions));
        graph.FloatOutput("value_2", Projected(readLast, "v_proj", last).Transpose(1, 0));
        OutputUpscaling(decoder["output_upscaling"], last, Column(second["norm4"], "bias"));

        void Tiled(string name, GraphValue table) => graph.FloatOutput(name, Tile(table));
    }

    /// <summary>Without the mean along <paramref name="axis"/>.</summary>
    public static GraphValue Centred(GraphValue x, int axis) => x - x.ReduceMean(axis);

    // upscaled [tiles, C, 64] after the first step, and the weights of what follows it.
    private void OutputUpscaling(GraphScope scope, GraphValue cells, GraphValue shift)
    {
        GraphBuilder graph = scope.Graph;
        int half = configuration.Channels / 4, full = configuration.Channels / 8;
        GraphValue weight = TransposedConvolution.Weight(scope["0"], configuration.Channels, half);
        graph.FloatOutput("upscaled", Tile(weight.MatMul(cells)));
        GraphValue bias = TransposedConvolution.Bias(scope["0"], half).Reshape(4 * half, 1);
        graph.FloatOutput("upscaled_shift", (weight.MatMul(shift) + bias).Reshape(4 * half));
        graph.FloatOutput("norm_scale", scope["1"].Weight("weight", half) * 1);
        graph.FloatOutput("norm_shift", scope["1"].Weight("bias", half) * 1);
        graph.FloatOutput("pixel_weight", TransposedConvolution.Weight(scope["3"], half, full));
        graph.FloatOutput("pixel_shift", scope["3"].Weight("bias", full) * 1);
    }

    private GraphValue Projected(GraphScope attention, string projection, GraphValue cells) =>
        attention[projection].Weight("weight", CrossWidth, configuration.Channels).MatMul(cells);

    // The transpose of the output projection: what a cell has in common with each number of a value.
    private GraphValue Returned(GraphScope attention, GraphValue cells) =>
        attention["out_proj"].Weight("weight", configuration.Channels, CrossWidth).Transpose(1, 0).MatMul(cells);

    private GraphValue Square(GraphValue cells, GraphValue bias) =>
        (cells * (cells + (bias * 2))).ReduceSum(0).Reshape(Cells);

    private GraphValue Bias(GraphScope attention, string projection) =>
        attention[projection].Weight("bias", CrossWidth).Reshape(CrossWidth, 1);

    private GraphValue Column(GraphScope scope, string leaf) =>
        scope.Weight(leaf, configuration.Channels).Reshape(configuration.Channels, 1);

    private GraphValue Tile(GraphValue table) =>
        table.Reshape(table[0], Cells / CellSizes.Tile, CellSizes.Tile).Transpose(1, 0, 2);
}
