"""What is said of the threat in sentences: how the newest answer stands, what waits, and the fear beside it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from desktop_app.domain.case_file import CaseFile
from desktop_app.domain.forms import Row
from desktop_app.domain.texts import Texts, label_of
from desktop_app.domain.threats import (
    ASKED_ON,
    FELT,
    FELT_ON,
    LEVEL,
    THREATS,
    Limits,
    day_in,
    fear_beside,
    in_order,
    is_answered,
    marks_of,
    newest_answered,
)


def standing_words(file: CaseFile, day: date, limits: Limits, texts: Texts) -> tuple[str, ...]:
    """Return how the threat stands on a day: what the newest answer says, its marks, and what still waits."""
    rows = file.rows(THREATS)
    newest = newest_answered(rows)
    return (
        *((texts.get("threats.standing.none"),) if newest is None else _answer(newest, day, texts)),
        *mark_words(newest, day, limits, texts),
        *_waiting(rows, newest, texts),
    )


def mark_words(row: Row | None, day: date, limits: Limits, texts: Texts) -> tuple[str, ...]:
    """Return what is to be said about an answer that counts all the same."""
    marks = marks_of(row, day, limits) if row is not None else ()
    return tuple(texts.get(f"threats.marks.{each.mark}", **each.params) for each in marks)


def fear_words(file: CaseFile, texts: Texts) -> str:
    """Return how the felt fear stands beside the police's judgement; empty while one of them is not known."""
    fear = fear_beside(file)
    if fear is None:
        return ""
    on = file.value(FELT_ON)
    return texts.get(
        f"threats.felt.{fear}",
        felt=label_of(texts, "felt_fear", str(file.value(FELT))).lower(),
        level=label_of(texts, "threat_level", str(file.value(LEVEL))).lower(),
        day=str(on) if isinstance(on, date) else texts.get("threats.felt.undated"),
    )


def _answer(row: Row, day: date, texts: Texts) -> Iterator[str]:
    said = [label_of(texts, "threat_level", str(row.cell("level").value)).lower()]
    if row.cell("nature").is_value:
        said.append(label_of(texts, "threat_nature", str(row.cell("nature").value)).lower())
    if row.cell("lethal").value == "yes":
        said.append(texts.get("threats.standing.lethal"))
    made, until = day_in(row, "assessed_on"), day_in(row, "valid_until")
    key = "threats.standing.now" if made else "threats.standing.now_undated"
    yield texts.get(key, day=made or "", words=", ".join(said))
    if until is not None and until >= day:
        yield texts.get("threats.standing.until", day=until)


def _waiting(rows: tuple[Row, ...], newest: Row | None, texts: Texts) -> Iterator[str]:
    """Yield what is said of requests without an answer that came after the newest answer."""
    ordered = in_order(rows)
    after = ordered.index(newest) + 1 if newest is not None else 0
    for row in ordered[after:]:
        asked, reminded = day_in(row, ASKED_ON), day_in(row, "reminded_on")
        if is_answered(row) or asked is None:
            continue
        words = [texts.get("threats.standing.waiting", day=asked)]
        if reminded is not None:
            words.append(texts.get("threats.standing.reminded", day=reminded))
        yield " ".join(words)
