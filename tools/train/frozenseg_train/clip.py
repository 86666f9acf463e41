"""CLIP with a ViT (OpenAI's key names) or a ConvNeXt (open_clip's key names)."""
import math

import torch
import torch.nn as nn
import torch.nn.functional as F

from .layers import LayerNorm, LayerNorm2d, PackedAttention

MEAN = (0.48145466, 0.4578275, 0.40821073)
STD = (0.26862954, 0.26130258, 0.27577711)


def normalise(images):
    """uint8 or float B x 3 x H x W in 0..255 to CLIP's input."""
    mean = torch.tensor(MEAN, device=images.device).view(1, 3, 1, 1) * 255
    std = torch.tensor(STD, device=images.device).view(1, 3, 1, 1) * 255
    return (images.float() - mean) / std


class QuickGelu(nn.Module):
    def forward(self, x):
        return x * torch.sigmoid(1.702 * x)


class ResidualBlock(nn.Module):
    def __init__(self, width, heads, activation):
        super().__init__()
        self.ln_1 = LayerNorm(width)
        self.attn = PackedAttention(width, heads)
        self.ln_2 = LayerNorm(width)
        self.mlp = nn.ModuleDict({"c_fc": nn.Linear(width, 4 * width), "c_proj": nn.Linear(4 * width, width)})
        self.activation = activation

    def forward(self, x, bias=None):
        y = self.ln_1(x)
        x = x + self.attn(y, y, y, bias)
        return x + self.mlp["c_proj"](self.activation(self.mlp["c_fc"](self.ln_2(x))))


class Transformer(nn.Module):
    def __init__(self, width, layers, heads, activation):
        super().__init__()
        self.resblocks = nn.ModuleList(ResidualBlock(width, heads, activation) for _ in range(layers))

    def forward(self, x, bias=None):
        for block in self.resblocks:
            x = block(x, bias)
        return x


class VisionTransformer(nn.Module):
    """Returns projected tokens: the class token first, then the patches row by row."""

    def __init__(self, image_size, patch, width, layers, heads, embedding):
        super().__init__()
        self.grid = image_size // patch
        self.conv1 = nn.Conv2d(3, width, patch, patch, bias=False)
        scale = width ** -0.5
        self.class_embedding = nn.Parameter(scale * torch.randn(width))
        self.positional_embedding = nn.Parameter(scale * torch.randn(self.grid ** 2 + 1, width))
        self.ln_pre = LayerNorm(width)
        self.transformer = Transformer(width, layers, heads, QuickGelu())
        self.ln_post = LayerNorm(width)
        self.proj = nn.Parameter(scale * torch.randn(width, embedding))

    def front(self, pixels):
        """Tokens before the last block."""
        x = self.conv1(pixels).flatten(2).transpose(1, 2)
        first = self.class_embedding.to(x.dtype).expand(len(x), 1, -1)
        x = self.ln_pre(torch.cat([first, x], 1) + self.positional_embedding)
        for block in self.transformer.resblocks[:-1]:
            x = block(x)
        return x

    def finish(self, x):
        return self.ln_post(self.transformer.resblocks[-1](x)) @ self.proj

    def forward(self, pixels):
        return self.finish(self.front(pixels))

    def activation_maps(self, front, log_chance):
        """CaR's class-activation maps before the ReLU, B x patches, of the class whose log probability `log_chance` gives
        for mean patch embeddings B x E. Can be differentiated again, so attention is written out."""
        block = self.transformer.resblocks[-1]
        front = front.float()
        activation = block.ln_1(front)
        x = front + block.attn.written_out(activation)
        x = x + block.mlp["c_proj"](block.activation(block.mlp["c_fc"](block.ln_2(x))))
        embedding = F.normalize(self.ln_post(x)[:, 1:].mean(1) @ self.proj, dim=-1)
        (gradient,) = torch.autograd.grad(log_chance(embedding).sum(), activation, create_graph=True)
        return torch.einsum("bpd,bd->bp", activation[:, 1:], gradient[:, 1:].mean(1))


class ConvNeXtBlock(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.gamma = nn.Parameter(torch.full((width,), 1e-1))
        self.conv_dw = nn.Conv2d(width, width, 7, padding=3, groups=width)
        self.norm = LayerNorm(width, eps=1e-6)
        self.mlp = nn.ModuleDict({"fc1": nn.Linear(width, 4 * width), "fc2": nn.Linear(4 * width, width)})

    def forward(self, x):
        y = self.norm(self.conv_dw(x).permute(0, 2, 3, 1))
        y = self.gamma * self.mlp["fc2"](F.gelu(self.mlp["fc1"](y)))
        return x + y.permute(0, 3, 1, 2)


class ConvNeXtStage(nn.Module):
    def __init__(self, before, width, depth):
        super().__init__()
        self.downsample = nn.Identity() if before == width else nn.Sequential(
            LayerNorm2d(before), nn.Conv2d(before, width, 2, 2))
        self.blocks = nn.Sequential(*(ConvNeXtBlock(width) for _ in range(depth)))

    def forward(self, x):
        return self.blocks(self.downsample(x))


class ConvNeXtTrunk(nn.Module):
    def __init__(self, stem, widths, depths):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, widths[0], stem, stem), LayerNorm2d(widths[0]))
        self.stages = nn.ModuleList(
            ConvNeXtStage(before, width, depth) for before, width, depth in zip([widths[0], *widths], widths, depths))
        self.head = nn.ModuleDict({"norm": LayerNorm(widths[-1], eps=1e-6)})

    def forward(self, pixels):
        x, maps = self.stem(pixels), []
        for stage in self.stages:
            x = stage(x)
            maps.append(x)
        return maps


class ConvNeXt(nn.Module):
    """Returns res2 to res5; `project` turns pooled vectors of res5 into embeddings."""

    def __init__(self, stem, widths, depths, embedding):
        super().__init__()
        self.trunk = ConvNeXtTrunk(stem, widths, depths)
        width = widths[-1]
        self.head = nn.ModuleDict({"mlp": nn.ModuleDict(
            {"fc1": nn.Linear(width, width), "fc2": nn.Linear(width, embedding, bias=False)})})

    def forward(self, pixels):
        return self.trunk(pixels)

    def project(self, pooled):
        x = self.head["mlp"]["fc1"](self.trunk.head["norm"](pooled))
        return self.head["mlp"]["fc2"](F.gelu(x))


class Clip(nn.Module):
    """Both towers in one file, the text tower at the top level as OpenAI has it."""

    def __init__(self, config, vocabulary):
        super().__init__()
        vision, text, embedding = config["vision"], config["text"], config["embedding"]
        if vision["kind"] == "vit":
            self.visual = VisionTransformer(
                vision["image_size"], vision["patch"], vision["width"], vision["layers"], vision["heads"], embedding)
            activation = QuickGelu()
        else:
            self.visual = ConvNeXt(vision["stem"], vision["widths"], vision["depths"], embedding)
            activation = nn.GELU()
        width = text["width"]
        self.token_embedding = nn.Embedding(vocabulary, width)
        self.positional_embedding = nn.Parameter(0.01 * torch.randn(text["context"], width))
        self.transformer = Transformer(width, text["layers"], text["heads"], activation)
        self.ln_final = LayerNorm(width)
        self.text_projection = nn.Parameter(width ** -0.5 * torch.randn(width, embedding))
        self.logit_scale = nn.Parameter(torch.tensor(math.log(1 / 0.07)))
        nn.init.normal_(self.token_embedding.weight, std=0.02)

    def encode_text(self, tokens):
        """Unit vectors, one a row of token ids."""
        length = tokens.shape[1]
        causal = torch.full((length, length), float("-inf"), device=tokens.device).triu_(1)
        x = self.token_embedding(tokens) + self.positional_embedding[:length]
        x = self.ln_final(self.transformer(x, causal.to(x.dtype)))
        ends = x[torch.arange(len(x), device=x.device), tokens.argmax(-1)]
        return F.normalize((ends @ self.text_projection).float(), dim=-1)

    def scale(self):
        return self.logit_scale.exp().clamp(max=100)


def metadata(config, tokenizer):
    """What no tensor's shape tells, for the reader of the checkpoint."""
    vision, text = config["vision"], config["text"]
    facts = {
        "name": config["name"], "clip.text_heads": text["heads"], "clip.merges": tokenizer.merges,
        "clip.activation": "quickgelu" if vision["kind"] == "vit" else "gelu",
        "clip.mean": ",".join(map(str, MEAN)), "clip.std": ",".join(map(str, STD)),
    }
    if vision["kind"] == "vit":
        facts.update({"clip.vision_heads": vision["heads"], "clip.image_size": vision["image_size"]})
    else:
        facts.update({"clip.text_activation": "gelu", "clip.pooling_scale": vision["pooling_scale"]})
    return facts
