"""Builds the DenseCRF library inside official/pydensecrf and times it on a problem our side has written."""
import os
import subprocess
import sys

from timing import arguments

SOURCES = ["densecrf", "permutohedral", "pairwise", "labelcompatibility", "unary", "util"]
SIDE = 500


def build(official):
    program = os.path.join(official, "crf_driver")
    library = os.path.join(official, "pydensecrf", "pydensecrf", "densecrf")
    if not os.path.exists(program):
        subprocess.check_call(
            ["g++", "-O3", "-std=c++11", "-w", "-o", program,
             "-I", os.path.join(library, "include"),
             "-I", os.path.join(library, "external", "liblbfgs", "include"),
             os.path.join(os.path.dirname(os.path.abspath(__file__)), "crf_driver.cpp")]
            + [os.path.join(library, "src", name + ".cpp") for name in SOURCES])
    return program


def main():
    official, rounds, _, (folder,) = arguments()
    unary = os.path.join(folder, "unary.f32")
    labels = os.path.getsize(unary) // (4 * SIDE * SIDE)
    sys.exit(subprocess.call(
        [build(official), os.path.join(folder, "colours.u8"), unary, str(SIDE), str(labels), str(rounds),
         os.path.join(folder, "marginals.f32")]))


main()
