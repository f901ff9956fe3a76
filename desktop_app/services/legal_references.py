"""The law the program points to, with what the caseworker has noted of it. What came with it is never changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from desktop_app.domain.changes import ChangeSet, Kind, changed
from desktop_app.domain.legal_references import Checked, Law, LegalReference, LegalReferences
from desktop_app.services.session import Session

__all__ = [
    "LegalGroup",
    "LegalList",
    "LegalReference",
    "LegalRow",
    "listed",
    "note_checked",
    "note_words",
    "put_back",
    "reference",
]

CHECKED_ON, OWN_WORDS = "law.checked.", "law.words."
"""What the settings hold: when the caseworker last looked a reference up, and what they wrote about it."""

ENTITY = "legal_reference"
MOST_WORDS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalRow:
    """One reference as the list shows it. ``former`` is the section of the older law, where there is one."""

    ref_id: str
    section: str
    cited: str
    former: str
    about: str
    valid_from: date | None
    checked_on: date | None
    is_own_check: bool
    is_due: bool
    is_unsure: bool
    is_former_unsure: bool
    source: str
    own_words: str


@dataclass(frozen=True, slots=True)
class LegalGroup:
    """The references of one law. ``source`` is where most of them come from, ``former_law`` the law it replaced."""

    law: str
    source: str
    former_law: str
    rows: tuple[LegalRow, ...]


@dataclass(frozen=True, slots=True)
class LegalList:
    """All references by law, and how many nobody has looked up for a year."""

    groups: tuple[LegalGroup, ...]
    due: int


def reference(session: Session, ref_id: str, on: date) -> LegalRow:
    """Return a reference as it is cited for a day. ``KeyError`` when there is none."""
    known = _references(session)
    with session.reading() as stores:
        settings = stores.settings.all()
    return _row(session, _checked(known.references[ref_id], settings), on)


def listed(session: Session) -> LegalList:
    """Return every reference, law by law in the order of the file."""
    known = _references(session)
    with session.reading() as stores:
        settings = stores.settings.all()
    rows = {
        each.id: _row(session, _checked(each, settings), session.today) for each in known.references.values()
    }
    groups = [
        _group(law, [rows[each.id] for each in known.references.values() if each.law.id == law.id])
        for law in known.laws.values()
    ]
    return LegalList(tuple(group for group in groups if group.rows), sum(row.is_due for row in rows.values()))


def _group(law: Law, rows: Sequence[LegalRow]) -> LegalGroup:
    sources = [row.source for row in rows]
    former = law.replaces.short if law.replaces is not None else ""
    return LegalGroup(law.name, max(sources, key=sources.count, default=""), former, tuple(rows))


def note_checked(session: Session, ref_ids: Sequence[str]) -> ChangeSet:
    """Note that references were looked up today. ``KeyError`` for one that does not exist."""
    noted = {f"{CHECKED_ON}{ref_id}": session.today.isoformat() for ref_id in ref_ids}
    return _written(session, "law.checked", ref_ids, noted)


def note_words(session: Session, ref_id: str, words: str) -> ChangeSet:
    """Write the caseworker's own words about a reference, such as a change of the law; empty takes them away."""
    return _written(session, "law.noted", (ref_id,), {f"{OWN_WORDS}{ref_id}": words.strip()[:MOST_WORDS]})


def put_back(session: Session, rows: Sequence[LegalRow]) -> ChangeSet:
    """Put back what had been noted of references before; ``rows`` as they were listed then."""
    noted: dict[str, str] = {}
    for row in rows:
        noted[f"{OWN_WORDS}{row.ref_id}"] = row.own_words
        own = row.checked_on if row.is_own_check else None
        noted[f"{CHECKED_ON}{row.ref_id}"] = own.isoformat() if own is not None else ""
    return _written(session, "law.put_back", tuple(row.ref_id for row in rows), noted)


def _written(session: Session, kind: str, ref_ids: Sequence[str], noted: Mapping[str, str]) -> ChangeSet:
    known = _references(session).references
    for ref_id in ref_ids:
        if ref_id not in known:
            raise KeyError(ref_id)
    with session.act() as work:
        work.settings.put(noted)
        work.audit(kind, entity=ENTITY, fields=tuple(ref_ids))
        work.commit()
    return changed(Kind.SETTING)


def _references(session: Session) -> LegalReferences:
    return session.library.definitions.legal_references


def _checked(reference: LegalReference, settings: Mapping[str, str]) -> Checked:
    """Put what came with the program and what the caseworker noted together; the later day counts."""
    own = _day(settings.get(f"{CHECKED_ON}{reference.id}", ""))
    checked = Checked(
        reference=reference,
        checked_on=reference.checked_on,
        own_words=settings.get(f"{OWN_WORDS}{reference.id}", ""),
    )
    if own is None or (reference.checked_on is not None and own < reference.checked_on):
        return checked
    return replace(checked, checked_on=own, is_own_check=True)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _row(session: Session, checked: Checked, on: date) -> LegalRow:
    each = checked.reference
    former = each.law.replaces
    return LegalRow(
        ref_id=each.id,
        section=each.section,
        cited=each.cited(on),
        former=each.old_section,
        about=session.library.texts.get(each.text_key),
        valid_from=each.valid_from,
        checked_on=checked.checked_on,
        is_own_check=checked.is_own_check,
        is_due=checked.is_due(session.today, _references(session).as_of),
        is_unsure=each.is_unsure(on) and not checked.is_own_check,
        is_former_unsure=former is not None
        and former.valid_until is not None
        and each.is_unsure(former.valid_until),
        source=each.source,
        own_words=checked.own_words,
    )
