"""Notes of the journal. The table itself refuses to change what is signed and to delete anything."""

from dataclasses import replace

from desktop_app.domain.errors import CaseNotFound
from desktop_app.domain.journal import Author, Note, NoteContent, event_time_of
from desktop_app.storage.connection import Row, SqlValue
from desktop_app.storage.moments import moment_of, moment_text
from desktop_app.storage.store import Store

_COLUMNS = (
    "SELECT note_id, case_id, addendum_to, event_typed, event_at, kind, source, source_detail, body, "
    "author, author_title, begun_at, saved_at, locks_at, signed_at, revision, handwritten_by, documents "
    "FROM journal_note "
)


class JournalStore(Store):
    """The table ``journal_note``."""

    def add(self, note: Note) -> None:
        """Add a draft."""
        self._execute(
            "INSERT INTO journal_note (event_typed, event_at, kind, source, source_detail, body, documents, author, "
            "author_title, saved_at, signed_at, revision, note_id, case_id, addendum_to, begun_at, locks_at, "
            "handwritten_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *_written(note),
                note.id,
                note.case_id,
                note.addendum_to,
                moment_text(note.begun_at),
                moment_text(note.locks_at),
                note.handwritten_by,
            ),
        )

    def put(self, note: Note) -> None:
        """Write a draft anew, or sign it; the database refuses when it is signed already."""
        self._execute(
            "UPDATE journal_note SET event_typed = ?, event_at = ?, kind = ?, source = ?, source_detail = ?, "
            "body = ?, documents = ?, author = ?, author_title = ?, saved_at = ?, signed_at = ?, revision = ? "
            "WHERE note_id = ?",
            (*_written(note), note.id),
        )

    def write_anew(self, former: Note, note: Note) -> None:
        """Write a draft over its former wording: its words alone where nothing else has changed."""
        words = replace(former.content, body=note.content.body)
        if note == replace(former, content=words, saved_at=note.saved_at, revision=note.revision):
            self._rewrite(note)
        else:
            self.put(note)

    def _rewrite(self, note: Note) -> None:
        self._execute(
            "UPDATE journal_note SET body = ?, saved_at = ?, revision = ? WHERE note_id = ?",
            (note.content.body, moment_text(note.saved_at), note.revision, note.id),
        )

    def find(self, note_id: str) -> Note | None:
        """Return one note, ``None`` when there is none."""
        row = self._row(_COLUMNS + "WHERE note_id = ?", (note_id,))
        return _note(row) if row else None

    def by_id(self, case_id: str, note_id: str) -> Note:
        """Return a note of a case; raises ``CaseNotFound``."""
        note = self.find(note_id)
        if note is None or note.case_id != case_id:
            raise CaseNotFound
        return note

    def of_case(self, case_id: str) -> list[Note]:
        """Return all notes of a case, in the order they were begun."""
        return [
            _note(row) for row in self._rows(_COLUMNS + "WHERE case_id = ? ORDER BY begun_at", (case_id,))
        ]


def _written(note: Note) -> tuple[SqlValue, ...]:
    content = note.content
    return (
        content.event_typed,
        note.event.as_text() if note.event is not None else None,
        content.kind,
        content.source,
        content.source_detail,
        content.body,
        " ".join(content.documents),
        note.author.name,
        note.author.title,
        moment_text(note.saved_at),
        moment_text(note.signed_at) if note.signed_at is not None else None,
        note.revision,
    )


def _note(row: Row) -> Note:
    return Note(
        id=str(row[0]),
        case_id=str(row[1]),
        addendum_to=None if row[2] is None else str(row[2]),
        content=NoteContent(
            event_typed=str(row[3]),
            kind=str(row[5]),
            source=str(row[6]),
            source_detail=str(row[7]),
            body=str(row[8]),
            documents=tuple(str(row[17]).split()),
        ),
        event=None if row[4] is None else event_time_of(str(row[4])),
        author=Author(str(row[9]), str(row[10])),
        begun_at=moment_of(str(row[11])),
        saved_at=moment_of(str(row[12])),
        locks_at=moment_of(str(row[13])),
        signed_at=moment_of(str(row[14])) if row[14] is not None else None,
        revision=int(row[15]),
        handwritten_by=str(row[16]),
    )
