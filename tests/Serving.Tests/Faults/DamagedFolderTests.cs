using FrozenSeg.Pipeline.Foundation.Files;
using FrozenSeg.Serving.Tests.Workflow;
using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Serving.Workflow.InProcess;
using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Testing;

namespace FrozenSeg.Serving.Tests.Faults;

/// <summary>
/// Each file a service has stored is damaged in every way. The next process starts, serves what is whole, does again
/// what is not, says so where it cannot, and takes the same picture again.
/// </summary>
public sealed class DamagedFolderTests : IDisposable
{
    private const string Left = "left", Ended = "ended";

    private static readonly (string Name, Action<string> Do)[] Damages =
    [
        ("empty", path => File.WriteAllBytes(path, [])),
        (
            "cut in half",
            path => File.WriteAllBytes(path, File.ReadAllBytes(path)[..(int)(new FileInfo(path).Length / 2)])),
        ("one bit turned", TurnABit),
        ("a folder in its place", PutAFolder),
        ("another JSON", path => File.WriteAllBytes(path, """{"job":null,"id":7}"""u8.ToArray())),
        ("null", path => File.WriteAllBytes(path, "null"u8.ToArray())),
        ("gone", File.Delete),
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public Task Start_SomeFilesDamaged_ServesTheRest() => DamageAsync(step: 13);

    [Fact]
    [Trait("Suite", "Slow")]
    public async Task Start_EveryFileDamagedInEveryWay_ServesTheRest()
    {
        int tried = await DamageAsync(step: 1);

        CampaignTable.Add(
            "stored documents",
            string.Join(", ", Damages.Select(damage => damage.Name)),
            tried,
            "started, the others served, the damaged done again or failed with its reason");
    }

    [Theory]
    [InlineData("lost+found")]
    [InlineData("empty-folder")]
    [InlineData(".hidden")]
    public async Task Start_WhatIsNoEntry_IsPassedOver(string name)
    {
        Directory.CreateDirectory(_folder.Path("segmentations", name));
        File.WriteAllText(_folder.Path("segmentations", "a-file"), "");

        await using var bench = new FaultBench(_folder.Root, Disk.Unflushed);

        Assert.Equal(0, bench.Runner.Unfinished);
        Assert.Null(await bench.Runner.FindAsync(name, default));
        Assert.Empty(await bench.Runner.ListAsync(10, default));
    }

    [Fact]
    public async Task Start_EntryNobodyCanRead_FailsWithItsReasonAndCanBeSentAgain()
    {
        Directory.CreateDirectory(_folder.Path("segmentations", "a"));
        File.WriteAllText(_folder.Path("segmentations", "a", "job.json"), """{"job":null}""");
        await using var bench = new FaultBench(_folder.Root, Disk.Unflushed);

        SegmentationStatus status = (await bench.Runner.FindAsync("a", default))!;

        Assert.Equal(SegmentationState.Failed, status.State);
        Assert.Contains(
            "its entry in the journal is damaged (job.json is damaged)",
            status.Problems[0].Message,
            StringComparison.Ordinal);
        await bench.StartAsync("a", ServiceBench.Picture());
        Assert.True(await bench.SegmentsAsync("a") > 0);
    }

    private async Task<int> DamageAsync(int step)
    {
        string whole = _folder.Path("whole");
        int expected = await FillAsync(whole);
        string[] files = [.. Directory.GetFiles(whole, "*", SearchOption.AllDirectories).Select(
            file => Path.GetRelativePath(whole, file)).Order(StringComparer.Ordinal)];
        int tried = 0;
        for (int i = 0; i < files.Length * Damages.Length; i += step, tried++)
        {
            string copy = _folder.Path($"copy-{i}");
            Copy(whole, copy);
            (string name, Action<string> damage) = Damages[i % Damages.Length];
            string file = files[i / Damages.Length];
            damage(Path.Combine(copy, file));
            await CheckAsync(copy, file, name, expected);
            Directory.Delete(copy, recursive: true);
        }

        return tried;
    }

    private static async Task<int> FillAsync(string folder)
    {
        await using var bench = new FaultBench(folder, Disk.Unflushed);
        await bench.StartAsync(Ended, ServiceBench.Picture());
        int segments = await bench.SegmentsAsync(Ended);
        // Accepted by a process that died before it began.
        byte[] picture = ServiceBench.Picture(seed: 1);
        ArtefactReference image = await bench.Store.PutAsync(
            ArtefactKey.OfContent("images", picture, ""), picture, default);
        byte[] json = RequestJsonContext.Write(
            ServiceBench.Automask with { Image = new ImageSource { Artefact = image, Name = "left.png" } });
        ArtefactReference request = await bench.Store.PutAsync(
            ArtefactKey.OfContent("requests", json, ".json"), json, default);
        new JobJournal(Path.Combine(folder, "segmentations"), Disk.Unflushed)
            .Accept(new SegmentationJob(Left, request, "automask", false, false), DateTimeOffset.UtcNow);
        return segments;
    }

    private static async Task CheckAsync(string folder, string file, string damage, int expected)
    {
        await using var bench = new FaultBench(folder, Disk.Unflushed);
        bool hitsLeft = file.Contains(Left, StringComparison.Ordinal) || IsInput(file);
        foreach (string id in (string[])[Ended, Left])
        {
            SegmentationStatus? status = await bench.Runner.FindAsync(id, default);
            if (status is null)
            {
                Assert.True(damage == "gone", $"{id} is unknown: {file} {damage}");
                continue;
            }

            status = await bench.EndAsync(id);
            bool mayFail = id == Left
                ? hitsLeft
                : file.StartsWith(Path.Combine("segmentations", Ended), StringComparison.Ordinal);
            Assert.True(
                status.State is SegmentationState.Succeeded || mayFail,
                $"{id} {status.State}: {file} {damage}: {string.Join(' ', status.Problems)}");
            Assert.True(
                status.State is SegmentationState.Succeeded || status.Problems.Count > 0,
                $"{id} failed without a reason: {file} {damage}");
        }

        // The same picture is welcome again, whatever was damaged.
        await bench.StartAsync("again", ServiceBench.Picture());
        Assert.Equal(expected, await bench.SegmentsAsync("again"));
    }

    // Pictures and requests: what cannot be made again by anybody but who sent them.
    private static bool IsInput(string file) =>
        file.Split(Path.DirectorySeparatorChar) is [_, "images" or "requests", ..];

    private static void TurnABit(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        bytes[bytes.Length * 2 / 3] ^= 1;
        File.WriteAllBytes(path, bytes);
    }

    private static void PutAFolder(string path)
    {
        File.Delete(path);
        Directory.CreateDirectory(path);
    }

    private static void Copy(string from, string to)
    {
        foreach (string file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
