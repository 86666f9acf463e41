#!/usr/bin/env python3
"""Records what the field's own tools say of the random cases: see README.md beside this file.

    python3 record.py CASES TOOLS FIGURES

CASES is the folder the tests wrote, TOOLS holds checkouts of the tools, FIGURES takes one JSON file a measure.
"""
import contextlib
import importlib.util
import io
import json
import math
import os
import sys
import types

import numpy as np

CASES, TOOLS, FIGURES = sys.argv[1:4]
sys.path[:0] = [os.path.join(TOOLS, name) for name in ("cocoapi/PythonAPI", "lvis-api", "panopticapi", "davis2017-evaluation")]
np.float = float  # pycocotools was written for an older NumPy


def stand_in(name, **members):
    """A module that a tool imports and that its figures do not depend on."""
    module = types.ModuleType(name)
    module.__dict__.update(members)
    sys.modules[name] = module
    return module


def load(name, path):
    """One file of a tool, without the package around it."""
    spec = importlib.util.spec_from_file_location(name, os.path.join(TOOLS, path))
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


class Answer:
    """What an evaluator takes for a tensor of class scores: the winner is known."""

    def __init__(self, winner):
        self.winner = winner

    def argmax(self, dim):
        return self

    def bool(self):
        return self

    def to(self, device):
        return self.winner


def read(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def panoptic(case):
    from panopticapi import evaluation

    average = evaluation.PQStat.pq_average
    if average.__name__ != "or_nothing":
        def or_nothing(self, categories, isthing):
            # The tool divides by the number of classes, were it none.
            try:
                return average(self, categories, isthing)
            except ZeroDivisionError:
                return {"pq": 0, "sq": 0, "rq": 0, "n": 0}, {}

        evaluation.PQStat.pq_average = or_nothing
    result = evaluation.pq_compute(f"{case}/gt.json", f"{case}/pred.json", f"{case}/gt", f"{case}/pred")
    groups = {"all": "All", "things": "Things", "stuff": "Stuff"}
    return {
        f"{ours}_{name}": result[theirs][name] if name == "n" or result[theirs]["n"] else None
        for ours, theirs in groups.items() for name in ("pq", "sq", "rq", "n")
    }


COCO = ["AP", "AP50", "AP75", "APs", "APm", "APl", "AR1", "AR10", "AR100", "ARs", "ARm", "ARl"]


def coco(kind):
    def run(case):
        from pycocotools.coco import COCO as Dataset
        from pycocotools.cocoeval import COCOeval

        truth = Dataset(f"{case}/gt.json")
        evaluation = COCOeval(truth, truth.loadRes(f"{case}/pred.json"), kind)
        evaluation.evaluate()
        evaluation.accumulate()
        evaluation.summarize()
        return dict(zip(COCO, (float(value) for value in evaluation.stats)))

    return run


def lvis(case):
    from lvis import LVISEval

    evaluation = LVISEval(f"{case}/gt.json", f"{case}/pred.json", "segm")
    evaluation.run()
    return {name: float(value) for name, value in evaluation.get_results().items()}


def semantic(case):
    torch_free()
    from PIL import Image

    evaluator = load("detectron2.evaluation.sem_seg_evaluation", "detectron2/detectron2/evaluation/sem_seg_evaluation.py")
    names = sorted(os.listdir(f"{case}/gt"))
    classes = read(f"{case}/classes.json")
    sys.modules["detectron2.data"].DatasetCatalog = types.SimpleNamespace(
        get=lambda _: [{"file_name": name, "sem_seg_file_name": f"{case}/gt/{name}"} for name in names])
    sys.modules["detectron2.data"].MetadataCatalog = types.SimpleNamespace(
        get=lambda _: types.SimpleNamespace(stuff_classes=classes, ignore_label=255))
    evaluator.DatasetCatalog = sys.modules["detectron2.data"].DatasetCatalog
    evaluator.MetadataCatalog = sys.modules["detectron2.data"].MetadataCatalog
    run = evaluator.SemSegEvaluator("cases", distributed=False)
    run.reset()
    for name in names:
        run.process([{"file_name": name}], [{"sem_seg": Answer(np.asarray(Image.open(f"{case}/pred/{name}")))}])
    figures = run.evaluate()["sem_seg"]
    return {ours: figures[theirs] / 100 for ours, theirs in (("mIoU", "mIoU"), ("FWIoU", "fwIoU"), ("mAcc", "mACC"), ("pAcc", "pACC"))}


def davis(task):
    def run(case):
        stand_in("tqdm", tqdm=lambda items: items)
        from davis2017.evaluation import DAVISEvaluation

        other = f"{case}/gt/Annotations_unsupervised"
        if not os.path.exists(other):
            os.symlink("Annotations", other)
        # "codalab" asks for no pictures.
        measured = DAVISEvaluation(f"{case}/gt", task, "val", codalab=True).evaluate(f"{case}/pred")
        means = {name: {part: float(np.mean(measured[name][part])) for part in "MRD"} for name in "JF"}
        figures = {"J&F": (means["J"]["M"] + means["F"]["M"]) / 2}
        for name in "JF":
            figures |= {name: means[name]["M"], f"{name}_recall": means[name]["R"], f"{name}_decay": means[name]["D"]}
        return figures

    return run


def referring(case):
    torch_free()
    from pycocotools import mask

    evaluator = load("refer_evaluation", "ReLA/gres_model/evaluation/refer_evaluation.py")
    truth, answers = read(f"{case}/gt.json"), {answer["sent_id"]: answer for answer in read(f"{case}/pred.json")}
    sizes = {image["id"]: (image["height"], image["width"]) for image in truth["images"]}
    run = evaluator.ReferEvaluator("cases", distributed=False)
    run.reset()
    for reference in truth["refs"]:
        def decode(segmentation, shape=sizes[reference["image_id"]]):
            return mask.decode(segmentation) if segmentation else np.zeros(shape, np.uint8)

        answer = answers[reference["sentences"][0]["sent_id"]]["segmentation"]
        run.process(
            [{
                "image_id": reference["image_id"],
                "source": "grefcoco",
                "sentence": {"raw": reference["sentences"][0]["sent"]},
                "gt_mask_merged": Answer(decode(reference["segmentation"])),
                "empty": reference["no_target"],
            }],
            [{"ref_seg": Answer(decode(answer)), "nt_label": Answer(answer is None)}])
    figures = run.evaluate()["grefcoco"]
    return {
        "gIoU": figures["gIoU"] / 100, "cIoU": figures["cIoU"] / 100, "N_acc": figures["N_acc"], "T_acc": figures["T_acc"],
        **{f"P@{t}": figures[f"Pr@{t}"] / 100 for t in (0.7, 0.8, 0.9)},
    }


def torch_free():
    """Stand-ins for what detectron2's evaluators import and do not use for figures."""
    if "torch" in sys.modules:
        return
    stand_in("torch", device=lambda name: name)
    for name in ("detectron2", "detectron2.evaluation", "detectron2.utils"):
        stand_in(name, __path__=[])
    stand_in("detectron2.data", DatasetCatalog=None, MetadataCatalog=None)
    stand_in("detectron2.utils.comm", all_gather=None, is_main_process=None, synchronize=None)
    stand_in("detectron2.utils.file_io", PathManager=types.SimpleNamespace(open=open))
    stand_in("detectron2.evaluation.evaluator", DatasetEvaluator=object)


MEASURES = {
    "panoptic": (panoptic, "panopticapi"),
    "instance": (coco("segm"), "pycocotools"),
    "boxes": (coco("bbox"), "pycocotools"),
    "lvis": (lvis, "LVIS API"),
    "semantic": (semantic, "detectron2"),
    "video": (davis("semi-supervised"), "DAVIS 2017"),
    "video-matched": (davis("unsupervised"), "DAVIS 2017"),
    "referring": (referring, "ReLA"),
}


def rounded(value):
    return None if value is None or math.isnan(value) else round(value, 12)


def main():
    os.makedirs(FIGURES, exist_ok=True)
    for measure, (run, tool) in MEASURES.items():
        rows = []
        for number in sorted(os.listdir(f"{CASES}/{measure}")):
            with contextlib.redirect_stdout(io.StringIO()):
                rows.append(run(f"{CASES}/{measure}/{number}"))
        names = list(rows[0])
        with open(f"{FIGURES}/{measure}.json", "w", encoding="utf-8") as file:
            lines = ",\n".join(json.dumps([rounded(row[name]) for name in names]) for row in rows)
            file.write(f'{{"tool": "{tool}", "figures": {json.dumps(names)}, "cases": [\n{lines}\n]}}\n')
        print(measure, len(rows))


if __name__ == "__main__":
    main()
