"""Reads and writes safetensors without the package, which Debian does not have."""
import json
import os
import struct

import numpy as np
import torch

_TYPES = {"F32": np.float32, "F16": np.float16, "I64": np.int64, "I32": np.int32, "U8": np.uint8}
_NAMES = {np.dtype(value): key for key, value in _TYPES.items()}


def save(path, tensors, metadata=None, half=False):
    """Writes named tensors, floats as 16 bits if asked; the file is there whole or not at all."""
    header, blobs, offset = {}, [], 0
    if metadata:
        header["__metadata__"] = {key: str(value) for key, value in metadata.items()}
    for name in sorted(tensors):
        value = tensors[name].detach().cpu()
        if value.is_floating_point():
            value = value.half() if half else value.float()
        array = np.asarray(value.numpy(), order="C")  # ascontiguousarray would make a scalar a vector
        blob = array.tobytes()
        header[name] = {
            "dtype": _NAMES[array.dtype], "shape": list(array.shape), "data_offsets": [offset, offset + len(blob)]}
        blobs.append(blob)
        offset += len(blob)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path + ".tmp", "wb") as file:
        file.write(struct.pack("<Q", len(text)))
        file.write(text)
        file.writelines(blobs)
    os.replace(path + ".tmp", path)


def load(path):
    """Returns the tensors by name, and the metadata; of a .pth, .pt or .bin the tensors alone."""
    if path.endswith((".pth", ".pt", ".bin")):
        return torch.load(path, map_location="cpu", weights_only=True), {}
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        body = file.read()
    metadata = header.pop("__metadata__", {})
    tensors = {}
    for name, entry in header.items():
        start, end = entry["data_offsets"]
        array = np.frombuffer(body[start:end], dtype=_TYPES[entry["dtype"]]).reshape(entry["shape"])
        tensors[name] = torch.from_numpy(array.copy())
    return tensors, metadata
