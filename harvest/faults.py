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
