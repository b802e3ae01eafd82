"""Manifests as doors and refresh want them: built from the present state of an item, or taken from those kept."""

from __future__ import annotations

