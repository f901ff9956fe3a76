"""Documents in words: a row of the list, the line under a title, what a file holds beside what is seen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime

from desktop_app.domain.documents import CaseDocument, Direction, Mark
from desktop_app.domain.errors import AppError, BadAnswer
from desktop_app.domain.swedish_order import sort_key
from desktop_app.domain.texts import Texts
from desktop_app.domain.values import VALUE_TYPES, ItemType, Reading
from desktop_app.services.messages import message_for
from ui.presenters.days import size_words, when


def document_cells(
    document: CaseDocument, now: datetime, texts: Texts, seen: Callable[[str], str] = str
) -> tuple[str, ...]:
    """Return the cells of a row: title, kind, from whom, dated, added, size; written words as they may be ``seen``."""
    about = document.about
    return (
        seen(about.title),
        texts.get(f"documents.kinds.{about.kind.value}"),
        seen(sender_words(document, texts)),
        about.dated_on.isoformat() if about.dated_on else "",
        f"{document.added_at.astimezone():%Y-%m-%d %H:%M}",
        size_words(document.size_bytes, texts),
    )


def in_order(
    documents: Sequence[CaseDocument], column: int, now: datetime, texts: Texts, *, downwards: bool
) -> list[CaseDocument]:
    """Return the documents in the order of a column of ``document_cells``: sizes by worth, words as Swedes do."""

    def key(document: CaseDocument) -> tuple[int, str, int]:
        cells = document_cells(document, now, texts)
        if column == len(cells) - 1:
            return document.size_bytes, "", document.number
        return 0, sort_key(cells[column]), document.number

    return sorted(documents, key=key, reverse=downwards)


def sender_words(document: CaseDocument, texts: Texts) -> str:
    """Return from whom a document is, in a word when nobody is named."""
    if document.about.sender:
        return document.about.sender
    own = document.about.direction is Direction.OWN
    return texts.get("documents.own" if own else "documents.unnamed_sender")


def about_line(document: CaseDocument, now: datetime, texts: Texts) -> str:
    """Return what stands under the title of an open document."""
    about = document.about
    kind = texts.get(f"documents.kinds.{about.kind.value}")
    line = texts.get(
        "documents.about_line",
        kind=kind,
        direction=texts.get(f"documents.directions.{about.direction.value}").lower(),
        size=f"{media_words(document, texts)}, {size_words(document.size_bytes, texts)}",
        added=when(document.added_at, now, texts),
    )
    more = [texts.get("documents.from_line", sender=about.sender)] if about.sender else []
    if about.dated_on:
        more.append(texts.get("documents.dated_line", day=about.dated_on.isoformat()))
    return " · ".join((line, *more))


def media_words(document: CaseDocument, texts: Texts) -> str:
    """Return what a document is, such as PDF."""
    return texts.get(f"documents.media.{document.media_type.name.lower()}")


def mark_words(marks: Iterable[Mark], texts: Texts) -> str:
    """Return the sentence about what a file holds beside what is seen; empty when it holds nothing else."""
    found = set(marks)
    named = [texts.get(f"documents.marks.{mark.value}") for mark in Mark if mark in found]
    if not named:
        return ""
    listed = named[0] if len(named) == 1 else f"{', '.join(named[:-1])} och {named[-1]}"
    return texts.get("documents.marks.intro", what=listed)


def refusal_words(error: AppError, texts: Texts) -> str:
    """Return why a file is not taken in and what to do, in one line."""
    message = message_for(error, texts)
    return f"{message.happened} {message.do}"


def read_day(text: str, today: date) -> date | None:
    """Read the day of a document; ``None`` for none. Raises ``BadAnswer``."""
    if not text.strip():
        return None
    day = VALUE_TYPES[ItemType.DATE].parse(text, Reading(today=today))
    if not isinstance(day, date):
        raise BadAnswer(reason="date.shape")
    return day
