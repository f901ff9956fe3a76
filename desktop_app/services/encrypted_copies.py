"""A copy outside the store behind a passphrase of generated words, which are shown once and kept nowhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from desktop_app.domain.changes import ChangeSet, Kind, changed
from desktop_app.printing.encryption import encrypted
from desktop_app.services.passphrases import generate_passphrase
from desktop_app.services.printing import write_new_file
from desktop_app.services.session import Session


@dataclass(frozen=True, slots=True)
class EncryptedCopy:
    """A copy that was written. ``words`` open it; nobody can get them back."""

    words: str = field(repr=False)
    changes: ChangeSet


def save_encrypted(session: Session, document_id: str, path: Path) -> EncryptedCopy:
    """Write an issued document to a file the person named, encrypted. The act is logged, name and words are not.

    Raises:
        TargetExists: something is there already; it is left as it is.
        TargetNotWritable: the place cannot be written; nothing is left behind.
        DiskFull: there was no room; nothing is left behind.
        CaseNotFound: there is no such document.

    """
    with session.reading() as stores:
        pdf = stores.documents.pdf(document_id)
    words = generate_passphrase(session.library)
    write_new_file(path, encrypted(pdf, words))
    try:
        with session.act() as work:
            record = work.documents.record(document_id)
            work.audit(
                "document.saved_encrypted",
                case_id=record.case_id,
                entity=record.form_id,
                entity_id=document_id,
            )
            work.commit()
    except BaseException:
        path.unlink(missing_ok=True)  # no copy outside the store without its line in the log
        raise
    return EncryptedCopy(words, changed(Kind.DOCUMENT, case_id=record.case_id))
