"""What can go wrong with another server, as coded transfer errors with their texts in both languages."""

from __future__ import annotations

from repository.errors import TransferError

TEXTS = {
    "endpoint_unreachable": ("서버에 연결하지 못했습니다.", "The server could not be reached."),
    "endpoint_busy": ("서버가 바빠서 요청을 받지 않습니다.", "The server is busy and refuses requests."),
    "endpoint_failed": ("서버가 오류로 답했습니다.", "The server answered with an error."),
    "redirect_refused": (
        "다른 곳으로 넘기는 답이라 따라가지 않았습니다.",
        "The answer points to another host or redirects too often; it was not followed.",
    ),
    "answer_too_large": ("답이 한도보다 큽니다.", "The answer is larger than the limit."),
    "answer_too_slow": ("답이 제한 시간 안에 끝나지 않았습니다.", "The answer did not end within its time."),
    "answer_truncated": ("답이 중간에 끊겼습니다.", "The answer was cut off."),
    "answer_not_oai": ("OAI-PMH 답이 아닙니다.", "The answer is not OAI-PMH; a block page, perhaps."),
    "answer_unsafe": (
        "문서 형식 선언(DTD)이 있어 읽지 않았습니다.",
        "The answer declares a document type or entities and was not read.",
    ),
    "answer_not_wellformed": (
        "답의 XML이 깨져 무엇이 담겼는지 알 수 없습니다.",
        "The answer's XML is broken where it says what follows.",
    ),
    "token_repeated": ("같은 재개 토큰이 다시 왔습니다.", "The same resumption token came again."),
    "pages_repeated": ("같은 쪽만 되풀이해서 옵니다.", "The same pages come again and again."),
    "list_too_long": ("목록이 끝나지 않습니다.", "The list does not end."),
    "list_short": (
        "서버가 말한 수보다 적게 왔습니다.",
        "Fewer came than the server said there are.",
    ),
    "list_unstable": (
        "같은 기록이 여러 쪽에 나와 빠진 기록이 있을 수 있습니다.",
        "Records came on more than one page; others may be missing.",
    ),
    "identifier_reused": (
        "서로 다른 기록이 같은 식별자를 씁니다.",
        "Different records bear one identifier.",
    ),
    "list_capped": (
        "목록이 말없이 잘립니다.",
        "The list is cut off without a word.",
    ),
    "list_large": ("목록이 커서 나누어 받습니다.", "The list is large and is taken in parts."),
    "size_wrong": (
        "서버가 말한 수가 맞지 않습니다. 목록은 온전합니다.",
        "The size that the server says is wrong; the list is whole.",
    ),
    "filter_ignored": (
        "청하지 않은 기록이 섞여 왔습니다.",
        "Records came that were not asked for.",
    ),
    "records_missing": (
        "목록에는 있으나 받을 수 없는 기록이 있습니다.",
        "There are records that are listed and cannot be had.",
    ),
    "identifiers_unlisted": (
        "식별자 목록을 받지 못해 빠진 것이 없는지 견주지 못했습니다.",
        "The identifiers could not be listed, so nothing was compared.",
    ),
    "deletions_unchecked": (
        "사라진 기록이 있는지 이번에는 견주지 않았습니다.",
        "Whether records have vanished was not compared this time.",
    ),
    "vanished_still_there": (
        "목록에서 빠졌으나 아직 있는 기록이 있어 아무것도 지우지 않았습니다.",
        "Records that the list leaves out are still there; nothing was removed.",
    ),
    "too_many_gone": (
        "사라진 기록이 너무 많아 사람이 보아야 합니다.",
        "So many records are gone that a person has to look.",
    ),
    "identifiers_renamed": (
        "모든 기록의 식별자가 바뀐 듯합니다. 사람이 보아야 합니다.",
        "All records seem to have new identifiers; a person has to look.",
    ),
    "method_refused": (
        "서버가 이런 방식의 요청을 받지 않습니다.",
        "The server refuses a request of this kind or length.",
    ),
    "token_refused": (
        "서버가 재개 토큰을 받지 않습니다.",
        "The server's resumption token no longer holds; the window starts anew.",
    ),
    "protocol_error": ("서버가 OAI-PMH 오류를 알렸습니다.", "The server reports an OAI-PMH error."),
}


def fault(code: str, detail: str = "") -> TransferError:
    """Make the error of a known code; `detail` says what exactly was met."""
    ko, en = TEXTS[code]
    suffix = f" ({detail[:300]})" if detail else ""
    return TransferError(code, ko + suffix, en + suffix)
