using FrozenSeg.Evaluation.Semantic;

namespace FrozenSeg.Evaluation.Tests.Semantic;

public class ConfusionMatrixTests
{
    [Fact]
    public void Classes_Pixels_AreHitsAnnotatedAndPredicted()
    {
        ConfusionMatrix matrix = Matrix((0, 0, 5), (0, 1, 2), (1, 1, 3), (1, SemanticPicture.Void, 4), (2, 0, 1));

        IReadOnlyDictionary<int, ClassPixels> classes = matrix.Classes();

        Assert.Equal(
            [(0, new ClassPixels(5, 7, 6)), (1, new ClassPixels(3, 7, 5)), (2, new ClassPixels(0, 1, 0))],
            classes.OrderBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value)));
    }

    [Fact]
    public void Classes_WithoutOne_LeaveItsAnnotatedPixelsOutOfTheOthersToo()
    {
        IReadOnlyDictionary<int, ClassPixels> classes = Matrix((0, 0, 5), (0, 1, 2), (1, 0, 3), (1, 1, 1))
            .Classes(excluded: 0);

        Assert.Equal(new ClassPixels(1, 4, 1), classes[1]);
        Assert.Equal(new ClassPixels(0, 0, 3), classes[0]);
    }

    [Fact]
    public void Add_Matrix_SumsPixelByPixel()
    {
        ConfusionMatrix sum = Matrix((0, 0, 5));
        sum.Add(Matrix((0, 0, 2), (3, 0, 1)));

        Assert.Equal(new ClassPixels(7, 7, 8), sum.Classes()[0]);
        Assert.Equal(new ClassPixels(0, 1, 0), sum.Classes()[3]);
    }

    [Fact]
    public void LargestClass_EitherSide_IsTheLargest()
    {
        Assert.Equal(-1, new ConfusionMatrix().LargestClass());
        Assert.Equal(7, Matrix((7, 0, 1), (2, 3, 1)).LargestClass());
        Assert.Equal(9, Matrix((7, 9, 1)).LargestClass());
    }

    [Fact]
    public void IoU_Pixels_IsTheShareOfEither()
    {
        var pixels = new ClassPixels(5, 7, 6);

        Assert.Equal((5 / 8.0, 5 / 7.0), (pixels.IoU, pixels.Accuracy));
        Assert.Equal(double.NaN, new ClassPixels(0, 0, 6).IoU);
        Assert.Equal(double.NaN, new ClassPixels(0, 0, 6).Accuracy);
        Assert.Equal(new ClassPixels(6, 9, 9), pixels + new ClassPixels(1, 2, 3));
    }

    private static ConfusionMatrix Matrix(params (int Truth, int Prediction, long Pixels)[] entries)
    {
        var matrix = new ConfusionMatrix();
        foreach ((int truth, int prediction, long pixels) in entries)
            matrix.Add(truth, prediction, pixels);
        return matrix;
    }
}
