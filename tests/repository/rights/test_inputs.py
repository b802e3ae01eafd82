from __future__ import annotations

import pytest

from repository.dates import parse
from repository.item import Claim, Description, Title
from repository.names import parse_agent
from repository.rights.decision import ClaimInput, MakerInput
from repository.rights.inputs import gather
from repository.rights.policy import decide
from repository.rights.table import load


def described(*dates: tuple[str, str], claims: tuple[Claim, ...] = ()) -> Description:
    return Description(
        titles=(Title("대동여지도", "ko"),),
        type="map",
        agents=(parse_agent("김정호(金正浩, ?~1866 이전)", "ctg"),),
        dates=tuple(parse(text, role)[0] for text, role in dates),
        claims=claims,
    )


def test_claims_makers_and_years_are_gathered_and_decided() -> None:
    claims = (Claim("저작권 만료"), Claim("설명은 허락을 받아 이용", layer="text"))
    inputs, problems = gather(
        described(("철종 12년(1861)", "created"), claims=claims), grants=("train", "display")
    )
    assert inputs.claims == (
        ClaimInput("work", "저작권 만료", "", "expired"),
        ClaimInput("text", "설명은 허락을 받아 이용", "", ""),
    )
    assert inputs.makers == (MakerInput("ctg", "person", None, None, 1866),)
    assert (inputs.published, inputs.grants) == (1861, ("display", "train"))
    assert [one.code for one in problems] == ["rights_unknown"]
    decision = decide("x", inputs, load())
    assert (decision.rulings.train.answer, decision.rulings.train.rule) == ("yes", "K10")


@pytest.mark.parametrize(
    ("value", "uri", "layer", "mark"),
    [
        ("설명: CC0 1.0", "", "text", "cc0-1.0"),
        ("설명: CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/", "text", "cc0-1.0"),
        ("Metadata：CC0 1.0", "", "text", "cc0-1.0"),
        ("이미지: 공공누리 제1유형", "", "reproduction", "kogl-1"),
        ("이미지: 누구나 씁니다", "", "reproduction", ""),
        ("설명: CC0 1.0", "", "reproduction", ""),
        ("설명: CC0 1.0", "", "work", ""),
        ("출처: 공공누리 제1유형", "", "text", ""),
    ],
)
def test_a_label_says_of_what_a_claim_speaks_and_is_no_part_of_it(
    value: str, uri: str, layer: str, mark: str
) -> None:
    inputs, _problems = gather(described(claims=(Claim(value, uri, layer=layer),)))
    assert inputs.claims == (ClaimInput(layer, value, uri, mark),)


def test_a_files_own_claims_stand_beside_and_empty_ones_are_none() -> None:
    own = (Claim("CC BY-NC 4.0", layer="reproduction"), Claim("  "))
    inputs, problems = gather(described(claims=(Claim("공공누리 제1유형"),)), claims=own)
    assert [(one.layer, one.mark) for one in inputs.claims] == [
        ("work", "kogl-1"),
        ("reproduction", "cc-by-nc-4.0"),
    ]
    assert problems == ()


@pytest.mark.parametrize(
    ("dates", "published"),
    [
        ((("1861", "created"), ("1931", "issued")), 1931),
        ((("1861", "created"), ("1950", "depicted")), 1861),
        ((("1861", "created"), ("미상", "issued")), 1861),
        ((("1861", "created"), ("1950년 이후", "issued")), None),
        ((("신유년", "created"),), None),
        ((), None),
    ],
)
def test_the_latest_year_of_making_or_publication_counts(
    dates: tuple[tuple[str, str], ...], published: int | None
) -> None:
    assert gather(described(*dates))[0].published == published
