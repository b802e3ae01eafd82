"""Dates as people write them, and what can surely be read from them: `parse` is the way in."""

from __future__ import annotations

from repository.dates.parser import parse

__all__ = ["parse"]
