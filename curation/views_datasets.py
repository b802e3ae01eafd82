"""Data sets: what each release holds and why, its files in ranges, and what was recalled.

A file is given out by what the decisions say at that moment: as soon as one work of a shard is recalled, the
shard's tables and originals are withheld, whatever the worker has done.
"""

from __future__ import annotations

import base64
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from sqlalchemy import Connection
from werkzeug.wrappers import Response as AnyResponse

from curation import dataset_forms as forms
from curation import dataset_page as shown
from curation import dataset_plots as plots
from curation.dataset_forms import Opened
from curation.release import plans, releases, revocations
from curation.release.build import folder_of
from curation.release.documents import human_bytes
from curation.release.loading import configurations, folder_name, three_lines
from curation.release.plans import Plan
from curation.release.releases import ReleaseState
from curation.release.statistics import Statistics
from repository.errors import Gone, NotFound
from repository.item import canonical
from repository.linked_data import schema_org
from repository.rights.duties import duty
from repository.urls import Urls
from repository.web import answers, sharing
from repository.web.context import memory, page_urls, site_urls
from repository.web.languages import current
from repository.web.sharing import Form, Share

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
    recalled = frozenset(revocations.withheld(conn, plan.id))
    return Opened(release, plan, recalled, folder_of(memory(), name, version))


@blueprint.get("/datasets/")
def dataset_list() -> Response:
    """List the releases of every data set, the newest version first."""
    with memory().database.read() as conn:
        published = releases.published(conn)
        known = plans.get_many(conn, [one.plan for one in published])
    rows = [(one, known[one.plan]) for one in reversed(published)]
    if _as_json():
        return _json([forms.summary(one, plan, site_urls()) for one, plan in rows])
    about = str(_("저작권을 하나하나 확인한 원본과 설명을, 확인한 근거와 함께 통째로 내려받습니다."))
    page = render_template(
        "curation/datasets.html",
        rows=rows,
        size=human_bytes,
        share=sharing.of_page(Urls.datasets, about, str(_("AI 학습용 데이터"))),
    )
    return _brief(make_response(page))


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
    return _json(forms.whole(opened, site_urls()))


@blueprint.get("/datasets/<name>/<version>/croissant.json")
def croissant_json(name: str, version: str) -> Response:
    """Give a release as Croissant, its files at their addresses here."""
    with memory().database.read() as conn:
        opened = _open(conn, name, version)
    document = forms.croissant(opened, site_urls())
    if document is None:
        raise NotFound("release_file_unknown", "그런 파일이 없습니다.", "There is no such file.")
    return _brief(Response(canonical(document), mimetype="application/ld+json"))


@blueprint.get("/datasets/<name>/<version>/aria2.txt")
def aria2(name: str, version: str) -> Response:
    """Give the list of files for aria2: addresses, places and SHA-256 of what may be downloaded now."""
    with memory().database.read() as conn:
        opened = _open(conn, name, version)
    return _brief(Response(forms.aria2(opened, site_urls()), mimetype="text/plain"))


@blueprint.get("/datasets/<name>/<version>/")
def dataset(name: str, version: str) -> Response:
    """Give a release: what it is for, what it holds, why that is cleared, and how to take it."""
    urls, language = page_urls(), current()
    with memory().database.read() as conn:
        opened = _open(conn, name, version)
        if _as_json():
            return _json(forms.whole(opened, site_urls()))
        rows = shown.sample_rows(conn, opened, urls, language)
        versions = shown.versions(conn, name)
        recalls = shown.recalls(conn, opened)
    sums, counts = opened.statistics(), opened.plan.counts
    page = render_template(
        "curation/dataset.html",
        opened=opened,
        release=opened.release,
        plan=opened.plan,
        counts=counts,
        title=_title(opened.plan, language),
        sums=sums,
        groups=_groups(opened),
        rows=rows,
        versions=versions,
        recalls=recalls,
        folder=folder_name(name, version),
        aria2=f"{opened.address(site_urls())}aria2.txt",
        size=human_bytes,
        duty=duty,
        share=_share(opened),
        **_of_sums(sums, opened, urls, language),
        refused=plots.refused(counts, language),
    )
    return _brief(make_response(page))


def _title(plan: Plan, language: str) -> str:
    return (plan.terms.title_ko if language == "ko" else plan.terms.title_en) or plan.name


def _of_sums(sums: Statistics | None, opened: Opened, urls: Urls, language: str) -> dict[str, Any]:
    """Give what a page says from the sums; releases of before have none, and say less."""
    if sums is None:
        return {"plots": [], "timeline": None, "configurations": [], "three": ""}
    folder = folder_name(opened.release.name, opened.release.version)
    return {
        "plots": plots.plots(sums, urls, language),
        "timeline": plots.timeline(sums),
        "configurations": configurations(sums),
        "three": three_lines(folder, sums),
    }


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
    path = opened.folder / entry.name
    if not path.is_file():
        raise NotFound(
            "release_file_absent", "파일을 지금 찾을 수 없습니다.", "The file cannot be found now."
        )
    ending = file[file.rfind(".") :]
    response = send_file(
        path,
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


def _groups(opened: Opened) -> list[tuple[str, str, list[Any]]]:
    """Lay the files out by what they are: the papers open, what comes in many shards folded away."""
    kinds = (
        ("papers", str(_("설명과 합계")), ""),
        ("works", str(_("저작물의 표 (Parquet)")), "data/"),
        ("text", str(_("쪽의 글 (Parquet)")), "text/"),
        ("rows", str(_("같은 줄을 JSON으로 (JSON Lines)")), "rows/"),
        ("originals", str(_("원본 묶음 (tar)")), "originals/"),
    )
    return [
        (
            name,
            said,
            [file for file in opened.release.files if file.name.rpartition("/")[0] == folder.rstrip("/")],
        )
        for name, said, folder in kinds
    ]


def _share(opened: Opened) -> Share:
    """Tell search engines of a release: the facts of its Croissant document."""
    site, release = site_urls(), opened.release
    told = forms.schema_org(opened, site)
    urls = sharing.urls_in(site, current())
    steps = [
        (str(_("코리안메모리")), urls.home()),
        (str(_("AI 학습용 데이터")), urls.datasets()),
        (f"{_title(opened.plan, current())} {release.version}", urls.dataset(release.name, release.version)),
    ]
    address = opened.address(site)
    return Share(
        address=lambda given: given.dataset(release.name, release.version),
        description=str(_("저작권을 하나하나 확인한 원본과 설명을, 확인한 근거와 함께 통째로 내려받습니다.")),
        changed=release.at,
        nodes=[*([told] if told else []), schema_org.trail(steps)],
        forms=[
            Form("application/json", f"{address.rstrip('/')}.json", "JSON"),
            *([Form("application/ld+json", f"{address}croissant.json", "Croissant")] if told else []),
        ],
        trained=True,
    )


# ---- answers


def _as_json() -> bool:
    return request.accept_mimetypes.best_match(_FORMS, _FORMS[0]) == _FORMS[1]


def _json(value: Any) -> Response:
    return _brief(Response(canonical(value), mimetype="application/json"))


def _brief(response: Response) -> Response:
    """Let nobody keep for long what a recall may change."""
    response.vary.add("Accept")
    response.headers["Cache-Control"] = f"public, max-age={answers.GATED_SECONDS}"
    return response
