using FrozenSeg.Testing;

namespace FrozenSeg.EndToEnd.Tests;

/// <summary>The image of <c>frozenseg serve</c>, read, for not every machine can build it.</summary>
public sealed class ServeImageTests
{
    private static readonly string[] Dockerfile = Lines("infra", "docker", "serve.Dockerfile");
    private static readonly string[] Compose = Lines("compose.yaml");

    [Fact]
    public void Image_HoldsTheProgramAlone_OnAnImageWithoutSdk()
    {
        string last = Dockerfile.Last(line => line.StartsWith("FROM ", StringComparison.Ordinal));

        Assert.Contains("dotnet/runtime-deps:", last, StringComparison.Ordinal);
        Assert.Contains(
            Dockerfile, line => line.Contains("dotnet publish src/Cli/FrozenSeg.Cli.csproj", StringComparison.Ordinal));
    }

    [Fact]
    public void Image_RunsAsAUserOfItsOwn_WhoOwnsNothingButTheVolumes()
    {
        int user = Array.IndexOf(Dockerfile, "USER $APP_UID"),
            start = Array.FindIndex(Dockerfile, line => line.StartsWith("ENTRYPOINT", StringComparison.Ordinal));

        Assert.InRange(user, 1, start);
        Assert.Equal(
            "COPY --from=build --chown=$APP_UID:$APP_UID /data /data",
            Assert.Single(Dockerfile, line => line.Contains("--chown", StringComparison.Ordinal)));
        Assert.Contains("""VOLUME ["/data/models", "/data/state"]""", Dockerfile);
    }

    [Fact]
    public void Image_IsAskedForItsHealthOnTheRouteThatNeedsNoKey()
    {
        int check = Array.FindIndex(Dockerfile, line => line.StartsWith("HEALTHCHECK", StringComparison.Ordinal));

        Assert.Contains("GET /api/health ", Dockerfile[check + 1], StringComparison.Ordinal);
    }

    [Fact]
    public void Image_StartsWithArgumentsThatTheCommandLineKnows()
    {
        string command = Dockerfile.Single(line => line.StartsWith("CMD ", StringComparison.Ordinal));
        string help = CommandLine.Run("serve", "--help").Output;

        Assert.All(
            command["CMD ".Length..].Trim('[', ']').Split(", ").Select(word => word.Trim('"'))
                .Where(word => word.StartsWith("--", StringComparison.Ordinal)),
            option => Assert.Contains(option, help, StringComparison.Ordinal));
    }

    [Fact]
    public void Compose_AsksForAKey_KeepsModelsAndState_AndListensOnThisMachineOnly()
    {
        Assert.Contains(Compose, line => line.Contains("FROZENSEG_KEYS: ${FROZENSEG_KEYS:?", StringComparison.Ordinal));
        Assert.Contains("      - models:/data/models", Compose);
        Assert.Contains("      - state:/data/state", Compose);
        Assert.Contains("      - \"127.0.0.1:8080:8080\"", Compose);
        Assert.Contains("      dockerfile: infra/docker/serve.Dockerfile", Compose);
    }

    private static string[] Lines(params string[] path) =>
        File.ReadAllLines(Path.Combine([RepositoryCopy.Original, .. path]));
}
