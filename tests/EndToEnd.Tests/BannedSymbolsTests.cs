using FrozenSeg.Testing;

namespace FrozenSeg.EndToEnd.Tests;

/// <summary>The workflow is replayed: a build of one that could notice is refused.</summary>
public sealed class BannedSymbolsTests
{
    [Fact]
    [Trait("Suite", "Slow")]
    public void Build_WorkflowThatLooksAtTheWorld_FailsForEachOffence()
    {
        using var copy = new RepositoryCopy("src/Shared", "src/Pipeline", "src/Serving");
        (int clean, string said) = copy.Compile("src/Serving/FrozenSeg.Serving.csproj");
        copy.Write("src/Serving/Workflow/Offence.cs", """
            namespace FrozenSeg.Serving.Workflow;

            internal static class Offence
            {
                public static object Clock => System.DateTimeOffset.UtcNow;

                public static object Chance => new System.Random();

                public static object Id => System.Guid.NewGuid();

                public static object Content => System.IO.File.ReadAllBytes("a");

                public static object Pause => System.Threading.Tasks.Task.Delay(1);
            }
            """);

        (int offended, string output) = copy.Compile("src/Serving/FrozenSeg.Serving.csproj");

        Assert.True(clean == 0, said);
        Assert.NotEqual(0, offended);
        foreach (int line in (int[])[5, 7, 9, 11, 13])
            Assert.Contains($"Offence.cs({line},", output, StringComparison.Ordinal);
        Assert.All(
            output.Split('\n').Where(line => line.Contains(": error ", StringComparison.Ordinal)),
            line => Assert.Contains("RS0030", line, StringComparison.Ordinal));
    }
}
