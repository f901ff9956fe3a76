"""A large document goes into a backup and comes out of it, byte for byte."""

from __future__ import annotations

from pathlib import Path

from desktop_app.domain.documents import PART_BYTES, About
from desktop_app.services import documents
from desktop_app.services.session import Session
from desktop_app.services.vault import lock
from desktop_app.storage.backup_file import restore_backup, verify_backup, write_backup
from desktop_app.storage.unlock_secrets import Passphrase
from tests.helpers.clock import StillClock
from tests.helpers.desk_work import opened_case
from tests.helpers.figures import rounds, tell
from tests.helpers.practice import PASSPHRASE, closed_store, opened

MEGABYTES = rounds(12, 49)


def test_a_large_document_survives_backup_and_restore(tmp_path: Path) -> None:
    session: Session = opened(closed_store(tmp_path / "valv"), StillClock())
    content = b"%PDF-1.4\n" + bytes(number * 31 % 251 for number in range(1 << 20)) * MEGABYTES
    case_id = opened_case(session)
    kept = documents.add(session, case_id, content, About(title="Stor")).document
    (tmp_path / "minne").mkdir()
    made = write_backup(session.vault, tmp_path / "minne", actor="a", now=session.clock())
    verify_backup(made.path, Passphrase(PASSPHRASE))
    restore_backup(made.path, tmp_path / "åter", Passphrase(PASSPHRASE))
    lock(session)
    again = opened(tmp_path / "åter", StillClock())
    assert documents.in_case(again, case_id).documents == (kept,)
    assert documents.read(again, kept.document_id) == content
    lock(again)
    tell("documents", f"{MEGABYTES} MB in {len(content) // PART_BYTES + 1} parts through a backup and back")
