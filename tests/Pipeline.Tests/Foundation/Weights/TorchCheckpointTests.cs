using System.Text;
using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Pipeline.Foundation.Weights.Torch;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Testing;

namespace FrozenSeg.Pipeline.Tests.Foundation.Weights;

public sealed class TorchCheckpointTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("zip.pth")]
    [InlineData("legacy.pth")]
    public void Open_BothForms_HoldTheSameTensors(string name)
    {
        using WeightFile file = Open(name);

        Assert.Equal([0, 1, 2, 3, 4, 5], file.ReadFloats("a.weight"));
        Assert.Equal(new TensorShape(2, 3), file.Find("a.weight")!.Shape);
        Assert.Equal([0, 1, 2, 3, 4, 5], file.ReadFloats("tied"));
        Assert.Equal([3, 4, 5], file.ReadFloats("row"));
        Assert.Equal([7, 7], file.ReadFloats("parameter"));
    }

    [Fact]
    public void Open_Archive_IsMappedWhereItLies()
    {
        using WeightFile file = WeightFile.Open(Checkpoint("zip.pth"));

        Assert.Equal((Checkpoint("zip.pth"), "zip.pth"), (file.Path, file.Name));
        Assert.Equal(file.Find("a.weight")!.Offset, file.Find("tied")!.Offset);
        Assert.Equal((ElementType.Int64, 0), (file.Find("count")!.Type, file.Find("count")!.Shape.Rank));
        Assert.Equal(
            (ElementType.Float16, ElementType.BFloat16), (file.Find("a.half")!.Type, file.Find("a.brain")!.Type));
    }

    [Theory]
    [InlineData("zip.pth")]
    [InlineData("legacy.pth")]
    public void Open_HalfAndBrainFloats_AreWidened(string name)
    {
        using WeightFile file = Open(name);

        Assert.Equal([1, 0.5f, -2], file.ReadFloats("a.half"));
        Assert.Equal([1, -3], file.ReadFloats("a.brain"));
    }

    [Fact]
    public void Open_StateOfAModule_IsReadWithoutItsExtras()
    {
        using WeightFile file = WeightFile.Open(Checkpoint("module.pth"));

        Assert.Equal(["fc.bias", "fc.weight", "table"], file.Names.Order());
        Assert.Equal([1, 2, 3, 4], file.ReadFloats("fc.weight"));
    }

    [Fact]
    public void Open_OptimizerBesideTheWeights_IsPassedOver()
    {
        using WeightFile file = Open("trained.pth");

        Assert.Equal(["fc.bias", "fc.weight", "table"], file.Names.Order());
    }

    [Fact]
    public void Open_TorchScript_GivesTensorsOfNestedModules()
    {
        using WeightFile file = WeightFile.Open(Checkpoint("script.pt"));

        Assert.Equal([5, 6], file.ReadFloats("fc.bias"));
        Assert.Equal([0, 1, 2], file.ReadFloats("table"));
    }

    [Theory]
    [InlineData("turned.pth", "turned", new float[] { 0, 3, 1, 4, 2, 5 })]
    [InlineData("packed.pth", "a.half", new float[] { 1, 0.5f, -2 })]
    public void Convert_TensorsThatCannotBeMapped_AreCopiedOnce(string name, string tensor, float[] expected)
    {
        TorchCheckpoint checkpoint = TorchCheckpointReader.Read(Checkpoint(name));
        Assert.False(checkpoint.CanBeMapped());

        string copy = TorchConversion.ToSafetensors(checkpoint, _folder.Root);
        DateTime written = File.GetLastWriteTimeUtc(copy);

        Assert.Equal(copy, TorchConversion.ToSafetensors(checkpoint, _folder.Root));
        Assert.Equal(written, File.GetLastWriteTimeUtc(copy));
        using WeightFile file = WeightFile.Open(copy);
        Assert.Equal(expected, file.ReadFloats(tensor));
        Assert.Equal([0, 1, 2, 3, 4, 5], file.ReadFloats("a.weight"));
    }

    [Theory]
    [InlineData("posix", "system")]
    [InlineData("os", "system")]
    [InlineData("builtins", "exec")]
    [InlineData("subprocess", "Popen")]
    [InlineData("torch", "load")]
    [InlineData("torch._utils", "_rebuild_tensor_v2.__globals__")]
    public void Open_PickleThatWouldRunACommand_IsRefusedAndRunsNothing(string module, string name)
    {
        string trace = _folder.Path("trace");
        // What Python's __reduce__ writes: name the function, give its arguments, call it.
        byte[] pickle = Pickle($"c{module}\n{name}\n", Text($"touch '{trace}'"), [0x85, (byte)'R', (byte)'.']);

        string message = Refusal(TorchFile.WriteArchive(_folder.Path("evil.pth"), pickle));

        Assert.Contains($"'{module}.{name}'", message, StringComparison.Ordinal);
        Assert.Contains("nothing was run", message, StringComparison.Ordinal);
        Assert.False(File.Exists(trace));
        Assert.Single(Directory.GetFiles(_folder.Root));
    }

    [Fact]
    public void Open_LegacyPickleThatWouldRunACommand_IsRefused()
    {
        byte[] legacy = File.ReadAllBytes(Checkpoint("legacy.pth"));
        // Behind the three pickles of the heading.
        byte[] evil =
            [.. legacy[..137], .. Pickle("cposix\nsystem\n", Text("touch trace"), [0x85, (byte)'R', (byte)'.'])];

        Assert.Contains("'posix.system'", Refusal(_folder.Write("evil.pth", evil)), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NameOnTheStack_IsRefusedToo()
    {
        byte[] pickle = Pickle("", Text("posix"), Text("system"), [0x93, (byte)'.']);

        Assert.Contains(
            "'posix.system'",
            Refusal(TorchFile.WriteArchive(_folder.Path("evil.pth"), pickle)),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData((byte)'i', "INST")]
    [InlineData((byte)'o', "OBJ")]
    [InlineData(0x92, "NEWOBJEX")]
    [InlineData(0x82, "EXT1")]
    [InlineData((byte)'P', "PERSID")]
    [InlineData(0x97, "NEXTBUFFER")]
    [InlineData(0xff, "0xff")]
    public void Open_OtherInstructions_AreRefusedByName(byte opcode, string name)
    {
        string message = Refusal(TorchFile.WriteArchive(_folder.Path("odd.pth"), [0x80, 2, opcode]));

        Assert.Contains($"the instruction {name} at byte 2", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zip.pth")]
    [InlineData("legacy.pth")]
    public void Open_CutAnywhere_IsRefused(string name)
    {
        byte[] whole = File.ReadAllBytes(Checkpoint(name));
        for (int length = 3; length < whole.Length; length += 29)
        {
            string path = _folder.Write("cut.pth", whole[..length]);
            Assert.Throws<SegmentationProblemException>(() => TorchCheckpointReader.Read(path));
        }
    }

    [Theory]
    [InlineData("zip.pth")]
    [InlineData("legacy.pth")]
    public void Open_DamagedAnywhere_IsReadOrRefused(string name)
    {
        byte[] whole = File.ReadAllBytes(Checkpoint(name));
        var random = new Random(11);
        for (int round = 0; round < 300; round++)
        {
            byte[] damaged = (byte[])whole.Clone();
            for (int i = 0; i <= round % 3; i++)
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            string path = _folder.Write("damaged.pth", damaged);
            Exception? failure = Record.Exception(() => TorchCheckpointReader.Read(path));
            Assert.True(failure is null or SegmentationProblemException, failure?.ToString());
        }
    }

    [Fact]
    public void Open_WordsInsteadOfTensors_SaysWhatThereIs()
    {
        byte[] pickle = Pickle("}", Text("answer"), [(byte)'K', 42, (byte)'s', (byte)'.']);

        Assert.Contains(
            "it has answer",
            Refusal(TorchFile.WriteArchive(_folder.Path("words.pth"), pickle)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Open_CheckpointOfAnotherNetwork_IsRefusedByTheNetwork()
    {
        var problem = Assert.Throws<SegmentationProblemException>(
            () => PromptableModels.Load(Checkpoint("module.pth"), TinySam.Sessions));

        Assert.Contains("module.pth", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SamModel_FromACheckpoint_PredictsAsFromSafetensors()
    {
        using WeightFile weights = WeightFile.Open(TinySam.Write(_folder.Root));
        TorchCheckpoint checkpoint = TorchCheckpointReader.Read(TorchFile.Write(_folder.Path("tiny.pth"), weights));
        using WeightFile copy = WeightFile.Open(TorchConversion.ToSafetensors(checkpoint, _folder.Path("copies")));

        Assert.Equal(weights.Names.Order(), copy.Names.Order());
        Assert.All(weights.Names, name => Assert.Equal(weights.ReadFloats(name), copy.ReadFloats(name)));
    }

    // Files of the old form do not align their elements and are converted, here into the test's own folder.
    private WeightFile Open(string name)
    {
        TorchCheckpoint checkpoint = TorchCheckpointReader.Read(Checkpoint(name));
        return WeightFile.Open(
            checkpoint.CanBeMapped() ? checkpoint.Path : TorchConversion.ToSafetensors(checkpoint, _folder.Root));
    }

    private static string Checkpoint(string name) => Fixtures.Path("checkpoints", name);

    private static string Refusal(string path) =>
        Assert.Single(Assert.Throws<SegmentationProblemException>(() => WeightFile.Open(path)).Problems).Message;

    private static byte[] Pickle(string start, params byte[][] parts) =>
        [0x80, 2, .. Encoding.UTF8.GetBytes(start), .. parts.SelectMany(part => part)];

    private static byte[] Text(string text) =>
        [(byte)'X', .. BitConverter.GetBytes(Encoding.UTF8.GetByteCount(text)), .. Encoding.UTF8.GetBytes(text)];
}
