"""Data sets: what each release holds and why, its files in ranges, and what was recalled.

A file is given out by what the decisions say at that moment: as soon as one work of a shard is recalled, the
shard's table and originals are withheld, whatever the worker has done.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, send_file, url_for
from sqlalchemy import Connection
from werkzeug.wrappers import Response as AnyResponse

from curation.findings import catalogue
from curation.release import plans, releases, revocations
from curation.release.build import folder_of
from curation.release.documents import human_bytes
from curation.release.plans import Plan
from curation.release.releases import Release, ReleaseState
from curation.release.shards import NO_SHARD, shard_of
from curation.release.writers import FileEntry
from repository.errors import Gone, NotFound
from repository.item import canonical
from repository.rights import table as rules
from repository.urls import Urls
from repository.web import answers
from repository.web.context import memory, site_urls
from repository.web.languages import current

blueprint = Blueprint("datasets", __name__, template_folder="templates")
_FORMS = ["text/html", "application/json"]
_TYPES = {
    ".parquet": "application/vnd.apache.parquet",
    ".tar": "application/x-tar",
    ".md": "text/markdown; charset=utf-8",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".sha256": "text/plain; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Opened:
    """A published release with its plan, and the works of it that are recalled now."""

    release: Release
    plan: Plan
    recalled: frozenset[str]

    @property
    def shards(self) -> frozenset[int]:
        """The shards that are withheld."""
        return frozenset(shard_of(item, self.plan.counts.bits) for item in self.recalled)

    def withholds(self, file: FileEntry) -> bool:
        """Tell whether a file may not be given out now."""
        return file.shard != NO_SHARD and file.shard in self.shards


def _open(conn: Connection, name: str, version: str) -> Opened:
    """Find a release that the public may have; NotFound where there is none, Gone where it was withdrawn."""
    release = releases.find(conn, name, version)
    if release is None or release.state in (ReleaseState.BUILT, ReleaseState.FAILED):
        raise NotFound("release_unknown", "그런 데이터가 없습니다.", "There is no such data set.")
    if release.state is ReleaseState.WITHDRAWN:
        raise Gone(
            "release_withdrawn",
            "거둔 데이터입니다. 새 버전이 있는지 데이터 목록에서 확인하세요.",
            "This release has been withdrawn. See the list of data sets for a newer version.",
            release.at,
        )
    plan = plans.get(conn, release.plan)
    return Opened(release, plan, frozenset(revocations.withheld(conn, plan.id)))


@blueprint.get("/datasets/")
def dataset_list() -> Response:
    """List the releases of every data set, the newest version first."""
    with memory().database.read() as conn:
        published = releases.published(conn)
        known = plans.get_many(conn, [one.plan for one in published])
    rows = [(one, known[one.plan]) for one in reversed(published)]
    if _as_json():
        return _json([_summary(one, plan, site_urls()) for one, plan in rows])
    return _brief(make_response(render_template("curation/datasets.html", rows=rows, size=human_bytes)))


@blueprint.get("/datasets/<name>/")
def newest(name: str) -> AnyResponse:
    """Lead to the newest version of a data set."""
    with memory().database.read() as conn:
        versions = [one for one in releases.published(conn) if one.name == name]
    if not versions:
        raise NotFound("release_unknown", "그런 데이터가 없습니다.", "There is no such data set.")
    return redirect(url_for("datasets.dataset", name=name, version=versions[-1].version), 302)


@blueprint.get("/datasets/<name>/<version>.json")
def dataset_json(name: str, version: str) -> Response:
    """Give a release as JSON."""
    with memory().database.read() as conn:
        opened = _open(conn, name, version)
    return _json(_plain(opened, site_urls()))


@blueprint.get("/datasets/<name>/<version>/")
def dataset(name: str, version: str) -> Response:
    """Give a release: what it is for, what it holds, why that is cleared, and how to take it."""
    with memory().database.read() as conn:
        opened = _open(conn, name, version)
        versions = [one.version for one in releases.published(conn) if one.name == name]
    if _as_json():
        return _json(_plain(opened, site_urls()))
    page = render_template(
        "curation/dataset.html",
        opened=opened,
        release=opened.release,
        plan=opened.plan,
        counts=opened.plan.counts,
        versions=versions[::-1],
        reasons=_reasons(opened.plan),
        size=human_bytes,
    )
    return _brief(make_response(page))


@blueprint.get("/datasets/<name>/<version>/files/<path:file>")
def download(name: str, version: str, file: str) -> Response:
    """Give one file of a release, whole or in ranges (RFC 9110 §14), with its SHA-256 (RFC 9530)."""
    with memory().database.read() as conn:
        opened = _open(conn, name, version)
    entry = opened.release.file(file)
    if entry is None:
        raise NotFound("release_file_unknown", "그런 파일이 없습니다.", "There is no such file.")
    if opened.withholds(entry):
        raise Gone(
            "release_file_withheld",
            "회수된 저작물이 들어 있어 더는 내려받을 수 없는 파일입니다. "
            "다른 파일은 받을 수 있고, 다음 버전에는 그 저작물이 빠집니다.",
            "This file holds a work that was recalled and can no longer be downloaded. "
            "The other files can; the next version leaves the work out.",
        )
    ending = file[file.rfind(".") :]
    response = send_file(
        folder_of(memory(), name, version) / entry.name,
        mimetype=_TYPES.get(ending, "application/octet-stream"),
        as_attachment=True,
        download_name=entry.name.rpartition("/")[2],
        conditional=True,
        etag=entry.sha256,
    )
    response.headers["Repr-Digest"] = f"sha-256=:{base64.b64encode(bytes.fromhex(entry.sha256)).decode()}:"
    response.headers["tdm-reservation"], response.headers["Content-Usage"] = "0", "train-ai=y"
    return _brief(response)


@blueprint.get("/datasets/revocations.jsonl")
def recalls() -> Response:
    """Give the feed of recalls."""
    with memory().database.read() as conn:
        body = revocations.feed(conn)
    response = _brief(Response(body, mimetype="application/jsonl"))
    response.add_etag()
    response.make_conditional(request)
    return response


def _reasons(plan: Plan) -> list[tuple[str, str, int]]:
    """Say why works were left out: the reason, why the rule says so, and how many."""
    known = rules.load().by_code
    return [
        (
            catalogue()[row.reason].ko if current() == "ko" else catalogue()[row.reason].en,
            known[row.rule].text(current()) if row.reason.startswith("train_") and row.rule in known else "",
            row.works,
        )
        for row in plan.counts.refused
    ]


# ---- JSON


def _summary(release: Release, plan: Plan, site: Urls) -> dict[str, Any]:
    return {
        "url": site.dataset(release.name, release.version),
        "name": release.name,
        "version": release.version,
        "title": {"ko": plan.terms.title_ko, "en": plan.terms.title_en},
        "root": release.root,
        "frozen": plan.at,
        "published": release.at,
        "counts": plan.counts,
        "bytes": release.bytes,
    }


def _plain(opened: Opened, site: Urls) -> dict[str, Any]:
    release = opened.release
    base = site.dataset(release.name, release.version)
    files: Sequence[dict[str, Any]] = [
        {
            "name": file.name,
            "bytes": file.bytes,
            "sha256": file.sha256,
            **({"withheld": True} if opened.withholds(file) else {"url": f"{base}files/{file.name}"}),
        }
        for file in release.files
    ]
    return {
        **_summary(release, opened.plan, site),
        "plan": opened.plan.digest,
        "terms": opened.plan.terms,
        "files": files,
        "recalled": sorted(opened.recalled),
        "revocations": site.revocations(),
    }


def _as_json() -> bool:
    return request.accept_mimetypes.best_match(_FORMS, _FORMS[0]) == _FORMS[1]


def _json(value: Any) -> Response:
    return _brief(Response(canonical(value), mimetype="application/json"))


def _brief(response: Response) -> Response:
    """Let nobody keep for long what a recall may change."""
    response.vary.add("Accept")
    response.headers["Cache-Control"] = f"public, max-age={answers.GATED_SECONDS}"
    return response
