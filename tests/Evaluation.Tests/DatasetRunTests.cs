using FrozenSeg.Evaluation.Reports;
using FrozenSeg.Evaluation.Runs;
using FrozenSeg.Evaluation.Semantic;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Shared.Vocabularies;
using FrozenSeg.Testing;

namespace FrozenSeg.Evaluation.Tests;

/// <summary>
/// Every dataset in its layout, with two pictures and a method that is always right: whatever is not 100 % is a mistake in
/// how files are found, paired or numbered.
/// </summary>
public sealed class DatasetRunTests : IDisposable
{
    private static readonly SegmentationTask[] Everything = [SegmentationTask.Panoptic, SegmentationTask.Semantic, SegmentationTask.Instance];

    private readonly TemporaryFolder _folder = new();
    private readonly PaintedDataset _data;
    private PaintedMethod? _method;

    public DatasetRunTests() => _data = new PaintedDataset(_folder);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_Coco_IsRight()
    {
        IReadOnlyList<Category> classes = NamedVocabularies.Find("coco-133").Categories;
        WritePictures("val2017/{0}.png", ["000000000139", "000000000285"], classes.Count);
        WritePanoptic("annotations/panoptic_val2017.json", "annotations/panoptic_val2017/{0}.png", ["000000000139", "000000000285"], [139, 285], classes, category => category.Id);
        WriteInstances("annotations/instances_val2017.json", ["000000000139", "000000000285"], [139, 285], classes, category => category.Id);
        WriteSemantic("panoptic_semseg_val2017/{0}.png", ["000000000139", "000000000285"], classes.Count, position => position);

        AssertRight(Run("coco"), "panoptic", "semantic", "instance");
    }

    [Fact]
    public void Run_Ade_IsRight()
    {
        // Ids begin at 0 in the panoptic file and at 1 among the things; names are not the vocabulary's.
        IReadOnlyList<Category> classes = NamedVocabularies.Find("ade-150").Categories;
        string[] names = ["ADE_val_00000001", "ADE_val_00000002"];
        int[] things = [.. Enumerable.Range(0, classes.Count).Where(i => classes[i].Kind is CategoryKind.Thing)];
        WritePictures("images/validation/{0}.png", names, classes.Count);
        WritePanoptic("ade20k_panoptic_val.json", "ade20k_panoptic_val/{0}.png", names, names, classes, category => category.Id - 1, name: "class");
        WriteInstances("ade20k_instance_val.json", names, [0, 1], classes, category => 1 + Array.IndexOf(things, category.Id - 1), name: "class");
        WriteSemantic("annotations_detectron2/validation/{0}.png", names, classes.Count, position => position);

        AssertRight(Run("ade20k-150"), "panoptic", "semantic", "instance");
    }

    [Fact]
    public void Run_Cityscapes_IsRight()
    {
        IReadOnlyList<Category> classes = NamedVocabularies.Find("cityscapes").Categories;
        string[] names = ["bonn_000000_000019", "bonn_000001_000019"];
        WritePictures("leftImg8bit/val/bonn/{0}_leftImg8bit.png", names, classes.Count);
        WritePanoptic(
            "gtFine/cityscapes_panoptic_val.json", "gtFine/cityscapes_panoptic_val/{0}_gtFine_panoptic.png", names, names, classes,
            category => category.Id, image: "{0}_gtFine_leftImg8bit.png");
        WriteSemantic("gtFine/val/bonn/{0}_gtFine_labelIds.png", names, classes.Count, position => CityscapesLabels.Ids[position]);

        AssertRight(Run("cityscapes"), "panoptic", "semantic");
        Assert.Equal(("1024", "2560"), (_method!.Settings["min_size"], _method.Settings["max_size"]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("v1.2/")]
    public void Run_Mapillary_IsRight(string version)
    {
        IReadOnlyList<Category> classes = NamedVocabularies.Find("mapillary").Categories;
        string[] names = ["_1Gn_xkw7sa_i9GU4mkxxQ", "--0dBIDjvOUACgA4yYLfLw"];
        WritePictures("validation/images/{0}.png", names, classes.Count);
        WritePanoptic(
            $"validation/{version}panoptic/panoptic_2018.json", $"validation/{version}panoptic/{{0}}.png", names, names, classes,
            category => category.Id, more: [new { id = 66, name = "Unlabeled", isthing = 0 }]);
        WriteSemantic($"validation/{version}labels/{{0}}.png", names, classes.Count, position => position);
        // A picture whose right half nobody labelled.
        _data.Picture("validation/images/unlabelled.png", 3, 4, 4);
        _data.Semantic($"validation/{version}labels/unlabelled.png", [3, 65, 65], label => label);

        AssertRight(Run("mapillary", tasks: SegmentationTask.Semantic), "semantic");
    }

    [Fact]
    public void Run_MapillaryPanoptic_IsRightThoughUnlabelledIsAClass()
    {
        IReadOnlyList<Category> classes = NamedVocabularies.Find("mapillary").Categories;
        WritePictures("validation/images/{0}.png", ["a", "b"], classes.Count);
        WritePanoptic(
            "validation/panoptic/panoptic_2018.json", "validation/panoptic/{0}.png", ["a", "b"], ["a", "b"], classes,
            category => category.Id, more: [new { id = 66, name = "Unlabeled", isthing = 0 }]);

        AssertRight(Run("mapillary"), "panoptic");
        Assert.Equal("1024", _method!.Settings["min_size"]);
    }

    [Fact]
    public void Run_Bdd_IsRight()
    {
        IReadOnlyList<Category> classes = NamedVocabularies.Find("bdd100k").Categories;
        WritePictures("images/10k/val/{0}.png", ["7d06fefd-f7be05a6", "7d128593-0ccfea4c"], classes.Count);
        WritePanoptic(
            "jsons/pan_seg_val_cocofmt.json", "jsons/pan_seg/masks/val/{0}.png", ["7d06fefd-f7be05a6", "7d128593-0ccfea4c"],
            ["7d06fefd-f7be05a6", "7d128593-0ccfea4c"], classes, category => category.Id);

        AssertRight(Run("bdd100k"), "panoptic");
        Assert.Equal(("0.4", "800"), (_method!.Settings["object_mask_threshold"], _method.Settings["min_size"]));
    }

    [Theory]
    [InlineData("bdd100k-19", "images/10k/val/{0}.png", "labels/sem_seg/masks/val/{0}.png", 19, 0)]
    [InlineData("bdd100k-19", "images/10k/val/{0}.png", "labels/sem_seg/masks/val/{0}_train_id.png", 19, 0)]
    [InlineData("ade20k-847", "images_detectron2/validation/{0}.png", "annotations_detectron2/validation/{0}.tif", 250, 0)]
    [InlineData("pascal-context-459", "images/validation/{0}.png", "annotations_ctx459/validation/{0}.tif", 250, 0)]
    [InlineData("pascal-context-459", "images/validation/{0}.png", "annotations_detectron2/pc459_val/{0}.tif", 250, 0)]
    [InlineData("pascal-context-59", "images/validation/{0}.png", "annotations_ctx59/validation/{0}.png", 59, 0)]
    [InlineData("pascal-context-59", "JPEGImages/{0}.png", "SegmentationClassContext/{0}.png", 59, 1)]
    [InlineData("voc-21", "images/validation/{0}.png", "annotations_pascal21/validation/{0}.png", 21, 0)]
    [InlineData("voc-21", "JPEGImages/{0}.png", "SegmentationClass/{0}.png", 21, 0)]
    public void Run_FrozenSegOnMaps_IsRight(string dataset, string pictures, string maps, int classes, int first)
    {
        WritePictures(pictures, ["2007_000033", "2007_000042"], classes);
        WriteSemantic(maps, ["2007_000033", "2007_000042"], classes, position => position + first);

        AssertRight(Run(dataset), "semantic");
    }

    [Theory]
    [InlineData("voc-21", "JPEGImages/{0}.png", "SegmentationClass/{0}.png", 20, 1, "voc", "car-voc-20")]
    [InlineData("coco-object", "val2017/{0}.png", "annotations/val2017/{0}_instanceTrainIds.png", 80, 1, "coco", "car-coco-object-80")]
    [InlineData("pascal-context-59", "JPEGImages/{0}.png", "SegmentationClassContext/{0}.png", 59, 1, "context", "car-pascal-context-59")]
    [InlineData("pascal-context-60", "JPEGImages/{0}.png", "SegmentationClassContext/{0}.png", 59, 1, "context", "car-pascal-context-59")]
    [InlineData("pascal-context-459", "images/validation/{0}.png", "annotations_ctx459/validation/{0}.tif", 250, 0, "context-459", "car-pascal-context-459")]
    [InlineData("ade20k-150", "images/validation/{0}.png", "annotations/validation/{0}.png", 150, 1, "ade", "car-ade-150")]
    [InlineData("ade20k-847", "images_detectron2/validation/{0}.png", "annotations_detectron2/validation/{0}.tif", 250, 0, "ade", "car-ade-847")]
    public void Run_ClipAsRnnOnMaps_IsRightWithThePapersWords(
        string dataset, string pictures, string maps, int classes, int first, string preset, string vocabulary)
    {
        WritePictures(pictures, ["000000000139", "000000000285", "000000000632"], classes);
        WriteSemantic(maps, ["000000000139", "000000000285", "000000000632"], classes, position => position + first);
        // Where nothing is, the method answers nothing, and the annotation says background.
        if (first == 1 && dataset is not ("ade20k-150" or "pascal-context-59"))
        {
            _data.Picture(string.Format(pictures, "background"), 3, 255, 255);
            _data.Semantic(string.Format(maps, "background"), [3, -1, -1], position => position + 1);
        }

        RunReport report = Run(dataset, "car");

        AssertRight(report, dataset is "voc-21" or "coco-object" or "pascal-context-60" ? "semantic of words" : "semantic");
        Assert.Equal(preset, _method!.Settings["preset"]);
        Assert.All(_method.Orders, order => Assert.Equal(vocabulary, order.Vocabulary!.Name));
    }

    [Fact]
    public void Run_Lvis_LooksAtTheAnnotatedPicturesOfBothParts()
    {
        Category[] classes = [.. NamedVocabularies.Find("lvis-1203").Categories.Take(40)];
        _data.Picture("coco/val2017/000000000139.png", PaintedDataset.Classes(0, classes.Length));
        _data.Picture("coco/train2017/000000000285.png", PaintedDataset.Classes(1, classes.Length));
        _data.Picture("coco/train2017/000000000999.png", PaintedDataset.Classes(2, classes.Length));
        WriteInstances("lvis/lvis_v1_val.json", ["000000000139", "000000000285"], [139, 285], classes, category => category.Id, name: "alarm_clock");

        AssertRight(Run("lvis", tasks: SegmentationTask.Instance), "lvis");
        Assert.Equal(2, _method!.Orders.Count);
        Assert.Equal("alarm_clock 1", _method.Orders[0].Vocabulary![0].Name);
    }

    [Fact]
    public void Run_RefCoco_AsksForAllWordsOfAnObjectAtOnce()
    {
        // pickle.dumps, protocol 2: refs 1 (image 1, val, "1" twice), 2 (image 2, val, "2" twice), 3 (image 1, train).
        const string Pickle = "gAJdcQAofXEBKFgGAAAAcmVmX2lkcQJLAVgGAAAAYW5uX2lkcQNLAVgIAAAAaW1hZ2VfaWRxBEsBWAUAAABzcGxpdHEFWAMAAAB2YWxxBlgJAAAAZmlsZV9uYW1lcQdYBQAAAHguanBncQhYCQAAAHNlbnRlbmNlc3EJXXEKKH1xCyhYBwAAAHNlbnRfaWRxDEsKWAQAAABzZW50cQ1YAQAAADFxDlgDAAAAcmF3cQ9oDlgGAAAAdG9rZW5zcRBdcRFoDmF1fXESKGgMSwtoDWgOaA9oDmgQXXETaA5hdWVYCAAAAHNlbnRfaWRzcRRdcRUoSwpLC2V1fXEWKGgCSwJoA0sCaARLAmgFaAZoB2gIaAldcRcofXEYKGgMSxRoDVgBAAAAMnEZaA9oGWgQXXEaaBlhdX1xGyhoDEsVaA1oGWgPaBloEF1xHGgZYXVlaBRdcR0oSxRLFWV1fXEeKGgCSwNoA0sDaARLAWgFWAUAAAB0cmFpbnEfaAdoCGgJXXEgKH1xIShoDEseaA1oGWgPaBloEF1xImgZYXV9cSMoaAxLH2gNaBloD2gZaBBdcSRoGWF1ZWgUXXElKEseSx9ldWUu";
        WriteReferencePictures();
        _data.Write("refcoco/refs(unc).p", Convert.FromBase64String(Pickle));
        _data.Json("refcoco/instances.json", ReferenceInstances());

        RunReport report = Run("refcoco", "car");

        AssertRight(report, "referring");
        Assert.Equal(("val", 2), (report.Split, Assert.Single(report.Measures).Pictures));
        Assert.Equal(("refcoco", "true"), (_method!.Settings["preset"], _method.Settings["one_object"]));
        Assert.Equal(2, _method.Orders.Count);
        Assert.Equal("painted", Assert.Single(report.Models).Role);
        Assert.Equal(0.5, report.SecondsPerPicture);
    }

    [Fact]
    public void Run_Gres_ReadsItsBareListAndAnswersEachSentence()
    {
        WriteReferencePictures();
        _data.Json("grefcoco/instances.json", ReferenceInstances());
        _data.Json("grefcoco/grefs(unc).json", new object[]
        {
            new { ref_id = 1, ann_id = new[] { 1 }, image_id = 1, split = "val", no_target = false, sentences = new[] { new { sent_id = 5, sent = "1" } } },
            new { ref_id = 2, ann_id = new[] { 2 }, image_id = 2, split = "testA", no_target = false, sentences = new[] { new { sent_id = 6, sent = "2" }, new { sent_id = 7, sent = "2" } } },
            new { ref_id = 3, ann_id = new[] { -1 }, image_id = 2, split = "testA", no_target = true, sentences = new[] { new { sent_id = 8, sent = "77" } } },
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
            _data.Picture($"valid/JPEGImages/blackswan/{frame}.png", 7, 9, 255);
            // Objects are numbered the other way round than expressions: they are matched.
            _data.Semantic($"valid/Annotations/blackswan/{frame}.png", [1, 2, 255], label => label);
            _data.Picture($"valid/JPEGImages/goat/{frame}.png", 5, 6, 6);
            _data.Semantic($"valid/Annotations/goat/{frame}.png", [1, 0, 0], label => label);
        }

        _data.Json("meta_expressions/valid/meta_expressions.json", new
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
                    expressions = new Dictionary<string, object> { ["0"] = new { exp = "5", obj_id = "1" }, ["1"] = new { exp = "5", obj_id = "1" } },
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
        Assert.Equal(12, _method!.Orders.Count);
        Assert.Equal(("refcoco", "0"), (_method.Settings["preset"], _method.Settings["confidence_threshold"]));
        Assert.Contains(report.Worst, picture => picture.Picture == "blackswan/00000 (anno_1)" && File.Exists(_folder.Path("run", picture.Annotated!)));
    }

    [Fact]
    public void Run_AnnotatedPicturesThatAreMissing_AreNamed()
    {
        IReadOnlyList<Category> classes = NamedVocabularies.Find("coco-133").Categories;
        WritePictures("val2017/{0}.png", ["000000000139"], classes.Count);
        WritePanoptic("annotations/panoptic_val2017.json", "annotations/panoptic_val2017/{0}.png", ["000000000139", "000000000285"], [139, 285], classes, category => category.Id);

        Assert.Contains("1 annotated pictures are missing: 000000000285", Message("coco", "frozenseg", null, limit: null), StringComparison.Ordinal);
        Assert.Null(Message("coco", "frozenseg", null, limit: 1));
    }

    [Fact]
    public void Run_PictureInTwoFiles_IsNamed()
    {
        WritePictures("JPEGImages/{0}.png", ["2007_000033"], 20);
        WritePictures("JPEGImages/again/{0}.png", ["2007_000033"], 20);
        WriteSemantic("SegmentationClass/{0}.png", ["2007_000033"], 20, position => position);

        Assert.Contains("the picture '2007_000033' is there already", Message("voc-21", "frozenseg", null, null), StringComparison.Ordinal);
    }

    private void WritePictures(string path, string[] names, int classes)
    {
        foreach ((string name, int i) in names.Select((name, i) => (name, i)))
            _data.Picture(string.Format(path, name), PaintedDataset.Classes(i, classes));
    }

    private void WriteSemantic(string path, string[] names, int classes, Func<int, int> label)
    {
        foreach ((string name, int i) in names.Select((name, i) => (name, i)))
            _data.Semantic(string.Format(path, name), PaintedDataset.Classes(i, classes), label);
    }

    private void WritePanoptic(
        string json,
        string maps,
        string[] names,
        object[] ids,
        IReadOnlyList<Category> classes,
        Func<Category, int> id,
        string image = "{0}.jpg",
        string? name = null,
        object[]? more = null)
    {
        foreach (string picture in names)
            _data.Panoptic(string.Format(maps, picture));
        _data.Json(json, new
        {
            images = names.Select((picture, i) => PaintedDataset.Image(ids[i], string.Format(image, picture))),
            annotations = names.Select((picture, i) => new
            {
                image_id = ids[i],
                file_name = Path.GetFileName(string.Format(maps, picture)),
                segments_info = PaintedDataset.Classes(i, classes.Count).Select((position, part) => new { id = part + 1, category_id = id(classes[position]), iscrowd = 0 }),
            }),
            categories = classes.Select(category => (object)new
            {
                id = id(category),
                name = name is null ? category.Name : $"{name} {id(category)}",
                isthing = category.Kind is CategoryKind.Thing ? 1 : 0,
            }).Concat(more ?? []),
        });
    }

    private void WriteInstances(
        string json, string[] names, int[] ids, IReadOnlyList<Category> classes, Func<Category, int> id, string? name = null)
    {
        var annotations = new List<object>();
        for (int i = 0; i < names.Length; i++)
        {
            int[] positions = PaintedDataset.Classes(i, classes.Count);
            foreach (int part in Enumerable.Range(0, positions.Length).Where(part => classes[positions[part]].Kind is CategoryKind.Thing))
                annotations.Add(new { id = annotations.Count + 1, image_id = ids[i], category_id = id(classes[positions[part]]), iscrowd = 0, area = 12.0, segmentation = PaintedDataset.Mask(part) });
        }

        _data.Json(json, new
        {
            images = names.Select((picture, i) => new
            {
                id = ids[i],
                file_name = $"{picture}.jpg",
                width = 8,
                height = 6,
                neg_category_ids = Array.Empty<int>(),
                not_exhaustive_category_ids = Array.Empty<int>(),
            }),
            annotations,
            categories = classes.Where(category => category.Kind is CategoryKind.Thing)
                .Select(category => new { id = id(category), name = name is null ? category.Name : $"{name} {id(category)}", frequency = "f" }),
        });
    }

    private void WriteReferencePictures()
    {
        _data.Picture("train2014/COCO_train2014_1.png", 1, 5, 5);
        _data.Picture("train2014/COCO_train2014_2.png", 4, 2, 2);
        _data.Picture("train2014/COCO_train2014_3.png", 4, 2, 2);
    }

    private static object ReferenceInstances() => new
    {
        images = new[] { PaintedDataset.Image(1, "COCO_train2014_1.jpg"), PaintedDataset.Image(2, "COCO_train2014_2.jpg") },
        annotations = new[]
        {
            new { id = 1, image_id = 1, category_id = 1, segmentation = PaintedDataset.Mask(0) },
            new { id = 2, image_id = 2, category_id = 1, segmentation = (object)new { size = new[] { 6, 8 }, counts = new[] { 24, 24 } } },
        },
    };

    private RunReport Run(string dataset, string method = "frozenseg", string? split = null, int? limit = null, params SegmentationTask[] tasks)
    {
        var order = new RunOrder
        {
            Dataset = dataset,
            Root = _folder.Path("data"),
            Method = method,
            Out = _folder.Path("run"),
            Split = split,
            Limit = limit,
            Tasks = tasks,
        };
        SegmentationTask[] offered = method == "car" ? [SegmentationTask.Semantic, SegmentationTask.Referring] : Everything;
        return EvaluationRun.Run(
            order, new MethodCapabilities(method, offered, NeedsWords: true), settings => _method = new PaintedMethod(settings), new Progress<RunProgress>(), new EvaluationOptions { Threads = 1 });
    }

    private string? Message(string dataset, string method, string? split, int? limit)
    {
        if (Directory.Exists(_folder.Path("run")))
            Directory.Delete(_folder.Path("run"), recursive: true);
        return (Record.Exception(() => Run(dataset, method, split, limit)) as SegmentationProblemException)?.Problems[0].Message;
    }

    private static void AssertRight(RunReport report, params string[] metrics)
    {
        Assert.Equal([.. metrics.Select(metric => metric.Split(' ')[0])], report.Measures.Select(measure => measure.Metric));
        foreach ((string metric, EvaluationReport measure) in metrics.Zip(report.Measures))
        {
            (string group, string figure) = metric switch
            {
                "panoptic" => ("all", "pq"),
                "semantic of words" => ("without_background", "mIoU"),
                "semantic" => ("", "mIoU"),
                "referring" => ("", "mIoU"),
                _ => ("", "AP"),
            };
            Assert.Equal(1, Value(measure.Groups.Single(candidate => (candidate.Name ?? "") == group), figure), 1e-12);
        }
    }

    private static double Value(FigureGroup group, string name) => group.Figures.Single(figure => figure.Name == name).Value!.Value;
}
