"""A copy outside the store behind a passphrase of generated words, which are shown once and kept nowhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from desktop_app.domain.changes import ChangeSet
from desktop_app.printing.encryption import encrypted
from desktop_app.services.kept_prints import write_out
from desktop_app.services.passphrases import generate_passphrase
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
    changes = write_out(session, document_id, path, encrypted(pdf, words), "document.saved_encrypted")
    return EncryptedCopy(words, changes)
