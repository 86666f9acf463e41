using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using FrozenSeg.Functions.Storage;
using FrozenSeg.Functions.Triggers;

namespace FrozenSeg.Functions.Tests.Infrastructure;

public sealed partial class TemplateTests
{
    private static readonly Lazy<(JsonDocument Template, string Messages)> Main = new(
        () => Bicep.Build("infra", "bicep", "main.bicep"));

    [BicepFact]
    public void Main_CompilesWithoutAWarning()
    {
        Assert.Equal("", Main.Value.Messages);
    }

    [BicepFact]
    public void Main_HasEveryPartOfTheService()
    {
        string[] types = [.. Resources().Select(resource => resource.GetProperty("type").GetString()!).Distinct()];

        Assert.Superset(
            new HashSet<string>
            {
                "Microsoft.App/managedEnvironments", "Microsoft.App/containerApps", "Microsoft.Storage/storageAccounts",
                "Microsoft.EventGrid/systemTopics", "Microsoft.EventGrid/systemTopics/eventSubscriptions",
                "Microsoft.DurableTask/schedulers",
                "Microsoft.DurableTask/schedulers/taskHubs",
                "Microsoft.Insights/components",
                "Microsoft.ContainerRegistry/registries", "Microsoft.ManagedIdentity/userAssignedIdentities",
                "Microsoft.Authorization/roleAssignments", "Microsoft.CognitiveServices/accounts",
            },
            types.ToHashSet());
    }

    [BicepFact]
    public void Main_HoldsNoKey()
    {
        Assert.All(Resources().Where(
            resource => resource.GetProperty("type").GetString() == "Microsoft.Storage/storageAccounts"), account =>
        {
            Assert.False(account.GetProperty("properties").GetProperty("allowSharedKeyAccess").GetBoolean());
            Assert.False(account.GetProperty("properties").GetProperty("allowBlobPublicAccess").GetBoolean());
        });
        Assert.False(Resource("Microsoft.ContainerRegistry/registries").GetProperty("properties").GetProperty(
            "adminUserEnabled").GetBoolean());
        Assert.True(Resource("Microsoft.CognitiveServices/accounts").GetProperty("properties").GetProperty(
            "disableLocalAuth").GetBoolean());
        Assert.True(Resource("Microsoft.Insights/components").GetProperty("properties").GetProperty(
            "DisableLocalAuth").GetBoolean());
        Assert.DoesNotMatch(KeyCall(), Main.Value.Template.RootElement.GetRawText());
    }

    [BicepFact]
    public void Authentication_LetsHealthAndBlobEventsThroughAndNothingElse()
    {
        JsonElement properties = Resource("Microsoft.App/containerApps/authConfigs").GetProperty("properties");
        JsonElement validation = properties.GetProperty("globalValidation");

        Assert.True(properties.GetProperty("platform").GetProperty("enabled").GetBoolean());
        Assert.Equal("Return401", validation.GetProperty("unauthenticatedClientAction").GetString());
        Assert.Equal(
            ["/api/health", "/api/health/live", "/runtime/webhooks/blobs"],
            validation.GetProperty("excludedPaths").EnumerateArray().Select(path => path.GetString()));
    }

    [BicepFact]
    public void Authentication_IsThereExactlyWhenTheAppAsksForNoKeys()
    {
        JsonElement module = Main.Value.Template.RootElement.GetProperty("resources").EnumerateArray()
            .Single(resource => resource.GetProperty("name").GetString() == "authentication");
        string function = File.ReadAllText(Path.Combine(Bicep.Repository, "infra", "bicep", "app", "function.bicep"));
        string main = File.ReadAllText(Path.Combine(Bicep.Repository, "infra", "bicep", "main.bicep"));

        Assert.Equal("[not(empty(parameters('entraClientId')))]", module.GetProperty("condition").GetString());
        Assert.Contains("asksForTokens: !empty(entraClientId)", main, StringComparison.Ordinal);
        Assert.Contains(
            "Service__Callers: shared.asksForTokens ? 'entra' : 'keys'", function, StringComparison.Ordinal);
    }

    [BicepFact]
    public void Storage_HasEveryContainerTheAppUses()
    {
        string storage = File.ReadAllText(Path.Combine(Bicep.Repository, "infra", "bicep", "app", "storage.bicep"));

        Assert.All(
            (string[])[Containers.Uploads, Containers.Results, Containers.Artefacts],
            name => Assert.Contains($"'{name}'", storage, StringComparison.Ordinal));
        string[] queues =
        [
            OnRequest.Queue,
            OnRequest.Queue + Poison.Suffix,
            OnUploadEvent.Queue,
            OnUploadEvent.Queue + Poison.Suffix,
            Poison.UploadQueue,
        ];
        Assert.All(queues, name => Assert.Contains($"'{name}'", storage, StringComparison.Ordinal));
    }

    [BicepFact]
    public void Main_WhatCostsOrClosesIsOffUntilSwitchedOn()
    {
        JsonElement parameters = Main.Value.Template.RootElement.GetProperty("parameters");

        Assert.All((string[])["privateNetwork", "modelsOnShare", "useOpenAi", "allowUrlInputs"], name =>
            Assert.False(parameters.GetProperty(name).GetProperty("defaultValue").GetBoolean()));
    }

    [BicepFact]
    public void PrivateNetwork_ClosesEveryServiceAndGivesItAnAddress()
    {
        string[] closed = [.. Resources()
            .Where(resource => resource.GetRawText().Contains("parameters('isPrivate')", StringComparison.Ordinal))
            .Select(resource => resource.GetProperty("type").GetString()!.Split('/')[0])];
        string links = File.ReadAllText(Path.Combine(Bicep.Repository, "infra", "bicep", "app", "private.bicep"));

        Assert.Equal(
            [
                "Microsoft.App", "Microsoft.CognitiveServices", "Microsoft.ContainerRegistry", "Microsoft.DurableTask",
                "Microsoft.Storage",
            ],
            closed.Distinct().Order());
        Assert.All((string[])["blob", "queue", "table", "registry", "scheduler", "account"], group =>
            Assert.Contains($"group: '{group}'", links, StringComparison.Ordinal));
    }

    [BicepFact]
    public void Function_ProbesAskNoMoreThanThePlatformAllows()
    {
        JsonElement[] apps =
            [.. Resources().Where(resource => resource.GetProperty("type").GetString() == "Microsoft.App/containerApps"
                && resource.TryGetProperty("kind", out _))];

        Assert.NotEmpty(apps);
        Assert.All(FailureThreshold().Matches(string.Concat(apps.Select(app => app.GetRawText()))), match =>
            Assert.InRange(int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), 1, 10));
    }

    [Fact]
    public void Function_NamesWhatAHostInAContainerCannotKnow()
    {
        string template = File.ReadAllText(Path.Combine(Bicep.Repository, "infra", "bicep", "app", "function.bicep"));

        Assert.Contains("AzureFunctionsWebHost__hostid:", template, StringComparison.Ordinal);
        Assert.Contains("WEBSITE_HOSTNAME:", template, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cpu")]
    [InlineData("gpu")]
    public void Image_RunsAsNobodyFromPinnedBases(string app)
    {
        string[] lines = File.ReadAllLines(Path.Combine(Bicep.Repository, "infra", "docker", app + ".Dockerfile"));

        Assert.Matches(@"^USER [1-9]\d+:[1-9]\d+$", lines[^1]);
        // The Functions image waits for pin.sh to be run where its registry can be reached.
        Assert.All(lines.Where(line => line.StartsWith("FROM ", StringComparison.Ordinal) && !line.Contains(
            "azure-functions", StringComparison.Ordinal)), line =>
            Assert.Matches("@sha256:[0-9a-f]{64}( |$)", line));
    }

    [Fact]
    public void Workflows_NameActionsByCommit()
    {
        string[] uses = [.. Directory.GetFiles(Path.Combine(Bicep.Repository, ".github", "workflows"))
            .SelectMany(File.ReadAllLines).Where(line => line.Contains("uses:", StringComparison.Ordinal))];

        Assert.NotEmpty(uses);
        Assert.All(uses, line => Assert.Matches("@[0-9a-f]{40} # v", line));
    }

    [Fact]
    public void Function_SetsOnlySettingsTheAppReads()
    {
        string template = File.ReadAllText(Path.Combine(Bicep.Repository, "infra", "bicep", "app", "function.bicep"));
        string[] known =
            [.. typeof(Functions.Options.ServiceOptions).GetProperties().Select(property => property.Name)];

        string[] set = [.. ServiceSetting().Matches(template).Select(match => match.Groups[1].Value)];

        Assert.NotEmpty(set);
        Assert.All(set, name => Assert.Contains(name, known));
    }

    [Fact]
    public void SampleSettings_NameWhatHostJsonAsksFor()
    {
        using JsonDocument host = JsonDocument.Parse(File.ReadAllText(Path.Combine(Bicep.Repository, "host.json")));
        using JsonDocument sample = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(Bicep.Repository, "local.settings.sample.json")));
        JsonElement durable = host.RootElement.GetProperty("extensions").GetProperty("durableTask");
        JsonElement values = sample.RootElement.GetProperty("Values");

        Assert.True(values.TryGetProperty(durable.GetProperty("hubName").GetString()!.Trim('%'), out _));
        Assert.True(values.TryGetProperty(
            durable.GetProperty("storageProvider").GetProperty("connectionStringName").GetString()!, out _));
        Assert.True(values.TryGetProperty(Containers.Connection, out _));
    }

    [Fact]
    public void SampleSettings_WithoutDocker_GiveTheHubAnotherConnectionThanTheScheduler()
    {
        using JsonDocument sample = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(Bicep.Repository, "local.settings.azurite.sample.json")));
        JsonElement values = sample.RootElement.GetProperty("Values");
        const string provider = "AzureFunctionsJobHost__extensions__durableTask__storageProvider__";

        Assert.Equal("AzureStorage", values.GetProperty(provider + "type").GetString());
        Assert.True(values.TryGetProperty(values.GetProperty(provider + "connectionStringName").GetString()!, out _));
    }

    private static JsonElement Resource(string type) =>
        Resources().First(resource => resource.GetProperty("type").GetString() == type);

    // Templates nest: a module is a deployment that holds a template.
    private static IEnumerable<JsonElement> Resources() => Resources(Main.Value.Template.RootElement);

    private static IEnumerable<JsonElement> Resources(JsonElement template)
    {
        JsonElement resources = template.GetProperty("resources");
        IEnumerable<JsonElement> own = resources.ValueKind is JsonValueKind.Array
            ? resources.EnumerateArray()
            : resources.EnumerateObject().Select(resource => resource.Value);
        return own.SelectMany(resource => resource.GetProperty("type").GetString() == "Microsoft.Resources/deployments"
            ? Resources(resource.GetProperty("properties").GetProperty("template"))
            : [resource]);
    }

    [GeneratedRegex("listKeys|listAccountSas|primaryKey|sharedKey\"", RegexOptions.IgnoreCase)]
    private static partial Regex KeyCall();

    [GeneratedRegex("\"failureThreshold\": ?(\\d+)")]
    private static partial Regex FailureThreshold();

    [GeneratedRegex(@"^\s*Service__(\w+):", RegexOptions.Multiline)]
    private static partial Regex ServiceSetting();
}
