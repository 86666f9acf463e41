using System.Reflection;
using FrozenSeg.Evaluation;
using FrozenSeg.Pipeline;
using FrozenSeg.Serving.Http.Local;
using FrozenSeg.Shared.Requests;
using NetArchTest.Rules;

namespace FrozenSeg.Architecture.Tests;

/// <summary>The house has floors: what stands higher may lean on what stands lower, never the other way.</summary>
public sealed class FloorTests
{
    private const string Families = "FrozenSeg.Pipeline.Families.";
    private const string Foundation = "FrozenSeg.Pipeline.Foundation.";

    private static readonly Assembly[] Assemblies =
        [typeof(SegmentationRequest).Assembly, typeof(
            MethodFactory).Assembly, typeof(EvaluationOptions).Assembly, typeof(LocalService).Assembly];

    [Theory]
    [InlineData(
        "FrozenSeg.Shared",
        "FrozenSeg.Pipeline",
        "FrozenSeg.Evaluation",
        "FrozenSeg.Serving",
        "Microsoft.ML",
        "SixLabors",
        "Google.Protobuf")]
    [InlineData(
        "FrozenSeg.Pipeline",
        "FrozenSeg.Evaluation",
        "FrozenSeg.Serving",
        "Microsoft.AspNetCore",
        "Azure",
        "System.CommandLine",
        "Spectre")]
    [InlineData(
        "FrozenSeg.Evaluation", "FrozenSeg.Serving", "Microsoft.AspNetCore", "Azure", "System.CommandLine", "Spectre")]
    [InlineData(
        "FrozenSeg.Serving",
        "FrozenSeg.Evaluation",
        "Azure.Storage",
        "Microsoft.Azure",
        "System.CommandLine",
        "Spectre")]
    public void Project_KnowsNothingAboveIt(string project, params string[] above) => AssertFloor(project, above);

    [Theory]
    [InlineData(
        "FrozenSeg.Pipeline.Foundation",
        "FrozenSeg.Pipeline.Methods",
        "FrozenSeg.Pipeline.Families",
        "FrozenSeg.Pipeline.Models",
        "FrozenSeg.Pipeline.MethodFactory")]
    [InlineData(
        "FrozenSeg.Pipeline.Methods",
        "FrozenSeg.Pipeline.Families",
        "FrozenSeg.Pipeline.Models",
        "FrozenSeg.Pipeline.MethodFactory")]
    [InlineData("FrozenSeg.Pipeline.Families", "FrozenSeg.Pipeline.Models", "FrozenSeg.Pipeline.MethodFactory")]
    [InlineData(
        Foundation + "Files",
        Foundation + "Imaging",
        Foundation + "Tensors",
        Foundation + "Weights",
        Foundation + "Graphs",
        Foundation + "Runtime")]
    [InlineData(
        Foundation + "Imaging",
        Foundation + "Tensors",
        Foundation + "Weights",
        Foundation + "Graphs",
        Foundation + "Runtime")]
    [InlineData(
        Foundation + "Tensors",
        Foundation + "Imaging",
        Foundation + "Weights",
        Foundation + "Graphs",
        Foundation + "Runtime")]
    [InlineData(Foundation + "Weights", Foundation + "Imaging", Foundation + "Graphs", Foundation + "Runtime")]
    [InlineData(Foundation + "Graphs", Foundation + "Imaging", Foundation + "Runtime")]
    public void Storey_OfThePipeline_KnowsNothingAboveIt(string storey, params string[] above) =>
        AssertFloor(storey, above);

    [Theory]
    [InlineData(
        Families + "Clip",
        Families + "Sam", Families + "Sam3", Families + "ClipAsRnn", Families + "FrozenBackbones", Families + "Fusion")]
    [InlineData(
        Families + "Sam",
        Families + "Clip", Families + "ClipAsRnn", Families + "FrozenBackbones", Families + "Fusion")]
    [InlineData(Families + "Sam3", Families + "ClipAsRnn", Families + "FrozenBackbones", Families + "Fusion")]
    [InlineData(Families + "ClipAsRnn", Families + "Sam3", Families + "FrozenBackbones", Families + "Fusion")]
    [InlineData(Families + "FrozenBackbones", Families + "Sam3", Families + "ClipAsRnn", Families + "Fusion")]
    public void Family_KnowsOnlyTheOnesItIsMadeOf(string family, params string[] others) => AssertFloor(family, others);

    [Theory]
    [InlineData(
        "FrozenSeg.Serving.Fetching",
        "FrozenSeg.Serving.Prompting",
        "FrozenSeg.Serving.Workflow",
        "FrozenSeg.Serving.Http",
        "FrozenSeg.Serving.Watching")]
    [InlineData(
        "FrozenSeg.Serving.Prompting",
        "FrozenSeg.Serving.Fetching",
        "FrozenSeg.Serving.Workflow",
        "FrozenSeg.Serving.Http",
        "FrozenSeg.Serving.Watching")]
    [InlineData(
        "FrozenSeg.Serving.Workflow", "FrozenSeg.Serving.Http", "FrozenSeg.Serving.Watching", "Microsoft.AspNetCore")]
    [InlineData("FrozenSeg.Serving.Http", "FrozenSeg.Serving.Watching")]
    public void Room_OfServing_KnowsNothingAboveIt(string room, params string[] above) => AssertFloor(room, above);

    private static void AssertFloor(string lower, string[] above)
    {
        PredicateList types = Types.InAssemblies(Assemblies)
            .That()
            .ResideInNamespaceMatching($@"^{lower.Replace(".", @"\.", StringComparison.Ordinal)}(\.|$)");
        Assert.NotEmpty(types.GetTypes());

        TestResult result = types.ShouldNot().HaveDependencyOnAny(above).GetResult();

        Assert.Empty(result.FailingTypeNames ?? []);
    }
}
