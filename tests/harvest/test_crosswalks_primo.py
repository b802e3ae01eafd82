"""Primo's normalized records: what is displayed describes the thing, the rest repeats it."""

from __future__ import annotations

from harvest.crosswalks import to_draft
from repository.item import Claim, Note, Text, Title

RECORD = """<s:DOC xmlns:s="http://www.exlibrisgroup.com/xsd/jaguar/search">
<PrimoNMBib xmlns="http://www.exlibrisgroup.com/xsd/primo/primo_nm_bib"><record>
<control><sourcerecordid>works_1</sourcerecordid><sourceid>x</sourceid></control>
<display><type>book</type><title>옛이야기</title><creator>김가람</creator><publisher>글샘</publisher>
<creationdate>2012</creationdate><format>120 p.</format><format>application/pdf</format>
<identifier> http://library.example/1 </identifier><identifier>811</identifier><subject>Art; Poetry</subject>
<description>Stories.</description><language>kor</language><ispartof>Series</ispartof>
<rights>https://creativecommons.org/licenses/by/4.0/</rights><lds01>a library</lds01></display>
<search><title>옛이야기</title></search><sort><title>x</title></sort></record></PrimoNMBib>
<s:LINKS><s:linktorsrc>http://library.example/1</s:linktorsrc>
<s:thumbnail>http://library.example/1/TN</s:thumbnail><s:thumbnail>http://library.example/1/TN</s:thumbnail>
</s:LINKS></s:DOC>"""


def test_a_record_in_its_wrapping() -> None:
    made = to_draft(RECORD.encode(), "primo")
    item = made.description
    assert (item.titles, item.type, item.languages) == ((Title("옛이야기", "ko"),), "book", ("ko",))
    assert [(agent.names[0].value, agent.role) for agent in item.agents] == [
        ("김가람", "cre"),
        ("글샘", "pbl"),
    ]
    assert [date.edtf for date in item.dates] == ["2012"]
    assert (item.subjects, item.extents) == ((Text("Art"), Text("Poetry")), (Text("120 p."),))
    assert (item.notes, item.relations) == ((Note("Stories."),), (Text("Series"),))
    assert (item.shown_at, item.identifiers) == ("http://library.example/1", ("811", "works_1"))
    assert item.claims == (
        Claim("", "https://creativecommons.org/licenses/by/4.0/", field="PrimoNMBib/record/display/rights"),
    )
    assert [ref.url for ref in made.media] == ["http://library.example/1/TN"]
    assert [(one.code, one.value) for one in made.problems] == [
        ("field_not_consumed", "a library"),
        ("field_not_consumed", "x"),
    ]


def test_an_empty_record() -> None:
    empty = b'<DOC xmlns="http://www.exlibrisgroup.com/xsd/jaguar/search"/>'
    assert "title_missing" in [one.code for one in to_draft(empty, "primo").problems]
