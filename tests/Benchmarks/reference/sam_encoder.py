"""Official image encoder on one picture."""
import torch
from official_sam import load, synthetic
from timing import arguments, measure

official, rounds, threads, (size,) = arguments()
torch.set_num_threads(threads)
model = load(official, size)
image = synthetic("input", (1, 3, 1024, 1024))
with torch.no_grad():
    measure(lambda: model.image_encoder(image), rounds)
