"""At which question of the guide one was, per case and form, and whether a form is wanted question by question.

Kept in the vault as a note that the window alone reads. It is nobody's act: no line in the audit log.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, cast

from desktop_app.services.session import Session

_NAME = "guide"
MOST_PLACES = 400
"""How many places are remembered: the oldest makes room for the newest."""


class Way(StrEnum):
    """How a form is gone through."""

    GUIDE = "guide"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class GuidePlace:
    """What is remembered of one form of one case. ``way`` is ``None`` when nobody has chosen; ``at`` is the walk's."""

    way: Way | None = None
    at: Mapping[str, Any] = field(default_factory=dict[str, Any])


def kept(session: Session, case_id: str, form_id: str) -> GuidePlace:
    """Return where one was in a form of a case, and the way it is wanted: there, else as last chosen for the form."""
    note = _read(session)
    place = _table(note["places"].get(f"{case_id} {form_id}"))
    if place.get("way") in list(Way):
        return GuidePlace(Way(place["way"]), _table(place.get("at")))
    way = note["ways"].get(form_id)
    return GuidePlace(Way(way) if way in list(Way) else None)


def keep(session: Session, case_id: str, form_id: str, place: GuidePlace) -> None:
    """Remember where one is in a form of a case. Raises ``DiskFull`` and the like; the former place then stands."""
    _write(session, case_id, form_id, place, chosen=False)


def choose(session: Session, case_id: str, form_id: str, place: GuidePlace) -> None:
    """Remember the way somebody chose, here and for the form in other cases. Raises as ``keep`` does."""
    _write(session, case_id, form_id, place, chosen=True)


def _write(session: Session, case_id: str, form_id: str, place: GuidePlace, *, chosen: bool) -> None:
    note = _read(session)
    name = f"{case_id} {form_id}"
    former = {key: each for key, each in note["places"].items() if key != name}
    newest = dict(list(former.items())[1 - MOST_PLACES :])
    newest[name] = {"way": place.way, "at": dict(place.at)}
    ways = {**note["ways"], form_id: place.way} if chosen else note["ways"]
    now = session.clock()
    with session.vault.jotting(now=now) as jot:
        jot.desk_notes.put(_NAME, json.dumps({"ways": ways, "places": newest}, ensure_ascii=False), now)


def _read(session: Session) -> dict[str, dict[str, Any]]:
    with session.reading() as read:
        found = read.desk_notes.find(_NAME)
    try:
        raw = _table(json.loads(found.note)) if found is not None else {}
    except ValueError:
        raw = {}
    return {name: _table(raw.get(name)) for name in ("ways", "places")}


def _table(raw: object) -> dict[str, Any]:
    """Return a table of the note; an empty one for what is none."""
    return cast("dict[str, Any]", raw) if isinstance(raw, dict) else {}
