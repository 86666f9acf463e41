using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Testing;

namespace FrozenSeg.Pipeline.Tests.Methods;

public sealed class MethodFactoryTests
{
    private static readonly SegmentationOrder AllMasks = new(null, [SegmentationTask.Masks]);

    [Fact]
    public void Create_SettingsAsText_ReachTheMethod()
    {
        using ISegmentationMethod method = MethodFactory.Create(
            "automask",
            ModelSelection.Default,
            Settings(("points_per_side", "4"), ("box_nms_thresh", "0.5")),
            TinySam.Sessions);

        SegmentationOutcome outcome = method.Segment(TestPicture.Make(32, 40), AllMasks, null, default);

        Assert.Equal(("4", "0.5"), (outcome.Settings["points_per_side"], outcome.Settings["box_nms_thresh"]));
        Assert.Contains("nano", Assert.Single(outcome.Models).Name, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_UnusableSettings_SaysEverythingAtOnce()
    {
        var failure = Assert.Throws<SegmentationProblemException>(() => MethodFactory.Create(
            "automask",
            ModelSelection.Default,
            Settings(("points_per_side", "many"), ("crop_n_layers", "9"), ("crop_n_layer", "1")),
            TinySam.Sessions));

        Assert.Equal(
            ["settings.points_per_side", "settings.crop_n_layer", "settings.crop_n_layers"],
            failure.Problems.Select(problem => problem.Where));
    }

    [Fact]
    public void Create_UnknownMethod_NamesTheKnownOnes()
    {
        var failure = Assert.Throws<SegmentationProblemException>(
            () => MethodFactory.Create("magic", ModelSelection.Default, Settings(), TinySam.Sessions));

        Assert.Contains("automask", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Having_AClipWithoutItsDecoder_LeavesFrozenSegOut()
    {
        string[] ready =
            [.. MethodFactory.Having(new ModelSelection { FrozenSegClip = "mine" }).Select(method => method.Name)];

        Assert.Equal(["automask", "car"], ready);
    }

    [Fact]
    public void Query_WithoutAMethod_PassesOverOneWithoutNetworks()
    {
        SegmentationQuery query = "cat";
        MethodCapabilities car = MethodFactory.Find("car").Capabilities;

        Assert.Equal("car", query.Choose([car]).Name);
        Assert.Equal("automask", new SegmentationQuery().Choose([car]).Name);
    }

    [Fact]
    public void Create_MethodDisposed_LeavesNoSession()
    {
        using var folder = new TemporaryFolder();
        var models = new ModelSelection { Sam = TinySam.Write(folder.Root) };

        using (ISegmentationMethod method = MethodFactory.Create("automask", models, Settings(), TinySam.Sessions))
            Assert.Equal("automask", method.Name);

        using var library = new ModelLibrary(models, TinySam.Sessions);
        Assert.Empty(library.Loaded);
    }

    [Fact]
    public void Library_SeveralMethods_ShareOneNetwork()
    {
        using var library = new ModelLibrary(ModelSelection.Default, TinySam.Sessions);
        int loads = 0;

        Counter[] got = [.. Enumerable.Range(0, 3).Select(_ => library.Get("clip:a", () => new Counter(++loads)))];

        Assert.Equal(1, loads);
        Assert.All(got, counter => Assert.Same(got[0], counter));
        Assert.Equal(["clip:a"], library.Loaded);
    }

    [Fact]
    public void Library_Disposed_LoadsNothingAnyMore()
    {
        var library = new ModelLibrary(ModelSelection.Default, TinySam.Sessions);
        library.Dispose();
        int loads = 0;

        Assert.Throws<ObjectDisposedException>(() => library.Get("clip:a", () => new Counter(++loads)));

        Assert.Equal(0, loads);
    }

    [Fact]
    public void Library_LoadThatFailed_IsTriedAgain()
    {
        using var library = new ModelLibrary(ModelSelection.Default, TinySam.Sessions);

        Assert.Throws<IOException>(() => library.Get<Counter>("clip:a", () => throw new IOException("gone")));

        Assert.Equal(2, library.Get("clip:a", () => new Counter(2)).Number);
    }

    [Fact]
    public void Library_Disposed_DisposesItsNetworks()
    {
        var library = new ModelLibrary(ModelSelection.Default, TinySam.Sessions);
        Counter network = library.Get("clip:a", () => new Counter(1));

        library.Dispose();

        Assert.True(network.IsDisposed);
        Assert.Throws<ObjectDisposedException>(() => library.Get("clip:a", () => new Counter(2)));
    }

    [Theory]
    [InlineData("float16", Precision.Float16)]
    [InlineData("Float_32", Precision.Float32)]
    public void Choice_InAnyCase_IsRead(string text, Precision expected)
    {
        Assert.Equal(
            expected, new MethodSettings(Settings(("precision", text))).Choice("precision", Precision.Float32));
    }

    [Fact]
    public void Problems_ValuesOfTheWrongKind_AreAllNamed()
    {
        var settings = new MethodSettings(
            Settings(("a", "x"), ("b", "1.5"), ("c", "maybe"), ("d", "float64"), ("e", "1")));

        settings.Number("a", 0f);
        settings.Number("b", 0);
        settings.Bool("c", false);
        settings.Choice("d", Precision.Float32);
        settings.Choice("e", Precision.Float32);

        Assert.Equal(
            ["settings.a", "settings.b", "settings.c", "settings.d", "settings.e"], settings.Problems()
                .Select(problem => problem.Where));
    }

    private static Dictionary<string, string> Settings(params (string Name, string Value)[] values) =>
        values.ToDictionary(value => value.Name, value => value.Value);

    private sealed class Counter(int number) : IDisposable
    {
        public int Number => number;

        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }
}
