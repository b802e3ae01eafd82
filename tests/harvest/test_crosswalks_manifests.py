from __future__ import annotations

from harvest.crosswalks import to_draft

EDM = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:edm="http://www.europeana.eu/schemas/edm/"
 xmlns:ore="http://www.openarchives.org/ore/terms/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:dcterms="http://purl.org/dc/terms/" xmlns:svcs="http://rdfs.org/sioc/services#">
 <edm:ProvidedCHO rdf:about="#cho"><dc:title>책</dc:title><edm:type>TEXT</edm:type></edm:ProvidedCHO>
 <ore:Aggregation rdf:about="#a"><edm:aggregatedCHO rdf:resource="#cho"/>
 <edm:isShownBy rdf:resource="https://x.example/1.jpg"/></ore:Aggregation>
 <edm:WebResource rdf:about="https://x.example/1.jpg"><svcs:has_service rdf:resource="https://x.example/iiif/1"/>
 <dcterms:isReferencedBy rdf:resource="https://x.example/book/1/manifest.json"/></edm:WebResource></rdf:RDF>"""
MODS = """<mods xmlns="http://www.loc.gov/mods/v3"><titleInfo><title>책</title></titleInfo><location>
 <url usage="primary display">https://x.example/1</url><url note="iiif-manifest">https://x.example/1/manifest</url>
 </location></mods>"""
DC = """<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/">
 <dc:title>책</dc:title><dc:relation>https://x.example/iiif/1/manifest.json</dc:relation></oai_dc:dc>"""


def files(record: str) -> list[tuple[str, str]]:
    made = to_draft(record.encode(), "x")
    assert "field_not_consumed" not in [one.code for one in made.problems]
    return [(ref.role, ref.url.removeprefix("https://x.example/")) for ref in made.media]


def test_a_manifest_is_a_file_however_the_record_names_it() -> None:
    assert files(EDM) == [("view", "1.jpg"), ("manifest", "book/1/manifest.json")]
    assert files(EDM.replace("1.jpg", "iiif/1/manifest.json")) == [
        ("manifest", "iiif/1/manifest.json"), ("manifest", "book/1/manifest.json"),
    ]  # fmt: skip
    assert files(MODS) == [("manifest", "1/manifest")]
    assert files(DC) == [("manifest", "iiif/1/manifest.json")]
