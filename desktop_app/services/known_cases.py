"""Who is known already: what the search answers before a case is opened."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.services.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is known of somebody; every part may be empty."""

    identity_number: str = ""
    phone: str = ""
    alias: str = ""
    name: str = ""
    case_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownCase:
    """A case that may be about the same person, and why."""

    case_id: str
    code: str
    kind: str
    protected: bool
    name: str | None
    why: tuple[str, ...]


def who_is_known(session: Session, asked: Asked) -> tuple[KnownCase, ...]:
    """Return the cases that may be about the same person."""
    return ()
