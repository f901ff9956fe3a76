"""Whether a database is whole: every page's seal, the structure, the references, the audit chain."""

from collections.abc import Iterator
from dataclasses import dataclass

from desktop_app.domain.audit import FIRST_PREVIOUS_HASH, ChainedEvent, ChainReport, verify_chain
from desktop_app.domain.errors import AppError, DatabaseDamaged
from desktop_app.storage import durable
from desktop_app.storage.audit_store import AuditStore
from desktop_app.storage.connection import Database


@dataclass(frozen=True)
class DatabaseCheck:
    """Counts of faults found. No text from the database: it may be shown and logged."""

    page_faults: int
    structure_faults: int
    reference_faults: int

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return not (self.page_faults or self.structure_faults or self.reference_faults)

    @property
    def only_unused_pages(self) -> bool:
        """Whether the damage seems to lie in pages that hold nothing: a copy to a new file mends that."""
        return bool(self.page_faults) and not (self.structure_faults or self.reference_faults)


@dataclass(frozen=True)
class CheckReport:
    """What a full check of a store found. ``audit`` is None when the log could not even be read."""

    database: DatabaseCheck
    audit: ChainReport | None

    @property
    def sound(self) -> bool:
        """Whether the store is whole in every respect that was checked."""
        return self.database.sound and self.audit is not None and self.audit.whole


def check_database(database: Database) -> DatabaseCheck:
    """Check every page and the structure. Takes about 30 ms per MB; changes nothing.

    The WAL is emptied first: the page check reads the database file alone and would see false faults. Raises
    MediumFailed when the file cannot be read.
    """
    try:
        database.checkpoint()
        page_faults = len(database.rows("PRAGMA cipher_integrity_check"))
    except DatabaseDamaged:
        page_faults = 1
    found = DatabaseCheck(page_faults, _structure_faults(database), _reference_faults(database))
    if not found.sound:
        # A stick that was pulled looks like damage too; that must not be told as one.
        durable.require_readable(database.path)
    return found


def pages_and_structure_sound(database: Database) -> bool:
    """Tell whether every page bears its seal and the structure hangs together; about 20 ms per MB.

    Less than ``check_database`` by the references, which are not damaged by copying.
    """
    database.checkpoint()
    return not database.rows("PRAGMA cipher_integrity_check") and not _structure_faults(database)


def has_met_bad_page(database: Database) -> bool:
    """Tell whether a page without its right seal has been read on this connection, in whatever way.

    Copying page by page goes on over such a page as if it were empty; but SQLCipher then lets nothing be written
    until the connection is renewed, and so it can be asked. Writes nothing.
    """
    try:
        database.begin(writing=True)
        try:
            database.schema_version = database.schema_version
        finally:
            database.rollback()
    except AppError:
        return True
    return False


def check_store(database: Database) -> CheckReport:
    """Check the database and the audit chain."""
    found = check_database(database)
    try:
        audit = audit_chain(database)
    except DatabaseDamaged:
        audit = None
    return CheckReport(found, audit)


def audit_chain(database: Database) -> ChainReport:
    """Walk the audit chain. A line that is no event at all, written past the program, counts as a broken link."""
    lines = AuditStore(database).each()
    whole: list[ChainedEvent] = []

    def readable() -> Iterator[ChainedEvent]:
        for line in lines:
            whole[:] = [line]
            yield line

    try:
        return verify_chain(readable())
    except ValueError:
        seq, head = (whole[0].event.seq, whole[0].hash) if whole else (0, FIRST_PREVIOUS_HASH)
        return ChainReport(seq, head, first_bad=seq + 1)


def _structure_faults(database: Database) -> int:
    try:
        return sum(row[0] != "ok" for row in database.rows("PRAGMA integrity_check"))
    except DatabaseDamaged:
        return 1


def _reference_faults(database: Database) -> int:
    try:
        return len(database.rows("PRAGMA foreign_key_check"))
    except DatabaseDamaged:
        return 1
