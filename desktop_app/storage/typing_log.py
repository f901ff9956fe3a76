"""Saving what is being typed: one row a save, checked against what the save before it left behind.

How the form or the note stands after a save is known in memory until somebody acts: only one program has the store, and
every act passes here. So a save asks the store for nothing that the save before it has told already.
"""

from datetime import datetime

from desktop_app.domain.journal import Author, Note, author_from_settings
from desktop_app.storage.connection import Database
from desktop_app.storage.form_store import FormStore, ResponseRecord
from desktop_app.storage.journal_store import JournalStore
from desktop_app.storage.settings_store import SettingsStore
from desktop_app.storage.typed_fold import fold
from desktop_app.storage.typed_store import TypedAnswers, TypedNote, TypedStore


class TypingLog:
    """Whether rows wait, and how the forms and notes stand that were typed in last.

    ``responses`` and ``notes`` hold for as long as nobody but a typist has written in forms, notes or settings: each
    act that is committed makes them forgotten.
    """

    def __init__(self) -> None:
        self.is_known = False
        self.waits = False
        self.responses: dict[tuple[str, str], ResponseRecord] = {}
        self.notes: dict[str, Note] = {}
        self.author: Author | None = None

    def waits_in(self, database: Database) -> bool:
        """Tell whether rows wait; the database is asked only while that is not known."""
        if not self.is_known:
            self.waits, self.is_known = TypedStore(database).is_waiting(), True
        return self.waits

    def fold(self, database: Database) -> None:
        """Lay the rows that wait in their place. Raises DiskFull and the like; then they still wait."""
        try:
            fold(database)
        except BaseException:
            self.forget()
            raise
        self.waits = False

    def forget(self) -> None:
        """Trust nothing in memory, as after an opening or a failure: what waits is looked up."""
        self.is_known = self.waits = False
        self.forget_known()

    def forget_known(self) -> None:
        """Ask the store again how forms and notes stand."""
        self.responses.clear()
        self.notes.clear()
        self.author = None


class Typing:
    """One save of what is being typed, by ``actor`` at ``now``. Made by ``Vault.typing``.

    ``keep_answers`` and ``keep_note`` raise DiskFull and the like; nothing of the save is then kept. When they return
    it is on the disk.
    """

    __slots__ = ("_author", "_database", "_log", "actor", "now")

    def __init__(self, database: Database, log: TypingLog, *, actor: str, now: datetime) -> None:
        self._database = database
        self._log = log
        self._author = log.author
        self.actor = actor
        self.now = now

    def response(self, case_id: str, form_id: str) -> ResponseRecord | None:
        """Return the draft of a form if there is one, else the response finished last, as it stands now."""
        known = self._log.responses.get((case_id, form_id))
        return known if known is not None else FormStore(self._database).newest(case_id, form_id)

    def note(self, note_id: str) -> Note | None:
        """Return a note as it stands now, ``None`` when there is none."""
        known = self._log.notes.get(note_id)
        return known if known is not None else JournalStore(self._database).find(note_id)

    def author(self) -> Author:
        """Return who writes notes."""
        if self._author is None:
            self._author = author_from_settings(SettingsStore(self._database).all())
        return self._author

    def keep_answers(self, record: ResponseRecord, typed: TypedAnswers) -> ResponseRecord:
        """Save answers of a form that stands as ``record``; return how it stands then."""
        saved = record.saved_again(self.now)
        self._keep(record.id, saved.revision, record.case_id, typed)
        self._log.responses[record.case_id, record.form_id] = saved
        return saved

    def keep_note(self, note: Note, names: tuple[str, ...]) -> None:
        """Save a draft that now stands as ``note``; ``names``: the fields that were changed."""
        typed = TypedNote(names, note.content, note.event, note.author)
        self._keep(note.id, note.revision, note.case_id, typed)
        self._log.notes[note.id] = note
        self._log.author = self._author

    def _keep(self, holder: str, revision: int, case_id: str, typed: TypedAnswers | TypedNote) -> None:
        self._log.waits = True
        try:
            TypedStore(self._database).add(holder, revision, case_id, typed, self.now, self.actor)
        except BaseException:
            self._log.forget()
            raise
