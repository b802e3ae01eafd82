"""Releases of the training data set: a frozen plan, its build, its checks, and what was recalled since."""
