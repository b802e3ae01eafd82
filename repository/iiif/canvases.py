"""Canvases: one picture, film or sound of an item as IIIF Presentation 3.0 shows it (§5.3).

Built bottom-up from constructors: the helper methods of iiif-prezi3 validate a whole list again at each append.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from iiif_prezi3 import (
    Annotation,
    AnnotationBody,
    AnnotationPage,
    Canvas,
    PlaceholderCanvas,
    ServiceV2,
    ServiceV3,
)

from repository.asset import THUMBNAIL, Asset, Role, remote_picture
from repository.iiif import canvas_words
from repository.iiif.image_cut import seen_size
from repository.iiif.language_maps import LanguageMap, language_map
from repository.item import Text
from repository.urls import Urls

_KINDS = {Role.FILM: "Video", Role.SOUND: "Sound"}


@dataclass(frozen=True, slots=True)
class Painted:
    """A file that may be seen now: its longest side in pixels (0: whole), whether the original is free, captions."""

    asset: Asset
    max_px: int = 0
    original: bool = False
    captions: tuple[Asset, ...] = ()


def canvas(painted: Painted, number: int, urls: Urls, name: str, *, sample: bool = False) -> Canvas:
    """Build the canvas of a file; `name` is the address of the manifest's things, `number` counts from 1.

    What is said of a drawn `sample` says that it is one.
    """
    asset = painted.asset
    own = f"{name}/canvas/{asset.id}"
    measures = _measures(painted)
    values: dict[str, Any] = {
        "id": own,
        "label": _label(asset, number),
        **measures,
        "items": [_page(own, own, "painting", [_body(painted, measures, urls)])],
        "thumbnail": thumbnail(painted, urls),
        "annotations": [],
        **canvas_words.properties(asset, sample),
    }
    if painted.original:
        values["rendering"] = [_rendering(asset, urls)]
    if painted.captions:
        values["annotations"].append(_captions(own, painted.captions, urls))
    if asset.description:
        values["annotations"].append(canvas_words.describing(own, asset))
    if asset.role is Role.FILM:
        values["placeholderCanvas"] = _placeholder(own, asset, urls)
    return Canvas(**{key: value for key, value in values.items() if value})


def _label(asset: Asset, number: int) -> LanguageMap:
    return language_map([Text(asset.label, asset.lang)]) if asset.label else {"none": [str(number)]}


def _measures(painted: Painted) -> dict[str, Any]:
    """Give width and height as they may be seen, and the duration in seconds."""
    asset = painted.asset
    width, height = seen_size(asset.width, asset.height, painted.max_px)
    values = {"width": width, "height": height, "duration": asset.seconds}
    return {key: value for key, value in values.items() if value}


def _page(own: str, target: str, motivation: str, bodies: list[AnnotationBody]) -> AnnotationPage:
    page = f"{own}/{motivation}"
    annotations = [
        Annotation(id=f"{page}/{number}", motivation=motivation, body=body, target=target)
        for number, body in enumerate(bodies, 1)
    ]
    return AnnotationPage(id=page, items=annotations)


def _body(painted: Painted, measures: dict[str, Any], urls: Urls) -> AnnotationBody:
    asset = painted.asset
    if asset.role in _KINDS:
        return AnnotationBody(
            id=urls.film(asset.id), type=_KINDS[asset.role], format=asset.media_type, **measures
        )
    return AnnotationBody(
        id=remote_picture(asset) if asset.is_remote_image else urls.picture(asset.id),
        type="Image",
        format="image/jpeg",
        service=[_service(asset, urls)],
        **measures,
    )


def _service(asset: Asset, urls: Urls) -> ServiceV2 | ServiceV3:
    """Name our image service, or that of the institution, whose picture was not copied (§7.3)."""
    if asset.is_remote_image:
        kind, _, level = asset.media_type.partition("/")
        if kind == "ImageService2":
            profile = f"http://iiif.io/api/image/2/{level}.json"
            return ServiceV2(**{"@id": asset.url, "@type": kind, "profile": profile})
        return ServiceV3(id=asset.url, type=kind, profile=level)
    return ServiceV3(id=urls.image(asset.id), type="ImageService3", profile="level2")


def thumbnail(painted: Painted, urls: Urls) -> list[AnnotationBody]:
    """Give the small picture of a file, never larger than it may be seen; none of a sound."""
    asset, bound = painted.asset, painted.max_px
    address = urls.small(asset, bound)
    if not address or not asset.width:
        return []
    width, height = seen_size(asset.width, asset.height, min(bound, THUMBNAIL) if bound else THUMBNAIL)
    return [AnnotationBody(id=address, type="Image", format="image/jpeg", width=width, height=height)]


def _rendering(asset: Asset, urls: Urls) -> dict[str, Any]:
    """Link the original file (§3.3.2 rendering)."""
    kind = {"image": "Image", "video": "Video", "audio": "Sound"}.get(
        asset.media_type.partition("/")[0], "Text"
    )
    label = {"ko": ["원본 내려받기"], "en": ["Download the original"]}
    return {"id": urls.original(asset.id), "type": kind, "format": asset.media_type, "label": label}


def _captions(own: str, captions: tuple[Asset, ...], urls: Urls) -> AnnotationPage:
    """Give text tracks as annotations that supplement the film (cookbook recipe 0219)."""
    bodies = [
        AnnotationBody(
            id=urls.captions(one.id),
            type="Text",
            format="text/vtt",
            language=one.lang or "ko",
            label=_TRACKS.get(one.lang, {"none": [one.lang or "자막"]}),
        )
        for one in captions
    ]
    return _page(own, own, "supplementing", bodies)


_TRACKS: dict[str, LanguageMap] = {
    "ko": {"ko": ["한국어 자막"], "en": ["Korean captions"]},
    "en": {"ko": ["영어 자막"], "en": ["English captions"]},
}


def _placeholder(own: str, film: Asset, urls: Urls) -> PlaceholderCanvas:
    """Show the film's still until it plays (§3.3.1 placeholderCanvas)."""
    name = f"{own}/placeholder"
    sides = {"width": film.width, "height": film.height}
    body = AnnotationBody(id=urls.poster(film.id), type="Image", format="image/jpeg", **sides)
    return PlaceholderCanvas(id=name, type="Canvas", items=[_page(name, name, "painting", [body])], **sides)
