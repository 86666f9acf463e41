"""Official automatic mask generation on an encoded picture, all steps after the encoder.

One batch of 64 points is timed and counted sixteen times: the generator does the same for every batch, and 1024 points
take minutes.
"""
import sys

import torch
from official_sam import load
from test_picture import make
from timing import arguments, measure

official, rounds, threads, (pred_iou_thresh,) = arguments()
torch.set_num_threads(threads)
model = load(official, "vit_t")
sys.path.insert(0, f"{official}/MobileSAM")
from mobile_sam import SamAutomaticMaskGenerator  # noqa: E402

image = make(427, 640)
generator = SamAutomaticMaskGenerator(model, points_per_side=8, pred_iou_thresh=float(pred_iou_thresh))
with torch.no_grad():
    generator.predictor.set_image(image)
    features = generator.predictor.features
    # The encoder answers at once from here on.
    model.image_encoder = type("Encoded", (torch.nn.Module,), {"forward": lambda self, x: features, "img_size": 1024})()
    measure(lambda: generator.generate(image), rounds, scale=16, warm_up=False)
