"""From inputs to a decision by a rule table: one pure function, and what is wrong with the inputs.

Each layer is judged by its own claims, and the strictest claim wins there; the item follows the strictest of
work and reproduction, and then of every gate. The text layer stands apart: a description without a rights
statement keeps no original from anybody. What no rule knows, closes.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from repository.problems import Problem, problem
from repository.rights.decision import (
    Answer,
    ClaimInput,
    Decision,
    Degree,
    Inputs,
    LayerDecision,
    Ruling,
    Rulings,
    Use,
)
from repository.rights.duties import ordered
from repository.rights.evidence import facts, first_match
from repository.rights.table import Rule, RuleTable
from repository.rights.vocabulary import marks, unversioned, without_bare_notice

NO_MARK = "none"
GRANTED = (Answer.YES, Answer.YES_WITH)
_STRICTNESS = {answer: place for place, answer in enumerate(Answer)}
_CONTRACT: dict[str, str] = {Use.VIEW: "display", Use.REUSE: "download", Use.TRAIN: "train"}


def decide(subject: str, inputs: Inputs, table: RuleTable) -> Decision:
    """Judge one item or asset; equal inputs and tables always give equal decisions."""
    gates = _gates(inputs, table)
    work = _work(inputs, table)
    reproduction = _reproduction(work, inputs, table)
    text = _text(inputs, table)
    layers = tuple(_under(layer, gates) for layer in (work, reproduction, text))
    rulings = _strictest([layers[0].rulings, layers[1].rulings])
    degree, max_px = _degree(rulings, layers[:2], inputs, table)
    return Decision(
        subject=subject,
        rulings=rulings,
        degree=degree,
        mark=max(layers[:2], key=lambda layer: _weight(layer.rulings)).mark,
        table_version=table.version,
        inputs=inputs,
        max_px=max_px,
        elsewhere=_elsewhere(rulings, layers[:2], inputs, table),
        layers=layers,
    )


def problems(inputs: Inputs, table: RuleTable) -> tuple[Problem, ...]:
    """Say what is wrong with the claims taken together; `normalise` has said what is wrong with each."""
    found = [problem("rights_missing", "rights")] if not _claims(inputs, "work") else []
    for layer in ("work", "reproduction", "text"):
        codes = sorted({claim.mark for claim in _claims(inputs, layer)})
        rules = {_rule(code, table).code for code in without_bare_notice(set(codes))}
        if len(rules) > 1:
            found.append(problem("rights_conflict", layer, ", ".join(code or NO_MARK for code in codes)))
    for mark in sorted({claim.mark for claim in inputs.claims}):
        found += _problems_of_mark(mark, inputs, table)
    return tuple(found)


def _problems_of_mark(mark: str, inputs: Inputs, table: RuleTable) -> list[Problem]:
    known = marks().get(mark)
    if known is None:
        return []
    if known.public_bodies and not inputs.provider_is_public:
        return [problem("mark_not_grantable", "rights", mark)]
    evidence = first_match(table.evidence, facts(inputs, table.not_authors))
    stance = evidence.stance if evidence else ""
    if known.within_copyright and mark.startswith("kogl") and stance == "supports":
        return [problem("mark_on_expired", "rights", mark)]
    if _rule(mark, table).weighs_evidence and stance == "contradicts":
        return [problem("expired_contradicted", "rights", mark)]
    return []


# Layers


def _claims(inputs: Inputs, layer: str) -> list[ClaimInput]:
    return [claim for claim in inputs.claims if claim.layer == layer]


def _work(inputs: Inputs, table: RuleTable) -> LayerDecision:
    claims = _claims(inputs, "work")
    if not claims:
        return LayerDecision("work", NO_MARK, table.fixed["silence"].rulings)
    return _by_claims("work", claims, inputs, table)


def _reproduction(work: LayerDecision, inputs: Inputs, table: RuleTable) -> LayerDecision:
    """Judge the photograph or scan: without claims, a flat copy follows the work, one of an object must be asked."""
    claims = _claims(inputs, "reproduction")
    if claims:
        return _by_claims("reproduction", claims, inputs, table)
    if inputs.type in table.flat_types:
        return LayerDecision("reproduction", work.mark, work.rulings)
    opened = _by_contract(table.fixed["object_photograph"].rulings, (Use.REUSE, Use.TRAIN), inputs, table)
    return LayerDecision("reproduction", work.mark, _strictest([work.rulings, opened]))


def _text(inputs: Inputs, table: RuleTable) -> LayerDecision:
    claims = _claims(inputs, "text")
    if not claims:
        return LayerDecision("text", NO_MARK, table.fixed["text_silence"].rulings)
    return _by_claims("text", claims, inputs, table)


def _by_claims(layer: str, claims: Iterable[ClaimInput], inputs: Inputs, table: RuleTable) -> LayerDecision:
    """Follow the strictest of a layer's claims."""
    codes = sorted(without_bare_notice({claim.mark for claim in claims}))
    judged = [(code, _of_mark(code, layer, inputs, table)) for code in codes]
    mark, _ = max(judged, key=lambda pair: _weight(pair[1]))
    return LayerDecision(layer, mark if mark in marks() else NO_MARK, _strictest([r for _, r in judged]))


def _rule(mark: str, table: RuleTable) -> Rule:
    """Give the row of a mark, else of its family, else the row for what is not recognised."""
    known = marks().get(mark)
    family = table.by_mark.get(known.family) if known else None
    return table.by_mark.get(mark) or family or table.fixed["unrecognised"]


def _of_mark(mark: str, layer: str, inputs: Inputs, table: RuleTable) -> Rulings:
    rule = _rule(mark, table)
    rulings = _by_contract(rule.rulings, rule.by_contract, inputs, table)
    supported = False
    # Makers and years are those of the work: they prove nothing of a later photograph or text.
    weighs = rule.weighs_evidence and layer == "work"
    evidence = first_match(table.evidence, facts(inputs, table.not_authors)) if weighs else None
    if evidence:
        supported = evidence.stance == "supports"
        rulings = _strictest([rulings, evidence.rulings]) if evidence.stance == "doubts" else evidence.rulings
    if rule.needs_public and not inputs.provider_is_public and not supported:
        rulings = _strictest([rulings, table.fixed["not_public"].rulings])
    if unversioned(mark):
        rulings = _strictest([rulings, table.fixed["unversioned"].rulings])
    return rulings


def _by_contract(rulings: Rulings, uses: Iterable[str], inputs: Inputs, table: RuleTable) -> Rulings:
    """Open those uses that the holder's contract grants."""
    granted = table.fixed["contract"].rulings
    opened = {use: getattr(granted, use) for use in uses if _CONTRACT[use] in inputs.grants}
    return msgspec.structs.replace(rulings, **opened) if opened else rulings


# Gates


def _gates(inputs: Inputs, table: RuleTable) -> list[Rulings]:
    """Give what each gate that stands lets through: takedowns, gates by name, refusals of the contract."""
    fixed = table.fixed
    rows = [
        fixed["privacy_takedown" if kind == "privacy" else "takedown"] for kind in sorted(inputs.takedowns)
    ]
    rows += [table.gates.get(gate, fixed["unlisted"]) for gate in sorted(inputs.gates)]
    denied = [_denial(refusal, table) for refusal in sorted(inputs.denials)]
    return [*(row.rulings for row in rows), *denied]


def _denial(refusal: str, table: RuleTable) -> Rulings:
    denied = table.fixed["denied"]
    if refusal not in _CONTRACT.values():
        return table.fixed["unlisted"].rulings
    refused = Ruling(Answer.NO, denied.code)
    return Rulings(
        **{use.value: refused if _CONTRACT.get(use) == refusal else denied.rulings.of(use) for use in Use}
    )


def _under(layer: LayerDecision, gates: list[Rulings]) -> LayerDecision:
    return LayerDecision(layer.layer, layer.mark, _strictest([layer.rulings, *gates]))


# Strictness


def _weight(rulings: Rulings) -> tuple[int, ...]:
    uses = rulings.train, rulings.reuse, rulings.view, rulings.describe
    return tuple([_STRICTNESS[ruling.answer] for ruling in uses])


def _strictest(many: Iterable[Rulings]) -> Rulings:
    """Take the strictest answer for each use; where all grant, all their duties add up."""
    first, *others = many
    for other in others:
        first = Rulings(
            _stricter(first.describe, other.describe),
            _stricter(first.view, other.view),
            _stricter(first.reuse, other.reuse),
            _stricter(first.train, other.train),
        )
    return first


def _stricter(one: Ruling, other: Ruling) -> Ruling:
    winner = other if _STRICTNESS[other.answer] > _STRICTNESS[one.answer] else one
    if winner.answer is not Answer.YES_WITH:
        return winner
    return Ruling(Answer.YES_WITH, winner.rule, ordered({*one.duties, *other.duties}))


def _degree(
    rulings: Rulings, layers: Iterable[LayerDecision], inputs: Inputs, table: RuleTable
) -> tuple[Degree, int]:
    """Tell how far viewing goes: small where the original may not be had and holder or row sets a size."""
    if rulings.view.answer not in GRANTED:
        return Degree.CLOSED, 0
    if rulings.reuse.answer in GRANTED:
        return Degree.OPEN, 0
    sizes = [inputs.view_px, *(_rule(layer.mark, table).view_px for layer in layers)]
    size = min((size for size in sizes if size > 0), default=0)
    return (Degree.REDUCED, size) if size else (Degree.OPEN, 0)


def _elsewhere(
    rulings: Rulings, layers: Iterable[LayerDecision], inputs: Inputs, table: RuleTable
) -> dict[str, Rulings]:
    """Give the countries whose answers differ: stricter than Korea's, never freer."""
    shown = {layer.mark for layer in layers}
    found = {}
    for country, rules in table.countries.items():
        is_of_it = not shown.isdisjoint(rules.marks)
        row = first_match(rules.rows, facts(inputs, table.not_authors)) if is_of_it else None
        capped = _strictest([rulings, row.rulings]) if row else rulings
        if capped != rulings:
            found[country] = capped
    return found
