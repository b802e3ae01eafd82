"""Why a form as a whole is not taken, by code, in words that blame nobody and say what to do."""

from __future__ import annotations

from repository.reports.asking import Fault

_TEXTS = {
    "report_form_only": (
        "글로만 받습니다. 파일은 받지 않습니다. 아래 칸에 적어 주세요.",
        "We take words only, no files. Please write below.",
    ),
    "report_from_elsewhere": (
        "이 양식이 다른 사이트에서 온 것으로 보입니다. 적힌 것을 살펴보시고, 맞으면 다시 보내 주세요.",
        "This form seems to come from another site. Please look at what it says and, if it is yours, send it again.",
    ),
    "report_trap": (
        "비워 두어야 하는 칸이 채워져, 프로그램이 보낸 것으로 보고 받지 않았습니다. "
        "브라우저가 저절로 채웠을 수 있으니 다시 보내 주세요.",
        "A field that has to stay empty was filled in, as programs do, so this was not taken. Your browser may have "
        "filled it in: please send it again.",
    ),
    "report_form_stale": (
        "양식을 연 지 오래되었습니다. 적으신 것은 그대로 있으니 다시 보내 주세요.",
        "This form was opened long ago. What you wrote is still here: please send it again.",
    ),
    "report_form_hasty": (
        "너무 빨리 보내져 프로그램이 보낸 것으로 보았습니다. 적으신 것은 그대로 있으니 다시 보내 주세요.",
        "This came so fast that it was taken for a program's. What you wrote is still here: please send it again.",
    ),
}
_FLOOD = (
    "지금은 신고가 너무 많이 들어와 더 받지 못합니다. {wait}분 뒤에 다시 보내 주세요. 적으신 것은 그대로 있습니다.",
    "Too many reports are coming in just now. Please send this again in {wait} min. What you wrote is still here.",
)


def fault(code: str) -> Fault:
    """Give the sentence of a refusal."""
    return Fault("", code, *_TEXTS[code])


def flood(wait: int) -> Fault:
    """Give the sentence that says after how many seconds one may try again, in minutes."""
    minutes = -(-wait // 60)
    return Fault("", "report_flood", *(text.format(wait=minutes) for text in _FLOOD))
