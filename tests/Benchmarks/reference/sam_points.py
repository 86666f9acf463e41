"""Official automatic mask generation on an encoded picture: 1024 points, all steps after the encoder."""
import sys

import torch
from official_sam import load
from test_picture import make
from timing import arguments, measure

official, rounds, threads, _ = arguments()
torch.set_num_threads(threads)
model = load(official, "vit_t")
sys.path.insert(0, f"{official}/MobileSAM")
from mobile_sam import SamAutomaticMaskGenerator  # noqa: E402

image = make(427, 640)
generator = SamAutomaticMaskGenerator(model)
with torch.no_grad():
    generator.predictor.set_image(image)
    features = generator.predictor.features
    # The encoder answers at once from here on.
    model.image_encoder = type("Encoded", (torch.nn.Module,), {"forward": lambda self, x: features, "img_size": 1024})()
    measure(lambda: generator.generate(image), rounds)
