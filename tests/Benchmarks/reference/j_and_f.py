"""The DAVIS 2017 tool's semi-supervised evaluation."""
import sys
import types

import cv2
import numpy as np
from timing import arguments, measure

official, rounds, threads, (truth, prediction) = arguments()
cv2.setNumThreads(threads)
sys.path.insert(0, f"{official}/davis2017-evaluation")
# Of scikit-image the tool uses one disk, of tqdm a bar.
morphology = types.ModuleType("skimage.morphology")


def disk(radius):
    reach = np.arange(-radius, radius + 1)
    x, y = np.meshgrid(reach, reach)
    return np.array(x**2 + y**2 <= radius**2, dtype=np.uint8)


morphology.disk = disk
sys.modules.setdefault("skimage", types.ModuleType("skimage"))
sys.modules.setdefault("skimage.morphology", morphology)
bar = types.ModuleType("tqdm")
bar.tqdm = lambda items: items
sys.modules.setdefault("tqdm", bar)
from davis2017.evaluation import DAVISEvaluation  # noqa: E402


def run():
    found = DAVISEvaluation(truth, "semi-supervised", "val").evaluate(prediction)
    return np.mean(found["J"]["M"]), np.mean(found["F"]["M"])


print(run(), file=sys.stderr)
measure(run, rounds)
