"""Times a piece of the official implementation and prints one line of JSON, as our own programs do."""
import json
import resource
import sys
import time


def arguments():
    """The folder of official checkouts, the number of rounds and threads, and what the question adds."""
    official, rounds, threads = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    return official, rounds, threads, sys.argv[4:]


def measure(run, rounds):
    """One round unmeasured, then the measured ones."""
    run()
    seconds = []
    for _ in range(rounds):
        start = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    print(json.dumps({"seconds": seconds, "peak_megabytes": peak}))
