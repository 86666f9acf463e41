"""The official CLIP ViT-L/14 over N pictures of 224x224 without its last block, as CaR's classifier runs it."""
import torch
from official_clip import load
from timing import arguments, measure

official, rounds, threads, (count,) = arguments()
torch.set_num_threads(threads)
visual = load(official, "ViT-L/14").visual
visual.transformer.resblocks = visual.transformer.resblocks[:-1]
torch.manual_seed(1)
images = torch.randn(int(count), 3, 224, 224)
with torch.no_grad():
    measure(lambda: visual(images), rounds)
