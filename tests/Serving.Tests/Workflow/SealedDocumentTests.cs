using System.Text;
using FrozenSeg.Serving.Workflow;
using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Serving.Tests.Workflow;

public sealed class SealedDocumentTests
{
    private static readonly byte[] Document = SealedDocument.Write(new Notified(200));

    [Fact]
    public void Write_Document_IsItsJsonAndItsHash()
    {
        string[] lines = Encoding.UTF8.GetString(Document).Split('\n');

        Assert.Equal("""{"status_code":200}""", lines[0]);
        Assert.Matches("^\"sha256:[0-9a-f]{64}\"$", lines[1]);
        Assert.Equal((3, ""), (lines.Length, lines[2]));
        Assert.Equal(new Notified(200), SealedDocument.Read<Notified>(Document, "a"));
    }

    [Fact]
    public void Read_AnyByteChanged_IsRefusedByName()
    {
        for (int i = 0; i < Document.Length; i++)
        {
            byte[] damaged = [.. Document];
            damaged[i] ^= 1;
            AssertDamaged(damaged);
        }
    }

    [Fact]
    public void Read_AnyEndCutOff_IsRefused()
    {
        for (int length = 0; length < Document.Length; length++)
            AssertDamaged(Document[..length]);
        AssertDamaged([.. Document, (byte)'\n']);
    }

    private static void AssertDamaged(byte[] content)
    {
        var refusal = Assert.Throws<SegmentationProblemException>(
            () => SealedDocument.Read<Notified>(content, "receipts/r"));
        Assert.Equal((ProblemKind.Storage, "receipts/r"), (refusal.Problems[0].Kind, refusal.Problems[0].Where));
    }
}
