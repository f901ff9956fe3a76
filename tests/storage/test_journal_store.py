"""The database itself keeps the journal: signed notes stay as signed, and nothing is deleted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop_app.domain.journal import LOCKS_AFTER, Author, Note, NoteContent, begun
from desktop_app.storage.keys import Passphrase, RecoveryKey
from desktop_app.storage.vault_file import Vault, create_vault, open_vault
from tests.faults import old_store
from tests.helpers.vaults import CHEAP, NOW, PASSPHRASE, closed_vault, quick_derivation

KIM = Author("Kim Ek", "Socialsekreterare")
CONTENT = NoteContent(event_typed="2026-01-02", kind="fact", source="person", body="Ringde.")


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    with open_vault(closed_vault(tmp_path / "store"), PASSPHRASE) as opened:
        yield opened


def kept(vault: Vault, *, signed: bool) -> Note:
    """Put a case with one note into the store."""
    draft = begun("note1", "case1", None, KIM, NOW).rewritten(CONTENT, KIM, NOW)
    with vault.unit_of_work(actor="k", now=NOW) as work:
        work.cases.add("case1", NOW)
        work.cases.add("case2", NOW)
        work.journal.add(draft)
        if signed:
            work.journal.put(replace(draft, signed_at=NOW))
        work.audit("journal.begun")
        work.commit()
    return draft


def try_out(vault: Vault, sql: str) -> None:
    with vault.unit_of_work(actor="k", now=NOW) as work:
        work._database.execute(sql)
        work.audit("test.tried")
        work.commit()


FORBIDDEN = [
    "UPDATE journal_note SET body = 'annat'",
    "UPDATE journal_note SET signed_at = NULL",
    "UPDATE journal_note SET documents = 'case_document:annan'",
    "UPDATE OR REPLACE journal_note SET revision = revision + 1",
    "DELETE FROM journal_note",
    "INSERT OR REPLACE INTO journal_note SELECT * FROM journal_note",
    "INSERT INTO journal_note SELECT * FROM journal_note WHERE true ON CONFLICT DO UPDATE SET body = ''",
    "DELETE FROM client_case WHERE case_id = 'case1'",
]


@pytest.mark.parametrize("sql", FORBIDDEN)
def test_a_signed_note_is_neither_changed_nor_taken_away(vault: Vault, sql: str):
    kept(vault, signed=True)
    before = vault.database.rows("SELECT * FROM journal_note")
    with pytest.raises(Exception, match=r"journal_note|FOREIGN"):
        try_out(vault, sql)
    assert vault.database.rows("SELECT * FROM journal_note") == before
    assert vault.check().sound


DRAFTS_KEEP = [
    "DELETE FROM journal_note",
    "UPDATE journal_note SET case_id = 'case2'",
    "UPDATE journal_note SET note_id = 'note2'",
    "UPDATE journal_note SET begun_at = '9999'",
    "UPDATE journal_note SET locks_at = '9999'",
    "UPDATE journal_note SET addendum_to = 'note1'",
    "UPDATE journal_note SET handwritten_by = 'någon annan'",
    "UPDATE journal_note SET body = 'sent', saved_at = '9999'",
    "UPDATE journal_note SET documents = 'case_document:annan', saved_at = '9999'",
]


@pytest.mark.parametrize("sql", DRAFTS_KEEP)
def test_a_draft_keeps_its_place_and_locks(vault: Vault, sql: str):
    kept(vault, signed=False)
    with pytest.raises(Exception, match="journal_note"):
        try_out(vault, sql)


def test_the_control_a_draft_is_rewritten_and_a_locked_one_is_signed(vault: Vault):
    draft = kept(vault, signed=False)
    try_out(vault, "UPDATE journal_note SET body = 'annat'")
    late = NOW + LOCKS_AFTER + timedelta(days=1)
    with vault.unit_of_work(actor="k", now=late) as work:
        found = work.journal.by_id("case1", draft.id)
        assert found.content.body == "annat"
        work.journal.put(found.signed(KIM, late))
        work.audit("journal.signed")
        work.commit()
    with vault.reading() as read:
        [note] = read.journal.of_case("case1")
    assert note.signed_at == late


@pytest.mark.parametrize(("signed", "case_id"), [(False, "case1"), (True, "case2")])
def test_an_addendum_points_to_a_signed_note_of_its_case(vault: Vault, signed: bool, case_id: str):
    kept(vault, signed=signed)
    with (
        vault.unit_of_work(actor="k", now=NOW) as work,
        pytest.raises(Exception, match="addendum"),
    ):
        work.journal.add(begun("note2", case_id, "note1", KIM, NOW))


def test_a_note_comes_back_as_it_was_written(vault: Vault):
    kept(vault, signed=True)
    content = NoteContent(
        event_typed="20260102 9.05", kind="own_view", source="other", source_detail="Åsa", body="å\nä\n\tö"
    )
    note = begun("note2", "case1", "note1", KIM, NOW).rewritten(content, KIM, NOW)
    with vault.unit_of_work(actor="k", now=NOW) as work:
        work.journal.add(note)
        work.audit("journal.begun")
        work.commit()
    with vault.reading() as read:
        assert read.journal.by_id("case1", "note2") == note


def test_a_store_of_the_first_schema_gets_an_empty_journal(tmp_path: Path):
    with old_store.opened(old_store.copied(tmp_path / "old")) as vault:
        assert vault.database.count_rows("journal_note") == 0
        assert vault.check().sound


def test_signed_notes_and_addenda_go_along_to_a_new_data_key_and_stay_locked(tmp_path: Path):
    new = Passphrase("en helt annan lösenfras")
    with quick_derivation():
        vault, _ = create_vault(tmp_path / "store", PASSPHRASE, now=NOW, cost=CHEAP)
        with vault:
            kept(vault, signed=True)
            with vault.unit_of_work(actor="k", now=NOW) as work:  # its id sorts before the note it adds to
                work.journal.add(begun("a0", "case1", "note1", KIM, NOW).rewritten(CONTENT, KIM, NOW))
                work.audit("journal.addendum_begun")
                work.commit()
            before = vault.database.rows("SELECT * FROM journal_note")
            vault.replace_data_key(PASSPHRASE, new, RecoveryKey.new(), actor="k", now=NOW)
            assert vault.database.rows("SELECT * FROM journal_note") == before
            assert vault.check().sound
            with pytest.raises(Exception, match="journal_note"):
                try_out(vault, "DELETE FROM journal_note")
