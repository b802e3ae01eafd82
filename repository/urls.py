"""Every public address, made in one place and handed inward; nothing else in the site writes a path.

`Urls("")` gives the addresses that pages link to each other with; `Urls(settings.site_url)` the absolute ones
that leave the site in manifests, linked data and feeds. The stable names are those of the design's §4.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from repository.asset import THUMBNAIL, Asset, Role, remote_picture

SUFFIXES = ("json", "jsonld", "ttl", "rdf")


@dataclass(frozen=True, slots=True)
class Urls:
    """Makes addresses: `base` is the site without a final slash, or empty; `lang` is carried on by page links."""

    base: str = ""
    lang: str = ""

    def _page(self, path: str, params: Iterable[tuple[str, str | int]] = ()) -> str:
        carried = [("lang", self.lang)] if self.lang else []
        query = urlencode([*params, *carried])
        return f"{self.base}{path}{'?' + query if query else ''}"

    def _file(self, path: str) -> str:
        return f"{self.base}{path}"

    # ---- pages, which carry the reader's language
    def home(self) -> str:
        """The first page."""
        return self._page("/")

    def search(self, params: Iterable[tuple[str, str | int]] = ()) -> str:
        """The search page, with parameters in the order given."""
        return self._page("/search", params)

    def search_as(self, suffix: str, params: Iterable[tuple[str, str | int]] = ()) -> str:
        """The same search in one format: json, atom or csv."""
        return self._page(f"/search.{suffix}", params)

    def item(self, item: str, page: int = 0) -> str:
        """An item's page; `page` (from 1) is the picture it opens with."""
        return self._page(f"/items/{quote(item)}", [("page", page)] if page else [])

    def institutions(self) -> str:
        """The list of institutions."""
        return self._page("/institutions/")

    def institution(self, institution: str, after: str = "") -> str:
        """An institution's page; `after` is the last item of the page before."""
        return self._page(f"/institutions/{quote(institution, safe='')}", [("after", after)] if after else [])

    def collections(self) -> str:
        """The list of topic collections."""
        return self._page("/collections/")

    def collection(self, slug: str) -> str:
        """A topic collection's page."""
        return self._page(f"/collections/{quote(slug, safe='')}")

    def datasets(self) -> str:
        """The list of training data sets."""
        return self._page("/datasets/")

    def dataset(self, name: str, version: str) -> str:
        """One release of a training data set."""
        return self._page(f"/datasets/{quote(name, safe='')}/{quote(version, safe='')}/")

    def report(self, item: str, kind: str = "", asset: str = "", region: str = "") -> str:
        """The form to say something of an item (error, knowledge, removal; empty: the choice of the three).

        `asset` is one of its pictures, `region` a part of that as pct:x,y,w,h.
        """
        params = [("kind", kind), ("asset", asset), ("region", region)]
        return self._page(f"/items/{quote(item)}/report", [(name, value) for name, value in params if value])

    def reports(self) -> str:
        """How reports are answered, and the way to one's own by its receipt."""
        return self._page("/reports/")

    def report_status(self, receipt: str) -> str:
        """Where a report stands, by its receipt."""
        return self._page(f"/reports/{quote(receipt, safe='')}")

    def report_confirm(self, token: str) -> str:
        """The page that confirms the address of a claim."""
        return self._page("/reports/confirm", [("link", token)])

    # ---- descriptions for machines
    def item_id(self, item: str) -> str:
        """The address that names an item, whatever language or format it is read in."""
        return self._file(f"/items/{quote(item)}")

    def item_as(self, item: str, suffix: str) -> str:
        """An item's description in one format: json, jsonld, ttl or rdf."""
        return f"{self.item_id(item)}.{suffix}"

    def institution_id(self, institution: str) -> str:
        """The address that names an institution."""
        return self._file(f"/institutions/{quote(institution, safe='')}")

    def set_id(self, slug: str) -> str:
        """The address that names a published set."""
        return self._file(f"/collections/{quote(slug, safe='')}")

    def search_api(self, params: Iterable[tuple[str, str | int]] = ()) -> str:
        """A search as JSON, for programs."""
        return self._page("/api/v1/search", params)

    def suggest(self) -> str:
        """Suggestions while somebody types, as JSON."""
        return self._file("/api/v1/suggest")

    def openapi(self) -> str:
        """The description of what programs may ask."""
        return self._file("/api/openapi.json")

    def revocations(self) -> str:
        """The list of what was withdrawn from releases."""
        return self._file("/datasets/revocations.jsonl")

    # ---- IIIF
    def image(self, asset: str) -> str:
        """The Image API 3 service of a picture (its `id`)."""
        return self._file(f"/iiif/image/{quote(asset)}")

    def image2(self, asset: str) -> str:
        """The Image API 2.1 service of a picture."""
        return self._file(f"/iiif/2/{quote(asset)}")

    def info(self, asset: str) -> str:
        """A picture's info.json."""
        return f"{self.image(asset)}/info.json"

    def picture(self, asset: str, size: str = "max", region: str = "full") -> str:
        """One picture from the Image API 3 service."""
        return f"{self.image(asset)}/{region}/{size}/0/default.jpg"

    def manifest(self, item: str) -> str:
        """An item's Presentation 3 manifest."""
        return self._file(f"/iiif/{quote(item)}/manifest.json")

    def iiif_collection(self, slug: str) -> str:
        """A set as a Presentation 3 collection."""
        return self._file(f"/iiif/collections/{quote(slug, safe='')}.json")

    def iiif_search(self, params: Iterable[tuple[str, str | int]] = ()) -> str:
        """A search as a Presentation 3 collection."""
        return self._page("/iiif/search/collection.json", params)

    # ---- files
    def original(self, asset: str) -> str:
        """An original file."""
        return self._file(f"/assets/{quote(asset)}/original")

    def thumbnail(self, asset: str) -> str:
        """A file's small picture."""
        return self._file(f"/assets/{quote(asset)}/thumbnail.jpg")

    def small(self, asset: Asset, bound: int = 0) -> str:
        """A file's small picture, where it may be seen at `bound` pixels (0: any size); empty where there is none."""
        if asset.role in (Role.SOUND, Role.CAPTION, Role.DOCUMENT):
            return ""
        if asset.is_remote_image:
            return "" if bound else remote_picture(asset, THUMBNAIL)
        if not 0 < bound < THUMBNAIL:
            return self.thumbnail(asset.id)
        return self.picture(asset.id, f"!{bound},{bound}") if asset.is_image else ""

    def film(self, asset: str) -> str:
        """A film or sound, for playing."""
        return self._file(f"/assets/{quote(asset)}/film")

    def poster(self, asset: str) -> str:
        """A film's still picture."""
        return self._file(f"/assets/{quote(asset)}/poster.jpg")

    def captions(self, asset: str) -> str:
        """A film's captions, by the id of the caption file."""
        return self._file(f"/assets/{quote(asset)}/captions.vtt")

    # ---- found and shared
    def plain(self, name: str) -> str:
        """A page that says something of the site itself: about, help, privacy, terms, and so on."""
        return self._page(f"/{name}/")

    def home_id(self, fragment: str) -> str:
        """The address that names the site (#site) or who runs it (#organization)."""
        return self._file(f"/#{fragment}")

    def share_card(self, language: str) -> str:
        """The picture that stands for the site itself where its pages are shared."""
        return self._file(f"/share/{language}.png")

    def share_picture(self, item: str) -> str:
        """The picture that stands for an item where its page is shared."""
        return self._file(f"/items/{quote(item)}/share.jpg")

    def citation(self, item: str, suffix: str) -> str:
        """An item for programs that keep references: ris, bib or csl.json."""
        return self._page(f"/items/{quote(item)}.{suffix}")

    def new_items(self) -> str:
        """The feed of the newest items."""
        return self._page("/items/feed.atom")

    def new_collections(self) -> str:
        """The feed of the newest topic collections."""
        return self._page("/collections/feed.atom")

    def opensearch(self) -> str:
        """What tells a browser how to search here."""
        return self._page("/opensearch.xml")

    def opensearch_suggestions(self) -> str:
        """Suggestions in the form that browsers take."""
        return self._page("/opensearch/suggestions")

    def sitemap(self) -> str:
        """The list of the lists of all addresses."""
        return self._file("/sitemap.xml")

    def sitemap_part(self, name: str) -> str:
        """One list of addresses."""
        return self._file(f"/sitemaps/{quote(name)}.xml")

    def mining_policy(self) -> str:
        """The terms of text and data mining of what is not cleared, for machines."""
        return self._file("/.well-known/tdm-policy.json")
