using FrozenSeg.Testing;

namespace FrozenSeg.Functions.Tests.Orchestrations;

/// <summary>The analyzers that guard orchestrators are at work, and what is there passes them.</summary>
public sealed class AnalyzerTests
{
    [Fact]
    [Trait("Suite", "Slow")]
    public void Build_OrchestratorThatCannotBeReplayed_FailsForEachOffence()
    {
        using var copy = new RepositoryCopy("src/Shared", "src/Pipeline", "src/Serving", "src/Functions");
        (int clean, string said) = copy.Compile("src/Functions/FrozenSeg.Functions.csproj");
        copy.Write("src/Functions/Offence.cs", """
            using Microsoft.Azure.Functions.Worker;
            using Microsoft.DurableTask;

            namespace FrozenSeg.Functions;

            public static class Offence
            {
                [Function("Offence")]
                public static async Task<object> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
                {
                    object id = Guid.NewGuid();
                    await Task.Delay(1);
                    await context.CallActivityAsync("Prepare", 7);
                    return (id, DateTime.UtcNow);
                }
            }
            """);

        (int offended, string output) = copy.Compile("src/Functions/FrozenSeg.Functions.csproj");

        Assert.True(clean == 0, said);
        Assert.DoesNotContain("DURABLE", said, StringComparison.Ordinal);
        Assert.NotEqual(0, offended);
        foreach (string rule in (string[])["DURABLE0001", "DURABLE0002", "DURABLE0003", "DURABLE2001"])
            Assert.Contains("error " + rule, output, StringComparison.Ordinal);
    }
}
