"""Official SAM networks with weights that are a function of the tensors' names, as our synthetic ones are."""
import sys
import types

import numpy as np
import torch


def _stand_in_for_timm():
    """MobileSAM imports four small things from timm; none of them matters for inference."""
    layers = types.ModuleType("timm.models.layers")

    class DropPath(torch.nn.Module):
        def __init__(self, drop_prob=0.0):
            super().__init__()

        def forward(self, x):
            return x

    layers.DropPath = DropPath
    layers.to_2tuple = lambda x: x if isinstance(x, tuple) else (x, x)
    layers.trunc_normal_ = torch.nn.init.trunc_normal_
    registry = types.ModuleType("timm.models.registry")
    registry.register_model = lambda function: function
    sys.modules.setdefault("timm", types.ModuleType("timm"))
    sys.modules.setdefault("timm.models", types.ModuleType("timm.models"))
    sys.modules.setdefault("timm.models.layers", layers)
    sys.modules.setdefault("timm.models.registry", registry)


def synthetic(name, shape):
    """The same numbers as our SyntheticWeights."""
    count = int(np.prod(shape)) if len(shape) else 1
    hashed = 0xCBF29CE484222325
    for byte in name.encode():
        hashed = ((hashed ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    scale, offset = _range(name, shape)
    values = np.empty(count, np.float32)
    # Pieces stay in the cache, and out of the peak of memory.
    for start in range(0, count, 2**16):
        piece = values[start : start + 2**16]
        piece[:] = _draws(hashed, start, len(piece)) * np.float32(scale) + np.float32(offset)
    return torch.from_numpy(values.reshape(shape))


def _draws(hashed, start, count):
    with np.errstate(over="ignore"):
        x = np.uint64(hashed) + np.arange(start + 1, start + count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        x = x ^ (x >> np.uint64(31))
    return ((x >> np.uint64(40)).astype(np.int64) - 2**23).astype(np.float32) / np.float32(2**23)


def _range(name, shape):
    if name.endswith("running_var"):
        return 0.5, 1
    if name.endswith("running_mean"):
        return 0.1, 0
    if "gaussian_matrix" in name:
        return 3**0.5, 0
    if name.endswith(("attention_biases", "rel_pos_h", "rel_pos_w")):
        return 0.5, 0
    if name.endswith("pos_embed"):
        return 0.1, 0
    parts = name.split(".")
    if name.endswith(("token.weight", "tokens.weight", "embed.weight")) or (
        len(parts) > 2 and parts[-3] == "point_embeddings"
    ):
        return 1, 0
    if name.endswith("positional_embedding"):
        return 0.5, 0
    if name.endswith((".bias", "in_proj_bias")):
        return 0.1, 0
    if len(shape) == 1:
        return 0.1, 1
    return (3.0 / np.prod(shape[1:])) ** 0.5, 0


def load(official, size):
    """An official network in evaluation mode."""
    if size == "vit_t":
        _stand_in_for_timm()
        sys.path.insert(0, f"{official}/MobileSAM")
        from mobile_sam import sam_model_registry
    else:
        sys.path.insert(0, f"{official}/segment-anything")
        from segment_anything import sam_model_registry
    model = sam_model_registry[size]()
    model.load_state_dict(
        {
            name: tensor if name.endswith("num_batches_tracked") else synthetic(name, tuple(tensor.shape))
            for name, tensor in model.state_dict().items()
        }
    )
    # The attention biases of TinyViT are gathered when evaluation begins.
    return model.train().eval()
