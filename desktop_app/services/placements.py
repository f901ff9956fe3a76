"""Warns when people at odds would meet at the same provider or place: by case code alone, never by a name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from desktop_app.domain.derived import COST_LINES
from desktop_app.domain.forms import FormDefinition
from desktop_app.domain.placements import (
    CLOSED_ON,
    NAMES,
    NETWORK,
    RIVALS,
    WHEREABOUTS,
    Meeting,
    PlacedCase,
    PlacementConflict,
    Stay,
    conflicts,
    folded,
    folded_all,
    providers_of,
)
from desktop_app.domain.ties import TIES
from desktop_app.storage.placement_store import PlacementWord
from desktop_app.storage.unit_of_work import StoreSet

Row = dict[str, str]


def conflicts_in(stores: StoreSet, case_id: str) -> tuple[PlacementConflict, ...]:
    """Return where a case would meet one it is at odds with, by that one's code; a closed case is nowhere."""
    placed = {each.case_id: each for each in _placed(stores.placements.of_all_cases())}
    own = placed.get(case_id)
    return conflicts(own, placed.values()) if own is not None else ()


def tells_placements(definition: FormDefinition) -> bool:
    """Tell whether a form asks for a provider: there a conflict is warned of."""
    return COST_LINES in definition.registers


def text_key_of(meeting: Meeting) -> str:
    """Return the key of the warning's words, which take ``{code}``."""
    return {Meeting.PROVIDER: "doubts.placement_provider", Meeting.PLACE: "doubts.placement_place"}[meeting]


def _placed(words: Iterable[PlacementWord]) -> Iterator[PlacedCase]:
    for (case_id, code), of_case in groupby(words, key=lambda each: (each.case_id, each.code)):
        made = _case(case_id, code, tuple(of_case))
        if made is not None:
            yield made


def _case(case_id: str, code: str, words: tuple[PlacementWord, ...]) -> PlacedCase | None:
    facts = {each.link_id: each.value for each in words if not each.row_id}
    if facts.get(CLOSED_ON):
        return None
    return PlacedCase(
        case_id=case_id,
        code=code,
        names=folded_all(*(facts.get(key, "") for key in NAMES)),
        networks=folded_all(facts.get(NETWORK, "")),
        rivals=folded_all(facts.get(RIVALS, "")),
        threatened_by=_threatened_by(_rows(words, TIES).values()),
        place=folded(facts.get(WHEREABOUTS, "")),
        stays={row_id: _stay(row) for row_id, row in _rows(words, COST_LINES).items()},
    )


def _rows(words: tuple[PlacementWord, ...], register: str) -> dict[str, Row]:
    rows: dict[str, Row] = {}
    for each in words:
        if each.row_id and each.link_id == register:
            rows.setdefault(each.row_id, {})[each.column] = each.value
    return rows


def _threatened_by(ties: Iterable[Row]) -> frozenset[str]:
    feared = [tie for tie in ties if tie.get("threat") == "yes" or tie.get("role") == "person_who_threatens"]
    return folded_all(*(tie.get(column, "") for tie in feared for column in ("name", "case_code")))


def _stay(row: Row) -> Stay:
    return Stay(
        providers_of(row.get("provider", ""), row.get("organisation_number", "")),
        _day(row.get("starts", "")),
        _day(row.get("ends", "")),
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
