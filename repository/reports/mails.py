"""The mails of reports, in the reporter's language: none of them repeats what anybody typed, for the address that was
given may be somebody else's, and a form that mails words on is a way to send them to strangers.
"""

from __future__ import annotations

from typing import NamedTuple

from repository.reports.words import KINDS, OUTCOMES, Report, word

_NAMES = ("코리안메모리", "Korean Memory")


class Words(NamedTuple):
    """A mail's subject and body."""

    subject: str
    body: str


class Links(NamedTuple):
    """The absolute addresses that a mail names; empty where it needs none."""

    item: str
    status: str = ""
    confirm: str = ""


def received(report: Report, receipt: str, links: Links) -> Words:
    """Write the mail that a report was received, with its receipt; a claim's asks to confirm the address."""
    kind, ko = word(KINDS, report.kind, report.lang), report.lang == "ko"
    day = report.due[:10]
    lines = [
        f"{kind}: 잘 받았습니다." if ko else f"{kind}: we have received it.",
        f"자료: {links.item}" if ko else f"Item: {links.item}",
        f"접수 번호: {receipt}" if ko else f"Receipt number: {receipt}",
        f"{day}까지 답하겠습니다." if ko else f"We will answer by {day}.",
        f"어떻게 되었는지 보기: {links.status}" if ko else f"See where it stands: {links.status}",
    ]
    if links.confirm:
        lines.append(_confirm(links.confirm, ko))
    return _mail(report, (f"접수 번호 {receipt}", f"Receipt {receipt}"), lines)


def _confirm(link: str, ko: bool) -> str:
    if ko:
        return (
            "주소를 확인해 주시면, 살피는 동안 자료를 먼저 가려 둘 수 있습니다. 사흘 안에 아래 주소를 열고 "
            f"단추를 눌러 주세요.\n{link}\n요청한 적이 없다면 이 메일을 지우셔도 됩니다. 아무 일도 일어나지 않습니다."
        )
    return (
        "If you confirm your address, the item can be hidden while we look into it. Please open this address "
        f"within three days and press the button.\n{link}\nIf you asked for nothing, delete this mail: nothing "
        "will happen."
    )


def answered(report: Report, links: Links) -> Words:
    """Write the mail with the answer of the staff."""
    kind, ko = word(KINDS, report.kind, report.lang), report.lang == "ko"
    outcome = word(OUTCOMES, report.outcome, report.lang)
    lines = [
        f"{kind}: {outcome}.",
        f"자료: {links.item}" if ko else f"Item: {links.item}",
        report.answer,
    ]
    return _mail(
        report, (f"{KINDS[report.kind][0]}에 답합니다", f"{KINDS[report.kind][1]}: our answer"), lines
    )


def _mail(report: Report, subject: tuple[str, str], lines: list[str]) -> Words:
    place = 0 if report.lang == "ko" else 1
    return Words(f"[{_NAMES[place]}] {subject[place]}", "\n\n".join(lines) + "\n")
