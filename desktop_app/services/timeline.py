"""The timeline of a case: everything in it that has a day, from the journal to the money."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from desktop_app.domain.answers import answered
from desktop_app.domain.case_file import CaseFile
from desktop_app.domain.deadlines import DeadlineState
from desktop_app.domain.disclosures import register_of
from desktop_app.domain.forms import ResponseStatus, Row
from desktop_app.domain.journal import NoteState
from desktop_app.domain.texts import label_of
from desktop_app.domain.timeline import Entry, EntryKind, EntryTarget, entries_of_file, in_order
from desktop_app.services.case_reading import stored_file
from desktop_app.services.deadline_following import rules_as_set
from desktop_app.services.deadline_words import DeadlineTexts
from desktop_app.services.disclosure_words import line_words
from desktop_app.services.document_choices import document_choices, noted_words
from desktop_app.services.session import Session
from desktop_app.storage.unit_of_work import StoreSet

TIMELINE_FORM = "F42"
"""The paper of the timeline."""

WORDS_SHOWN = 240
NOWHERE = EntryTarget()


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    """One line in words. ``words`` is what a person wrote, cut short; ``is_ahead`` for what has not happened yet.

    ``refers`` names the documents that a note points to.
    """

    day: date
    time: time | None
    kind: EntryKind
    title: str
    words: str
    is_ahead: bool
    target: EntryTarget
    refers: str = ""

    @property
    def when(self) -> str:
        """The day, with the time where it is known: ``2026-11-22 14:32``."""
        return f"{self.day.isoformat()} {self.time:%H:%M}" if self.time else self.day.isoformat()


def of_case(session: Session, case_id: str) -> tuple[TimelineEntry, ...]:
    """Return the timeline of a case, newest first. Raises ``CaseNotFound``."""
    with session.reading() as stores:
        file = stored_file(session, stores, stores.cases.by_id(case_id))
        return timeline_of(session, stores, file)


def timeline_of(session: Session, stores: StoreSet, file: CaseFile) -> tuple[TimelineEntry, ...]:
    """Return the timeline of a case file that has been read, newest first."""
    case_id = file.case.id
    entries = in_order(
        [
            *entries_of_file(file, session.library.definitions.timeline),
            *_notes(stores, case_id, session.clock()),
            *_forms(session, stores, case_id),
            *_prints(session, stores, case_id),
            *_disclosures(session, stores, case_id),
            *_documents(stores, case_id),
            *_deadlines(session, stores, case_id),
            _entry(file.case.opened_at, EntryKind.CASE, "timeline.case_opened"),
        ]
    )
    refers = _references(session, stores, case_id)
    return tuple(_shown(session, entry, refers.get(entry.target.ref, "")) for entry in entries)


def timeline_rows(
    entries: Iterable[TimelineEntry], kinds: Iterable[str], session: Session
) -> tuple[Row, ...]:
    """Return the rows of the timeline's paper, oldest first; all kinds where none is named."""
    wanted = set(kinds)
    texts = session.library.texts
    shown = [entry for entry in entries if not wanted or entry.kind.value in wanted]
    return tuple(
        Row(
            f"{number:05d}",
            {
                "when": answered(entry.when),
                "kind": answered(texts.get(f"tables.timeline_kinds.{entry.kind.value}")),
                "what": answered(
                    "\n".join(part for part in (entry.title, entry.words, entry.refers) if part)
                ),
            },
        )
        for number, entry in enumerate(reversed(shown))
    )


def _notes(stores: StoreSet, case_id: str, now: datetime) -> Iterator[Entry]:
    for note in stores.journal.of_case(case_id):
        event = note.event
        written = note.saved_at.astimezone()
        is_signed = note.state(now) is NoteState.SIGNED
        key = "addendum" if note.addendum_to else "note_later" if note.handwritten_by else "note"
        kind = note.content.kind
        yield Entry(
            day=event.day if event else written.date(),
            time=event.time if event else None,
            kind=EntryKind.NOTE,
            text_key=f"timeline.{key}" if is_signed else f"timeline.{key}_draft",
            params={"kind": kind} if kind else {},
            codes={"kind": "journal_kinds"} if kind else {},
            words=note.content.body,
            target=EntryTarget(thing="journal", ref=note.id),
        )


def _references(session: Session, stores: StoreSet, case_id: str) -> dict[str, str]:
    """Return what each note that points to documents points to, in words, by the note's id."""
    notes = [note for note in stores.journal.of_case(case_id) if note.content.documents]
    known = {each.reference: each for each in document_choices(session, stores, case_id)} if notes else {}
    texts = session.library.texts
    return {
        note.id: texts.get(
            "timeline.refers", documents="; ".join(noted_words(note.content.documents, known, texts))
        )
        for note in notes
    }


def _forms(session: Session, stores: StoreSet, case_id: str) -> Iterator[Entry]:
    for record in stores.forms.of_case(case_id):
        definition = session.library.form(record.form_id, record.form_version)
        if record.status is ResponseStatus.FINISHED and record.finished_at is not None:
            yield _entry(
                record.finished_at,
                EntryKind.FORM,
                "timeline.form_finished",
                _title_of(session, definition.text_key),
                EntryTarget(record.form_id),
            )


def _prints(session: Session, stores: StoreSet, case_id: str) -> Iterator[Entry]:
    for record in stores.documents.of_case(case_id):
        definition = session.library.form(record.form_id, record.form_version)
        title = _title_of(session, definition.text_key)
        target = EntryTarget(thing="prints", ref=record.document_id)
        if record.recipient is None:
            yield _entry(record.made_at, EntryKind.PRINT, "timeline.print", title, target)
            continue
        yield Entry(
            day=record.made_at.astimezone().date(),
            time=record.made_at.astimezone().time(),
            kind=EntryKind.PRINT,
            text_key="timeline.print_to",
            params={"what": title, "recipient": record.recipient},
            codes={"recipient": "recipients"},
            target=target,
        )


def _disclosures(session: Session, stores: StoreSet, case_id: str) -> Iterator[Entry]:
    grounds = session.library.definitions.grounds
    for entry in register_of(stores.disclosures.of_case(case_id)):
        line = entry.holds
        words = line_words(line, grounds, session.library.texts)
        yield Entry(
            day=line.content.given_on,
            kind=EntryKind.DISCLOSURE,
            text_key="timeline.disclosure",
            params={"recipient": words.recipient, "outcome": words.outcome},
            target=EntryTarget(thing="disclosures", ref=entry.line.id),
        )


def _documents(stores: StoreSet, case_id: str) -> Iterator[Entry]:
    for document in stores.case_documents.of_case(case_id):
        target = EntryTarget(thing="documents", ref=document.document_id)
        yield _entry(document.added_at, EntryKind.DOCUMENT, "timeline.document", document.about.title, target)


def _deadlines(session: Session, stores: StoreSet, case_id: str) -> Iterator[Entry]:
    words = DeadlineTexts(session.library.texts, rules_as_set(session.library, stores.settings.all()))
    for listed in stores.deadlines.listed_of_case(case_id):
        deadline = listed.deadline
        if deadline.state is DeadlineState.WITHDRAWN or deadline.waits:
            continue
        title = words.view(listed).title
        closed = deadline.closed_on
        due = deadline.due
        yield Entry(
            day=closed or (due.date() if isinstance(due, datetime) else due),
            time=due.time() if isinstance(due, datetime) and closed is None else None,
            kind=EntryKind.DEADLINE,
            text_key="timeline.deadline_done" if closed else "timeline.deadline",
            params={"what": title},
            target=EntryTarget(thing="deadlines", ref=deadline.id),
        )


def _entry(
    at: datetime, kind: EntryKind, text_key: str, what: str = "", target: EntryTarget = NOWHERE
) -> Entry:
    local = at.astimezone()
    params = {"what": what} if what else {}
    return Entry(
        day=local.date(), time=local.time(), kind=kind, text_key=text_key, params=params, target=target
    )


def _title_of(session: Session, text_key: str) -> str:
    return session.library.texts.get(f"{text_key}.title")


def _shown(session: Session, entry: Entry, refers: str) -> TimelineEntry:
    texts = session.library.texts
    params = {
        name: label_of(texts, entry.codes[name], value) if name in entry.codes else value
        for name, value in entry.params.items()
    }
    words = " ".join(entry.words.split())
    return TimelineEntry(
        day=entry.day,
        time=entry.time,
        kind=entry.kind,
        title=texts.get(entry.text_key, **{"what": "", "kind": "", **params}).strip(" :"),
        words=f"{words[:WORDS_SHOWN]} …" if len(words) > WORDS_SHOWN else words,
        is_ahead=entry.is_ahead(session.wall_clock),
        target=entry.target,
        refers=refers,
    )
