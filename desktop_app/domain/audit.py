"""One line of the audit log, and the chain that ties each line to the one before it.

The log holds ids and field names, never values: a person can be erased while the log stands. The chain
shows changes made by someone without the key, or made outside the program. Whoever holds the key can rebuild
the whole chain, so the newest hash is also kept elsewhere (in each backup, on the printed log review).
"""

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

FIRST_PREVIOUS_HASH = "0" * 64

# No blanks: a sentence, or a first name and a surname, can never stand where an id or a field name belongs.
_NAME = re.compile(r"[A-Za-zÅÄÖåäö][A-Za-zÅÄÖåäö0-9_.:/\[\]#-]{0,119}")
_ID = re.compile(r"[A-Za-zÅÄÖåäö0-9_.:/#-]{1,120}")


@dataclass(frozen=True)
class AuditEvent:
    """One thing that was done: by whom, to what, which fields. ``seq`` counts 1, 2, 3 … without gaps.

    ``at`` must carry a time zone. ``kind`` is a dotted name such as ``form.saved``. Raises ``ValueError``,
    without the offending text, when something other than an id or a field name is put in.
    """

    seq: int
    at: datetime
    actor: str
    kind: str
    case_id: str | None = None
    entity: str | None = None
    entity_id: str | None = None
    fields: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.seq < 1:
            raise ValueError("seq counts from 1")
        if self.at.utcoffset() is None:
            raise ValueError("at needs a time zone")
        _require(_ID, "actor", self.actor)
        _require(_NAME, "kind", self.kind)
        _require(_ID, "case_id", self.case_id)
        _require(_NAME, "entity", self.entity)
        _require(_ID, "entity_id", self.entity_id)
        for field in self.fields:
            _require(_NAME, "fields", field)

    def at_text(self) -> str:
        """Return the moment as UTC text of fixed width, microseconds included."""
        return self.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def fields_text(self) -> str:
        """Return the field names as a JSON list, in the order they were given."""
        return _json(list(self.fields))


@dataclass(frozen=True)
class ChainedEvent:
    """An event with its place in the chain; both hashes are 64 lower-case hexadecimal characters."""

    event: AuditEvent
    prev_hash: str
    hash: str


@dataclass(frozen=True)
class ChainReport:
    """What a walk along the chain found: ``first_bad`` is the seq that should have stood where it breaks."""

    count: int
    head: str
    first_bad: int | None

    @property
    def whole(self) -> bool:
        """Whether every line fits the one before it."""
        return self.first_bad is None


def canonical_line(event: AuditEvent) -> bytes:
    """Return the one spelling of an event that is hashed: a JSON list in fixed order, UTF-8."""
    parts = [
        event.seq,
        event.at_text(),
        event.actor,
        event.kind,
        event.case_id,
        event.entity,
        event.entity_id,
        list(event.fields),
    ]
    return _json(parts).encode()


def chain_hash(previous: str, event: AuditEvent) -> str:
    """Return SHA-256 over the previous hash and this event's canonical line, as hexadecimal text."""
    return hashlib.sha256(previous.encode() + b"\n" + canonical_line(event)).hexdigest()


def chained(previous: str, event: AuditEvent) -> ChainedEvent:
    """Tie an event to the hash of the line before it."""
    return ChainedEvent(event, previous, chain_hash(previous, event))


def verify_chain(lines: Iterable[ChainedEvent]) -> ChainReport:
    """Walk the lines in seq order and stop at the first that does not fit.

    A log cut off at its end hangs together; only a head kept elsewhere can show that.
    """
    head = FIRST_PREVIOUS_HASH
    count = 0
    for line in lines:
        fits = line.event.seq == count + 1 and line.prev_hash == head
        if not fits or line.hash != chain_hash(head, line.event):
            return ChainReport(count, head, first_bad=count + 1)
        head = line.hash
        count += 1
    return ChainReport(count, head, first_bad=None)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _require(pattern: re.Pattern[str], what: str, text: str | None) -> None:
    if text is not None and pattern.fullmatch(text) is None:
        raise ValueError(f"{what} must be an id or a name without blanks")
