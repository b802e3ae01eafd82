"""What verifying found: what was looked at, how much of it, and everything that is wrong."""

from __future__ import annotations

import msgspec

from curation.findings import Finding


class Report(msgspec.Struct):
    """What was verified: `root` is to be held against the one that the site shows for this version.

    `countries` are those that every work must be cleared in, as the plan asks.
    """

    root: str = ""
    countries: tuple[str, ...] = ("KR",)
    files: int = 0
    works: int = 0
    originals: int = 0
    texts: int = 0
    decisions: int = 0
    findings: list[Finding] = []

    @property
    def is_whole(self) -> bool:
        """Tell whether nothing was wrong."""
        return not any(found.is_error for found in self.findings)
