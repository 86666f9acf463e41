"""SAM 3's own image model on a CPU, with weights that are a function of the tensors' names, as our synthetic ones are.

Its files want CUDA, Triton and a newer torch to be imported; what stands in here is not called for a picture and a
phrase, or computes the same. Give torch 2 if it is at hand: then its own attention is taken.
"""
import contextlib
import sys
import types

import torch
from official_sam import synthetic
from torch import nn


class _Mlp(nn.Module):
    """timm's."""

    def __init__(self, in_features, hidden_features, act_layer=nn.GELU, drop=0.0):
        super().__init__()
        self.fc1, self.fc2 = nn.Linear(in_features, hidden_features), nn.Linear(hidden_features, in_features)
        self.act = act_layer()

    def forward(self, x):
        return self.fc2(self.act(self.fc1(x)))


class _DropPath(nn.Identity):
    """Nothing is dropped but in training."""


def _attention(q, k, v, dropout_p=0.0):
    """One head after the other, so that the weights of global attention are 107 MB and not 1.7 GB."""
    out = torch.empty_like(q)
    for head in range(q.shape[1]):
        weights = torch.softmax(q[:, head] @ k[:, head].transpose(1, 2) * q.shape[-1] ** -0.5, dim=-1)
        out[:, head] = weights @ v[:, head]
    return out


def _module(name, **members):
    module = types.ModuleType(name)
    vars(module).update(members)
    sys.modules[name] = module
    return module


def _stand_in(official):
    none = lambda *args, **kwargs: None
    torch.Tensor.pin_memory = lambda self: self
    if not hasattr(nn.functional, "scaled_dot_product_attention"):
        nn.functional.scaled_dot_product_attention = _attention
        torch.compiler = _module("torch.compiler", is_dynamo_compiling=lambda: False)
        backends = types.SimpleNamespace(MATH=0, EFFICIENT_ATTENTION=1, FLASH_ATTENTION=2)
        _module("torch.nn.attention", sdpa_kernel=lambda kinds: contextlib.nullcontext(), SDPBackend=backends)
    layers = dict(DropPath=_DropPath, Mlp=_Mlp, trunc_normal_=none)
    _module("einops", rearrange=none, repeat=none)
    _module("timm")
    _module("timm.layers", **layers)
    _module("timm.models")
    _module("timm.models.layers", **layers)
    _module("huggingface_hub", hf_hub_download=none)
    _module("iopath")
    _module("iopath.common")
    _module("iopath.common.file_io", g_pathmgr=None)
    _module("pkg_resources", resource_filename=none)
    # The package's own __init__ files pull in video and training.
    for name in ("sam3", "sam3.model", "sam3.perflib", "sam3.sam", "sam3.train", "sam3.train.data"):
        _module(name).__path__ = [f"{official}/sam3/{name.replace('.', '/')}"]
    _module("sam3.perflib.nms", nms_masks=none)
    _module("sam3.train.data.collator", BatchedDatapoint=object)
    _module("sam3.model.tokenizer_ve", SimpleTokenizer=lambda bpe_path: _tokens)
    _module("sam3.model.sam1_task_predictor", SAM3InteractiveImagePredictor=object)
    _module("sam3.model.sam3_tracking_predictor", Sam3TrackerPredictor=object)
    _module("sam3.model.sam3_video_inference", Sam3VideoInferenceWithInstanceInteractivity=object)
    _module("sam3.model.sam3_video_predictor", Sam3VideoPredictorMultiGPU=object)


def _tokens(texts, context_length):
    """Phrases come as numbers of tokens, so that no vocabulary is needed."""
    rows = [[int(number) for number in text.split()] for text in texts]
    return torch.tensor([row + [0] * (context_length - len(row)) for row in rows])


@contextlib.contextmanager
def _without_cuda():
    """Two tables are asked for on CUDA whatever the device is. Weights are filled later."""
    replaced = {(torch, name): getattr(torch, name) for name in ("zeros", "arange")}
    for name in ("uniform_", "normal_", "kaiming_uniform_", "xavier_uniform_", "xavier_normal_"):
        replaced[nn.init, name] = getattr(nn.init, name)
    for (module, name), function in replaced.items():
        if module is torch:
            setattr(module, name, lambda *args, _function=function, device=None, **kwargs: _function(*args, **kwargs))
        else:
            setattr(module, name, lambda tensor, *args, **kwargs: tensor)
    yield
    for (module, name), function in replaced.items():
        setattr(module, name, function)


def load(official):
    """The image model in evaluation mode."""
    _stand_in(official)
    from sam3.model_builder import build_sam3_image_model

    with _without_cuda():
        model = build_sam3_image_model(bpe_path="", device="cpu", load_from_HF=False)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            parameter.copy_(synthetic(f"detector.{name}", tuple(parameter.shape)))
    return model
