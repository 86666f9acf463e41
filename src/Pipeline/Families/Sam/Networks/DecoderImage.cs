using FrozenSeg.Pipeline.Foundation.Graphs;

namespace FrozenSeg.Pipeline.Families.Sam.Networks;

/// <summary>
/// What the mask decoder needs of a picture and is the same for every prompt: the image tokens, and their projections
/// in the first two-way block. Computed once a picture, they save a fifth of the work for each prompt.
/// </summary>
/// <param name="Tokens"><c>[grid², C]</c>: embedding plus dense prompt.</param>
/// <param name="Key"><c>[1, grid², A]</c>: keys of tokens→image attention.</param>
/// <param name="Value"><c>[1, grid², A]</c>: its values.</param>
/// <param name="Query"><c>[grid², A]</c>: queries of image→tokens attention.</param>
internal sealed record DecoderImage(GraphValue Tokens, GraphValue Key, GraphValue Value, GraphValue Query);
