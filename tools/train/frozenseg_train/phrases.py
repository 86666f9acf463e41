"""What is said about scenes: names in templates, and things with their attributes."""
import random

from .scenes import COLOURS, NAMES, PATTERNS, SIZES

FROZENSEG = [
    "a photo of a {}.", "This is a photo of a {}", "There is a {} in the scene", "There is the {} in the scene",
    "a photo of a {} in the scene", "a photo of a small {}.", "a photo of a medium {}.", "a photo of a large {}.",
    "This is a photo of a small {}.", "This is a photo of a medium {}.", "This is a photo of a large {}.",
    "There is a small {} in the scene.", "There is a medium {} in the scene.", "There is a large {} in the scene."]
ORIGAMI = "a clean origami {}."
RAW = "{}"


def any_template():
    """The wording of a bank of names: what the two papers use, and the bare name."""
    return random.choice([RAW, ORIGAMI, random.choice(FROZENSEG)])


def names_in(template, names=NAMES):
    return [template.format(name) for name in names]


def compose(category, colour, pattern, size):
    """A random phrase that fits the thing, and what it asks for: (category, colour, pattern, size), -1 for anything."""
    wants_colour = random.random() < 0.65
    wants_pattern = pattern > 0 and random.random() < 0.5
    wants_size = size != 1 and random.random() < 0.2
    if not (wants_colour or wants_pattern or wants_size):
        wants_colour = True
    words = [SIZES[size]] if wants_size else []
    words += [PATTERNS[pattern]] if wants_pattern else []
    words += [COLOURS[colour]] if wants_colour else []
    words.append(NAMES[category])
    template = random.choice(["the {}", "the {}", "a {}", ORIGAMI, RAW, "a photo of a {}."])
    asks = (category, colour if wants_colour else -1, pattern if wants_pattern else -1, size if wants_size else -1)
    return template.format(" ".join(words)), asks
