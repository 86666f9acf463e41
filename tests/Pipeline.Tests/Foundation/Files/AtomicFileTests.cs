using System.Diagnostics;
using FrozenSeg.Pipeline.Foundation.Files;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Testing;

namespace FrozenSeg.Pipeline.Tests.Foundation.Files;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_File_IsThereWholeAndAlone()
    {
        AtomicFile.Write(_folder.Path("a", "b.json"), [1, 2]);
        AtomicFile.Write(_folder.Path("a", "b.json"), [3]);

        Assert.Equal([3], File.ReadAllBytes(_folder.Path("a", "b.json")));
        Assert.Single(Directory.GetFiles(_folder.Path("a")));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(250)]
    [InlineData(255)]
    public void Write_NameOfAnyLengthThatFits_IsWrittenAlone(int length)
    {
        string path = _folder.Path(new string('n', length));

        AtomicFile.Write(path, [1, 2, 3]);

        Assert.Equal([path], Directory.GetFileSystemEntries(_folder.Root));
        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
    }

    [Fact]
    public void Write_FailsInTheMiddle_LeavesWhatWasThere()
    {
        string path = _folder.Write("a.json", [1]);

        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(path, stream =>
        {
            stream.WriteByte(2);
            throw new InvalidOperationException();
        }));

        Assert.Equal([1], File.ReadAllBytes(path));
        Assert.Single(Directory.GetFiles(_folder.Root));
    }

    [Fact]
    public void Write_Link_StaysALinkAndItsFileIsReplaced()
    {
        string target = _folder.Write("target.json", [1]);
        File.CreateSymbolicLink(_folder.Path("link.json"), target);

        AtomicFile.Write(_folder.Path("link.json"), [2, 3]);

        Assert.Equal(target, new FileInfo(_folder.Path("link.json")).LinkTarget);
        Assert.Equal([2, 3], File.ReadAllBytes(target));
    }

    [Fact]
    public async Task Write_Pipe_IsWrittenThroughAndStaysAPipe()
    {
        if (!OperatingSystem.IsLinux())
            return;
        string pipe = _folder.Path("pipe");
        using (Process make = Process.Start("mkfifo", pipe))
            await make.WaitForExitAsync();
        Task<byte[]> read = Task.Run(() =>
        {
            using var stream = new FileStream(pipe, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1);
            var content = new MemoryStream();
            stream.CopyTo(content);
            return content.ToArray();
        });

        AtomicFile.Write(pipe, [1, 2, 3]);

        Assert.Equal([1, 2, 3], await read);
        Assert.False(FileKind.IsRegular(pipe));
        Assert.True(File.Exists(pipe));
    }

    [Theory]
    [InlineData("/dev/null")]
    [InlineData("/dev/full")]
    public void Write_Device_IsNeverReplaced(string device)
    {
        if (!OperatingSystem.IsLinux())
            return;

        Exception? failure = Record.Exception(() => AtomicFile.Write(device, new byte[10]));

        Assert.False(FileKind.IsRegular(device));
        if (device == "/dev/full")
            Assert.Contains(
                "the disk is full",
                Assert.IsType<SegmentationProblemException>(failure).Message,
                StringComparison.Ordinal);
        else
            Assert.Null(failure);
    }

    [Fact]
    public void Of_Descriptor_IsWrittenThroughWhateverItLeadsTo()
    {
        if (!OperatingSystem.IsLinux())
            return;
        File.CreateSymbolicLink(_folder.Path("out"), "/proc/self/fd/1");

        Assert.True(OutputPlace.Of(_folder.Path("out")).IsWrittenThrough);
        Assert.False(OutputPlace.Of(_folder.Path("new.json")).IsWrittenThrough);
    }

    [Fact]
    public void Check_PlaceThatCannotBeWritten_IsRefusedInALine()
    {
        string file = _folder.Write("file", [1]);

        Assert.Contains(
            "a file stands in its place", Refusal(() => OutputPlace.CheckFolder(file)), StringComparison.Ordinal);
        Assert.Contains(
            "a folder stands in its place",
            Refusal(() => OutputPlace.CheckFile(_folder.Root)),
            StringComparison.Ordinal);
        Refusal(() => OutputPlace.CheckFile(Path.Combine(file, "below.json")));
        OutputPlace.CheckFile(_folder.Path("new", "a.json"));
        Assert.Equal(["file"], Directory.GetFileSystemEntries(_folder.Root).Select(Path.GetFileName));
    }

    private static string Refusal(Action check) =>
        Assert.Single(Assert.Throws<SegmentationProblemException>(check).Problems).Message;
}
