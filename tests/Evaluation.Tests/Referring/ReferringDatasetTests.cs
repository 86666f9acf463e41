using FrozenSeg.Evaluation.Reports;
using FrozenSeg.Evaluation.Runs.Reporting;
using FrozenSeg.Evaluation.Tests.Runs;

namespace FrozenSeg.Evaluation.Tests.Referring;

/// <summary>Datasets of expressions, of pictures and of videos.</summary>
public sealed class ReferringDatasetTests : PaintedDatasetTests
{
    [Fact]
    public void Run_RefCoco_AsksForAllWordsOfAnObjectAtOnce()
    {
        // pickle.dumps, protocol 2: refs 1 (image 1, val, "1" twice), 2 (image 2, val, "2" twice), 3 (image 1, train).
        const string Pickle =
            "gAJdcQAofXEBKFgGAAAAcmVmX2lkcQJLAVgGAAAAYW5uX2lkcQNLAVgIAAAAaW1hZ2VfaWRxBEsBWAUAAABzcGxpdHEFWAMAAAB2YWxxBlgJAAAAZmlsZV9uYW1lcQdYBQAAAHguanBncQhYCQAAAHNlbnRlbmNlc3EJXXEKKH1xCyhYBwAAAHNlbnRfaWRxDEsKWAQAAABzZW50cQ1YAQAAADFxDlgDAAAAcmF3cQ9oDlgGAAAAdG9rZW5zcRBdcRFoDmF1fXESKGgMSwtoDWgOaA9oDmgQXXETaA5hdWVYCAAAAHNlbnRfaWRzcRRdcRUoSwpLC2V1fXEWKGgCSwJoA0sCaARLAmgFaAZoB2gIaAldcRcofXEYKGgMSxRoDVgBAAAAMnEZaA9oGWgQXXEaaBlhdX1xGyhoDEsVaA1oGWgPaBloEF1xHGgZYXVlaBRdcR0oSxRLFWV1fXEeKGgCSwNoA0sDaARLAWgFWAUAAAB0cmFpbnEfaAdoCGgJXXEgKH1xIShoDEseaA1oGWgPaBloEF1xImgZYXV9cSMoaAxLH2gNaBloD2gZaBBdcSRoGWF1ZWgUXXElKEseSx9ldWUu";
        WriteReferencePictures();
        Data.Write("refcoco/refs(unc).p", Convert.FromBase64String(Pickle));
        Data.Json("refcoco/instances.json", ReferenceInstances());

        RunReport report = Run("refcoco", "car");

        AssertRight(report, "referring");
        Assert.Equal(("val", 2), (report.Split, Assert.Single(report.Measures).Pictures));
        Assert.Equal(("refcoco", "true"), (Method!.Settings["preset"], Method.Settings["one_object"]));
        Assert.Equal(2, Method.Orders.Count);
        Assert.Equal("painted", Assert.Single(report.Models).Role);
        Assert.Equal(0.5, report.SecondsPerPicture);
    }

    [Fact]
    public void Run_Gres_ReadsItsBareListAndAnswersEachSentence()
    {
        WriteReferencePictures();
        Data.Json("grefcoco/instances.json", ReferenceInstances());
        Data.Json("grefcoco/grefs(unc).json", new object[]
        {
            new { ref_id = 1, ann_id = new[] { 1 }, image_id = 1, split = "val", no_target = false, sentences = new[]
            {
                new { sent_id = 5, sent = "1" },
            } },
            new { ref_id = 2, ann_id = new[] { 2 }, image_id = 2, split = "testA", no_target = false, sentences = new[]
            {
                new { sent_id = 6, sent = "2" },
                new { sent_id = 7, sent = "2" },
            } },
            new { ref_id = 3, ann_id = new[] { -1 }, image_id = 2, split = "testA", no_target = true, sentences = new[]
            {
                new { sent_id = 8, sent = "77" },
            } },
        });

        RunReport report = Run("grefcoco", "car", split: "testA");

        AssertRight(report, "referring");
        Assert.Equal(("testA", 3), (report.Split, Assert.Single(report.Measures).Pictures));
    }

    [Fact]
    public void Run_RefDavis_MeasuresEachPersonsWords()
    {
        string[] frames = ["00000", "00001", "00002"];
        foreach (string frame in frames)
        {
            Data.Picture($"valid/JPEGImages/blackswan/{frame}.png", 7, 9, 255);
            // Objects are numbered the other way round than expressions: they are matched.
            Data.Semantic($"valid/Annotations/blackswan/{frame}.png", [1, 2, 255], label => label);
            Data.Picture($"valid/JPEGImages/goat/{frame}.png", 5, 6, 6);
            Data.Semantic($"valid/Annotations/goat/{frame}.png", [1, 0, 0], label => label);
        }

        Data.Json("meta_expressions/valid/meta_expressions.json", new
        {
            videos = new
            {
                blackswan = new
                {
                    expressions = new Dictionary<string, object>
                    {
                        ["0"] = new { exp = "7", obj_id = "1" },
                        ["1"] = new { exp = "7", obj_id = "1" },
                        ["2"] = new { exp = "9", obj_id = "2" },
                        ["3"] = new { exp = "8", obj_id = "2" },
                    },
                    frames,
                },
                goat = new
                {
                    expressions = new Dictionary<string, object>
                    {
                        ["0"] = new { exp = "5", obj_id = "1" },
                        ["1"] = new { exp = "5", obj_id = "1" },
                    },
                    frames,
                },
            },
        });

        RunReport report = Run("ref-davis", "car");

        EvaluationReport video = Assert.Single(report.Measures);
        Assert.Equal("video", video.Metric);
        Assert.Equal(["", "anno_0", "anno_1"], video.Groups.Select(group => group.Name ?? ""));
        // The second person's words for the second object lead nowhere: of three objects two are right.
        Assert.Equal(1, Value(video.Groups[1], "J&F"), 1e-12);
        Assert.Equal(2.0 / 3, Value(video.Groups[2], "J"), 1e-12);
        Assert.Equal(5.0 / 6, Value(video.Groups[0], "J"), 1e-12);
        Assert.Equal(12, Method!.Orders.Count);
        Assert.Equal(("refcoco", "0"), (Method.Settings["preset"], Method.Settings["confidence_threshold"]));
        Assert.Contains(report.Worst, picture => picture.Picture == "blackswan/00000 (anno_1)" && File.Exists(
            Folder.Path("run", picture.Annotated!)));
    }

    private void WriteReferencePictures()
    {
        Data.Picture("train2014/COCO_train2014_1.png", 1, 5, 5);
        Data.Picture("train2014/COCO_train2014_2.png", 4, 2, 2);
        Data.Picture("train2014/COCO_train2014_3.png", 4, 2, 2);
    }

    private static object ReferenceInstances() => new
    {
        images = new[]
        {
            PaintedDataset.Image(1, "COCO_train2014_1.jpg"),
            PaintedDataset.Image(2, "COCO_train2014_2.jpg"),
        },
        annotations = new[]
        {
            new { id = 1, image_id = 1, category_id = 1, segmentation = PaintedDataset.Mask(0) },
            new { id = 2, image_id = 2, category_id = 1, segmentation = (object)new
            {
                size = new[] { 6, 8 },
                counts = new[] { 24, 24 },
            } },
        },
    };
}
