"""The journal of a case: notes that are written as drafts, signed by a person, and never changed after that.

After SOSFS 2014:5: each note tells when it happened and when it was written, by whom, from which source, and keeps
facts apart from assessments. A correction is a note of its own, an addendum, that points to the one it is about.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from desktop_app.domain.errors import BadAnswer, NoteHasGaps, NoteLocked, NoteSigned, NoteStale
from desktop_app.domain.profile import profile_from_settings
from desktop_app.domain.values import VALUE_TYPES, ItemType, Reading

KINDS, SOURCES = "journal_kinds", "journal_sources"
"""The code tables of what a note is and of whom it comes from."""

LOCKS_AFTER = timedelta(days=14)
"""How long a draft may be rewritten. Chosen by us: SOSFS 2014:5 asks for notes without unreasonable delay."""

_ENDLESS = 1 << 40
_DAY_LENGTH = 10


class NoteState(StrEnum):
    """How a note stands. A locked draft may be signed as it stands; it is not rewritten."""

    DRAFT = "draft"
    LOCKED = "locked"
    SIGNED = "signed"


@dataclass(frozen=True, slots=True)
class EventTime:
    """When something happened, by the clock on the wall: a day, or a day with a time."""

    day: date
    time: time | None = None

    def as_text(self) -> str:
        """Return it as people write it, ``2026-11-22`` or ``2026-11-22 14:30``."""
        return f"{self.day.isoformat()} {self.time:%H:%M}" if self.time is not None else self.day.isoformat()

    def is_after(self, now: datetime) -> bool:
        """Tell whether it has not happened yet at ``now`` (local time without zone)."""
        return (self.day, self.time or time.min) > (now.date(), now.time())


def event_time_of(text: str) -> EventTime:
    """Return what ``EventTime.as_text`` wrote. Raises ``ValueError`` for any other text."""
    if len(text) == _DAY_LENGTH:
        return EventTime(date.fromisoformat(text))
    moment = datetime.fromisoformat(text)
    return EventTime(moment.date(), moment.time())


def read_event_time(text: str, today: date) -> EventTime:
    """Read a day, or a day and a time. Raises ``BadAnswer`` with the reason."""
    reading = Reading(today=today)
    try:
        day = VALUE_TYPES[ItemType.DATE].parse(text, reading)
    except BadAnswer as fault:
        if fault.params["reason"] != "date.shape":
            raise
    else:
        return EventTime(day if isinstance(day, date) else today)
    moment = VALUE_TYPES[ItemType.DATETIME].parse(text, reading)
    if not isinstance(moment, datetime):
        raise BadAnswer(reason="datetime.shape")
    return EventTime(moment.date(), moment.time())


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteContent:
    """What a person writes in a note. ``event_typed`` is the time of the event as typed.

    ``documents`` are those of the case it points to, as ``DocumentReference.as_text`` writes them.
    """

    event_typed: str = ""
    kind: str = ""
    source: str = ""
    source_detail: str = ""
    body: str = ""
    documents: tuple[str, ...] = ()

    @property
    def is_blank(self) -> bool:
        """True while nobody has written a word or pointed to a document; a proposed time or a choice alone is none."""
        return not (self.body.strip() or self.source_detail.strip() or self.documents)

    def event(self, today: date) -> EventTime | None:
        """Return when it happened; ``None`` when that is not written, or cannot be read."""
        try:
            return read_event_time(self.event_typed, today)
        except BadAnswer:
            return None

    def storable(self, today: date, former: NoteContent) -> NoteContent:
        """Return it as the store can hold it: without control signs and half signs, never cut.

        What stood in ``former`` already, which came from here, is not looked through again.
        """
        reading = Reading(today=today, max_length=_ENDLESS)
        read = VALUE_TYPES[ItemType.PARAGRAPH].parse

        def kept(text: str, stood: str) -> str:
            return text if text == stood else str(read(text, reading))

        return NoteContent(
            event_typed=kept(self.event_typed, former.event_typed),
            kind=kept(self.kind, former.kind),
            source=kept(self.source, former.source),
            source_detail=kept(self.source_detail, former.source_detail),
            body=kept(self.body, former.body),
            documents=self.documents,
        )

    def differs(self, other: NoteContent) -> tuple[str, ...]:
        """Return the names of the fields that are not alike."""
        return tuple([name for name in _CONTENT_FIELDS if getattr(self, name) != getattr(other, name)])


_CONTENT_FIELDS = tuple(field.name for field in fields(NoteContent))


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes, with the title that SOSFS 2014:5 asks for."""

    name: str
    title: str = ""


def author_from_settings(settings: Mapping[str, str]) -> Author:
    """Return the caseworker whom the settings name."""
    profile = profile_from_settings(settings)
    return Author(profile.caseworker, profile.title)


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One note. Moments carry their zone; ``event`` is local, as people write it.

    ``handwritten_by`` names who wrote it on paper, where it was entered later from there; empty for all others.
    """

    id: str
    case_id: str
    addendum_to: str | None
    content: NoteContent
    event: EventTime | None
    author: Author
    begun_at: datetime
    saved_at: datetime
    locks_at: datetime
    signed_at: datetime | None = None
    revision: int = 0
    handwritten_by: str = ""

    def state(self, now: datetime) -> NoteState:
        """Return how the note stands at ``now``."""
        if self.signed_at is not None:
            return NoteState.SIGNED
        return NoteState.LOCKED if now >= self.locks_at else NoteState.DRAFT

    @property
    def order(self) -> tuple[date, time, datetime]:
        """By this the journal is sorted: when it happened, else when it was begun."""
        begun = self.begun_at.astimezone()
        event = self.event or EventTime(begun.date(), begun.time())
        return event.day, event.time or time.min, self.begun_at

    def gaps(self, now: datetime) -> tuple[str, ...]:
        """Return what is lacking before the note can be signed; ``now`` is local time without zone."""
        content = self.content
        lacking = [name for name in ("kind", "source", "body") if not str(getattr(content, name)).strip()]
        if self.event is None:
            lacking.insert(0, "event")
        elif self.event.is_after(now):
            lacking.insert(0, "event_ahead")
        return tuple(lacking)

    def rewritten(self, content: NoteContent, author: Author, now: datetime) -> Note:
        """Return the draft with new content. Raises ``NoteSigned`` or ``NoteLocked``."""
        state = self.state(now)
        if state is NoteState.SIGNED:
            raise NoteSigned
        if state is NoteState.LOCKED:
            raise NoteLocked
        kept = content.storable(now.date(), self.content)
        same_time = kept.event_typed == self.content.event_typed and self.event is not None
        return Note(  # by name: ``replace`` takes five times as long, and autosave waits for it
            id=self.id,
            case_id=self.case_id,
            addendum_to=self.addendum_to,
            content=kept,
            event=self.event if same_time else kept.event(now.date()),
            author=author,
            begun_at=self.begun_at,
            saved_at=now,
            locks_at=self.locks_at,
            signed_at=self.signed_at,
            revision=self.revision + 1,
            handwritten_by=self.handwritten_by,
        )

    def signed(self, author: Author, now: datetime) -> Note:
        """Return the note signed, as it stands. Raises ``NoteSigned`` or ``NoteHasGaps`` (``count``)."""
        if self.signed_at is not None:
            raise NoteSigned
        lacking = self.gaps(now.replace(tzinfo=None))
        if lacking:
            raise NoteHasGaps(count=len(lacking))
        return replace(self, author=author, saved_at=now, signed_at=now, revision=self.revision + 1)

    def must_stand_at(self, revision: int) -> None:
        """Raise ``NoteStale`` when the note was written elsewhere since it was shown."""
        if self.revision != revision:
            raise NoteStale


@dataclass(frozen=True, slots=True)
class Thread:
    """A note with what was added to it, oldest first."""

    note: Note
    addenda: tuple[Note, ...]


def begun(
    note_id: str, case_id: str, addendum_to: str | None, author: Author, now: datetime, by: str = ""
) -> Note:
    """Return an empty draft; ``by`` names who wrote it by hand when it is entered later from paper."""
    return Note(
        id=note_id,
        case_id=case_id,
        addendum_to=addendum_to,
        content=NoteContent(),
        event=None,
        author=author,
        begun_at=now,
        saved_at=now,
        locks_at=now + LOCKS_AFTER,
        handwritten_by=by,
    )


def threads(notes: Iterable[Note]) -> tuple[Thread, ...]:
    """Return the journal: the latest event first, each note with all that was added to it or to its addenda."""
    known = {note.id: note for note in notes}
    added: dict[str, list[Note]] = {note.id: [] for note in known.values() if note.addendum_to is None}
    for note in known.values():
        if note.addendum_to is not None:
            added[_root(note, known).id].append(note)
    roots = sorted((known[note_id] for note_id in added), key=lambda note: note.order, reverse=True)
    return tuple(
        Thread(note, tuple(sorted(added[note.id], key=lambda each: (each.begun_at, each.id))))
        for note in roots
    )


def _root(note: Note, known: Mapping[str, Note]) -> Note:
    while note.addendum_to is not None:
        note = known[note.addendum_to]
    return note
