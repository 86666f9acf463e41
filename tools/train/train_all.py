#!/usr/bin/env python3
"""Trains the nano family: python3 train_all.py --plan plans/first.json --scenes DIR --out DIR

A plan lists models with the steps they take; so many as it says train side by side, a decoder once the CLIP and the SAM
that it freezes are done. Called again with the same --out it goes on where it was stopped.
"""
import argparse
import json
import os
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
CONFIGS = os.path.join(HERE, "configs", "nano")
KEEP_MEMORY = {  # glibc would hand large tensors back to the system after every operation
    "MALLOC_MMAP_THRESHOLD_": "4294967296", "MALLOC_TRIM_THRESHOLD_": "68719476736", "MALLOC_TOP_PAD_": "536870912"}


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plan", required=True)
    parser.add_argument("--out", required=True, type=os.path.abspath)
    parser.add_argument("--scenes", required=True, type=os.path.abspath, help="folder for the generated scenes; those there are kept")
    parser.add_argument("--generator", default=os.path.join(HERE, "..", "..", "run.sh"), help="the frozenseg command line")
    parser.add_argument("--from", dest="source", type=os.path.abspath, help="folder with checkpoints and .resume.pt of an earlier plan")
    parser.add_argument("--merges", type=os.path.abspath)
    parser.add_argument("--at-once", type=int, help="models side by side, instead of the plan's")
    return parser.parse_args()


def generate(arguments, plan):
    for name, scenes in plan["scenes"].items():
        folder = os.path.join(arguments.scenes, name)
        if os.path.exists(os.path.join(folder, "contents.i8")):
            continue
        command = [*arguments.generator.split(), "scenes", "--tensors", "--split", scenes["split"], "--seed", str(scenes["seed"]),
                   "--count", str(scenes["count"]), "--out", folder]
        subprocess.run(command + (["--seen-only"] if scenes.get("seen_only") else []), check=True)


class Job:
    """A model of a plan, trained by a process of its own."""

    def __init__(self, arguments, model, at_once):
        self.arguments, self.model, self.at_once = arguments, model, at_once
        with open(os.path.join(CONFIGS, model["config"] + ".json")) as file:
            self.config = json.load(file)
        self.name = self.config["name"]
        self.needs = {part: self.config[part] for part in ("clip", "sam") if self.config["kind"] == "frozenseg"}
        self.log = os.path.join(arguments.out, self.name + ".log")
        self.process = None

    @property
    def done(self):
        return os.path.exists(os.path.join(self.arguments.out, self.name + ".safetensors"))

    def find(self, file):
        for folder in (self.arguments.out, self.arguments.source):
            if folder and os.path.exists(os.path.join(folder, file)):
                return os.path.join(folder, file)
        sys.exit(f"{self.name} needs {file}: name the folder of the plan that made it with --from")

    def start(self):
        arguments, model = self.arguments, self.model
        command = [sys.executable, "-u", "-m", "frozenseg_train", os.path.join(CONFIGS, model["config"] + ".json"),
                   "--scenes", os.path.join(arguments.scenes, model["scenes"]), "--val", os.path.join(arguments.scenes, "val"),
                   "--out", arguments.out, "--steps", str(model["steps"])]
        command += [word for name, value in model.get("settings", {}).items() for word in ("--set", f"{name}={value}")]
        command += ["--merges", arguments.merges] if arguments.merges else []
        for part, frozen in self.needs.items():
            command += ["--" + part, self.find(f"nano-{frozen}.safetensors")]
        if os.path.exists(os.path.join(arguments.out, self.name + ".resume.pt")):
            command += ["--continue"]
        elif model.get("resume"):
            command += ["--resume", self.find(self.name + ".resume.pt")]
        threads = str(max(1, (os.cpu_count() or 1) // self.at_once))
        settings = {"OMP_NUM_THREADS": threads, "OPENBLAS_NUM_THREADS": threads, **KEEP_MEMORY, **os.environ}
        with open(self.log, "a") as log:
            self.process = subprocess.Popen(command, cwd=HERE, stdout=log, stderr=subprocess.STDOUT, env=settings)

    def last_lines(self, count):
        with open(self.log) as file:
            return [line.rstrip() for line in file.readlines()[-count:]]


def next_job(jobs):
    """The first that waits, but not for a foundation model that is still to be trained."""
    untrained = {job.model["config"] for job in jobs if not job.done}
    return next((job for job in jobs if job.process is None and not job.done and not untrained & set(job.needs.values())), None)


def train(jobs, at_once):
    """Names of those that failed or could not start."""
    began, reported, running = time.time(), time.time(), []
    while True:
        job = next_job(jobs) if len(running) < at_once else None
        if job:
            job.start()
            running.append(job)
            continue
        if not running:
            return [job.name for job in jobs if not job.done or (job.process and job.process.returncode)]
        time.sleep(1)
        minutes = f"{(time.time() - began) / 60:.1f} min"
        for job in [job for job in running if job.process.poll() is not None]:
            running.remove(job)
            ended = job.process.returncode == 0
            print(f"{minutes}: {job.name} {'done' if ended else 'failed'}", flush=True)
            print(*job.last_lines(1 if ended else 25), sep="\n", flush=True)
        if time.time() - reported > 60:
            reported = time.time()
            for job in running:
                print(f"{minutes}:", *job.last_lines(1), flush=True)


def main():
    arguments = parse()
    with open(arguments.plan) as file:
        plan = json.load(file)
    os.makedirs(arguments.out, exist_ok=True)
    began = time.time()
    generate(arguments, plan)
    print(f"scenes ready after {time.time() - began:.0f} s", flush=True)
    at_once = arguments.at_once or plan["at_once"]
    failed = train([Job(arguments, model, at_once) for model in plan["models"]], at_once)
    print(f"{', '.join(failed) + ' not trained' if failed else 'all trained'} after {(time.time() - began) / 60:.1f} min")
    sys.exit(1 if failed else 0)


main()
