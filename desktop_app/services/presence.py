"""Whether the one at the keyboard is the one who may see what is open."""

from __future__ import annotations

from desktop_app.services.passphrases import secret_from
from desktop_app.services.session import Session


def prove_presence(session: Session, typed: str) -> None:
    """Raise ``WrongPassphrase`` or ``RecoveryKeyWrong`` unless what was typed opens this store; change nothing."""
    session.vault.prove(secret_from(typed))
