"""The log in words, and the check of the whole store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from desktop_app.domain.audit import ChainedEvent
from desktop_app.domain.errors import AuditChainBroken, DatabaseDamaged
from desktop_app.domain.texts import Texts
from desktop_app.services.session import Session
from desktop_app.storage.integrity import CheckReport


@dataclass(frozen=True, slots=True)
class EventView:
    """One line of the log: words under ``text_key`` with its places in ``params``."""

    seq: int
    at: datetime
    text_key: str
    params: Mapping[str, str]
    actor: str


def events(session: Session, case_id: str | None = None, limit: int = 200) -> tuple[EventView, ...]:
    """Return the newest lines of the log, of one case or of all, newest first."""
    with session.reading() as stores:
        head = stores.audit_log.head()[0]
        lines = (
            stores.audit_log.of_case(case_id, newest=limit)
            if case_id is not None
            else list(stores.audit_log.each(after=max(0, head - limit)))[::-1]
        )
    return tuple(_view(line, session.library.texts) for line in lines)


def _view(line: ChainedEvent, texts: Texts) -> EventView:
    event = line.event
    key = f"events.{event.kind}"
    return EventView(
        seq=event.seq,
        at=event.at.astimezone(),
        text_key=key if texts.has(key) else "events.other",
        params={"kind": event.kind, "entity": event.entity or "", "fields": ", ".join(event.fields)},
        actor=event.actor,
    )


def check_store(session: Session) -> CheckReport:
    """Check every page, the structure, the references and the chain of the log.

    Raises:
        DatabaseDamaged: a page or the structure is not as it was written.
        AuditChainBroken: the log does not hang together (``seq``).

    """
    report = session.vault.check()
    if not report.database.sound or report.audit is None:
        raise DatabaseDamaged
    if not report.audit.whole:
        raise AuditChainBroken(seq=report.audit.first_bad or 0)
    return report
