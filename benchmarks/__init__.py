"""Measurements, never tests: one command each, ratios against a peer in the same run."""
