"""The sample institutions: an invented outside world that the platform harvests over real protocols.

It imports nothing of the platform, and runs as a process of its own:

    python -m harvest.sample build --data DIR      draw and write all media (about 400 files)
    python -m harvest.sample serve --data DIR      OAI-PMH 2.0 and the media, until stopped
    python -m harvest.sample words                 what is to be seen in the library's pictures, as JSON Lines

Every institution is invented and says so (가상 기관); the works described are real and free of copyright, but
for those called a sample in their titles (견본) and the photographs, films and tickets of the archive, which are
invented too; rights are made up so that every mark occurs. Every picture is drawn by code and says in its margin
that it is a drawn sample and not the object. Four endpoints, each in the dialect of its kind:

/library/oai  oai_dc
    dc:title: Korean (xml:lang=ko), Hanja (ko-Hani), romanised (ko-Latn), English (en). dc:creator and
    dc:contributor: "이름(漢字, 생몰년)". dc:identifier: page of the record, then the call number.
    dc:relation: addresses of the pictures, in the order of pages. dc:source: name of the holder.
    dc:rights: address and sentence, as far as there are any. dc:type: Korean and DCMI type. No place for what is
    to be seen in a picture: `words` tells it.
/museum/oai   mods, oai_dc
    url[@usage="primary display"]: page of the record. Each picture is a relatedItem[@type="constituent"] with
    titleInfo (label), note (alternative text), abstract (long description), both in Korean and English, and
    location/url[@access="raw object"], in order. A subject of a place has its coordinates.
    physicalLocation: holder. accessCondition: sentence; its xlink:href: address of the licence.
/gallery/oai  mods, oai_dc
    The same two formats of the same records, for two holders (physicalLocation, dc:source).
/archive/oai  edm
    RDF/XML with edm:ProvidedCHO, ore:Aggregation, one edm:WebResource for each file, edm:Agent for makers.
    edm:isShownBy: first picture or the film; edm:hasView: all further pictures in order, linked by
    edm:isNextInSequence; edm:object: poster or first picture. A web resource's dc:description is its
    alternative text, dcterms:abstract its long description, edm:rights its own rights if it has any; edm:Place
    has coordinates. Captions are web resources of their own with
    dc:format text/vtt and dc:language, and dcterms:isFormatOf the film.

Faults on purpose: one deleted record, one not well-formed (its ampersand is not escaped), one without a title,
one whose picture answers 404. `overrides.json` in the data folder changes records while the server runs.
"""
