using System.Text.Json;
using FrozenSeg.Testing;

namespace FrozenSeg.Evaluation.Tests.Scenes;

/// <summary>What <c>tools/train/plans</c> ask for, so that nobody learns of a slip after an hour of training.</summary>
public sealed class TrainingPlanTests
{
    public static TheoryData<string> Plans =>
        [.. Directory.GetFiles(Fixtures.Path("training", "plans")).Select(file => Path.GetFileName(file))];

    [Theory]
    [MemberData(nameof(Plans))]
    public void Plan_NamesConfigurationsScenesAndSettingsThatExist(string plan)
    {
        JsonElement root = Read("plans", plan);
        foreach (JsonElement model in root.GetProperty("models").EnumerateArray())
        {
            JsonElement training = Configuration(model).GetProperty("training");

            Assert.True(model.GetProperty("steps").GetInt32() > 0);
            Assert.True(
                root.GetProperty("scenes").TryGetProperty(model.GetProperty("scenes").GetString()!, out _),
                $"scenes of {model}");
            foreach (JsonProperty setting in Settings(model))
                Assert.Equal(JsonValueKind.Number, training.GetProperty(setting.Name).ValueKind);
        }
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public void Plan_ScenesToLearnFrom_AreOfTheTrainingSplit(string plan)
    {
        foreach (JsonProperty scenes in Read("plans", plan).GetProperty("scenes").EnumerateObject())
            Assert.Equal(scenes.Name == "val" ? "val" : "train", scenes.Value.GetProperty("split").GetString());
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public void Plan_Decoders_SeeSeenClassesOnly(string plan)
    {
        JsonElement root = Read("plans", plan);
        foreach (JsonElement model in root.GetProperty("models").EnumerateArray())
        {
            JsonElement scenes = root.GetProperty("scenes").GetProperty(model.GetProperty("scenes").GetString()!);
            bool seenOnly = scenes.TryGetProperty("seen_only", out JsonElement only) && only.GetBoolean();

            Assert.Equal(Configuration(model).GetProperty("kind").GetString() == "frozenseg", seenOnly);
        }
    }

    // Nothing is learnt where the losses of activation maps are there from the first step on.
    [Theory]
    [MemberData(nameof(Plans))]
    public void Plan_VitFromNothing_LearnsNamesBeforeMaps(string plan)
    {
        foreach (JsonElement model in Read("plans", plan).GetProperty("models").EnumerateArray())
        {
            if (model.GetProperty("config").GetString() != "clip-vit" || model.TryGetProperty("resume", out _))
                continue;

            JsonElement from = Settings(model)
                .Where(setting => setting.Name == "maps_from")
                .Select(setting => setting.Value)
                .DefaultIfEmpty(Configuration(model).GetProperty("training").GetProperty("maps_from")).Single();
            Assert.InRange(from.GetDouble(), 0.4, 1);
        }
    }

    private static JsonElement.ObjectEnumerator Settings(JsonElement model) =>
        model.TryGetProperty("settings", out JsonElement settings) ? settings.EnumerateObject() : default;

    private static JsonElement Configuration(JsonElement model) =>
        Read("configs", $"{model.GetProperty("config").GetString()}.json");

    private static JsonElement Read(string folder, string file) =>
        JsonDocument.Parse(File.ReadAllBytes(Fixtures.Path("training", folder, file))).RootElement;
}
