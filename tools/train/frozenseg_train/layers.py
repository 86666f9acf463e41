"""Attention and norms that the networks share; written so that they run with PyTorch 1.13 and 2."""
import torch
import torch.nn as nn
import torch.nn.functional as F


def attend(query, key, value, bias=None):
    """Scaled dot-product attention over B x heads x tokens x width; the bias is added to the logits."""
    if hasattr(F, "scaled_dot_product_attention"):
        return F.scaled_dot_product_attention(query, key, value, attn_mask=bias)
    logits = query @ key.transpose(-1, -2) * query.shape[-1] ** -0.5
    return (logits if bias is None else logits + bias).softmax(-1) @ value


def split_heads(tokens, heads):
    batch, count, width = tokens.shape
    return tokens.view(batch, count, heads, width // heads).transpose(1, 2)


def join_heads(tokens):
    return tokens.transpose(1, 2).flatten(2)


class PackedAttention(nn.Module):
    """The parameters of nn.MultiheadAttention (in_proj_weight, out_proj) with our own forward pass."""

    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.in_proj_weight = nn.Parameter(torch.empty(3 * width, width))
        self.in_proj_bias = nn.Parameter(torch.zeros(3 * width))
        self.out_proj = nn.Linear(width, width)
        nn.init.xavier_uniform_(self.in_proj_weight)
        nn.init.zeros_(self.out_proj.bias)

    def forward(self, query, key, value, bias=None):
        width = query.shape[-1]
        weights, biases = self.in_proj_weight.split(width), self.in_proj_bias.split(width)
        if query is key and key is value:
            q, k, v = F.linear(query, self.in_proj_weight, self.in_proj_bias).chunk(3, -1)
        else:
            q, k, v = (F.linear(x, w, b) for x, w, b in zip((query, key, value), weights, biases))
        q, k, v = (split_heads(x, self.heads) for x in (q, k, v))
        return self.out_proj(join_heads(attend(q, k, v, bias)))

    def written_out(self, x):
        """Self-attention of plain operations, which can be differentiated twice."""
        q, k, v = (split_heads(y, self.heads) for y in F.linear(x, self.in_proj_weight, self.in_proj_bias).chunk(3, -1))
        chances = (q @ k.transpose(-1, -2) * q.shape[-1] ** -0.5).softmax(-1)
        return self.out_proj(join_heads(chances @ v))


class LayerNorm(nn.LayerNorm):
    """Always in float32, as autocast has it on a GPU; on a CPU it would refuse bf16."""

    def forward(self, x):
        return super().forward(x.float())


class LayerNorm2d(nn.Module):
    """Layer norm over the channels of a map."""

    def __init__(self, width, eps=1e-6):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))
        self.bias = nn.Parameter(torch.zeros(width))
        self.eps = eps

    def forward(self, x):
        normed = F.layer_norm(x.permute(0, 2, 3, 1).float(), self.weight.shape, self.weight, self.bias, self.eps)
        return normed.permute(0, 3, 1, 2)


class Mlp(nn.Module):
    """Linear layers with ReLU between, named `layers.0`, `layers.1`, …"""

    def __init__(self, *widths):
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in zip(widths, widths[1:]))

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = F.relu(layer(x))
        return self.layers[-1](x)
