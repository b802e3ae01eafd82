from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from repository.errors import ConfigurationError
from repository.item import canonical
from repository.rights.decision import (
    Answer,
    ClaimInput,
    Decision,
    Degree,
    Inputs,
    MakerInput,
    Ruling,
    Rulings,
    Use,
    allows,
    original_may_be_seen,
)
from repository.rights.duties import duty
from repository.rights.policy import decide, problems
from repository.rights.table import CURRENT, RuleTable, load
from repository.rights.vocabulary import marks

TABLE = load()
STRICTNESS = {answer: place for place, answer in enumerate(Answer)}
AI = "prevent_similar_output cite_when_quoting no_resale_of_dataset"
KIM_JEONGHO = MakerInput("ctg", "person", 1804, None, 1866)
PICASSO = MakerInput("art", "person", 1881, 1973)
DIED_1960 = MakerInput("aut", "person", 1890, 1960)


def claim(mark: str, layer: str = "work") -> ClaimInput:
    return ClaimInput(layer, mark, mark=mark)


def decided(*found: str, type: str = "book", **others: object) -> Decision:
    inputs = msgspec.convert({"type": type, "claims": tuple(map(claim, found)), **others}, Inputs)
    return decide("x", inputs, TABLE)


def answers(decision: Decision, country: str = "KR") -> tuple[str, str, str, str]:
    """The four answers, short: yes, ask, no, or the duties."""
    found = [decision.ruling(use, country) for use in Use]
    return tuple(" ".join(one.duties) or one.answer.value for one in found)  # type: ignore[return-value]  # four uses, four answers


CITE, BY = "cite_source", "cite_source keep_author_name"
BY_MARK = {
    "kogl-0": ("yes", "yes", "yes"),
    "expired": ("yes", "yes", "yes"),
    "kogl-1": (CITE, CITE, "ask"),
    "kogl-2": (f"{CITE} noncommercial", f"{CITE} noncommercial", "no"),
    "kogl-3": (f"{CITE} no_change", f"{CITE} no_change", "no"),
    "kogl-4": (f"{CITE} no_change noncommercial", f"{CITE} no_change noncommercial", "no"),
    "kogl-1-ai": (CITE, CITE, AI),
    "kogl-4-ai": (f"{CITE} no_change noncommercial", f"{CITE} no_change noncommercial", AI),
    "cc0-1.0": ("yes", "yes", "yes"),
    "pdm-1.0": ("yes", "ask", "ask"),
    "cc-by-4.0": (BY, BY, BY),
    "cc-by": (BY, BY, "ask"),
    "cc-by-sa-3.0-de": (f"{BY} share_alike", f"{BY} share_alike", "ask"),
    "cc-by-nc-2.0-kr": (f"{BY} noncommercial", f"{BY} noncommercial", "no"),
    "cc-by-nd-4.0": (f"{BY} no_change", f"{BY} no_change", "no"),
    "in-copyright": ("no", "no", "no"),
    "all-rights-reserved": ("no", "no", "no"),
    "rs-inc": ("no", "no", "no"),
    "rs-inc-ow-eu": ("ask", "no", "no"),
    "rs-inc-ruu": ("ask", "no", "no"),
    "rs-inc-edu": (CITE, "ask", "no"),
    "rs-inc-nc": (f"{CITE} noncommercial", f"{CITE} noncommercial", "no"),
    "rs-noc-nc": ("yes", "noncommercial", "no"),
    "rs-noc-cr": ("yes", "ask", "ask"),
    "rs-noc-oklr": ("ask", "ask", "ask"),
    "rs-noc-us": ("ask", "ask", "ask"),
    "rs-nkc": ("yes", "ask", "ask"),
    "rs-cne": ("ask", "no", "no"),
    "rs-und": ("ask", "no", "no"),
    "": ("no", "no", "no"),
    "none": ("no", "no", "no"),
    "a mark of another table": ("no", "no", "no"),
}


@pytest.mark.parametrize(("mark", "expected"), BY_MARK.items())
def test_what_each_mark_allows(mark: str, expected: tuple[str, str, str]) -> None:
    assert answers(decided(mark)) == ("yes", *expected)


def test_silence_opens_the_description_only() -> None:
    decision = decided()
    assert answers(decision) == ("yes", "no", "no", "no")
    assert (decision.mark, decision.degree, decision.rulings.view.rule) == ("none", Degree.CLOSED, "S00")
    assert [one.code for one in problems(decision.inputs, TABLE)] == ["rights_missing"]


def test_every_mark_has_a_row_and_every_row_is_sound() -> None:
    unruled = {code for code, mark in marks().items() if not {code, mark.family} & TABLE.by_mark.keys()}
    assert unruled == {"none"}
    assert set(TABLE.by_mark) <= {mark.family for mark in marks().values()}
    rows = [*TABLE.marks, *TABLE.evidence, *TABLE.gates.values(), *TABLE.fixed.values()]
    rows += [row for country in TABLE.countries.values() for row in country.rows]
    assert len({row.code for row in rows}) == len(rows)
    for row in rows:
        assert all((row.ko, row.en, row.basis_ko, row.basis_en))
        for use in Use:
            ruling = row.rulings.of(use)
            assert bool(ruling.duties) == (ruling.answer is Answer.YES_WITH)
            assert all(duty(code) for code in ruling.duties)


def test_an_unknown_version_of_the_table_is_a_setting_at_fault() -> None:
    for version in ("1999-01", "../rules-2026-11", ""):
        with pytest.raises(ConfigurationError):
            load(version)


# Evidence: it bears a claim out or contradicts it, and frees nothing alone.


def test_evidence_alone_frees_nothing() -> None:
    assert answers(decided(makers=(KIM_JEONGHO,), published=1861)) == ("yes", "no", "no", "no")
    assert answers(decided("in-copyright", makers=(KIM_JEONGHO,), published=1861))[1:] == ("no", "no", "no")


@pytest.mark.parametrize(
    ("type", "makers", "published", "rule", "expected"),
    [
        ("map", (KIM_JEONGHO,), 1861, "K10", ("yes", "yes", "yes")),
        ("book", (MakerInput("aut", "person", None, 1962),), 1950, "K10", ("yes", "yes", "yes")),
        ("book", (MakerInput("aut", "person", None, 1963),), 1950, "K12", ("no", "no", "no")),
        ("book", (DIED_1960, PICASSO), 1950, "K12", ("no", "no", "no")),
        ("book", (DIED_1960, MakerInput("aut", "person")), 1950, "K13D", ("yes", "yes", "ask")),
        ("book", (DIED_1960, MakerInput("pbl", "body")), 1950, "K10", ("yes", "yes", "yes")),
        ("painting", (), 1880, "K14", ("yes", "yes", "yes")),
        ("painting", (), 1900, "L00E", ("yes", "yes", "yes")),
        ("painting", (MakerInput("art", "unknown"),), 1920, "K13D", ("yes", "yes", "ask")),
        ("painting", (), 1970, "K13", ("ask", "no", "no")),
        ("document", (MakerInput("aut", "body"),), 1919, "K20", ("yes", "yes", "yes")),
        ("document", (MakerInput("aut", "body"),), 1963, "K21", ("no", "no", "no")),
        ("photograph", (PICASSO,), 1930, "K42", ("yes", "yes", "ask")),
        ("photograph", (), 1970, "K41", ("yes", "ask", "ask")),
        ("photograph", (PICASSO,), 1977, "K12", ("no", "no", "no")),
        ("video", (), 1950, "K50", ("yes", "yes", "ask")),
        ("video", (), 1963, "K51", ("no", "no", "no")),
        ("sound", (), 1930, "K52", ("ask", "ask", "no")),
        ("newspaper", (), 1930, "K23", ("yes", "yes", "ask")),
        ("book", (), None, "L00E", ("yes", "yes", "yes")),
    ],
)
def test_makers_and_years_bear_out_or_contradict_an_expiry(
    type: str,
    makers: tuple[MakerInput, ...],
    published: int | None,
    rule: str,
    expected: tuple[str, str, str],
) -> None:
    decision = decided("expired", type=type, makers=makers, published=published)
    assert answers(decision)[1:] == expected
    assert rule in {decision.ruling(use).rule for use in Use}


def test_a_contradicted_expiry_is_a_problem_and_a_licence_on_an_expired_work_a_note() -> None:
    contradicted = decided("expired", makers=(PICASSO,), published=1950)
    assert [one.code for one in problems(contradicted.inputs, TABLE)] == ["expired_contradicted"]
    marked = decided("kogl-1", makers=(KIM_JEONGHO,), published=1861)
    assert [one.code for one in problems(marked.inputs, TABLE)] == ["mark_on_expired"]
    assert problems(decided("kogl-0", makers=(KIM_JEONGHO,), published=1861).inputs, TABLE) == ()


def test_a_label_of_public_domain_is_cleared_by_evidence() -> None:
    for mark in ("pdm-1.0", "rs-noc-us"):
        assert answers(decided(mark, makers=(KIM_JEONGHO,), published=1861)) == ("yes",) * 4
        assert answers(decided(mark, makers=(PICASSO,), published=1950))[1:] == ("no",) * 3


# Countries


@pytest.mark.parametrize(
    ("mark", "makers", "published", "elsewhere"),
    [
        ("expired", (DIED_1960,), 1950, ("yes", "yes", "ask", "ask")),
        ("expired", (DIED_1960,), 1930, None),
        ("expired", (MakerInput("aut", "person", None, 1955),), 1950, None),
        ("expired", (MakerInput("aut", "body"),), 1956, None),
        ("expired", (MakerInput("aut", "body"),), 1957, ("yes", "yes", "ask", "ask")),
        ("expired", (), None, ("yes", "yes", "ask", "ask")),
        ("expired", (), 1446, None),
        ("kogl-0", (DIED_1960,), 1950, ("yes", "yes", "ask", "ask")),
        ("kogl-1-ai", (DIED_1960,), 1950, None),
        ("cc0-1.0", (), None, None),
    ],
)
def test_free_in_korea_is_not_free_in_the_united_states(
    mark: str, makers: tuple[MakerInput, ...], published: int | None, elsewhere: tuple[str, ...] | None
) -> None:
    decision = decided(mark, makers=makers, published=published)
    assert allows(decision, Use.REUSE)
    assert ("US" in decision.elsewhere) == (elsewhere is not None)
    assert answers(decision, "US") == (elsewhere or answers(decision))


# Layers


def test_the_strictest_claim_of_a_layer_wins_and_is_said() -> None:
    decision = decided("kogl-1", "kogl-4")
    assert answers(decision) == answers(decided("kogl-4"))
    assert decision.mark == "kogl-4"
    assert [one.code for one in problems(decision.inputs, TABLE)] == ["rights_conflict"]
    assert answers(decided("kogl-1-ai", ""))[1:] == ("no", "no", "no")


def test_a_bare_copyright_notice_contradicts_no_licence_but_a_reservation_does() -> None:
    assert answers(decided("kogl-1", "in-copyright")) == answers(decided("kogl-1"))
    assert problems(decided("kogl-1", "in-copyright").inputs, TABLE) == ()
    for free in ("kogl-0", "expired", "cc0-1.0", "pdm-1.0"):
        assert answers(decided(free, "in-copyright"))[1:] == ("no", "no", "no")
    assert answers(decided("kogl-1", "all-rights-reserved"))[1:] == ("no", "no", "no")


def test_the_strictest_layer_wins() -> None:
    inputs = Inputs("painting", claims=(claim("kogl-0"), claim("cc-by-nc-4.0", "reproduction")))
    decision = decide("x", inputs, TABLE)
    assert answers(decision)[1:] == (f"{BY} noncommercial", f"{BY} noncommercial", "no")
    assert decision.mark == "cc-by-nc-4.0"
    assert [layer.mark for layer in decision.layers] == ["kogl-0", "cc-by-nc-4.0", "none"]


def test_a_free_reproduction_opens_no_silent_work() -> None:
    inputs = Inputs("painting", claims=(claim("cc0-1.0", "reproduction"),))
    assert answers(decide("x", inputs, TABLE))[1:] == ("no", "no", "no")


def test_a_photograph_of_an_object_must_be_asked_for_unless_its_rights_are_known() -> None:
    assert answers(decided("kogl-0", type="painting"))[1:] == ("yes", "yes", "yes")
    assert answers(decided("kogl-0", type="object"))[1:] == ("yes", "ask", "ask")
    assert answers(decided("kogl-0", type="unknown"))[1:] == ("yes", "ask", "ask")
    assert answers(decided("kogl-0", type="object", grants=("download",)))[1:] == ("yes", "yes", "ask")
    known = Inputs("object", claims=(claim("kogl-0"), claim("kogl-0", "reproduction")))
    assert answers(decide("x", known, TABLE))[1:] == ("yes", "yes", "yes")


def test_the_text_layer_stands_apart() -> None:
    silent = decided("kogl-0")
    text = silent.layers[2]
    assert (text.layer, text.rulings.describe.answer, text.rulings.train.answer) == ("text", "yes", "ask")
    assert answers(silent) == ("yes", "yes", "yes", "yes")
    inputs = Inputs("book", claims=(claim("kogl-0"), claim("kogl-1", "text")))
    decision = decide("x", inputs, TABLE)
    assert answers(decision) == ("yes", "yes", "yes", "yes")
    assert decision.layers[2].rulings.train.answer is Answer.ASK


# Gates


def test_a_mark_for_public_bodies_by_another_is_asked_for() -> None:
    decision = decided("kogl-1-ai", provider_is_public=False)
    assert answers(decision)[1:] == (CITE, CITE, "ask")
    assert [one.code for one in problems(decision.inputs, TABLE)] == ["mark_not_grantable"]
    assert answers(decided("expired", provider_is_public=False))[3] == "ask"
    borne_out = decided("expired", provider_is_public=False, makers=(KIM_JEONGHO,), published=1861)
    assert answers(borne_out)[3] == "yes"


@pytest.mark.parametrize("kind", ["error", "rights", "terms_changed", "request", "a kind yet unknown"])
def test_a_takedown_closes_all_but_the_description(kind: str) -> None:
    decision = decided("kogl-0", takedowns=(kind,), grants=("display", "download", "train"))
    assert answers(decision) == ("yes", "no", "no", "no")
    assert decision.degree is Degree.CLOSED
    assert all(layer.rulings.train.answer is Answer.NO for layer in decision.layers)


def test_a_takedown_for_privacy_closes_the_description_too() -> None:
    decision = decided("kogl-0", takedowns=("privacy", "rights"))
    assert answers(decision) == ("no", "no", "no", "no")
    assert decision.layers[2].rulings.describe.answer is Answer.NO


@pytest.mark.parametrize(
    ("gate", "expected"),
    [
        ("living_person", ("yes", "ask", "no", "no")),
        ("private_data", ("no", "no", "no", "no")),
        ("privacy_not_examined", ("yes", "yes", "yes", "no")),
        ("commissioned_portrait", ("yes", "ask", "ask", "no")),
        ("sacred", ("yes", "ask", "ask", "no")),
        ("restricted_place", ("yes", "no", "no", "no")),
        ("map_since_1945", ("yes", "yes", "no_export", "no_export")),
        ("contract_silent", ("yes", "yes", "ask", "ask")),
        ("contract_ended", ("yes", "no", "no", "no")),
        ("third_party", ("yes", "ask", "ask", "no")),
        ("a gate yet unknown", ("yes", "no", "no", "no")),
    ],
)
def test_gates_close_beside_the_marks(gate: str, expected: tuple[str, ...]) -> None:
    assert answers(decided("kogl-0", gates=(gate,))) == expected


def test_duties_of_mark_and_gate_add_up() -> None:
    decision = decided("kogl-1-ai", gates=("map_since_1945",))
    assert answers(decision)[2:] == (f"{CITE} no_export", f"{AI} no_export")


def test_the_contract_denies_single_uses() -> None:
    assert answers(decided("kogl-0", denials=("train",))) == ("yes", "yes", "yes", "no")
    assert answers(decided("kogl-0", denials=("display",))) == ("yes", "no", "yes", "yes")
    assert answers(decided("kogl-0", denials=("a use yet unknown",))) == ("yes", "no", "no", "no")
    assert decided("kogl-0", denials=("download",)).rulings.reuse == Ruling(Answer.NO, "G6")


def test_the_contract_opens_only_what_a_mark_leaves_to_it() -> None:
    everything = ("display", "download", "train")
    assert answers(decided("in-copyright", grants=everything))[1:] == ("yes", "no", "no")
    assert answers(decided("rs-noc-cr", grants=everything))[1:] == ("yes", "yes", "yes")
    assert answers(decided("", grants=everything))[1:] == ("no", "no", "no")
    assert answers(decided("all-rights-reserved", grants=everything))[1:] == ("no", "no", "no")


# Degree


def test_viewing_is_reduced_where_the_original_may_not_be_had() -> None:
    by_row = decided("in-copyright", grants=("display",))
    assert (by_row.degree, by_row.max_px) == (Degree.REDUCED, 1024)
    smaller = decided("in-copyright", grants=("display",), view_px=600)
    assert (smaller.degree, smaller.max_px) == (Degree.REDUCED, 600)
    asked = decided("rs-nkc", view_px=800)
    assert (asked.degree, asked.max_px) == (Degree.REDUCED, 800)
    assert allows(asked, Use.VIEW)
    assert not original_may_be_seen(asked)
    free = decided("kogl-1", view_px=800)
    assert (free.degree, free.max_px) == (Degree.OPEN, 0)


# Laws

INPUTS = st.builds(
    Inputs,
    type=st.sampled_from(["book", "map", "photograph", "object", "video", "newspaper", "unknown"]),
    claims=st.lists(
        st.builds(
            lambda layer, mark: claim(mark, layer),
            st.sampled_from(["work", "reproduction", "text"]),
            st.sampled_from([*BY_MARK]),
        ),
        max_size=4,
    ).map(tuple),
    makers=st.lists(
        st.builds(
            MakerInput,
            role=st.sampled_from(["aut", "pht", "pbl"]),
            kind=st.sampled_from(["person", "body", "unknown"]),
            died=st.none() | st.integers(1400, 2020),
            died_by=st.none() | st.integers(1400, 2020),
        ),
        max_size=2,
    ).map(tuple),
    published=st.none() | st.integers(1400, 2025),
    provider_is_public=st.booleans(),
    grants=st.sets(st.sampled_from(["display", "download", "train"])).map(lambda found: tuple(sorted(found))),
    denials=st.sets(st.sampled_from(["display", "download", "train"])).map(
        lambda found: tuple(sorted(found))
    ),
    gates=st.sets(st.sampled_from([*TABLE.gates, "other"])).map(lambda found: tuple(sorted(found))),
    view_px=st.sampled_from([0, 800]),
)


def no_freer(after: Rulings, before: Rulings) -> bool:
    """Tell whether no answer became freer, and no duty was lost where both grant."""
    for use in Use:
        one, other = after.of(use), before.of(use)
        if STRICTNESS[one.answer] < STRICTNESS[other.answer]:
            return False
        if one.answer is other.answer is Answer.YES_WITH and not {*one.duties} >= {*other.duties}:
            return False
    return True


@settings(deadline=None)
@given(INPUTS)
def test_a_stored_decision_is_recomputed_from_its_inputs(inputs: Inputs) -> None:
    decision = decide("x", inputs, TABLE)
    stored = msgspec.json.decode(canonical(decision), type=Decision)
    assert decide(stored.subject, stored.inputs, load(stored.table_version)) == stored == decision
    assert stored.table_version == CURRENT


@settings(deadline=None)
@given(INPUTS, st.sampled_from(["work", "reproduction"]))
def test_a_claim_that_nobody_understands_never_frees(inputs: Inputs, layer: str) -> None:
    before = decide("x", inputs, TABLE)
    more = msgspec.structs.replace(inputs, claims=(*inputs.claims, claim("", layer)))
    after = decide("x", more, TABLE)
    assert no_freer(after.rulings, before.rulings)
    assert not any(allows(after, use) for use in (Use.VIEW, Use.REUSE, Use.TRAIN))


@settings(deadline=None)
@given(INPUTS, st.sampled_from([mark for mark in BY_MARK if mark]))
def test_one_claim_more_on_a_layer_that_has_some_never_frees(inputs: Inputs, mark: str) -> None:
    """A licence beside a bare notice is the one exception: the notice says only that there is copyright."""
    for layer in ("work", "reproduction"):
        marked = {one.mark for one in inputs.claims if one.layer == layer}
        if marked and marked != {"in-copyright"}:
            more = msgspec.structs.replace(inputs, claims=(*inputs.claims, claim(mark, layer)))
            assert no_freer(decide("x", more, TABLE).rulings, decide("x", inputs, TABLE).rulings)


@settings(deadline=None)
@given(INPUTS, st.sampled_from(["gates", "denials", "takedowns"]), st.data())
def test_one_gate_more_never_frees(inputs: Inputs, field: str, data: st.DataObject) -> None:
    choices = {
        "gates": [*TABLE.gates],
        "denials": ["display", "download", "train"],
        "takedowns": ["rights", "privacy"],
    }
    added = data.draw(st.sampled_from(choices[field]))
    more = msgspec.structs.replace(inputs, **{field: (*getattr(inputs, field), added)})
    assert no_freer(decide("x", more, TABLE).rulings, decide("x", inputs, TABLE).rulings)


@settings(deadline=None)
@given(INPUTS)
def test_a_takedown_closes_everything_everywhere(inputs: Inputs) -> None:
    decision = decide("x", msgspec.structs.replace(inputs, takedowns=("rights",)), TABLE)
    for country in ("KR", "US"):
        assert not any(allows(decision, use, country) for use in (Use.VIEW, Use.REUSE, Use.TRAIN))
    assert not original_may_be_seen(decision)


@settings(deadline=None)
@given(INPUTS)
def test_no_country_is_freer_than_korea(inputs: Inputs) -> None:
    decision = decide("x", inputs, TABLE)
    for rulings in decision.elsewhere.values():
        assert no_freer(rulings, decision.rulings)
        assert rulings != decision.rulings


def test_the_table_is_a_value(table: RuleTable = TABLE) -> None:
    assert load() is table
    with pytest.raises(AttributeError):
        table.version = "other"  # type: ignore[misc]  # what must fail
