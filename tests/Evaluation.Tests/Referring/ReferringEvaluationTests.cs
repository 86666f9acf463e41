using System.Text;
using FrozenSeg.Evaluation.Formats.References;
using FrozenSeg.Evaluation.Referring;
using FrozenSeg.Evaluation.Reports;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Testing;

namespace FrozenSeg.Evaluation.Tests.Referring;

public sealed class ReferringEvaluationTests : IDisposable
{
    private const string Truth = """
        {"images": [{"id": 3, "file_name": "a.png", "width": 4, "height": 2}],
         "refs": [
           {"ref_id": 1, "image_id": 3, "sentences": [{"sent_id": 10, "sent": "left"}], "segmentation": {"size": [2, 4], "counts": [0, 4, 4]}},
           {"ref_id": 2, "image_id": 3, "sentences": [{"sent_id": 11, "sent": "right"}], "segmentation": {"size": [2, 4], "counts": [4, 4]}},
           {"ref_id": 3, "image_id": 3, "sentences": [{"sent_id": 12, "sent": "none"}], "ann_id": [-1], "no_target": true}]}
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_WithNoTarget_GivesBothKindsOfIoU()
    {
        const string Answers = """
            [{"sent_id": 10, "segmentation": {"size": [2, 4], "counts": [0, 2, 6]}},
             {"ref_id": 2, "segmentation": {"size": [2, 4], "counts": [4, 4]}},
             {"sent_id": 12, "segmentation": null}]
            """;

        EvaluationReport evaluation = Run(Answers);

        Assert.Equal(0.75, Value(evaluation, "mIoU"));
        Assert.Equal(6.0 / 8, Value(evaluation, "oIoU"));
        Assert.Equal(1, Value(evaluation, "P@0.5"));
        Assert.Equal(0.5, Value(evaluation, "P@0.6"));
        Assert.Equal(2.5 / 3, Value(evaluation, "gIoU")!.Value, 1e-12);
        Assert.Equal(1, Value(evaluation, "N_acc"));
    }

    [Fact]
    public void Run_BadAnswers_AreNamedAtOnce()
    {
        const string Answers = """
            [{"sent_id": 10, "segmentation": null}, {"sent_id": 10, "segmentation": null}, {"sent_id": 99, "segmentation": null}]
            """;

        string[] messages = [.. Assert.Throws<SegmentationProblemException>(() => Run(Answers)).Problems.Select(
            problem => problem.Message)];

        Assert.Equal(4, messages.Length);
        Assert.Contains(
            messages,
            message => message.Contains("sentence 10: it is answered more than once", StringComparison.Ordinal));
        Assert.Contains(
            messages,
            message => message.Contains("sentence 99: it is not among the references", StringComparison.Ordinal));
        Assert.Contains(messages, message => message.Contains("'right' is not answered", StringComparison.Ordinal));
        Assert.Contains(messages, message => message.Contains("'none' is not answered", StringComparison.Ordinal));
    }

    // pickle.dumps([{'ref_id': 7, 'ann_id': 5, 'image_id': 300000, 'split': 'val', 'file_name': 'a_7.jpg',
    // 'sentences': [{'sent_id': 70, 'sent': u'it\u2019s left', 'tokens': ['it']}], 'sent_ids': [70]}], protocol)
    [Theory]
    [InlineData("gAJdcQB9cQEoWAYAAAByZWZfaWRxAksHWAYAAABhbm5faWRxA0sFWAgAAABpbWFnZV9pZHEESuCTBABYBQAAAHNwbGl0cQVYAwAAAHZhbHEGWAkAAABmaWxlX25hbWVxB1gHAAAAYV83LmpwZ3EIWAkAAABzZW50ZW5jZXNxCV1xCn1xCyhYBwAAAHNlbnRfaWRxDEtGWAQAAABzZW50cQ1YCwAAAGl04oCZcyBsZWZ0cQ5YBgAAAHRva2Vuc3EPXXEQWAIAAABpdHERYXVhWAgAAABzZW50X2lkc3ESXXETS0ZhdWEu")]
    [InlineData("KGxwMAooZHAxClZyZWZfaWQKcDIKSTcKc1Zhbm5faWQKcDMKSTUKc1ZpbWFnZV9pZApwNApJMzAwMDAwCnNWc3BsaXQKcDUKVnZhbApwNgpzVmZpbGVfbmFtZQpwNwpWYV83LmpwZwpwOApzVnNlbnRlbmNlcwpwOQoobHAxMAooZHAxMQpWc2VudF9pZApwMTIKSTcwCnNWc2VudApwMTMKVml0XHUyMDE5cyBsZWZ0CnAxNApzVnRva2VucwpwMTUKKGxwMTYKVml0CnAxNwphc2FzVnNlbnRfaWRzCnAxOAoobHAxOQpJNzAKYXNhLg==")]
    [InlineData("gASVpwAAAAAAAABdlH2UKIwGcmVmX2lklEsHjAZhbm5faWSUSwWMCGltYWdlX2lklErgkwQAjAVzcGxpdJSMA3ZhbJSMCWZpbGVfbmFtZZSMB2FfNy5qcGeUjAlzZW50ZW5jZXOUXZR9lCiMB3NlbnRfaWSUS0aMBHNlbnSUjAtpdOKAmXMgbGVmdJSMBnRva2Vuc5RdlIwCaXSUYXVhjAhzZW50X2lkc5RdlEtGYXVhLg==")]
    public void RefPickle_EveryProtocol_IsRead(string base64)
    {
        string path = _folder.Write("refs(unc).p", Convert.FromBase64String(base64));

        ReferringEntry entry = Assert.Single(RefPickle.Read(path).Refs!);

        Assert.Equal(("7", "300000", "val"), (entry.RefId, entry.ImageId, entry.Split));
        Assert.Equal(5, Assert.Single(entry.AnnId!));
        Assert.Equal("it’s left", Assert.Single(entry.Sentences!).Sent);
    }

    [Fact]
    public void RefPickle_CallToCode_IsRefused()
    {
        string path = _folder.Write("refs.p", Encoding.ASCII.GetBytes("cos\nsystem\n(S'ls'\ntR."));

        SegmentationProblem problem = Assert.Single(
            Assert.Throws<SegmentationProblemException>(() => RefPickle.Read(path)).Problems);

        Assert.Contains("it asks for 'os.system'", problem.Message, StringComparison.Ordinal);
    }

    private EvaluationReport Run(string answers) => ReferringEvaluation.Run(
        _folder.Write("referring.json", Encoding.UTF8.GetBytes(Truth)),
        _folder.Write("answers.json", Encoding.UTF8.GetBytes(answers)),
        null,
        new EvaluationOptions());

    private static double? Value(EvaluationReport evaluation, string name) =>
        evaluation.Groups[0].Figures.Single(figure => figure.Name == name).Value;
}
