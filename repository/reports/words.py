"""The words of reports: kinds, grounds, capacities, states and outcomes as closed lists, and a report as a value."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import msgspec


class Kind(StrEnum):
    """What somebody comes to say of an item."""

    ERROR = "error"
    KNOWLEDGE = "knowledge"
    REMOVAL = "removal"


class Ground(StrEnum):
    """On what right a removal is asked for."""

    COPYRIGHT = "copyright"
    PORTRAIT = "portrait"
    PERSONAL_DATA = "personal_data"
    HONOUR = "honour"


class Capacity(StrEnum):
    """In what capacity somebody claims."""

    SELF = "self"
    FAMILY = "family"
    AGENT = "agent"
    OTHER = "other"


class Outcome(StrEnum):
    """What was decided on a report."""

    ACCEPTED = "accepted"
    DECLINED = "declined"


class State(StrEnum):
    """Where a report stands; `hidden` and `waiting` are confirmed claims, hidden first or left to a person."""

    RECEIVED = "received"
    HIDDEN = "hidden"
    WAITING = "waiting"
    ANSWERED = "answered"


Both = tuple[str, str]  # Korean, English
KINDS: Mapping[str, Both] = {
    Kind.ERROR: ("틀린 곳 알리기", "Report an error"),
    Kind.KNOWLEDGE: ("아는 이야기 들려주기", "Tell us what you know"),
    Kind.REMOVAL: ("게시 중단 요청", "Ask for removal"),
}
GROUNDS: Mapping[str, Both] = {
    Ground.COPYRIGHT: ("저작권", "Copyright"),
    Ground.PORTRAIT: ("초상권", "Right to one's likeness"),
    Ground.PERSONAL_DATA: ("개인정보", "Personal data"),
    Ground.HONOUR: ("고인의 명예", "Honour of the dead"),
}
CAPACITIES: Mapping[str, Both] = {
    Capacity.SELF: ("권리자 또는 본인", "I hold the right, or it is about me"),
    Capacity.FAMILY: ("유족·상속인", "Family or heir"),
    Capacity.AGENT: ("대리인", "Representative"),
    Capacity.OTHER: ("그 밖의 사람", "Somebody else"),
}
OUTCOMES: Mapping[str, Both] = {
    Outcome.ACCEPTED: ("받아들였습니다", "Accepted"),
    Outcome.DECLINED: ("받아들이지 않았습니다", "Not accepted"),
}
STATES: Mapping[str, Both] = {
    State.RECEIVED: ("접수했습니다", "Received"),
    State.HIDDEN: ("먼저 가리고 살피는 중입니다", "Hidden first, being looked into"),
    State.WAITING: ("담당자가 살피는 중입니다", "Waiting for a person to look"),
    State.ANSWERED: ("답했습니다", "Answered"),
}


def word(words: Mapping[str, Both], code: str, language: str) -> str:
    """Give the word of a code in a language; any but Korean reads English, an unknown code is shown as it is."""
    return words.get(code, (code, code))[0 if language.startswith("ko") else 1]


class Asked(msgspec.Struct, frozen=True):
    """What somebody says, read and checked; `region` is pct:x,y,w,h of the file `asset` (IIIF Image API 3, 4.1)."""

    kind: Kind
    item: str
    text: str
    lang: str
    asset: str = ""
    region: str = ""
    name: str = ""
    email: str = ""
    ground: str = ""
    capacity: str = ""


class Report(msgspec.Struct, frozen=True):
    """A report as it is kept; stamps are empty where it has not come to that. `due` is when it is to be answered.

    `takedown` is the number of the takedown that it led to (0: none), `lifted` when that was lifted.
    """

    id: int
    kind: Kind
    item: str
    asset: str
    region: str
    lang: str
    ground: str
    capacity: str
    text: str
    name: str
    email: str
    at: str
    due: str
    confirmed: str
    hidden: str
    takedown: int
    lifted: str
    answered: str
    outcome: str
    answer: str
    answered_by: str
    erased: str

    @property
    def hides(self) -> bool:
        """Whether something is hidden on its account now."""
        return self.takedown > 0 and not self.lifted

    @property
    def state(self) -> State:
        """Where it stands."""
        if self.answered:
            return State.ANSWERED
        if self.hides:
            return State.HIDDEN
        return State.WAITING if self.confirmed else State.RECEIVED
