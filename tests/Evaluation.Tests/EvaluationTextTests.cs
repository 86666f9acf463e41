using FrozenSeg.Evaluation.Reports;

namespace FrozenSeg.Evaluation.Tests;

public sealed class EvaluationTextTests
{
    [Fact]
    public void Number_MinusOne_IsANumberUnlessItStandsForNothing()
    {
        Assert.Equal("-100.00", EvaluationText.Number(Figure.Fraction("J_decay", -1)));
        Assert.Equal("–", EvaluationText.Number(new Figure("APs", -1) { IsNothing = true }));
        Assert.Equal("–", EvaluationText.Number(Figure.Fraction("IoU", double.NaN)));
    }
}
