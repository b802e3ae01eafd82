"""Crosswalks: from a record's payload, in whatever format it came, to a draft of our description.

A crosswalk is chosen by the namespace of the payload's root, because prefixes are only what a provider calls
a format. Nothing in a record raises: what cannot be read is a problem in the draft.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec
from lxml import etree

from harvest.crosswalks import (
    arxiv,
    draft,
    dublin_core,
    edm,
    fields,
    kci,
    lido,
    mapped,
    mapped_rules,
    marc,
    mets,
    mods,
    primo,
)
from harvest.crosswalks.reader import begin
from harvest.strict_xml import local_name, parse_xml
from repository.errors import TransferError
from repository.item import Claim, ItemDraft
from repository.problems import problem

VERSION = "3"
PROTOCOL = "http://www.openarchives.org/OAI/2.0/"
RIGHTS = "http://www.openarchives.org/OAI/2.0/rights/"

Crosswalk = Callable[[etree._Element], ItemDraft]

CROSSWALKS: Mapping[str, Crosswalk] = {
    "http://www.openarchives.org/OAI/2.0/oai_dc/": dublin_core.to_draft,
    "http://purl.org/dc/elements/1.1/": dublin_core.to_draft,
    "http://purl.org/dc/terms/": dublin_core.to_draft,
    "http://purl.org/dc/terms": dublin_core.to_draft,
    "http://worldcat.org/xmlschemas/qdc-1.0/": dublin_core.to_draft,
    "http://www.bl.uk/namespaces/oai_dcq/": dublin_core.to_draft,
    "http://epubs.cclrc.ac.uk/xmlns/qdc/": dublin_core.to_draft,
    "http://dspace.org/qualifieddc/": dublin_core.to_draft,
    "http://ns.nsdl.org/nsdl_dc_v1.02/": dublin_core.to_draft,
    "http://dplava.lib.virginia.edu": dublin_core.to_draft,
    "http://www.loc.gov/mods/v3": mods.to_draft,
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": edm.to_draft,
    "http://www.loc.gov/MARC21/slim": marc.to_draft,
    "http://www.lido-schema.org": lido.to_draft,
    "http://www.lido-schema.org/": lido.to_draft,
    mets.NAMESPACE: mets.to_draft,
    arxiv.NAMESPACE: arxiv.to_draft,
    kci.NAMESPACE: kci.to_draft,
    primo.NAMESPACE: primo.to_draft,
    primo.SEARCH: primo.to_draft,
}
# Roots that some providers send without any namespace.
BARE: Mapping[str, Crosswalk] = {
    "dc": dublin_core.to_draft,
    "qualifieddc": dublin_core.to_draft,
    "oai_qdc": dublin_core.to_draft,
    "dcterms": dublin_core.to_draft,
    "mods": mods.to_draft,
    "lido": lido.to_draft,
    "lidoWrap": lido.to_draft,
    "record": marc.to_draft,
    "collection": marc.to_draft,
    "oai_kci": kci.to_draft,
}
# Roots of records that describe persons, families and bodies: EAC-CPF of 2010 and 2022, and without a namespace.
AGENTS = frozenset({"urn:isbn:1-931666-33-4", "https://archivists.org/ns/eac/v2"})
BARE_AGENTS = frozenset({"eac-cpf", "eac"})


def version(mapping: mapped_rules.Mapping | None = None) -> str:
    """Name what reads a source's records, so that they are read anew when it changes."""
    return VERSION if mapping is None else f"{VERSION}/{mapped_rules.digest(mapping)}"


def to_draft(payload: bytes, prefix: str, mapping: mapped_rules.Mapping | None = None) -> ItemDraft:
    """Read a payload (a bare record, an OAI record element, the metadata alone, or a JSON object) as a draft.

    `prefix` is the metadata prefix under which it came; it is only named in problems. JSON, and XML without a
    namespace, are read by the source's saved mapping where it has one.
    """
    if not payload.strip():
        return draft.refuse("metadata_missing", prefix)
    if mapping is not None and payload.startswith(b"{"):
        return mapped.read_json(payload, prefix, mapping)
    try:
        root = parse_xml(payload.lstrip())
    except (etree.XMLSyntaxError, TransferError) as broken:
        return draft.refuse("metadata_foreign", prefix, str(broken))
    metadata = _metadata(root)
    if metadata is None:
        return draft.refuse("metadata_missing", prefix)
    _leave_protocol(metadata)
    if mapping is not None and not str(metadata.tag).startswith("{"):
        return mapped.read_xml(metadata, mapping)
    if _is_of_agent(metadata):
        return _refuse_agent(prefix, str(metadata.tag))
    crosswalk = _crosswalk(metadata)
    if crosswalk is None:
        return draft.refuse("metadata_foreign", prefix, str(metadata.tag))
    made = crosswalk(metadata)
    return _with_claims(made, _claims_about(root)) if RIGHTS.encode() in payload else made


def _leave_protocol(metadata: etree._Element) -> None:
    """Take out of the protocol's namespace what declares none of its own and so stands in that of the page."""
    for element in metadata.iter(f"{{{PROTOCOL}}}*"):
        element.tag = local_name(element)


def _refuse_agent(prefix: str, tag: str) -> ItemDraft:
    refused = draft.refuse("metadata_foreign", prefix, tag)
    reason = problem("agent_not_thing", prefix, tag)
    return msgspec.structs.replace(refused, problems=(reason, *refused.problems))


def _is_of_agent(metadata: etree._Element) -> bool:
    namespace = str(metadata.tag).rpartition("}")[0][1:]
    return namespace in AGENTS or (not namespace and local_name(metadata) in BARE_AGENTS)


def _crosswalk(metadata: etree._Element) -> Crosswalk | None:
    namespace = str(metadata.tag).rpartition("}")[0][1:]
    if namespace:
        return CROSSWALKS.get(namespace)
    found = BARE.get(local_name(metadata))
    # Anything may be called a record; one of MARC has fields.
    return None if found is marc.to_draft and metadata.find(".//datafield") is None else found


def _metadata(root: etree._Element) -> etree._Element | None:
    """Find the metadata proper: below `metadata`, else what stands in a record beside its header."""
    if local_name(root) != "record":
        return root
    parts = {local_name(child): child for child in reversed(root)}
    if parts.keys() & {"leader", "datafield"}:  # a record of MARCXML
        return root
    if "metadata" in parts:
        return next(iter(parts["metadata"]), None)
    return next((parts[name] for name in reversed(parts) if name not in ("header", "about")), None)


def _claims_about(root: etree._Element) -> tuple[Claim, ...]:
    """Read the rights in a record's `about`: they speak of the description itself.

    Conveying rights expressions about metadata in the OAI-PMH framework, 2005.
    """
    found: list[Claim | None] = []
    for rights in root.iterfind(f"{{*}}about/{{{RIGHTS}}}rights"):
        node = begin(rights, "oai_rights", "about/rights")
        references = ((said, said.get("ref")) for said in node.take("rightsReference"))
        definitions = ((said, "") for said in node.take("rightsDefinition"))
        pairs = (*references, *definitions)
        found += [fields.claim(said.prose(), uri, said.path, "text") for said, uri in pairs]
    return tuple(filter(None, found))


def _with_claims(made: ItemDraft, claims: tuple[Claim, ...]) -> ItemDraft:
    described = msgspec.structs.replace(made.description, claims=(*made.description.claims, *claims))
    return msgspec.structs.replace(made, description=described)
