from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from harvest.oai_xml import HarvestedRecord, Page, parse_answer, parse_page
from harvest.strict_xml import parser
from repository.errors import TransferError

OAI = "http://www.openarchives.org/OAI/2.0/"
DC = (
    '<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{}</dc:title></oai_dc:dc>'
)


def record(name: str, title: str = "제목", status: str = "") -> str:
    state = f' status="{status}"' if status else ""
    return (
        f"<record><header{state}><identifier>{name}</identifier><datestamp>2026-01-02</datestamp>"
        f"<setSpec>a</setSpec><setSpec>b:c</setSpec></header><metadata>{DC.format(title)}</metadata></record>"
    )


def page(*records: str, token: str = "", after: str = "", root: str = f'<OAI-PMH xmlns="{OAI}">') -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n{root}<responseDate>2026-01-03T04:05:06Z</responseDate>'
        f'<request verb="ListRecords">http://x/oai</request><ListRecords>{"".join(records)}{token}'
        f"</ListRecords>{after}</OAI-PMH>"
    ).encode()


def names(read: Page) -> list[str]:
    return [one.identifier for one in read.records]


def code(raw: bytes) -> str:
    with pytest.raises(TransferError) as caught:
        parse_page(raw, "oai_dc")
    assert caught.value.ko != caught.value.en
    return caught.value.code


def test_a_page_is_read_whole() -> None:
    token = '<resumptionToken completeListSize="12" cursor="3"> a+b%2F </resumptionToken>'
    read = parse_page(page(record("1"), record("2", status="Deleted"), token=token), "oai_dc")
    assert (read.response_date, read.token, read.complete_size, read.cursor) == (
        "2026-01-03T04:05:06Z", "a+b%2F", 12, 3,
    )  # fmt: skip
    live, gone = read.records
    assert (live.identifier, live.datestamp, live.sets, live.deleted) == (
        "1",
        "2026-01-02",
        ("a", "b:c"),
        False,
    )
    assert gone.deleted and gone.payload == b""
    assert not read.repaired and not read.quarantined


def test_equal_content_gives_equal_payloads_whatever_the_page_around() -> None:
    outer = f'<OAI-PMH xmlns="{OAI}" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:q="urn:q">'
    one = parse_page(page(record("1")), "oai_dc").records[0]
    other = parse_page(page(record("0"), record("1"), root=outer), "oai_dc").records[1]
    assert one.payload == other.payload
    assert etree.fromstring(one.payload)[0][0].tag == "{http://www.openarchives.org/OAI/2.0/oai_dc/}dc"


def test_prefixes_inside_xsi_type_stay_declared() -> None:
    typed = (
        '<x:x xmlns:x="urn:x"><x:date xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        'xsi:type="dcterms:W3CDTF">2001</x:date></x:x>'
    )
    root = f'<OAI-PMH xmlns="{OAI}" xmlns:dcterms="http://purl.org/dc/terms/">'
    body = f"<record><header><identifier>1</identifier></header><metadata>{typed}</metadata></record>"
    payload = parse_page(page(body, root=root), "qdc").records[0].payload
    assert b'xmlns:dcterms="http://purl.org/dc/terms/"' in payload


def test_relative_namespaces_are_kept_though_no_canon_has_them() -> None:
    body = '<record><header><identifier>1</identifier></header><metadata><a xmlns="rel">x</a></metadata></record>'
    outer = f'<OAI-PMH xmlns="{OAI}" xmlns:q="urn:q">'
    payloads = {
        parse_page(page(body, root=root), "x").records[0].payload
        for root in (outer, f'<OAI-PMH xmlns="{OAI}">')
    }
    assert payloads == {b'<record><metadata><a xmlns="rel">x</a></metadata><about></about></record>'}


def test_a_broken_record_is_quarantined_and_its_neighbours_arrive() -> None:
    bad = record("b&amp;ad", "가 <b> 나")
    token = "<resumptionToken>next</resumptionToken>"
    raw = page(record("1"), bad, record("3"), token=token)
    read = parse_page(raw, "oai_dc")
    assert names(read) == ["1", "3"] and read.repaired
    assert (read.token, read.response_date) == ("next", "2026-01-03T04:05:06Z")
    (broken,) = read.quarantined
    assert (broken.raw, broken.reason, broken.identifier) == (bad.encode(), "record_not_wellformed", "b&ad")
    assert raw[broken.offset :].startswith(bad.encode()) and broken.detail
    assert read.records[0] == parse_page(page(record("1")), "oai_dc").records[0]


@pytest.mark.parametrize(
    "damage",
    ["<b>", "</metadata>", "<![CDATA[", "\x0c</record", "<!--", "<dc:x a=b/>", "<none:x/>"],
)
def test_damage_of_any_kind_costs_one_record(damage: str) -> None:
    read = parse_page(page(record("1"), record("2", f"가{damage}나"), record("3")), "oai_dc")
    assert names(read) == ["1", "3"]
    assert [one.identifier for one in read.quarantined] == ["2"]


@pytest.mark.parametrize(
    ("damage", "meant", "how"),
    [
        ("\x01\x08", "", ("illegal_character",)),
        ("\x0b", " ", ("illegal_character",)),
        ("\ufffe\uffff", "", ("illegal_character",)),
        ("&#x3;&#0;&#xD800;&#xFFFF;&#99999999;", "", ("markup",)),
        ("&#xD83D;&#xDE00;", "😀", ("markup",)),
        ("&#55357;&#56832;", "😀", ("markup",)),
        ("&nbsp;&middot;&hellip;", "\xa0·…", ("markup",)),
        (" & ", " & ", ("markup",)),
        ("A&B;C&D", "A&B;C&D", ("markup",)),
        ("&lt;&amp;&", "<&&", ("markup",)),
        ("1 < 2 <= 3", "1 < 2 <= 3", ("markup",)),
        ("<훈민정음>", "<훈민정음>", ("markup",)),
        ("<![CDATA[a & b]]> & <!-- & -->", "a & b & ", ("markup",)),
        ('<?xml version="1.0" encoding="EUC-KR"?>', "", ("declaration_inside",)),
    ],
)
def test_what_has_only_one_reading_is_repaired_and_said(
    damage: str, meant: str, how: tuple[str, ...]
) -> None:
    """Once in a page that is repaired whole, and once beside a record that nothing repairs."""
    broken = record("2", "<b>")
    for others, expected in (([record("1")], how), ([record("1"), broken], ("salvaged", *how))):
        read = parse_page(page(*others, record("3", f"가{damage}나")), "oai_dc")
        assert names(read) == ["1", "3"] and len(read.quarantined) == len(others) - 1
        assert title(read.records[1]) == f"가{meant}나" and read.repairs == expected and read.repaired


def title(found: HarvestedRecord) -> str:
    return etree.fromstring(found.payload, parser(huge=True)).findtext(".//{*}title") or ""


@pytest.mark.parametrize(
    ("label", "encoding", "text", "flagged"),
    [
        ("UTF-8", "cp949", "훈민정음 똠방각하", True),
        ("EUC-KR", "cp949", "훈민정음 똠방각하", True),
        ("EUC-KR", "euc_kr", "훈민정음", False),
        ("CP949", "cp949", "훈민정음 똠방각하", False),
        ("EUC-KR", "utf_8", "훈민정음", True),
        ("ISO-8859-1", "utf_8", "훈민정음 café", True),
        ("ISO-8859-1", "cp949", "훈민정음 조선왕조실록", True),
        ("ISO-8859-1", "iso8859_1", "café déjà Äpfel", False),
        ("windows-1252", "cp1252", "“café” – déjà", False),
        ("ks_c_5601-1987", "cp949", "훈민정음 朝鮮", True),
        ("no-such-thing", "cp949", "훈민정음", True),
        ("UTF-16", "utf_16", "훈민정음", False),
        ("Shift_JIS", "shift_jis", "日本の本", False),
    ],
)
@pytest.mark.parametrize("broken", [False, True])
def test_encodings_are_told_by_the_bytes(
    label: str, encoding: str, text: str, flagged: bool, broken: bool
) -> None:
    if broken and encoding == "utf_16":
        return
    made = page(record("1", text), record("2", "a & b" if broken else "")).decode()
    read = parse_page(made.replace('"UTF-8"', f'"{label}"').encode(encoding), "oai_dc")
    assert names(read) == ["1", "2"] and title(read.records[0]) == text
    assert broken or read.repairs == (("encoding",) if flagged else ())


def test_the_header_names_the_encoding_where_nothing_else_does() -> None:
    made = page(record("1", "café déjà")).decode().partition("?>")[2].encode("cp1252")
    read = parse_page(made, "oai_dc", "windows-1252")
    assert title(read.records[0]) == "café déjà" and read.repairs == ("encoding",)
    assert [one.identifier for one in parse_page(made, "oai_dc").quarantined] == ["1"]


@pytest.mark.parametrize("through", ["latin_1", "cp1252"])
def test_utf8_written_twice_is_read_once(through: str) -> None:
    text = "훈민정음 朝鮮王朝實錄 éà"
    doubled = "".join(
        bytes([byte]).decode(through) if byte not in b"\x81\x8d\x8f\x90\x9d" else chr(byte)
        for byte in text.encode()
    )
    read = parse_page(page(record("1", doubled)), "oai_dc")
    assert title(read.records[0]).startswith("훈민정음 朝鮮王朝實錄") and read.repairs == ("encoding",)
    assert not parse_page(page(record("1", "íàé Ã© â€ naïve ¿qué?")), "oai_dc").repaired


def test_one_record_in_another_encoding_is_read_and_damaged_utf8_is_not_guessed_at() -> None:
    raw = page(record("1", "훈민정음"), record("2", "@@"), record("3", "훈민@정음"))
    read = parse_page(raw.replace(b"@@", "조선".encode("cp949")), "oai_dc")
    assert [title(one) for one in read.records] == ["훈민정음", "조선", "훈민@정음"]
    assert read.repairs == ("salvaged", "encoding")
    read = parse_page(raw.replace("민@".encode(), "민".encode()[:2]), "oai_dc")
    assert names(read) == ["1", "2"] and [one.identifier for one in read.quarantined] == ["3"]


def test_what_stands_around_the_answer_is_cut_off_and_undeclared_prefixes_are_declared() -> None:
    whole = page(record("1"), record("2"))
    for raw, how in (
        (b"<br />\n<b>Warning</b>: mysql_connect() in <b>x.php</b> on line 3<br />" + whole, "outside_root"),
        (whole + b"<!-- served --><script>x & y</script>", "outside_root"),
        (b"\r\n\xef\xbb\xbf" + whole, "outside_root"),
        (whole.replace(b' xmlns:dc="http://purl.org/dc/elements/1.1/"', b""), "namespace"),
    ):
        read = parse_page(raw, "oai_dc")
        assert (names(read), read.repairs) == (["1", "2"], (how,))
        assert [one.payload for one in read.records] == [
            one.payload for one in parse_page(whole, "oai_dc").records
        ]
    assert not parse_page(b"\xef\xbb\xbf" + whole + b"\n\n", "oai_dc").repaired


def test_long_texts_are_read_and_deep_ones_are_not() -> None:
    read = parse_page(page(record("1", "가" * 4_000_000), record("2")), "oai_dc")
    assert names(read) == ["1", "2"] and len(title(read.records[0])) == 4_000_000
    deep = "<dc:x>" * 300 + "</dc:x>" * 300
    with pytest.raises(TransferError, match="answer_unsafe"):
        parse_page(page(record("1", "가" * 4_000_000), record("2", deep)), "oai_dc")
    assert [
        one.identifier for one in parse_page(page(record("1"), record("2", deep)), "oai_dc").quarantined
    ] == ["2"]


@pytest.mark.parametrize("hostile", ["<!--", "<![CDATA[", "<?", "&", "<", "<?xml ", "&#xD800;", "<a:"])
def test_a_page_full_of_openings_takes_no_longer_than_its_size(hostile: str) -> None:
    """Looking for the end of each of them would take hours."""
    assert "1" in names(parse_page(page(record("1"), record("2", hostile * 100_000)), "oai_dc"))


@pytest.mark.parametrize(
    "label", ["hex", "idna", "undefined", "utf_7", "unicode_escape", "mbcs", "x" * 300, "."]
)
def test_labels_that_are_no_encodings_of_text_are_not_believed(label: str) -> None:
    made = page(record("1", "훈민정음")).decode().replace('"UTF-8"', f'"{label}"')
    for encoding in ("utf_8", "cp949"):
        assert title(parse_page(made.encode(encoding), "oai_dc").records[0]) == "훈민정음"


def test_a_list_of_another_shape_does_not_read_as_empty() -> None:
    read = parse_page(page("<records>" + record("1") + "</records>"), "oai_dc")
    assert (read.records, [one.reason for one in read.quarantined]) == ((), ["record_unknown"])
    bare = f'<OAI-PMH xmlns="{OAI}"><Identify><repositoryName>x</repositoryName></Identify></OAI-PMH>'
    assert parse_page(bare.encode(), "oai_dc").error == "unknown"


def test_codes_of_errors_are_told_in_any_case() -> None:
    raw = f'<OAI-PMH xmlns="{OAI}"><error code="norecordsmatch "/></OAI-PMH>'.encode()
    assert parse_page(raw, "oai_dc").error == "noRecordsMatch"


def test_a_record_without_its_end_does_not_swallow_the_next() -> None:
    open_ended = record("2").replace("</metadata></record>", "")
    for records in ([record("1"), open_ended, record("3")], [record("1"), record("3"), open_ended]):
        read = parse_page(page(*records, token="<resumptionToken>t</resumptionToken>"), "oai_dc")
        assert names(read) == ["1", "3"] and read.token == "t"
        assert [one.identifier for one in read.quarantined] == ["2"]


def test_bytes_between_records_are_kept() -> None:
    read = parse_page(page(record("1"), "<junk>&", record("2")), "oai_dc")
    assert names(read) == ["1", "2"]
    assert [one.raw for one in read.quarantined] == [b"<junk>&"]


def test_records_before_a_damaged_list_are_kept() -> None:
    raw = page(record("1"), record("2", "<ListRecords>"), record("3")).replace(
        b"<ListRecords>", b"<ListRecor ds>", 1
    )
    read = parse_page(raw, "oai_dc")
    assert names(read) == ["3"] and read.quarantined[0].identifier == "1"
    assert b"<identifier>2<" in b"".join(one.raw for one in read.quarantined)


def test_records_inside_payloads_are_not_taken_for_records() -> None:
    marc = '<record xmlns="http://www.loc.gov/MARC21/slim"><leader>x{}</leader></record>'
    header = "<header><identifier>{}</identifier></header>"
    made = [
        f"<record>{header.format(n)}<metadata>{marc.format(text)}</metadata></record>"
        for n, text in (("1", ""), ("2", "<b>"), ("3", ""))
    ]
    read = parse_page(page(*made), "marcxml")
    assert names(read) == ["1", "3"] and len(read.quarantined) == 1


def test_prefixed_envelopes_and_blanks_before_the_declaration() -> None:
    body = (
        f'<o:OAI-PMH xmlns:o="{OAI}"><o:ListRecords><o:record><o:header><o:identifier>1</o:identifier></o:header>'
        f"<o:metadata>{DC.format('가')}</o:metadata></o:record></o:ListRecords></o:OAI-PMH>"
    )
    blank = b'\r\n <?xml version="1.0" encoding="UTF-8"?>' + body.encode()
    assert names(parse_page(body.encode(), "oai_dc")) == ["1"]
    read = parse_page(blank, "oai_dc")
    assert names(read) == ["1"] and read.repaired


def test_an_envelope_of_the_wrong_namespace_is_read() -> None:
    root = '<OAI-PMH xmlns="http://www.openarchives.org/OAI/1.1/OAI_ListRecords">'
    assert names(parse_page(page(record("1"), root=root), "oai_dc")) == ["1"]


def test_a_token_behind_the_list_is_found() -> None:
    after = "<resumptionToken>2023:100</resumptionToken>"
    assert parse_page(page(record("1"), after=after), "oai_dc").token == "2023:100"
    assert parse_page(page(record("1"), record("2", "&"), after=after), "oai_dc").token == "2023:100"


def test_a_broken_token_never_reads_as_the_end() -> None:
    read = parse_page(page(record("1"), token="<resumptionToken>a&b</resumptionToken>"), "oai_dc")
    assert read.token == "a&b" and read.repaired
    for token in ("<resumptionToken>a<b></resumptionToken>", "<resumptionToken>a"):
        assert code(page(record("1"), token=token)) == "answer_not_wellformed"


def test_nameless_records_are_quarantined() -> None:
    read = parse_page(page(record(""), record("x" * 513), "<record><metadata/></record>"), "oai_dc")
    reasons = [one.reason for one in read.quarantined]
    assert reasons == ["identifier_missing", "identifier_too_long", "identifier_missing"]


@pytest.mark.parametrize("ending", [1, 9, 40, 300])
def test_a_truncated_page_is_no_shorter_list(ending: int) -> None:
    assert code(page(record("1"), record("2"))[:-ending]) == "answer_truncated"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"<!doctype html><html><body>Blocked<br></body></html>", "answer_not_oai"),
        ("<html><body>접근이 차단되었습니다</body></html>".encode(), "answer_not_oai"),
        (b'{"error": "busy"}', "answer_not_oai"),
        (b" ", "answer_truncated"),
        (b"broken xml", "answer_not_oai"),
        (b'<!DOCTYPE OAI-PMH [<!ENTITY a "b">]><OAI-PMH>&a;</OAI-PMH>', "answer_unsafe"),
        ('<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a [<!ENTITY b "c">]><a/>'.encode("utf-16"),
         "answer_unsafe"),
    ],
)  # fmt: skip
def test_what_is_not_oai_is_a_coded_failure(raw: bytes, expected: str) -> None:
    assert code(raw) == expected
    with pytest.raises(TransferError):
        parse_answer(raw)


def test_protocol_errors_are_read() -> None:
    raw = f'<OAI-PMH xmlns="{OAI}"><error code="noRecordsMatch">none</error></OAI-PMH>'.encode()
    assert parse_page(raw, "oai_dc").error == "noRecordsMatch"


def test_hostile_documents_are_refused_at_once(shared_data: Path) -> None:
    for path in sorted((shared_data / "hostile").glob("*.xml")):
        begun = time.perf_counter()
        assert code(path.read_bytes()) in ("answer_unsafe", "answer_not_oai")
        assert time.perf_counter() - begun < 1


def test_real_pages_are_read_whole(shared_data: Path) -> None:
    folder = shared_data / "oai"
    expected = {"harvard_mods_oai-page.xml": 10, "nsdl_GoodResponseSinglePage.xml": 162}
    for path in sorted(folder.rglob("*.xml")):
        if path.name == "ListRecordsBroken.xml":
            assert code(path.read_bytes()) == "answer_not_oai"
            continue
        read = parse_page(path.read_bytes(), "x")
        assert not read.repaired
        assert len(read.records) == expected.get(path.name, len(read.records))
    pages = [
        parse_page((folder / "sickle" / f"ListRecords{n}.xml").read_bytes(), "x") for n in ("", "2", "3", "4")
    ]
    assert [len(one.records) for one in pages] == [2, 2, 2, 1]
    assert [one.reason for one in pages[3].quarantined] == ["identifier_missing"]


DAMAGE = (
    b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<record>", b"</record>", b"<header>", b"</metadata>", b"<ListRecords>",
    b"</ListRecords>", b"<OAI-PMH>", b"</OAI-PMH>", b"<resumptionToken>", b"<?xml version='1.0' encoding='euc-kr'?>",
    b"&nbsp;", b"&#xD800;", b"&", b"<", b"\xff", b"\xc3\xab", b"\xc8\xc6", b"\xef\xbb\xbf",
)  # fmt: skip


@given(st.data())
def test_damage_anywhere_is_never_a_crash_and_never_a_silent_loss(data: st.DataObject) -> None:
    raw = page(*(record(str(n)) for n in range(4)), token="<resumptionToken>t</resumptionToken>")
    at = data.draw(st.integers(0, len(raw)))
    damaged = (
        raw[:at]
        + data.draw(st.binary(max_size=8) | st.sampled_from(DAMAGE))
        + raw[at + data.draw(st.integers(0, 12)) :]
    )
    try:
        read = parse_page(damaged, "oai_dc")
    except TransferError:
        return
    kept = b"".join(one.raw for one in read.quarantined)
    for n in range(4):
        legible = f"<identifier>{n}</identifier>".encode()
        assert legible not in damaged or str(n) in names(read) or legible in kept
