"""CLIP's byte-pair tokenizer with the first merges only, which keeps the embedding table small."""
import gzip
import re

import torch

_WORDS = re.compile(r"[a-z]+|[0-9]|[^\sa-z0-9]+")


class Tokenizer:
    """Lower-case ASCII texts to token ids, as CLIP does it; enough for generated phrases."""

    def __init__(self, path, merges, context):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            lines = file.read().split("\n")
        first = 1 if "#version" in lines[0] else 0
        lines = lines[first:first + merges]
        printable = list(range(33, 127)) + list(range(161, 173)) + list(range(174, 256))
        symbols = [chr(code) for code in printable] + [chr(256 + extra) for extra in range(256 - len(printable))]
        pairs = [tuple(line.split()) for line in lines]
        vocabulary = symbols + [symbol + "</w>" for symbol in symbols] + ["".join(pair) for pair in pairs]
        self.ids = {token: index for index, token in enumerate(vocabulary)}
        self.ranks = {pair: rank for rank, pair in enumerate(pairs)}
        self.start, self.end = len(vocabulary), len(vocabulary) + 1
        self.size, self.context, self.merges = len(vocabulary) + 2, context, merges
        self._cache = {}

    def _split(self, word):
        parts = list(word[:-1]) + [word[-1] + "</w>"]
        while len(parts) > 1:
            ranked = [(self.ranks.get(pair, 1 << 30), pair) for pair in zip(parts, parts[1:])]
            rank, best = min(ranked)
            if rank == 1 << 30:
                break
            merged, at = [], 0
            while at < len(parts):
                if tuple(parts[at:at + 2]) == best:
                    merged.append(parts[at] + parts[at + 1])
                    at += 2
                else:
                    merged.append(parts[at])
                    at += 1
            parts = merged
        return [self.ids[part] for part in parts]

    def encode(self, text):
        """Start, pieces, end; padded with zeros to the context length."""
        if text not in self._cache:
            pieces = [piece for word in _WORDS.findall(text.lower()) for piece in self._split(word)]
            row = [self.start] + pieces[:self.context - 2] + [self.end]
            self._cache[text] = row + [0] * (self.context - len(row))
        return self._cache[text]

    def __call__(self, texts):
        return torch.tensor([self.encode(text) for text in texts])
