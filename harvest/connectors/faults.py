"""What can go wrong with sources of other kinds than OAI-PMH, as coded transfer errors in both languages."""

from __future__ import annotations

from repository.errors import TransferError

TEXTS = {
    "key_refused": ("서버가 인증키를 받지 않습니다.", "The server refuses the key, or us."),
    "quota_used_up": (
        "오늘 쓸 수 있는 요청 수를 다 썼습니다.",
        "No requests are left for now; come back later.",
    ),
    "service_failed": ("서비스가 스스로 실패했다고 답했습니다.", "The service answers that it failed."),
    "answer_blocked": ("서버 앞에서 막혔습니다.", "A wall stands before the server."),
    "answer_unexpected": (
        "수집처 설정에 적힌 모양의 답이 아닙니다.",
        "The answer is not of the shape that the source file describes.",
    ),
    "answer_refused": ("서버가 오류라고 답했습니다.", "The server answers that the request is an error."),
    "folder_refused": (
        "허용된 폴더(데이터 폴더의 drop) 밖이거나 없는 곳입니다.",
        "The place is not there, or outside the folder that is allowed (drop, in the data folder).",
    ),
    "archive_refused": ("압축 파일을 읽지 않았습니다.", "The archive was not read."),
    "file_unreadable": ("파일을 읽을 수 없습니다.", "The file cannot be read."),
    "file_too_large": ("파일이 한도보다 큽니다.", "The file is larger than the limit."),
    "sheet_unreadable": ("표를 읽을 수 없습니다.", "The sheet cannot be read."),
    "sheet_too_large": ("표가 한도보다 큽니다.", "The sheet is larger than the limit."),
}


def fault(code: str, detail: str = "") -> TransferError:
    """Make the error of a known code; `detail` says what exactly was met."""
    ko, en = TEXTS[code]
    suffix = f" ({detail[:300]})" if detail else ""
    return TransferError(code, ko + suffix, en + suffix)
