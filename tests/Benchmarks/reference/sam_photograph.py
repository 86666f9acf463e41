"""The official MobileSAM on a photograph with real weights: its encoder, or automatic mask generation after the encoder.

Of the 1024 points 64, one batch, are timed and counted sixteen times: all of them take minutes.
"""
import sys

import numpy as np
import torch
from official_sam import _stand_in_for_timm
from PIL import Image
from timing import arguments, measure

official, rounds, threads, (work, weights, photograph) = arguments()
torch.set_num_threads(threads)
_stand_in_for_timm()
sys.path.insert(0, f"{official}/MobileSAM")
from mobile_sam import SamAutomaticMaskGenerator, sam_model_registry  # noqa: E402

model = sam_model_registry["vit_t"]()
model.load_state_dict(torch.load(weights))
# The attention biases of TinyViT are gathered when evaluation begins.
model.train().eval()
image = np.asarray(Image.open(photograph).convert("RGB"))
generator = SamAutomaticMaskGenerator(model, points_per_side=8)
with torch.no_grad():
    if work == "Encoder":
        measure(lambda: generator.predictor.set_image(image), rounds)
    elif work == "Points":
        generator.predictor.set_image(image)
        features = generator.predictor.features
        # The encoder answers at once from here on.
        model.image_encoder = type("Encoded", (torch.nn.Module,), {"forward": lambda self, x: features, "img_size": 1024})()
        measure(lambda: generator.generate(image), rounds, scale=16, warm_up=False)
    else:
        generator = SamAutomaticMaskGenerator(model)
        measure(lambda: generator.generate(image), rounds, warm_up=False)
