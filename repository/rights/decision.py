"""The decision on one thing: an answer for each of four uses, with duties, ground and inputs, as frozen values.

Four uses, never one field: `describe` gates text about the item, `view` pictures and players, `reuse` the
original file, `train` releases and training signals. A door gives out something only through `allows`.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Use(StrEnum):
    """What somebody wants to do with a thing."""

    DESCRIBE = "describe"
    VIEW = "view"
    REUSE = "reuse"
    TRAIN = "train"


class Answer(StrEnum):
    """The four answers, from the freest to the strictest."""

    YES = "yes"
    YES_WITH = "yes_with"
    ASK = "ask"
    NO = "no"


class Degree(StrEnum):
    """How far viewing goes, from the freest to the strictest."""

    OPEN = "open"
    REDUCED = "reduced"
    ON_SITE = "on_site"
    PARTNER = "partner"
    CLOSED = "closed"


class _Value(msgspec.Struct, frozen=True, omit_defaults=True):
    """Base of the values here."""


class Ruling(_Value, frozen=True):
    """One answer for one use: duty codes (`until(2030-01-01)` carries its date) and the code of the rule."""

    answer: Answer
    rule: str
    duties: tuple[str, ...] = ()


class Rulings(_Value, frozen=True):
    """The answers for the four uses."""

    describe: Ruling
    view: Ruling
    reuse: Ruling
    train: Ruling

    def of(self, use: Use) -> Ruling:
        """Give the ruling for one use."""
        ruling: Ruling = getattr(self, use)
        return ruling


class ClaimInput(_Value, frozen=True):
    """One claim as the rules saw it: the words, and the mark recognised in them (empty when none)."""

    layer: str
    value: str
    uri: str = ""
    mark: str = ""


class MakerInput(_Value, frozen=True):
    """One maker as the rules saw it; years are None where unknown."""

    role: str
    kind: str
    born: int | None = None
    died: int | None = None
    died_by: int | None = None


class Inputs(_Value, frozen=True):
    """All that a decision rests on; stored with it, so that it can be recomputed.

    `published` is the latest year of publication, or of making where nothing was published. `grants` are
    what the holder's contract allows (display, download, train); an empty tuple means that the contract is
    silent. `takedowns` are the kinds of the takedowns in force. `view_px` is the holder's largest picture
    side for works that may only be seen reduced; 0 means no such limit.
    """

    type: str
    claims: tuple[ClaimInput, ...] = ()
    makers: tuple[MakerInput, ...] = ()
    published: int | None = None
    provider_is_public: bool = True
    grants: tuple[str, ...] = ()
    denials: tuple[str, ...] = ()
    takedowns: tuple[str, ...] = ()
    gates: tuple[str, ...] = ()
    view_px: int = 0


class LayerDecision(_Value, frozen=True):
    """The rulings of one layer (work, reproduction, text) by itself, and the mark that won there."""

    layer: str
    mark: str
    rulings: Rulings


class Decision(_Value, frozen=True):
    """What was concluded on one subject (an item or an asset id).

    `rulings` is the strictest of all layers and gates in Korea; `elsewhere` holds, by ISO 3166 country code,
    the rulings that differ there. `max_px` bounds the longer side in pixels when `degree` is reduced.
    `mark` is the code of the mark or rule that people are shown (`kogl-1`, `expired`, `cc-by-4.0`, `none`);
    `layers` are the decisions of each layer.
    """

    subject: str
    rulings: Rulings
    degree: Degree
    mark: str
    table_version: str
    inputs: Inputs
    max_px: int = 0
    elsewhere: dict[str, Rulings] = {}
    layers: tuple[LayerDecision, ...] = ()

    def ruling(self, use: Use, country: str = "KR") -> Ruling:
        """Give the ruling for a use in a country; a country without rulings of its own follows Korea's."""
        return self.elsewhere.get(country, self.rulings).of(use)


def allows(decision: Decision | None, use: Use, country: str = "KR") -> bool:
    """Tell whether a door may give something out; no decision allows nothing.

    Viewing through a public door also needs the degree open or reduced: on-site and partner viewing are
    other doors.
    """
    if decision is None:
        return False
    granted = decision.ruling(use, country).answer in (Answer.YES, Answer.YES_WITH)
    if use is Use.VIEW:
        return granted and decision.degree in (Degree.OPEN, Degree.REDUCED)
    return granted


def original_may_be_seen(decision: Decision | None) -> bool:
    """Tell whether pictures may be given out at every size (view is open, not reduced)."""
    return decision is not None and allows(decision, Use.VIEW) and decision.degree is Degree.OPEN
