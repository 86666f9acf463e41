using FrozenSeg.Pipeline.Families.ClipAsRnn;
using FrozenSeg.Pipeline.Families.ClipAsRnn.Activation;
using FrozenSeg.Pipeline.Families.ClipAsRnn.Recurrence;
using FrozenSeg.Pipeline.Families.ClipAsRnn.VisualPrompts;
using FrozenSeg.Pipeline.Methods;

namespace FrozenSeg.Pipeline.Tests.Families.ClipAsRnn;

public sealed class CarSettingsTests
{
    [Fact]
    public void Presets_AreWithoutProblems() =>
        Assert.All(CarPresets.All.Values, preset => Assert.Empty(preset.Problems()));

    [Fact]
    public void Read_Preset_GivesWhatIsNotSaid()
    {
        CarOptions options = CarSettings.Read(new MethodSettings(new Dictionary<string, string>
        {
            ["preset"] = "coco",
            ["mask_threshold"] = "0.7",
            ["visual_prompt_type"] = "circle",
            ["cam"] = "grad-cam",
            ["background"] = "aquatic; chair",
        }));

        Assert.Equal((0.7f, 0.3f, 0.5), (options.MaskThreshold, options.QueryThreshold, options.CamBoxThreshold));
        Assert.Equal((VisualPrompt.Circle, CamTarget.GradCam), (options.VisualPrompts, options.Cam));
        Assert.Equal(BackgroundQueries.AquaticAtmospheric.Append("chair"), options.Background);
    }

    [Fact]
    public void Read_NanoPreset_DropsWordsAndKeepsExpressions()
    {
        CarOptions options = CarSettings.Read(
            new MethodSettings(new Dictionary<string, string> { ["preset"] = "nano" }));

        Assert.Equal(
            (0.15f, 0), (options.QueryThresholdOf(isReferring: false), options.QueryThresholdOf(isReferring: true)));
    }

    [Fact]
    public void Read_ThresholdGiven_HoldsForWordsAndExpressions()
    {
        CarOptions options = CarSettings.Read(new MethodSettings(new Dictionary<string, string>
        {
            ["preset"] = "nano",
            ["confidence_threshold"] = "0.3",
        }));

        Assert.Equal(
            (0.3f, 0.3f), (options.QueryThresholdOf(isReferring: false), options.QueryThresholdOf(isReferring: true)));
    }

    [Fact]
    public void Describe_SaysEverySetting_InTheFormThatIsRead()
    {
        var settings = new Dictionary<string, string>
        {
            ["snap"] = "true",
            ["background_class"] = "background",
            ["cam"] = "grad-cam",
        };
        foreach (string preset in CarPresets.All.Keys)
        {
            settings["preset"] = preset;
            IReadOnlyDictionary<string, string> described = CarSettings.Describe(
                CarSettings.Read(new MethodSettings(settings)), settings, isReferring: false);

            var read = new MethodSettings(described);
            Assert.Equal(described, CarSettings.Describe(CarSettings.Read(read), described, isReferring: false));
            Assert.Empty(read.Problems());
        }
    }

    [Theory]
    [InlineData("preset", "pascal", "there is no preset 'pascal'")]
    [InlineData("confidence_threshold", "1.5", "is not between 0 and 1")]
    [InlineData("max_rounds", "-1", "-1 is less than 0")]
    [InlineData("iou_threshold", "7", "is not between 0 and 1")]
    [InlineData("mask_threshold", "NaN", "is not between 0 and 1")]
    [InlineData("visual_prompt_type", "star", "there is no visual prompt 'star'")]
    [InlineData("background", "sea; !!", "'!!' has neither a letter nor a digit")]
    [InlineData("background_class", " ", "has neither a letter nor a digit")]
    [InlineData("templates", "a photo", "has no {} for the query")]
    [InlineData("colour", "red", "there is no such setting")]
    public void Problems_ImpossibleSetting_IsSaid(string name, string value, string found)
    {
        var settings = new MethodSettings(new Dictionary<string, string> { ["snap"] = "true", [name] = value });

        string problem = string.Join(' ', MethodFactory.Find("car").Problems(settings).Select(entry => entry.Message));

        Assert.Contains(found, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(500, 500, 16, 32, 32, false)]
    [InlineData(1, 1, 16, 1, 1, false)]
    [InlineData(4000, 3000, 16, 41, 55, true)]
    [InlineData(100_000, 16, 16, 1, 2304, true)]
    public void PatchGrid_KeepsThePatchesInBounds(
        int width, int height, int patch, int rows, int columns, bool isReduced)
    {
        PatchGrid grid = PatchGrid.Of(width, height, patch, 2304);

        Assert.Equal((rows, columns, isReduced), (grid.Rows, grid.Columns, grid.IsReduced));
        Assert.InRange(grid.Count, 1, 2304);
    }
}
