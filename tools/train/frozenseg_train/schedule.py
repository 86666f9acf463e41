"""A training loop's frame: how far along, learning rate, curve, checkpoints."""
import functools
import json
import math
import os
import random
import time

import numpy as np
import torch


def seed_everything(seed):
    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)


class Schedule:
    """Ends after `steps` steps or `seconds` seconds, whichever comes first; the learning rate follows whichever is further."""

    def __init__(self, config, out, name):
        self.steps, self.seconds = config.get("steps", 1 << 30), config.get("seconds", 1e9)
        self.warmup = config.get("warmup", 0.03)
        self.warm = config.get("warm", False)
        self.rate = config["learning_rate"]
        self.step, self.flushed = config.get("first_step", 0), time.time()
        self.started = time.time() - config.get("seconds_before", 0)
        self.curve = os.path.join(out, name + ".curve.jsonl")
        self.name = name
        self.next_report = self.next_measure = 0.0

    @property
    def progress(self):
        return min(1.0, max(self.step / self.steps, (time.time() - self.started) / self.seconds))

    def advance(self, optimizer):
        """Sets the learning rate for the next step; false when the end is reached."""
        progress = self.progress
        if progress >= 1 or self.step >= self.steps:
            return False
        self.step += 1
        factor = min(1, progress / self.warmup) if self.warmup else 1
        factor = max(factor, 1e-2) if progress < self.warmup else 0.5 * (1 + math.cos(math.pi * progress)) + 0.005
        for group in optimizer.param_groups:
            group["lr"] = self.rate * factor * group.get("factor", 1)
        return True

    def due(self, share=0.05):
        """True about every `share` of the way."""
        if self.progress >= self.next_report:
            self.next_report = self.progress + share
            return True
        return False

    def due_long(self, share=0.25):
        """The same for what takes long to measure."""
        if self.progress >= self.next_measure:
            self.next_measure = self.progress + share
            return True
        return False

    def report(self, **values):
        row = {"step": self.step, "seconds": round(time.time() - self.started, 1), "progress": round(self.progress, 3)}
        row.update({key: round(float(value), 4) for key, value in values.items()})
        with open(self.curve, "a") as file:
            file.write(json.dumps(row) + "\n")
        print(self.name, json.dumps(row), flush=True)

    def flush_due(self, every=20):
        if time.time() - self.flushed > every:
            self.flushed = time.time()
            return True
        return False


def optimiser(parameters, config, device):
    """AdamW; norms, biases and single vectors are not decayed."""
    parameters = [p for p in parameters if p.requires_grad]
    groups = [
        {"params": [p for p in parameters if p.ndim > 1], "weight_decay": config.get("weight_decay", 0.02)},
        {"params": [p for p in parameters if p.ndim <= 1], "weight_decay": 0.0}]
    extra = {"fused": True} if device.type == "cuda" else {}
    return torch.optim.AdamW(groups, lr=config["learning_rate"], betas=(0.9, config.get("beta2", 0.98)), **extra)


def save_resume(path, model, optimizer, schedule):
    torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "step": schedule.step,
                "seconds": time.time() - schedule.started, "warm": schedule.warm}, path + ".tmp")
    os.replace(path + ".tmp", path)


def stopped_at(path):
    """The settings of a schedule that goes on where a .resume.pt was written; none where there is no such file."""
    if not os.path.exists(path):
        return {}
    state = torch.load(path, map_location="cpu")
    return {"first_step": state["step"], "seconds_before": state["seconds"], "warm": state["warm"]}


def load_resume(path, model, optimizer=None):
    """Restores the weights, and the optimiser unless the file was made without. The schedule starts anew."""
    if not path or not os.path.exists(path):
        return
    state = torch.load(path, map_location="cpu")
    model.load_state_dict(state["model"])
    if optimizer is not None and state["optimizer"]:
        optimizer.load_state_dict(state["optimizer"])


def full_precision(function):
    """For what must not run in bf16 although it is called where that is on."""
    @functools.wraps(function)
    def wrapped(*arguments, **named):
        with torch.autocast("cuda", enabled=False), torch.autocast("cpu", enabled=False):
            return function(*arguments, **named)
    return wrapped


def precision(device):
    """bf16 where the device is made for it."""
    return torch.autocast(device.type, dtype=torch.bfloat16, enabled=device.type == "cuda" or processor_has_bf16())


@functools.lru_cache(None)
def processor_has_bf16():
    """Whether Linux lists avx512_bf16, amx_bf16 or Arm's bf16 for this processor."""
    if not os.path.exists("/proc/cpuinfo"):
        return False
    with open("/proc/cpuinfo") as file:
        return "bf16" in file.read()
