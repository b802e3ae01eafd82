"""The curation's commands: `km collection` and `km dataset`."""

from __future__ import annotations

from curation import collections_cli, datasets_cli

GROUPS = (collections_cli.collection, datasets_cli.dataset)
