"""What is shown of a backup, and how what the store remembers becomes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum, auto
from pathlib import Path

from desktop_app.domain.changes import ChangeSet
from desktop_app.storage.keys import KeyMarks

CASES_TABLE = "client_case"


class Opening(StrEnum):
    """What opens a copy, beside what opens the store today."""

    PRESENT = auto()
    """Today's passphrase and today's paper."""
    OLDER_PASSPHRASE = auto()
    """An older passphrase; today's paper."""
    OLDER_PAPER = auto()
    """Today's passphrase; an older paper."""
    OLDER_BOTH = auto()
    """An older passphrase or an older paper."""
    OLDER_KEY = auto()
    """Secrets from before the data key was replaced: the copy is to be destroyed."""
    UNKNOWN = auto()
    """Not known before the copy has been read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupView:
    """One backup: when it was made and checked, and how many rows of each table it holds (when that is known).

    ``is_there`` is None when its medium is out. ``passphrase_from`` and ``passphrase_to`` tell from when until when
    the passphrase that opens it was in use (None: not known, or still in use). ``is_damaged`` when it could not be
    read back at the last rehearsal.
    """

    path: Path
    made_at: datetime
    verified_at: datetime | None
    sequence: int
    size: int
    counts: Mapping[str, int]
    medium_name: str = ""
    opens_with: Opening = Opening.UNKNOWN
    passphrase_from: date | None = None
    passphrase_to: date | None = None
    is_there: bool | None = None
    removed_at: datetime | None = None
    is_damaged: bool = False
    changes: ChangeSet | None = None

    @property
    def cases(self) -> int:
        """How many cases it holds."""
        return self.counts.get(CASES_TABLE, 0)


def opening_of(copy: KeyMarks, now: KeyMarks) -> Opening:
    """Tell which secrets open a copy, by the marks of its key file and of the store's own."""
    if not copy.passphrase or not copy.recovery_key:
        # Not known: made by a program of schema 1, and so under the first data key.
        return Opening.UNKNOWN if now.data_key in ("", "1") else Opening.OLDER_KEY
    if copy.data_key and now.data_key and copy.data_key != now.data_key:
        return Opening.OLDER_KEY
    older_paper = copy.recovery_key != now.recovery_key or copy.cards not in ("", now.cards)
    if copy.passphrase != now.passphrase:
        return Opening.OLDER_BOTH if older_paper else Opening.OLDER_PASSPHRASE
    return Opening.OLDER_PAPER if older_paper else Opening.PRESENT


@dataclass(frozen=True, slots=True)
class TableRows:
    """How many rows of one table two sides hold."""

    table: str
    left: int
    right: int

    @property
    def is_equal(self) -> bool:
        """Whether both hold the same number."""
        return self.left == self.right


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What a copy's own list promised against what was found in the restored store when it was read back."""

    promised: Mapping[str, int]
    found: Mapping[str, int]
    chain_head_equal: bool
    digest_equal: bool
    schema_equal: bool

    @property
    def tables(self) -> tuple[TableRows, ...]:
        """Every table, promised on the left and found on the right."""
        return side_by_side(self.promised, self.found)

    @property
    def is_equal(self) -> bool:
        """Whether everything is as promised."""
        same = self.chain_head_equal and self.digest_equal and self.schema_equal
        return same and all(table.is_equal for table in self.tables)


@dataclass(frozen=True, slots=True)
class RestoreView:
    """What was restored, and where, and how it compares with what the copy promised."""

    folder: Path
    counts: Mapping[str, int]
    cases: int
    comparison: Comparison


def side_by_side(left: Mapping[str, int], right: Mapping[str, int]) -> tuple[TableRows, ...]:
    """Return two counts of rows side by side, by table name; a table that one side lacks counts as empty there."""
    return tuple(TableRows(name, left.get(name, 0), right.get(name, 0)) for name in sorted({*left, *right}))
