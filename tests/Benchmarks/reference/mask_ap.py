"""pycocotools: loading, evaluation, accumulation and summary. Build its extension first (setup.py build_ext --inplace)."""
import contextlib
import io
import sys

import numpy as np
from timing import arguments, measure

# The release is older than numpy's removal of these names.
np.float = float
official, rounds, _, (truth, prediction) = arguments()
sys.path.insert(0, f"{official}/cocoapi/PythonAPI")
# It draws with matplotlib, which evaluation does not need.
for name in ("matplotlib", "matplotlib.pyplot", "matplotlib.collections", "matplotlib.patches"):
    module = type(sys)(name)
    module.PatchCollection = module.Polygon = None
    sys.modules.setdefault(name, module)
from pycocotools.coco import COCO  # noqa: E402
from pycocotools.cocoeval import COCOeval  # noqa: E402


def run():
    with contextlib.redirect_stdout(io.StringIO()):
        annotations = COCO(truth)
        evaluation = COCOeval(annotations, annotations.loadRes(prediction), "segm")
        evaluation.evaluate()
        evaluation.accumulate()
        evaluation.summarize()
    return evaluation.stats[:6]


print(run(), file=sys.stderr)
measure(run, rounds)
