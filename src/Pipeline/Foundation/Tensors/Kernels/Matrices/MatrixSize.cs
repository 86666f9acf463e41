namespace FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Matrices;

/// <summary>Sizes of a product <c>[Rows, Inner] × [Inner, Columns]</c>.</summary>
internal readonly record struct MatrixSize(int Rows, int Columns, int Inner);
