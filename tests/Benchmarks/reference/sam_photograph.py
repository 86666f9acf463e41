"""Official automatic mask generation on an encoded photograph with MobileSAM's weights, all steps after the encoder.

64 points are timed and counted sixteen times: 1024 take minutes.
"""
import sys

import numpy as np
import torch
from official_sam import _stand_in_for_timm
from PIL import Image
from timing import arguments, measure

official, rounds, threads, (weights, photograph) = arguments()
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
    generator.predictor.set_image(image)
    features = generator.predictor.features
    # The encoder answers at once from here on.
    model.image_encoder = type("Encoded", (torch.nn.Module,), {"forward": lambda self, x: features, "img_size": 1024})()
    measure(lambda: generator.generate(image), rounds, scale=16, warm_up=False)
