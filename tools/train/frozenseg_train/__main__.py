"""python3 -m frozenseg_train CONFIG --scenes DIR --val DIR --out DIR: trains the model that a configuration describes."""
import argparse
import json
import os
import time

import torch

from . import clip, sam, train_clip, train_frozenseg, train_sam
from .safetensors_file import load
from .scenes import Scenes
from .schedule import last_step, seed_everything
from .tokenizer import Tokenizer

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", "..", ".."))
MERGES = os.path.join(ROOT, "src", "Pipeline", "Clip", "Text", "merges.txt.gz")
CONFIGS = os.path.join(ROOT, "tools", "train", "configs", "nano")
MODELS = os.path.join(ROOT, "models", "nano")


def parse():
    parser = argparse.ArgumentParser(prog="frozenseg_train", description=__doc__)
    parser.add_argument("config")
    parser.add_argument("--scenes", required=True, help="training scenes, as `frozenseg scenes --tensors` writes them")
    parser.add_argument("--val", required=True, help="scenes to watch the training with")
    parser.add_argument("--out", required=True)
    parser.add_argument("--clip", help="the CLIP ConvNeXt to freeze (FrozenSeg)")
    parser.add_argument("--sam", help="the SAM to freeze (FrozenSeg)")
    parser.add_argument("--configs", default=CONFIGS)
    parser.add_argument("--merges", default=MERGES, help="CLIP's byte-pair merges, one a line; bpe_simple_vocab_16e6.txt.gz will do")
    parser.add_argument("--resume", help="a .resume.pt to start from, with a schedule of its own")
    parser.add_argument("--continue", dest="goes_on", action="store_true",
                        help="go on where the .resume.pt in --out stopped, in its schedule; for runs that count steps")
    parser.add_argument("--seconds", type=float, help="instead of the configuration's")
    parser.add_argument("--steps", type=int, help="instead of the configuration's")
    parser.add_argument("--until", type=float, help="ends at this time (seconds since 1970), for plans with a deadline")
    parser.add_argument("--limit", type=int, help="use so many scenes")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    return parser.parse_args()


def read(path):
    with open(path) as file:
        return json.load(file)


def foundation(arguments, config, tokenizer, device):
    clip_config = read(os.path.join(arguments.configs, config["clip"] + ".json"))
    sam_config = read(os.path.join(arguments.configs, config["sam"] + ".json"))
    clip_model, sam_model = clip.Clip(clip_config, tokenizer.size), sam.Sam(sam_config)
    clip_model.load_state_dict(load(arguments.clip)[0])
    sam_model.load_state_dict(load(arguments.sam)[0])
    models = train_frozenseg.Foundation(
        clip_model.to(device), sam_model.to(device), tokenizer, config["inference"]["min_size"])
    return clip_config, models


def main():
    arguments = parse()
    config = read(arguments.config)
    seed_everything(config["training"]["seed"])
    torch.set_float32_matmul_precision("high")
    os.makedirs(arguments.out, exist_ok=True)
    device = torch.device(arguments.device)
    scenes, val = Scenes(arguments.scenes, device, arguments.limit), Scenes(arguments.val, device, arguments.limit)
    tokenizer = Tokenizer(arguments.merges, config["merges"], config["context"]) if "merges" in config else None
    if arguments.until is not None:
        config["training"]["seconds"] = arguments.until - time.time()
        config["training"]["steps"] = 1 << 30
    for name in ("seconds", "steps"):
        if getattr(arguments, name) is not None:
            config["training"][name] = getattr(arguments, name)
    if arguments.goes_on:
        arguments.resume = os.path.join(arguments.out, config["name"] + ".resume.pt")
        config["training"]["first_step"] = last_step(arguments.resume)
        seed_everything(config["training"]["seed"] + config["training"]["first_step"])  # other scenes than from the start
    if config["kind"] == "clip":
        train_clip.train(config, tokenizer, scenes, val, arguments.out, device, arguments.resume)
    elif config["kind"] == "sam":
        train_sam.train(config, scenes, val, arguments.out, device, arguments.resume)
    else:
        clip_config, models = foundation(arguments, config, tokenizer, device)
        train_frozenseg.train(config, clip_config, models, scenes, val, arguments.out, device, arguments.resume)


if __name__ == "__main__":
    main()
