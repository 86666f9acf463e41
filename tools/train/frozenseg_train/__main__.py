"""python3 -m frozenseg_train CONFIG --scenes DIR --val DIR --out DIR: trains the model that a configuration describes."""
import argparse
import json
import os
import sys

import torch

from . import clip, sam, train_clip, train_frozenseg, train_sam
from .safetensors_file import load
from .scenes import Scenes
from .schedule import seed_everything, stopped_at
from .tokenizer import Tokenizer

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", "..", ".."))
MERGES = os.path.join(ROOT, "src", "Pipeline", "Clip", "Text", "merges.txt.gz")
CONFIGS = os.path.join(ROOT, "tools", "train", "configs", "nano")
MODELS = os.path.join(ROOT, "models", "nano")


def parse():
    parser = argparse.ArgumentParser(prog="frozenseg_train", description=__doc__)
    parser.add_argument("config")
    parser.add_argument("--scenes", required=True,
                        help="training scenes, as `frozenseg scenes --tensors` writes them; COCO's folder, for a configuration that reads it")
    parser.add_argument("--val", required=True, help="scenes to watch the training with")
    parser.add_argument("--out", required=True)
    parser.add_argument("--clip", help="the CLIP ConvNeXt to freeze (FrozenSeg)")
    parser.add_argument("--sam", help="the SAM to freeze (FrozenSeg)")
    parser.add_argument("--configs", help="folder of the configurations of CLIP and SAM; the one's own without it")
    parser.add_argument("--merges", default=MERGES, help="CLIP's byte-pair merges, one a line; bpe_simple_vocab_16e6.txt.gz will do")
    parser.add_argument("--resume", help="a .resume.pt to start from, with a schedule of its own")
    parser.add_argument("--continue", dest="goes_on", action="store_true",
                        help="go on where the .resume.pt in --out stopped, in its schedule; for runs that count steps")
    parser.add_argument("--seconds", type=float, help="ends after so long, should the steps take longer")
    parser.add_argument("--steps", type=int, help="instead of the configuration's")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE",
                        help="a number of the configuration's training settings, such as batch=8")
    parser.add_argument("--limit", type=int, help="use so many scenes")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    arguments = parser.parse_args()
    arguments.configs = arguments.configs or os.path.dirname(os.path.abspath(arguments.config))
    return arguments


def read(path):
    with open(path) as file:
        return json.load(file)


def dataset(arguments, config, part, device):
    """Generated scenes; or, where the configuration says what to read, annotated pictures."""
    folder = {"train": arguments.scenes, "val": arguments.val}[part]
    if "data" not in config:
        return Scenes(folder, device, arguments.limit)
    from .coco import CocoPanoptic  # needs Pillow, which scenes do not
    return CocoPanoptic(folder, config["data"], part, device, arguments.limit)


def override(settings, arguments):
    for name, text in (pair.partition("=")[::2] for pair in arguments.set):
        if not isinstance(settings.get(name), (int, float)):
            sys.exit(f"--set {name}: not a number of this configuration; there are "
                     + ", ".join(key for key, value in settings.items() if isinstance(value, (int, float))))
        try:
            settings[name] = type(settings[name])(text)
        except ValueError:
            sys.exit(f"--set {name}={text}: {type(settings[name]).__name__} expected, as in --set {name}={settings[name]}")
    if arguments.steps is not None:
        settings["steps"] = arguments.steps
    if arguments.seconds is not None:
        settings["seconds"] = arguments.seconds


def foundation(arguments, config, tokenizer, device, classes):
    """The frozen models of a decoder."""
    clip_config = read(os.path.join(arguments.configs, config["clip"] + ".json"))
    sam_config = read(os.path.join(arguments.configs, config["sam"] + ".json"))
    clip_model, sam_model = clip.Clip(clip_config, tokenizer.size), sam.Sam(sam_config)
    clip_model.load_state_dict(load(arguments.clip)[0])
    sam_model.load_state_dict(load(arguments.sam)[0])
    size = config["data"]["crop"] if "data" in config else config["inference"]["min_size"]
    models = train_frozenseg.Foundation(clip_model.to(device), sam_model.to(device), tokenizer, size, classes)
    return clip_config, models


def main():
    arguments = parse()
    config = read(arguments.config)
    seed_everything(config["training"]["seed"])
    torch.set_float32_matmul_precision("high")
    os.makedirs(arguments.out, exist_ok=True)
    device = torch.device(arguments.device)
    scenes, val = (dataset(arguments, config, part, device) for part in ("train", "val"))
    tokenizer = Tokenizer(arguments.merges, config["merges"], config["context"]) if "merges" in config else None
    override(config["training"], arguments)
    if arguments.resume and not os.path.exists(arguments.resume):
        sys.exit(f"--resume {arguments.resume}: there is no such file")
    config["training"]["warm"] = arguments.resume is not None  # a schedule of its own on a trained model
    if arguments.goes_on:
        arguments.resume = os.path.join(arguments.out, config["name"] + ".resume.pt")
        config["training"].update(stopped_at(arguments.resume))
        seed_everything(config["training"]["seed"] + config["training"].get("first_step", 0))  # other scenes than from the start
    if config["kind"] == "clip":
        train_clip.train(config, tokenizer, scenes, val, arguments.out, device, arguments.resume)
    elif config["kind"] == "sam":
        train_sam.train(config, scenes, val, arguments.out, device, arguments.resume)
    elif not (arguments.clip and arguments.sam):
        sys.exit(f"{config['name']} is trained on frozen models: give their weights with --clip and --sam")
    else:
        clip_config, models = foundation(arguments, config, tokenizer, device, scenes.names)
        train_frozenseg.train(config, clip_config, models, scenes, val, arguments.out, device, arguments.resume)


if __name__ == "__main__":
    main()
