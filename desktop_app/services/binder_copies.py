"""A crisis binder as a file outside the store, for whoever has no printer near: named by a person, noted in the log."""

from __future__ import annotations

from pathlib import Path

from desktop_app.domain.changes import ChangeSet, Kind, changed
from desktop_app.domain.errors import CaseNotFound
from desktop_app.printing.encryption import encrypted
from desktop_app.services.encrypted_copies import EncryptedCopy
from desktop_app.services.new_files import write_new_file
from desktop_app.services.passphrases import generate_passphrase
from desktop_app.services.session import Session


def save(session: Session, binder_id: str, path: Path) -> ChangeSet:
    """Write a binder to a file the person named. The file is not encrypted; the act is logged, its name is not.

    Raises:
        CaseNotFound: there is no such binder, or it is noted as destroyed.
        AppError: what ``write_new_file`` raises; nothing is left behind.

    """
    return _write(session, binder_id, path, _pdf(session, binder_id), "binder.saved_to_file")


def save_encrypted(session: Session, binder_id: str, path: Path) -> EncryptedCopy:
    """Write a binder to a file behind words that are shown once. Raises as ``save``."""
    words = generate_passphrase(session.library)
    content = encrypted(_pdf(session, binder_id), words)
    return EncryptedCopy(words, _write(session, binder_id, path, content, "binder.saved_encrypted"))


def _pdf(session: Session, binder_id: str) -> bytes:
    with session.reading() as stores:
        pdf = stores.binders.pdf(binder_id)
    if pdf is None:
        raise CaseNotFound
    return pdf


def _write(session: Session, binder_id: str, path: Path, content: bytes, kind: str) -> ChangeSet:
    write_new_file(path, content)
    try:
        with session.act() as work:
            work.audit(kind, entity="crisis_binder", entity_id=binder_id)
            work.commit()
    except BaseException:
        path.unlink(missing_ok=True)  # no copy outside the store without its line in the log
        raise
    return changed(Kind.BACKUP)
