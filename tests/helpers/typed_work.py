"""Saves of what is typed, in any order, and the same saves as acts of their own: what they must come to."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from desktop_app.domain.answers import answered
from desktop_app.domain.forms import Address
from desktop_app.domain.journal import Author, NoteContent
from desktop_app.domain.stored_answers import CASE_HOLDER, PlacedAnswer, PlacedRow, to_stored
from desktop_app.services import forms, journal
from desktop_app.services.forms import Edit
from desktop_app.services.journal import Draft
from desktop_app.services.library import load_library
from desktop_app.services.session import Session
from desktop_app.storage.answer_store import Writer
from desktop_app.storage.vault_file import Vault
from tests.helpers.clock import StillClock
from tests.helpers.desk_work import opened_case
from tests.helpers.vaults import opened_vault, reopened_vault

NOTE = "anteckning1"
PLACES = (("F01", "next_step"), ("F01", "caller"), ("F01", "name"), ("F04", "threat_level_words"))
"""Answers of the case file, one of a form's own, and one that takes a row of a register for its form."""

TABLES = ("answer", "answer_revision", "answer_row", "form_response", "journal_note", "audit_event")


def content(body: str, kind: str = "fact") -> NoteContent:
    return NoteContent(event_typed="2026-11-22 09:15", kind=kind, source="person", body=body)


@cache
def _begun() -> Path:
    home = Path(tempfile.mkdtemp(prefix="utvag-test-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    session = Session(load_library(), opened_vault(home / "store"), StillClock())
    case_id = opened_case(session)
    for form_id in ("F01", "F04"):
        forms.open_form(session, case_id, form_id)
    journal.write_draft(session, case_id, Draft(note_id=NOTE, revision=0, content=content("Började.")))
    session.vault.close()
    return home / "store"


def case_begun(folder: Path) -> Path:
    """Put a closed store with one case, two forms and a note, all begun, at ``folder``."""
    shutil.copytree(_begun(), folder)
    return folder


@dataclass
class Typist:
    """Somebody at a store of ``case_begun``, who knows at which revision everything was seen last."""

    session: Session
    clock: StillClock
    case_id: str

    def save(self, form_id: str, link_id: str, text: str) -> None:
        revision = self.revision(form_id)
        edit = Edit(Address(link_id), answered(text))
        forms.save_answers(self.session, self.case_id, form_id, revision, [edit])

    def write(self, body: str, kind: str = "fact") -> None:
        draft = Draft(note_id=NOTE, revision=self.note_revision(), content=content(body, kind))
        journal.write_draft(self.session, self.case_id, draft)

    def save_as_an_act(self, form_id: str, link_id: str, text: str) -> None:
        """The same save, laid in its place at once, in a transaction of its own."""
        item = self.session.library.form(form_id).item(link_id)
        with self.session.act() as work:
            record = work.forms.newest(self.case_id, form_id)
            assert record is not None
            writer, stored = Writer(self.case_id, work.now, work.actor), to_stored(item, answered(text))
            place = item.row_address(record.id)
            if place is not None:
                work.answers.add_row(self.case_id, PlacedRow(CASE_HOLDER, place.link_id, place.row_id))
                placed = PlacedAnswer(CASE_HOLDER, place, stored)
            elif item.binds is not None:
                placed = PlacedAnswer(CASE_HOLDER, Address(item.binds), stored)
            else:
                placed = PlacedAnswer(record.id, Address(link_id), stored)
            work.answers.put(writer, placed)
            work.forms.saved(record.id, record.revision + 1, work.now)
            work.audit(
                "form.saved", case_id=self.case_id, entity=form_id, entity_id=record.id, fields=(link_id,)
            )
            work.commit()

    def write_as_an_act(self, body: str, kind: str = "fact") -> None:
        with self.session.act() as work:
            former = work.journal.by_id(self.case_id, NOTE)
            note = former.rewritten(content(body, kind), Author("", ""), work.now)
            work.journal.put(note)
            names = note.content.differs(former.content)
            work.audit(
                "journal.saved", case_id=self.case_id, entity="journal_note", entity_id=NOTE, fields=names
            )
            work.commit()

    def revision(self, form_id: str) -> int:
        record = self.session.typing().response(self.case_id, form_id)
        assert record is not None
        return record.revision

    def note_revision(self) -> int:
        note = self.session.typing().note(NOTE)
        assert note is not None
        return note.revision

    def waiting(self) -> int:
        """How many saves wait, asked past every door."""
        [[count]] = self.session.vault.database.rows("SELECT count(*) FROM typed")
        return int(count)

    def everything(self) -> dict[str, list[tuple[object, ...]]]:
        """All that the store holds of answers, notes and lines."""
        with self.session.reading():
            rows = self.session.vault.database.each_row_of
            return {table: sorted(rows(table), key=repr) for table in TABLES}


def typist_at(folder: Path) -> Typist:
    """Open a store of ``case_begun``; the caller closes its vault."""
    return typist_of(reopened_vault(folder))


def typist_of(vault: Vault) -> Typist:
    """Sit down at an open store of ``case_begun``."""
    clock = StillClock()
    [[case_id]] = vault.database.rows("SELECT case_id FROM client_case")
    return Typist(Session(load_library(), vault, clock), clock, str(case_id))


def after_a_death(typist: Typist, folder: Path) -> Typist:
    """Copy the store as it lies on the disk just now, open the copy, and leave the first as a dead process would."""
    shutil.copytree(typist.session.vault.folder, folder)
    again = typist_at(folder)
    again.clock.now = typist.clock.now
    return again
