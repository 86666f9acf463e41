#!/usr/bin/env python3
"""Trains the nano family: python3 train_all.py --plan plans/first.json --scenes DIR --out DIR

A plan is a list of stages; the models of a stage train side by side and stop at the stage's end.
"""
import argparse
import json
import os
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))


def parse():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plan", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--scenes", required=True, help="folder for the generated scenes; those there are kept")
    parser.add_argument("--generator", default=os.path.join(HERE, "..", "..", "run.sh"), help="the frozenseg command line")
    parser.add_argument("--from", dest="source", help="folder with checkpoints and .resume.pt of an earlier run")
    parser.add_argument("--merges")
    parser.add_argument("--started", type=float, default=time.time(), help="when the plan's clock began")
    return parser.parse_args()


def generate(arguments, plan):
    for name, scenes in plan["scenes"].items():
        folder = os.path.join(arguments.scenes, name)
        if os.path.exists(os.path.join(folder, "contents.i8")):
            continue
        command = [*arguments.generator.split(), "scenes", "--tensors", "--split", scenes["split"], "--seed", str(scenes["seed"]),
                   "--count", str(scenes["count"]), "--out", folder]
        subprocess.run(command + (["--seen-only"] if scenes.get("seen_only") else []), check=True)
    print(f"scenes ready after {time.time() - arguments.started:.0f} s", flush=True)


def start(arguments, model, until):
    name = model["config"]
    folders = [arguments.out] + ([arguments.source] if arguments.source else [])

    def find(file):
        return next((p for p in (os.path.join(f, file) for f in folders) if os.path.exists(p)), None)

    with open(os.path.join(HERE, "configs", "nano", name + ".json")) as file:
        config = json.load(file)
    command = [sys.executable, "-u", "-m", "frozenseg_train", os.path.join(HERE, "configs", "nano", name + ".json"),
               "--scenes", os.path.join(arguments.scenes, model["scenes"]), "--val", os.path.join(arguments.scenes, "val"),
               "--out", arguments.out, "--until", str(until)]
    if arguments.merges:
        command += ["--merges", arguments.merges]
    if "steps" in model:
        command += ["--steps", str(model["steps"])]
    if config["kind"] == "frozenseg":
        for part in ("clip", "sam"):
            command += ["--" + part, find(f"nano-{config[part]}.safetensors")]
    if model.get("resume") and find(config["name"] + ".resume.pt"):
        command += ["--resume", find(config["name"] + ".resume.pt")]
    log = open(os.path.join(arguments.out, config["name"] + ".log"), "a")
    return name, log, subprocess.Popen(command, cwd=HERE, stdout=log, stderr=subprocess.STDOUT)


def main():
    arguments = parse()
    with open(arguments.plan) as file:
        plan = json.load(file)
    os.makedirs(arguments.out, exist_ok=True)
    generate(arguments, plan)
    running, failed = [], False
    for stage in plan["stages"]:
        running += [start(arguments, model, arguments.started + model.get("until", stage["until"])) for model in stage["models"]]
        waiting = list(running)
        for entry in waiting:
            name, log, process = entry
            code = process.wait()
            running.remove(entry)
            log.close()
            failed |= code != 0
            print(f"{name}: {'done' if code == 0 else f'failed ({code})'} after {time.time() - arguments.started:.0f} s", flush=True)
            with open(log.name) as file:
                print("".join(file.readlines()[-(2 if code == 0 else 25):]), flush=True)
    sys.exit(1 if failed else 0)


main()
