"""Official image encoder on one picture."""
import torch
from official_sam import load, synthetic
from timing import arguments, measure

official, rounds, threads, (size,) = arguments()
torch.set_num_threads(threads)
model = load(official, size)
image = synthetic("input", (1, 3, 1024, 1024))
with torch.no_grad():
    # The large ones take so long that warming up changes nothing.
    measure(lambda: model.image_encoder(image), rounds, warm_up=size == "vit_t")
