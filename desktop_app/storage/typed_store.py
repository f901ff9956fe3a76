"""What was typed a moment ago: one row for each save, durable at once, laid in its place a little later.

A save of what is being typed is one row in one small table, so it costs what one row costs. Answers, former wordings,
notes and lines of the log follow from it in ``typed_fold.py``, before anybody reads or does anything else.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

import msgspec

from desktop_app.domain.journal import Author, EventTime, NoteContent
from desktop_app.domain.stored_answers import PlacedAnswer, PlacedRow
from desktop_app.domain.values import storable
from desktop_app.storage.moments import moment_of
from desktop_app.storage.store import Store

_ADD: Final = (
    "INSERT INTO typed (kind, case_id, holder, revision, at, actor, content) VALUES (?, ?, ?, ?, ?, ?, ?)"
)
_encode = msgspec.json.Encoder().encode


class TypedKind(StrEnum):
    """What is being typed."""

    ANSWERS = "answers"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class TypedAnswers:
    """Answers saved together: of which form, the items' names in it, each answer in its place, and rows it takes."""

    form: str
    names: tuple[str, ...]
    answers: tuple[PlacedAnswer, ...]
    rows: tuple[PlacedRow, ...] = ()


@dataclass(frozen=True, slots=True)
class TypedNote:
    """A draft of a note as it was saved, and the names of the fields that were changed."""

    names: tuple[str, ...]
    content: NoteContent
    event: EventTime | None
    author: Author


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedRow:
    """One save. ``holder`` is the response or the note, ``revision`` the one it gets, ``content`` is JSON."""

    seq: int
    kind: TypedKind
    case_id: str
    holder: str
    revision: int
    at: datetime
    actor: str
    content: str

    def answers(self) -> TypedAnswers:
        """Return what a row of answers holds. Raises ``msgspec.MsgspecError`` for what nobody could have written."""
        return msgspec.json.decode(self.content, type=TypedAnswers)

    def note(self) -> TypedNote:
        """Return what a row of a note holds. Raises as ``answers``."""
        return msgspec.json.decode(self.content, type=TypedNote)


class TypedStore(Store):
    """The table ``typed``. Rows ``set_aside`` could not be laid in their place: they stay, and are passed over."""

    def add(
        self, holder: str, revision: int, case_id: str, typed: TypedAnswers | TypedNote, at: datetime, by: str
    ) -> None:
        """Write one save as a transaction of its own; when this returns it is on the disk."""
        kind = "answers" if isinstance(typed, TypedAnswers) else "note"
        try:
            content = _encode(typed).decode()
        except UnicodeEncodeError:  # half a sign, which a broken paste can leave
            content = storable(json.dumps(msgspec.to_builtins(typed), ensure_ascii=False))
        self._database.execute_alone(_ADD, (kind, case_id, holder, revision, at.isoformat(), by, content))

    def is_waiting(self) -> bool:
        """Tell whether anything waits to be laid in its place."""
        return bool(self._rows("SELECT 1 FROM typed WHERE set_aside = 0 LIMIT 1"))

    def waiting(self) -> list[TypedRow]:
        """Return what waits to be laid in its place, oldest first."""
        rows = self._rows(
            "SELECT seq, kind, case_id, holder, revision, at, actor, content FROM typed "
            "WHERE set_aside = 0 ORDER BY seq"
        )
        return [
            TypedRow(
                seq=int(seq),
                kind=TypedKind(str(kind)),
                case_id=str(case_id),
                holder=str(holder),
                revision=int(revision),
                at=moment_of(str(at)),
                actor=str(actor),
                content=str(content),
            )
            for seq, kind, case_id, holder, revision, at, actor, content in rows
        ]

    def remove(self, rows: Sequence[TypedRow]) -> None:
        """Take away rows that have been laid in their place, in the same transaction."""
        self._execute_many("DELETE FROM typed WHERE seq = ?", [(row.seq,) for row in rows])

    def set_aside(self, row: TypedRow) -> None:
        """Mark a row that could not be laid in its place; it stays for good."""
        self._execute("UPDATE typed SET set_aside = 1 WHERE seq = ?", (row.seq,))
