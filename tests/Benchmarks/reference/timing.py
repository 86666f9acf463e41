"""Times a piece of the official implementation and prints one line of JSON, as our own programs do."""
import json
import resource
import sys
import time


def arguments():
    """The folder of official checkouts, the number of rounds and threads, and what the question adds."""
    official, rounds, threads = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    return official, rounds, threads, sys.argv[4:]


def measure(run, rounds, scale=1, warm_up=True):
    """Two seconds unmeasured, at least one round, then the measured ones; `scale` tells how often the work is done in the question."""
    warm = time.perf_counter()
    while warm_up:
        run()
        warm_up = time.perf_counter() - warm < 2
    seconds, cpu_seconds = [], []
    for _ in range(rounds):
        start, cpu_start = time.perf_counter(), time.process_time()
        run()
        seconds.append(scale * (time.perf_counter() - start))
        cpu_seconds.append(scale * (time.process_time() - cpu_start))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    print(json.dumps({"seconds": seconds, "cpu_seconds": cpu_seconds, "peak_megabytes": peak}))
