"""Official automatic mask generation, encoder included; it takes minutes, so there is no round to warm up."""
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
    measure(lambda: generator.generate(image), rounds, warm_up=False)
