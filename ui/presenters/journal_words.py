"""The journal in words. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from desktop_app.domain.journal import KINDS, SOURCES, Note, NoteContent, NoteState
from desktop_app.domain.texts import Texts
from desktop_app.services.document_choices import noted_words
from desktop_app.services.journal import Journal
from ui.presenters.case_presenter import written_time

SHAPES = {NoteState.DRAFT: "○", NoteState.LOCKED: "◐", NoteState.SIGNED: "●"}


@dataclass(frozen=True, slots=True)
class NoteLine:
    """One note in the list. ``act`` is what can be done with it: ``addendum``, ``go_on`` or ``sign``."""

    note: Note
    title: str
    about: str
    standing: str
    body: str
    act: str
    documents: tuple[tuple[str, str, bool], ...] = ()
    """What it points to: the reference, the document in words, and whether it is still there."""
    addenda: tuple[NoteLine, ...] = ()


def journal_lines(journal: Journal, writing: str, now: datetime, texts: Texts) -> tuple[NoteLine, ...]:
    """Return the journal but for the note being written (``writing``) and drafts emptied of all words."""
    shown = [thread for thread in journal.threads if _is_shown(thread.note, writing)]
    known = {each.reference: each for each in journal.documents}

    def line(note: Note, addenda: tuple[NoteLine, ...] = ()) -> NoteLine:
        references = note.content.documents
        words = noted_words(references, known, texts)
        documents = tuple((each, said, each in known) for each, said in zip(references, words, strict=True))
        return _line(note, now, texts, documents, addenda)

    return tuple(
        line(thread.note, tuple(line(each) for each in thread.addenda if _is_shown(each, writing)))
        for thread in shown
    )


def _is_shown(note: Note, writing: str) -> bool:
    return note.id != writing and not (note.signed_at is None and note.content.is_blank)


def _line(
    note: Note,
    now: datetime,
    texts: Texts,
    documents: tuple[tuple[str, str, bool], ...],
    addenda: tuple[NoteLine, ...],
) -> NoteLine:
    state = note.state(now)
    act = {NoteState.DRAFT: "go_on", NoteState.LOCKED: "sign", NoteState.SIGNED: "addendum"}[state]
    return NoteLine(
        note, note_title(note, texts), _about(note, texts), _standing(note, state, texts), note.content.body,
        act, documents, addenda,
    )  # fmt: skip


def note_title(note: Note, texts: Texts) -> str:
    """Return when it happened and what kind of note it is."""
    when = note.event.as_text() if note.event else texts.get("form_page.journal.no_event")
    kind = note.content.kind
    parts = [when, texts.get(f"tables.{KINDS}.{kind}") if kind else texts.get("form_page.journal.no_kind")]
    if note.handwritten_by:
        parts.append(texts.get("form_page.journal.later_mark"))
    if note.addendum_to is not None:
        parts.insert(0, texts.get("form_page.journal.addendum_mark"))
    return " · ".join(parts)


def _about(note: Note, texts: Texts) -> str:
    content = note.content
    source = texts.get(f"tables.{SOURCES}.{content.source}") if content.source else ""
    told = ", ".join(part for part in (source, content.source_detail.strip()) if part)
    return texts.get(
        "form_page.journal.about_later" if note.handwritten_by else "form_page.journal.about",
        by=note.handwritten_by,
        source=told or texts.get("form_page.journal.no_source"),
        author=", ".join(part for part in (note.author.name, note.author.title) if part),
        when=written_time(note.begun_at.astimezone()),
    )


def _standing(note: Note, state: NoteState, texts: Texts) -> str:
    signed = note.signed_at.astimezone() if note.signed_at else None
    words = texts.get(
        f"form_page.journal.state.{state.value}",
        when=written_time(signed) if signed else "",
        day=last_day(note),
    )
    return f"{SHAPES[state]} {words}"


def last_day(note: Note) -> str:
    """Return the last whole day on which a draft can be rewritten."""
    return f"{(note.locks_at.astimezone() - timedelta(days=1)):%Y-%m-%d}"


def gap_words(gaps: Sequence[str], texts: Texts) -> str:
    """Return what is lacking before a note can be signed, as one sentence."""
    lacking = ", ".join(texts.get(f"form_page.journal.gaps.{gap}") for gap in gaps)
    return texts.get("form_page.journal.lacking", what=lacking)


def proposed(now: datetime) -> NoteContent:
    """Return what stands in the fields of a new note: it usually happened just now."""
    return NoteContent(event_typed=written_time(now))
