using System.Diagnostics;
using CsCheck;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Pipeline.Foundation.Weights.Torch;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Testing;

namespace FrozenSeg.Pipeline.Tests.Foundation.Weights;

/// <summary>
/// Small files with huge costs: each is read or refused in a line, in little time and memory, and leaves nothing.
/// </summary>
public sealed class HostileWeightsTests : IDisposable
{
    private const long MostBytes = 1L << 30;
    private const ulong Seed = 20_261_129;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SharedFact]
    public void Open_EveryHostileCheckpoint_CostsLittle()
    {
        foreach (string path in
            Directory.GetFiles(SharedFolder.Path("faults", "checkpoints")).Order(StringComparer.Ordinal))
        {
            var clock = Stopwatch.StartNew();
            long before = GC.GetAllocatedBytesForCurrentThread();

            SegmentationProblemException? refusal = Open(path);

            long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(
                bytes < MostBytes && clock.Elapsed < Longest,
                $"{Path.GetFileName(path)}: {bytes:N0} bytes, {clock.Elapsed}");
            if (refusal is not null)
                Assert.All(refusal.Problems, problem => Assert.DoesNotContain(problem.Message, char.IsControl));
        }
    }

    [SharedTheory]
    [InlineData("p-stride0-1g.pth")]
    [InlineData("p-stride0-6x250m.pth")]
    [InlineData("p-dicts-60m.pth")]
    [InlineData("p-none-500m.pth")]
    [InlineData("p-path-bomb2.pth")]
    [InlineData("z-bomb-data.pth")]
    [InlineData("z-bomb-pkl.pth")]
    [InlineData("s-index-quadratic.safetensors")]
    [InlineData("s-name-esc.safetensors")]
    [InlineData("s-dtype-esc.safetensors")]
    public void Open_Bomb_IsRefused(string name)
    {
        Assert.NotNull(Open(SharedFolder.Path("faults", "checkpoints", name)));
    }

    [Fact]
    public void Open_TensorOfOneElementManyTimesOver_IsRefusedBeforeAnythingIsWritten()
    {
        // ((storage of one element), 0, (250 million,), (0,)): a gigabyte from four bytes.
        byte[] pickle = [.. Tensor("a", size: 250_000_000, stride: 0), (byte)'.'];
        TorchCheckpoint checkpoint = TorchCheckpointReader.Read(
            TorchFile.WriteArchive(_folder.Path("bomb.pth"), pickle, [[0, 0, 0, 0]]));

        var refusal = Assert.Throws<SegmentationProblemException>(
            () => new TorchConversion(checkpoint, _folder.Path("copies")));

        Assert.Contains("1,000,000,000 bytes", refusal.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.Path("copies")));
    }

    [Fact]
    public void Open_CheckpointThatMustBeConverted_WritesNothingUntilAnElementIsWanted()
    {
        TorchCheckpoint checkpoint = TorchCheckpointReader.Read(Fixtures.Path("checkpoints", "turned.pth"));
        var conversion = new TorchConversion(checkpoint, _folder.Path("copies"));

        Assert.Contains(conversion.Tensors, tensor => tensor.Name == "turned");
        Assert.False(File.Exists(conversion.Path));
        conversion.Tensors.First().Prepare!();

        using WeightFile copy = WeightFile.Open(conversion.Path);
        Assert.Equal(
            copy.Names.Select(name => (name, copy.Find(name)!.Offset)).Order(),
            conversion.Tensors.Select(tensor => (tensor.Name, tensor.Offset)).Order());
    }

    [Fact]
    public void Make_CopyThatIsCutShort_IsMadeAgain()
    {
        TorchCheckpoint checkpoint = TorchCheckpointReader.Read(Fixtures.Path("checkpoints", "turned.pth"));
        string copy = TorchConversion.ToSafetensors(checkpoint, _folder.Root);
        File.WriteAllBytes(copy, File.ReadAllBytes(copy)[..20]);

        TorchConversion.ToSafetensors(checkpoint, _folder.Root);

        using WeightFile file = WeightFile.Open(copy);
        Assert.Equal([0, 3, 1, 4, 2, 5], file.ReadFloats("turned"));
    }

    [Theory]
    [InlineData("zip.pth")]
    [InlineData("legacy.pth")]
    [InlineData("script.pt")]
    [InlineData("packed.pth")]
    public void Open_MutatedCheckpoint_IsReadOrRefused(string name) =>
        Mutate(Fixtures.Path("checkpoints", name), rounds: 150);

    [Fact]
    public void Open_MutatedSafetensors_IsReadOrRefused()
    {
        string small = _folder.Write("small.safetensors", Safetensors());

        Mutate(small, rounds: 300);
    }

    [Theory]
    [Trait("Suite", "Slow")]
    [InlineData("zip.pth")]
    [InlineData("legacy.pth")]
    [InlineData("script.pt")]
    [InlineData("packed.pth")]
    [InlineData("module.pth")]
    [InlineData("trained.pth")]
    [InlineData("turned.pth")]
    public void Open_MutatedCheckpoint_ManyTimes_IsReadOrRefused(string name)
    {
        int tried = Mutate(Fixtures.Path("checkpoints", name), rounds: 20_000);

        CampaignTable.Add("weight files", name, tried, "read, or refused in a line");
    }

    // Bytes changed, runs removed, doubled or overwritten: the changes that reach furthest into readers.
    private int Mutate(string path, int rounds)
    {
        byte[] whole = File.ReadAllBytes(path);
        Gen<(int At, int Length, byte Value, int Kind)[]> changes =
            Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Int[1, 64], Gen.Byte, Gen.Int[0, 3]).Array[1, 4];
        string mutated = _folder.Path($"mutated{Path.GetExtension(path)}");
        var random = new PCG(stream: 1, seed: Seed);
        for (int round = 0; round < rounds; round++)
        {
            File.WriteAllBytes(mutated, changes.Generate(random, null, out _).Aggregate(whole, Change));
            var clock = Stopwatch.StartNew();
            long before = GC.GetAllocatedBytesForCurrentThread();
            Open(mutated);
            Assert.True(
                clock.Elapsed < Longest && GC.GetAllocatedBytesForCurrentThread() - before < MostBytes,
                $"round {round} of {path}");
        }

        return rounds;
    }

    private static byte[] Change(byte[] bytes, (int At, int Length, byte Value, int Kind) change)
    {
        int at = Math.Min(change.At, bytes.Length), end = Math.Min(bytes.Length, at + change.Length);
        return change.Kind switch
        {
            0 => [.. bytes[..at], .. bytes[end..]],
            1 => [.. bytes[..end], .. bytes[at..]],
            2 => [.. bytes[..at], .. Enumerable.Repeat(change.Value, end - at), .. bytes[end..]],
            _ => at < bytes.Length ? [.. bytes[..at], change.Value, .. bytes[(at + 1)..]] : bytes,
        };
    }

    // What a reader throws besides a refusal is a fault of the reader.
    private static SegmentationProblemException? Open(string path)
    {
        try
        {
            using WeightFile file = WeightFile.Open(path);
            return null;
        }
        catch (SegmentationProblemException refusal)
        {
            return refusal;
        }
    }

    private static byte[] Safetensors()
    {
        byte[] header =
            """{"__metadata__":{"a":"b"},"one":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]},"two":{"dtype":"F16","shape":[],"data_offsets":[16,18]}}"""u8.ToArray();
        return [.. BitConverter.GetBytes((long)header.Length), .. header, .. new byte[18]];
    }

    private static byte[] Tensor(string name, int size, int stride) =>
    [
        0x80, 2, (byte)'}', .. Text(name),
        .. "ctorch._utils\n_rebuild_tensor_v2\n(("u8,
        .. Text("storage"),
        .. "ctorch\nFloatStorage\n"u8,
        .. Text("0"),
        .. Text("cpu"),
        .. Integer(1),
        .. "tQ"u8, .. Integer(0), (byte)'(', .. Integer(size), (byte)'t', (byte)'(', .. Integer(stride), (byte)'t',
        0x89, (byte)'N', (byte)'t', (byte)'R', (byte)'s',
    ];

    private static byte[] Integer(int value) => [(byte)'J', .. BitConverter.GetBytes(value)];

    private static byte[] Text(string text) =>
        [(byte)'X', .. BitConverter.GetBytes(text.Length), .. System.Text.Encoding.ASCII.GetBytes(text)];
}
