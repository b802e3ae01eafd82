"""Words of the pages of harvest health: states with their signs, kinds, codes, times in Seoul, and what to mend."""

from __future__ import annotations

from datetime import datetime

import msgspec

from harvest import faults, reports, schedule
from harvest.health_figures import Health
from harvest.ledger import Run, RunState
from harvest.schedule import SEOUL
from repository.errors import BadRequest
from repository.problems import Severity, catalogue
from repository.web.languages import lazy as _

KINDS = {
    "oai": _("OAI-PMH"),
    "rest": _("REST API"),
    "files": _("파일"),
    "sheet": _("표"),
}
RUN_KINDS = {"full": _("전부"), "incremental": _("바뀐 것만"), "rehearsal": _("연습")}
ANSWERS = {
    "received": _("받음"),
    "new": _("새로"),
    "changed": _("바뀜"),
    "unchanged": _("그대로"),
    "deleted": _("거둠"),
    "parked": _("보류"),
    "quarantined": _("깨짐"),
    "repaired": _("고쳐 읽음"),
}
WINDOWS = {
    "open": _("받는 중"),
    "complete": _("다 받음"),
    "split": _("나누어 받음"),
    "failed": _("받지 못함"),
}
REQUESTS = {"harvest": _("지금 수집"), "rehearse": _("연습해 보기")}
REPAIRS = {
    "encoding": _("글자 인코딩이 선언과 달랐습니다."),
    "outside_root": _("문서 앞뒤에 다른 글이 붙어 있었습니다."),
    "declaration_inside": _("문서 안에 XML 선언이 또 있었습니다."),
    "illegal_character": _("XML에 쓸 수 없는 글자가 있었습니다."),
    "markup": _("&나 <가 글자로 그냥 쓰여 있었습니다."),
    "namespace": _("선언하지 않은 이름공간을 썼습니다."),
}
MEND = {
    "title_missing": _(
        "기록에 제목을 적어 주세요. 이름이 없는 자료라면 알아볼 수 있는 이름을 붙여 주셔도 됩니다."
    ),
    "metadata_missing": _(
        "기록의 내용이 비어 있습니다. 내보내기 설정에서 이 형식이 빠지지 않았는지 보아 주세요."
    ),
    "metadata_foreign": _("약속한 형식으로 내보내는지 보아 주세요."),
    "identifier_missing": _("기록마다 바뀌지 않는 식별자를 붙여 주세요."),
    "identifier_too_long": _("식별자를 512자 안으로 줄여 주세요."),
    "identifier_reused": _("서로 다른 기록에는 서로 다른 식별자를 붙여 주세요."),
    "record_not_wellformed": _("XML에서 &와 <를 &amp;와 &lt;로 적었는지, 닫는 표지가 있는지 보아 주세요."),
    "record_unknown": _("기록의 머리(header)에 식별자가 있는지 보아 주세요."),
    "record_unobtainable": _("목록에는 있는데 열리지 않는 기록입니다. 지운 기록이면 목록에서도 지워 주세요."),
    "rights_missing": _("공공누리 유형이나 저작권 만료 여부를 적어 주시면 그만큼 공개할 수 있습니다."),
    "rights_unknown": _("이용 조건을 공공누리 유형, CC 이용허락, 저작권 만료 가운데 하나로 적어 주세요."),
    "rights_conflict": _("한 기록에 서로 다른 이용 조건이 적혀 있습니다. 맞는 것 하나만 남겨 주세요."),
    "date_unparsed": _("때를 1445, 1920년대, 2001-05처럼 적어 주시면 연도로 찾을 수 있습니다."),
    "media_gone": _("파일을 옮기셨다면 기록에 새 주소를 적어 주세요."),
    "media_refused_type": _("그림, 영상, 소리, PDF 파일의 주소인지 보아 주세요."),
    "media_refused_size": _("파일을 나누거나 줄인 것을 주시면 받을 수 있습니다."),
    "media_refused_broken": _("파일이 열리는지 확인하고 다시 올려 주세요."),
    "media_unreachable": _("파일 서버가 밖에서 열리는지 보아 주세요."),
}


class Sign(msgspec.Struct, frozen=True):
    """How something stands: a tone for the colour, a mark, and the words that say the same."""

    tone: str
    mark: str
    words: str


_SIGNS = {
    RunState.RUNNING: ("going", "…"),
    RunState.COMPLETE: ("good", "✓"),
    RunState.REPAIRED: ("good", "✓"),
    RunState.INCOMPLETE: ("warn", "!"),
    RunState.HELD: ("ask", "?"),
    RunState.BLOCKED: ("bad", "✕"),
    RunState.FAILED: ("bad", "✕"),
}


def sign_of_run(run: Run, language: str) -> Sign:
    """Say how a run went."""
    tone, mark = _SIGNS[run.state]
    if run.state is RunState.RUNNING and run.report.approved:
        return Sign(tone, mark, str(_("승인됨, 곧 마무리함")))
    return Sign(tone, mark, reports.STATES[run.state][language != "ko"])


def sign_of(health: Health, language: str) -> Sign:
    """Say how a source stands."""
    if health.run is None:
        return Sign("idle", "–", str(_("아직 수집하지 않음")))
    if health.paused and health.held is None:
        return Sign("idle", "‖", str(_("멈춰 둠")))
    return sign_of_run(health.run, language)


def when(stamp: str) -> str:
    """Write a UTC timestamp in Seoul's time, to the minute."""
    return _minutes(datetime.fromisoformat(stamp)) if stamp else ""


def next_due(health: Health, now: datetime) -> str:
    """Say when a source is harvested next by its schedule, in Seoul's time; empty without one."""
    if not health.source.schedule or health.paused or health.held is not None:
        return ""
    try:
        planned = schedule.parse(health.source.schedule)
    except BadRequest:
        return ""
    last = datetime.fromisoformat(health.run.started) if health.run else now
    return _minutes(max(schedule.next_after(planned, last), now))


def _minutes(moment: datetime) -> str:
    return moment.astimezone(SEOUL).strftime("%Y-%m-%d %H:%M")


def text_of(code: str, language: str) -> str:
    """Give the sentence of a code, of whichever table has it; the code itself where none has."""
    if code in faults.TEXTS:
        return faults.TEXTS[code][language != "ko"]
    if code in REPAIRS:
        return str(REPAIRS[code])
    row = catalogue().get(code)
    return code if row is None else row.ko if language == "ko" else row.en


def severity_of(code: str) -> Severity:
    """Give how much a code costs; what no table knows is a note."""
    row = catalogue().get(code)
    return Severity.NOTE if row is None else row.severity


def mend(code: str) -> str:
    """Say what an institution can do about a code; empty where there is nothing to say."""
    return str(MEND[code]) if code in MEND else ""
