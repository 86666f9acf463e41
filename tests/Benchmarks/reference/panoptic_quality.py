"""panopticapi in one process: both JSON files, all pictures, the averages."""
import contextlib
import io
import json
import os
import sys

from timing import arguments, measure

official, rounds, _, (truth, prediction) = arguments()
sys.path.insert(0, f"{official}/panopticapi")
from panopticapi.evaluation import pq_compute_single_core  # noqa: E402


def run():
    with open(truth) as file:
        wanted = json.load(file)
    with open(prediction) as file:
        found = json.load(file)
    categories = {category["id"]: category for category in wanted["categories"]}
    predictions = {annotation["image_id"]: annotation for annotation in found["annotations"]}
    pairs = [(annotation, predictions[annotation["image_id"]]) for annotation in wanted["annotations"]]
    with contextlib.redirect_stdout(io.StringIO()):
        quality = pq_compute_single_core(0, pairs, os.path.splitext(truth)[0], os.path.splitext(prediction)[0], categories)
    return [quality.pq_average(categories, isthing=kind)[0]["pq"] for kind in (None, True, False)]


print(run(), file=sys.stderr)
measure(run, rounds)
