"""The official CLIP network with random weights; only its one file of model code is loaded."""
import importlib.util
import os

import torch

SIZES = {
    "ViT-B/16": dict(embed_dim=512, image_resolution=224, vision_layers=12, vision_width=768, vision_patch_size=16,
                     context_length=77, vocab_size=49408, transformer_width=512, transformer_heads=8, transformer_layers=12),
    "ViT-L/14": dict(embed_dim=768, image_resolution=224, vision_layers=24, vision_width=1024, vision_patch_size=14,
                     context_length=77, vocab_size=49408, transformer_width=768, transformer_heads=12, transformer_layers=12),
}


def load(official, name):
    """A model of that size, float32, not trained."""
    path = os.path.join(official, "CLIP", "clip", "model.py")
    spec = importlib.util.spec_from_file_location("clip_model", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    torch.manual_seed(0)
    return module.CLIP(**SIZES[name]).eval()
