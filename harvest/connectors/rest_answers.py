"""What a REST endpoint answered, JSON or XML: its records, what it says of the list, and whether it is an error.

Korea's public data portal (공공데이터포털) answers errors with HTTP 200: as `resultCode` in the answer's own form or,
from the gate before the service, as XML with `returnReasonCode`, even where JSON was asked for.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from lxml import etree

from harvest.connectors import xml_files
from harvest.connectors.decoding import text_of
from harvest.connectors.faults import fault
from harvest.connectors.records import Names, of_element, of_value, read_json
from harvest.connectors.whole import Entry
from harvest.crosswalks import mapped_paths
from harvest.faults import fault as transfer_fault
from harvest.source_kinds import Errors, Rest
from harvest.strict_xml import parse_xml
from repository.errors import TransferError

# Where the portal says how a request went; in what words stands beside it.
_CODES = (
    "OpenAPI_ServiceResponse.cmmMsgHeader.returnReasonCode",
    "cmmMsgHeader.returnReasonCode",
    "response.header.resultCode",
    "header.resultCode",
    "resultCode",
)
_WORDS = ("errMsg", "returnAuthMsg", "resultMsg")
# Its codes without leading noughts. The service stumbled, or was asked too often within a second; none of the day's
# requests are left, or the key is shut for a while; the key, its use, its age or our address is refused.
_STUMBLED = frozenset({"1", "2", "4", "5", "23", "99"})
_USED_UP = frozenset({"21", "22"})
_REFUSED = frozenset({"20", "29", "30", "31", "32", "33"})
_NOTHING = "3"


class Answer(NamedTuple):
    """One answer as it can be asked by paths; `root` is there where it is XML."""

    value: Any
    root: etree._Element | None


def read(body: bytes) -> Answer:
    """Read an answer; raises a TransferError, `answer_truncated` where it may be whole the next time."""
    raw = body.removeprefix(b"\xef\xbb\xbf").lstrip()
    if raw[:500].lower().startswith((b"<!doctype html", b"<html")):
        raise fault("answer_blocked", "HTML")
    try:
        if raw.startswith(b"<"):
            root = parse_xml(raw)
            return Answer({etree.QName(root).localname: mapped_paths.plain(root)}, root)
        return Answer(read_json(text_of(raw, "JSON")), None)
    except (ValueError, etree.XMLSyntaxError) as broken:
        raise transfer_fault("answer_truncated", str(broken)) from broken


def is_empty(answer: Answer, errors: Errors) -> bool:
    """Tell whether an answer says that there is nothing (more); raises the TransferError that another one says."""
    if errors.code:
        code = mapped_paths.first(answer.value, errors.code)
        if code in errors.ok:
            return False
        if code:
            return _said(code, mapped_paths.first(answer.value, errors.text), errors)
    for place in _CODES:
        if code := mapped_paths.first(answer.value, place).lstrip("0"):
            beside = (place.rpartition(".")[0] + f".{word}" for word in _WORDS)
            words = (mapped_paths.first(answer.value, path.lstrip(".")) for path in beside)
            return _portal(code, ", ".join(filter(None, words)))
    return False


def _said(code: str, text: str, errors: Errors) -> bool:
    if code in errors.empty:
        return True
    raise fault("quota_used_up" if code in errors.busy else "answer_refused", f"{code}: {text}")


def _portal(code: str, text: str) -> bool:
    if code == _NOTHING:
        return True
    if code in _STUMBLED:
        raise fault("service_failed", f"{code}: {text}")
    if code in _USED_UP:
        raise fault("quota_used_up", f"{code}: {text}")
    raise fault("key_refused" if code in _REFUSED else "answer_refused", f"{code}: {text}")


def is_error(body: bytes, errors: Errors) -> bool:
    """Tell whether a body under an HTTP error status says itself what is wrong."""
    try:
        return is_empty(read(body), errors)
    except TransferError as error:
        return error.code in ("key_refused", "quota_used_up", "answer_refused", "service_failed")


def records(answer: Answer, options: Rest, prefix: str) -> list[Entry]:
    """Give the records of an answer; raises `answer_unexpected` where their place is not there at all."""
    names = Names(options.identifier, options.datestamp, options.set)
    if answer.root is not None:
        elements = xml_files.at(answer.root, options.records) if options.records else [answer.root]
        found = [of_element(element, names, prefix) for element in elements]
    else:
        met = mapped_paths.find(answer.value, options.records) if options.records else _every(answer.value)
        found = [of_value(one.value, names, prefix) for one in met if one.value not in ("", None, {})]
    if not found and total(answer, options) is None and not _is_there(answer.value, options.records):
        raise fault("answer_unexpected", f"nothing at {options.records}")
    return found


def _every(value: Any) -> list[mapped_paths.Found]:
    values = value if isinstance(value, list) else [value]
    return [mapped_paths.Found((), one) for one in values]


def _is_there(value: Any, path: str) -> bool:
    """Tell whether a path without records begins in an answer, so that it is a list that is empty."""
    begins = isinstance(value, dict) and (path in value or mapped_paths.steps(path)[0] in value)
    return begins or isinstance(value, list)


def total(answer: Answer, options: Rest) -> int | None:
    """Give how many records the answer says there are."""
    said = mapped_paths.first(answer.value, options.total)
    return int(said) if said.isascii() and said.isdigit() and len(said) < 16 else None
