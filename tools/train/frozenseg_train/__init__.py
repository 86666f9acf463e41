"""Training of small CLIP, SAM and FrozenSeg models whose checkpoints carry the official key names."""
