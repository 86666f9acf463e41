"""FrozenSeg's own decoder modules with light stand-ins for what they import, and the CLIP trunk built of the same layers."""
import sys
import types

import numpy as np
import torch
from torch import nn


class _Registry(dict):
    def __init__(self, name=""):
        super().__init__()
        self._name = name

    def register(self):
        return lambda cls: self.setdefault(cls.__name__, cls)


class _Conv2d(nn.Conv2d):
    def __init__(self, *args, norm=None, activation=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.norm = norm
        self.activation = activation

    def forward(self, x):
        x = super().forward(x)
        x = self.norm(x) if self.norm is not None else x
        return self.activation(x) if self.activation is not None else x


class ShapeSpec:
    def __init__(self, channels, stride):
        self.channels, self.stride = channels, stride


def _module(name, **members):
    module = types.ModuleType(name)
    for key, value in members.items():
        setattr(module, key, value)
    sys.modules[name] = module
    return module


def _deformable_attention(value, shapes, starts, locations, weights, step):
    """The CUDA kernel's answer; with fewer maps than levels its flat reading of the buffers."""
    from frozenseg.modeling.pixel_decoder.ops.functions import ms_deform_attn_func as functions

    batch, tokens, heads, levels, points, _ = locations.shape
    maps = len(shapes)
    if maps != levels:
        kept = tokens * heads * maps
        locations = locations.reshape(-1, points, 2)[:kept].view(batch, tokens, heads, maps, points, 2)
        weights = weights.reshape(-1, points)[:kept].view(batch, tokens, heads, maps, points)
    return functions.ms_deform_attn_core_pytorch(value, shapes, locations, weights)


def _stand_in(official):
    none = lambda *args, **kwargs: None
    _module("detectron2")
    _module("detectron2.config", configurable=lambda function: function)
    _module(
        "detectron2.layers",
        Conv2d=_Conv2d,
        ShapeSpec=ShapeSpec,
        get_norm=lambda norm, channels: nn.GroupNorm(32, channels) if norm else None,
    )
    _module("detectron2.modeling", SEM_SEG_HEADS_REGISTRY=_Registry())
    _module("detectron2.utils")
    _module("detectron2.utils.registry", Registry=_Registry)
    _module("fvcore")
    _module("fvcore.nn")
    weight_init = _module("fvcore.nn.weight_init", c2_xavier_fill=none)
    sys.modules["fvcore.nn"].weight_init = weight_init
    _module("timm")
    _module("timm.models")
    _module("timm.models.layers", trunc_normal_=none)
    _module("einops", repeat=none)
    _module("MultiScaleDeformableAttention", ms_deform_attn_forward=_deformable_attention)
    # The packages' own __init__ files pull in data sets and training.
    for name in ("", "modeling", "modeling.pixel_decoder", "modeling.transformer_decoder"):
        dotted = "frozenseg" + (f".{name}" if name else "")
        _module(dotted).__path__ = [f"{official}/FrozenSeg/{dotted.replace('.', '/')}"]


def pixel_decoder(official):
    _stand_in(official)
    from frozenseg.modeling.pixel_decoder.msdeformattn import MSDeformAttnPixelDecoder

    channels = (192, 384, 768, 1536)
    return MSDeformAttnPixelDecoder(
        {f"res{i + 2}": ShapeSpec(c, 4 << i) for i, c in enumerate(channels)},
        transformer_dropout=0.0,
        transformer_nheads=8,
        transformer_dim_feedforward=1024,
        transformer_enc_layers=6,
        conv_dim=256,
        mask_dim=256,
        norm="GN",
        transformer_in_features=["res3", "res4", "res5"],
        common_stride=4,
    ).eval()


def masked_decoder(official):
    _stand_in(official)
    from frozenseg.modeling.transformer_decoder.frozenseg_transformer_decoder import (
        MultiScaleMaskedTransformerDecoder,
    )

    return MultiScaleMaskedTransformerDecoder(
        256,
        hidden_dim=256,
        num_queries=250,
        nheads=8,
        dim_feedforward=2048,
        dec_layers=9,
        pre_norm=False,
        mask_dim=256,
        enforce_input_project=False,
        clip_embedding_dim=768,
        sam_query_fuse_layer=2,
        sam_feature_fuse_layer=0,
    ).eval()


class _ChannelNorm(nn.LayerNorm):
    """LayerNorm over the channels of planes, as timm's LayerNorm2d."""

    def forward(self, x):
        return super().forward(x.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)


class _Block(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.conv_dw = nn.Conv2d(width, width, 7, padding=3, groups=width)
        self.norm = nn.LayerNorm(width, eps=1e-6)
        self.fc1, self.fc2 = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)
        self.gamma = nn.Parameter(torch.ones(width))

    def forward(self, x):
        y = self.norm(self.conv_dw(x).permute(0, 2, 3, 1))
        y = self.fc2(nn.functional.gelu(self.fc1(y))) * self.gamma
        return x + y.permute(0, 3, 1, 2)


def convnext_large():
    """The trunk of timm's convnext_large, which open_clip's convnext_large_d_320 uses."""
    widths, depths = (192, 384, 768, 1536), (3, 3, 27, 3)
    stages, before = [], 3
    for i, (width, depth) in enumerate(zip(widths, depths)):
        if i == 0:
            stem = [nn.Conv2d(before, width, 4, stride=4), _ChannelNorm(width, eps=1e-6)]
        else:
            stem = [_ChannelNorm(before, eps=1e-6), nn.Conv2d(before, width, 2, stride=2)]
        stages.append(nn.Sequential(*stem, *[_Block(width) for _ in range(depth)]))
        before = width
    return nn.Sequential(*stages).eval()


def numbers(seed, *shape):
    """Numbers in -1..1."""
    return torch.from_numpy(np.random.default_rng(seed).uniform(-1, 1, shape).astype(np.float32))
