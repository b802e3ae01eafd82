"""The release as a Croissant 1.1 document: every file with its SHA-256, and a record set for each table and kind.

Its addresses are relative to the folder, so it describes a copy on anybody's disk as well as ours; it holds
nothing that is not in the sums, the plan or the files, and no date but the plan's.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from curation.release.loading import ORIGINALS, TEXT, WORKS, Configuration, configurations
from curation.release.plans import Plan
from curation.release.shards import NO_SHARD
from curation.release.statistics import Statistics
from curation.release.writers import FileEntry, Plain, write_text

CROISSANT = "croissant.json"
CONFORMS_TO = "http://mlcommons.org/croissant/1.1"
ENCODINGS = {
    "parquet": "application/x-parquet",
    "jsonl": "application/jsonlines",
    "json": "application/json",
    "tar": "application/x-tar",
    "md": "text/markdown",
}
_MEMBERS = {
    "jpg": "image/jpeg",
    "png": "image/png",
    "tif": "image/tiff",
    "mp4": "video/mp4",
    "mp3": "audio/mpeg",
    "vtt": "text/vtt",
    "pdf": "application/pdf",
}
_PICTURES = ("jpg", "png", "tif")
_CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "arrayShape": "cr:arrayShape",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "containedIn": "cr:containedIn",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isArray": "cr:isArray",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "prov": "http://www.w3.org/ns/prov#",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
# Column, JSON path within it, type, repeated, what it says.
_WORK_FIELDS = (
    ("id", "", "sc:Text", False, "Identifier of the work; it stays"),
    ("url", "", "sc:URL", False, "Address of the work"),
    ("title", "", "sc:Text", False, "First title"),
    ("titles", "value", "sc:Text", True, "All titles"),
    ("type", "", "sc:Text", False, "Type from a closed list"),
    ("caption", "", "sc:Text", False, "Caption of one line"),
    ("credit", "", "sc:Text", False, "The line that names the source"),
    ("sample", "", "sc:Boolean", False, "Whether it is a drawn sample of an invented institution"),
    ("holder", "name_en", "sc:Text", False, "Who holds the original"),
    ("rights", "mark", "sc:Text", False, "Mark of its rights"),
    ("rights", "mark_uri", "sc:Text", False, "Address of the mark"),
    ("rights", "train.answer", "sc:Text", False, "Answer for training: yes, or yes_with the duties"),
    ("rights", "train.rule", "sc:Text", False, "Rule that gave the answer"),
    ("rights", "basis_en", "sc:Text", False, "Ground in law or policy"),
    ("rights", "decided_at", "sc:DateTime", False, "When that was decided"),
    ("rights", "table_version", "sc:Text", False, "Version of the table of rules"),
    ("files", "name", "sc:Text", True, "Names of its originals in the shards"),
    ("files", "sha256", "sc:Text", True, "SHA-256 of its originals"),
    ("row_sha256", "", "sc:Text", False, "SHA-256 of the row as JSON"),
)
_TEXT_FIELDS = (
    ("id", "", "sc:Text", False, "Identifier of the text"),
    ("item", "", "sc:Text", False, "The work that it belongs to"),
    ("page", "", "sc:Integer", False, "Its page in the work, from 1"),
    ("lang", "", "sc:Text", False, "Language (BCP 47)"),
    ("text", "", "sc:Text", False, "The text itself"),
    ("rights", "answer", "sc:Text", False, "Answer for training on this text"),
    ("sha256", "", "sc:Text", False, "SHA-256 of the file that it was read from"),
)
_FIELDS = {WORKS: _WORK_FIELDS, TEXT: _TEXT_FIELDS}


def write(folder: Path, plan: Plan, sums: Statistics, entries: Iterable[FileEntry]) -> FileEntry:
    """Write the document of a release whose other files are `entries`."""
    document = describe(plan, sums, sorted(entries, key=lambda entry: entry.name))
    body = msgspec.json.format(msgspec.json.encode(document), indent=1)
    return write_text(folder, CROISSANT, body.decode() + "\n")


def describe(plan: Plan, sums: Statistics, entries: list[FileEntry]) -> Plain:
    """Give the document of a release."""
    title_ko, title_en = plan.terms.title_ko or plan.name, plan.terms.title_en or plan.name
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": CONFORMS_TO,
        "name": plan.name,
        "alternateName": [title_ko, title_en],
        "description": _description(sums),
        "version": plan.version,
        "dateCreated": plan.at,
        "datePublished": plan.at,
        "inLanguage": "ko",
        "isAccessibleForFree": True,
        "license": sorted({mark for mark in (credit.uri for credit in sums.credits) if mark})
        or ["LICENSES.md"],
        "usageInfo": "LICENSES.md",
        "creditText": "ATTRIBUTION.md",
        "url": "README.md",
        "citeAs": f"{title_en} {plan.version}, plan {plan.digest}",
        "identifier": f"sha256:{plan.digest}",
        "keywords": [
            "cultural heritage",
            "Korea",
            "rights cleared",
            *(["drawn samples"] if sums.samples else []),
        ],
        "creator": [
            {"@type": "sc:Organization", "name": name}
            for name in dict.fromkeys(c.holder_en for c in sums.credits)
        ],
        "size": f"{sums.bytes} B",
        "variableMeasured": [
            {"@type": "sc:PropertyValue", "name": name, "value": getattr(sums, name)}
            for name in ("works", "files", "pages", "texts", "characters", "bytes", "refused")
        ],
        **_care(sums),
        "distribution": [*map(_file_object, entries), *_file_sets(sums, entries)],
        "recordSet": _record_sets(sums),
    }


def _description(sums: Statistics) -> str:
    drawn = " All of it is drawn samples of invented institutions." if sums.samples == sums.works else ""
    return (
        f"{sums.works} works of Korean heritage with {sums.files} original files that may be used for training AI, "
        f"each with the evidence of that. {sums.refused} works were looked at and left out.{drawn}"
    )


def _care(sums: Statistics) -> Plain:
    """Say what the vocabulary for responsible use asks (Croissant RAI 1.0)."""
    return {
        "rai:dataCollection": "Records and files as holding institutions sent them; every original is unchanged.",
        "rai:dataCollectionMissingData": f"{sums.refused} works left out, each with its reason, in EXCLUDED.jsonl.",
        "rai:dataLimitations": "Cleared in the countries of `rights.cleared_in` only. No legal advice.",
        "rai:dataBiases": "What institutions chose to keep, digitise and mark as free; see statistics.json.",
        "rai:personalSensitiveInformation": "Recent pictures and papers of people are left out unless examined.",
        "rai:dataReleaseMaintenancePlan": "Recalls are listed in the feed /datasets/revocations.jsonl of the site.",
        "rai:dataUseCases": "Training and evaluation of models of pictures, film and text.",
        "rai:machineAnnotationTools": "None, unless `alt_origin` says machine.",
    }


def _file_object(entry: FileEntry) -> Plain:
    return {
        "@type": "cr:FileObject",
        "@id": entry.name,
        "name": entry.name,
        "contentUrl": entry.name,
        "contentSize": f"{entry.bytes} B",
        "encodingFormat": ENCODINGS.get(entry.name.rpartition(".")[2], "text/plain"),
        "sha256": entry.sha256,
    }


def _file_sets(sums: Statistics, entries: list[FileEntry]) -> list[Plain]:
    found = []
    for one in configurations(sums):
        inside = {
            "containedIn": [
                {"@id": entry.name}
                for entry in entries
                if entry.shard != NO_SHARD and entry.name.startswith(f"{ORIGINALS}/train-{one.name}-")
            ]
        }
        found.append(
            {
                "@type": "cr:FileSet",
                "@id": f"files-{one.record_set}",
                "name": f"files-{one.record_set}",
                "description": f"Files of {one.record_set}",
                "encodingFormat": _MEMBERS.get(one.name, "application/octet-stream")
                if one.is_shards
                else ENCODINGS["parquet"],
                "includes": f"*.{one.name}" if one.is_shards else one.path,
                **(inside if one.is_shards else {}),
            }
        )
    return found


def _record_sets(sums: Statistics) -> list[Plain]:
    return [
        {
            "@type": "cr:RecordSet",
            "@id": one.record_set,
            "name": one.record_set,
            "description": f"{one.rows} records, each {one.en}",
            **({} if one.is_shards else {"key": {"@id": f"{one.name}/id"}}),
            "field": _members(one)
            if one.is_shards
            else [_column(one.name, *field) for field in _FIELDS[one.name]],
        }
        for one in configurations(sums)
    ]


def _column(record_set: str, column: str, path: str, kind: str, repeated: bool, said: str) -> Plain:
    """Describe one field by its column, and the place within it where the column is nested."""
    transform = {"transform": {"jsonPath": f"$.{path}"}} if path else {}
    name = f"{record_set}/{'/'.join(filter(None, (column, path.replace('.', '/'))))}"
    return {
        "@type": "cr:Field",
        "@id": name,
        "name": name,
        "description": said,
        "dataType": kind,
        **({"repeated": True} if repeated else {}),
        "source": {"fileSet": {"@id": f"files-{record_set}"}, "extract": {"column": column}, **transform},
    }


def _members(one: Configuration) -> list[Plain]:
    """Describe the originals of one ending: the name, whose first part is the key of the sample, and the content."""
    told: tuple[tuple[str, str, str], ...] = (
        ("filename", "Name of the member", "sc:Text"),
        ("content", "The original as received", "sc:ImageObject" if one.name in _PICTURES else "sc:Text"),
    )
    return [
        {
            "@type": "cr:Field",
            "@id": f"{one.record_set}/{name}",
            "name": f"{one.record_set}/{name}",
            "description": said,
            "dataType": kind,
            "source": {"fileSet": {"@id": f"files-{one.record_set}"}, "extract": {"fileProperty": name}},
        }
        for name, said, kind in told
    ]
