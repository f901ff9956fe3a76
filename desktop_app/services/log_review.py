"""The log of a period as a form shows it (F23): who did what when, in which case by code, and nothing of what it held.

Lag (2001:454) 10 §: access is documented and checked, systematically and again and again. Equal lines of a day are one
row with a count. Field names stay in the log: which question was answered can tell of somebody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from desktop_app.domain.answers import Answer, answered
from desktop_app.domain.audit import ChainedEvent
from desktop_app.domain.errors import FormNotFound
from desktop_app.domain.forms import FormDefinition, FormResponse, Row
from desktop_app.services.library import Library
from desktop_app.storage.unit_of_work import StoreSet

MOST_ROWS = 1_000
NO_CASE = "–"
ISSUED = "document.issued"
ACTORS = {"caseworker": "log_review.caseworker", "system": "log_review.system"}

GROUPS: Mapping[str, tuple[str, ...]] = {
    "names_shown": ("case.name_shown", "case.fields_shown", "document.opened"),
    "printed": ("document.issued", "document.printed", "document.print_stopped", "binder.", "meeting.copy"),
    "saved": ("document.saved", "case_document.saved", "calendar."),
    "disclosed": ("disclosure.",),
    "store": ("store.", "vault.", "backup.", "recovery.", "keys.", "cards."),
    "written": (
        "form.",
        "note.",
        "journal.",
        "case.opened",
        "case.first",
        "case_document.added",
        "deadline.",
    ),
}
"""What a reviewer may ask to see, as beginnings of the kinds of lines."""


@dataclass(frozen=True, slots=True)
class Line:
    """One event, without anything of its content."""

    at: datetime
    who: str
    what: str
    case: str
    kind: str


@dataclass(frozen=True, slots=True)
class Review:
    """The log of a period: how often each thing was done, the lines asked for, and the state of the chain."""

    facts: Mapping[str, Answer]
    counts: tuple[Row, ...] = ()
    lines: tuple[Row, ...] = ()


def reviewed(library: Library, stores: StoreSet, response: FormResponse) -> Review:
    """Return the review for the period of a response; without a period only the state of the chain."""
    size, head = stores.audit_log.head()
    facts = {"derived.log_size": answered(str(size)), "derived.log_head": answered(head)}
    first, last = _day(response, "period_from"), _day(response, "period_until")
    if first is None or last is None:
        return Review(facts)
    codes = {case.id: case.code for case in stores.cases.all()}
    start, end = (datetime.combine(day, time()).astimezone() for day in (first, last + timedelta(days=1)))
    inside = [_line(library, event, codes) for event in stores.audit_log.between(start, end)]
    asked = response.answers["look_at"].value if "look_at" in response.answers else None
    wanted = tuple(kind for group in asked for kind in GROUPS[group]) if isinstance(asked, tuple) else ()
    return Review(facts, _counts(inside), _rows(line for line in inside if line.kind.startswith(wanted)))


def _day(response: FormResponse, name: str) -> date | None:
    value = response.answers[name].value if name in response.answers else None
    return value if isinstance(value, date) else None


def _line(library: Library, chained: ChainedEvent, codes: Mapping[str, str]) -> Line:
    event = chained.event
    return Line(
        at=event.at.astimezone(),
        who=library.texts.get(ACTORS[event.actor]) if event.actor in ACTORS else event.actor,
        what=_words(library, event.kind, event.entity or "", event.fields),
        case=codes.get(event.case_id or "", NO_CASE),
        kind=event.kind,
    )


def _words(library: Library, kind: str, entity: str, fields: tuple[str, ...]) -> str:
    """Return what was done, with the form's title and the recipient, and without the names of questions."""
    texts = library.texts
    key = f"events.{kind}"
    form = _form(library, entity)
    named = texts.get(f"{form.text_key}.title") if form else ""
    # Elsewhere fields are names of questions, and some are spelt like a recipient.
    known = library.table("recipients") if kind == ISSUED else ()
    to_whom = [texts.get(f"tables.recipients.{one}") for one in fields if one in known]
    words = texts.get(key, kind=kind, entity=named, fields=", ".join(to_whom)) if texts.has(key) else kind
    return words.strip().rstrip(":").removesuffix(" för").strip()


def _form(library: Library, entity: str) -> FormDefinition | None:
    try:
        return library.form(entity) if entity else None
    except FormNotFound:
        return None


def _counts(lines: Iterable[Line]) -> tuple[Row, ...]:
    found: dict[str, list[Line]] = {}
    for line in lines:
        found.setdefault(line.what, []).append(line)
    return tuple(
        Row(
            f"{number:04d}",
            {
                "what": answered(what),
                "count": answered(Decimal(len(own))),
                "cases": answered(Decimal(len({line.case for line in own} - {NO_CASE}))),
            },
        )
        for number, (what, own) in enumerate(sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0])))
    )


def _rows(lines: Iterable[Line]) -> tuple[Row, ...]:
    """Return a row for each day, actor, act and case, newest first, with how often; at most a thousand."""
    tally = Counter((line.at.date(), line.who, line.what, line.case) for line in lines)
    newest = sorted(tally.items(), key=lambda pair: pair[0], reverse=True)[:MOST_ROWS]
    return tuple(
        Row(
            f"{number:05d}",
            {
                "dated": answered(day),
                "who": answered(who),
                "what": answered(what),
                "case": answered(case),
                "count": answered(Decimal(count)),
            },
        )
        for number, ((day, who, what, case), count) in enumerate(newest)
    )
