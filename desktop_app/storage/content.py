"""What a database holds, as a few numbers that two copies can be compared by."""

import hashlib
from dataclasses import dataclass

import msgspec

from desktop_app.storage.audit_store import AuditStore
from desktop_app.storage.connection import Database
from desktop_app.storage.integrity import audit_chain


@dataclass(frozen=True)
class Summary:
    """Schema number, rows of each table, and the audit chain's end as it stands there: what costs little to ask."""

    schema: int
    rows: dict[str, int]
    audit_seq: int
    audit_hash: str


@dataclass(frozen=True)
class Content:
    """Schema number, rows of each table, one digest over every value of every row, and the audit chain's end."""

    schema: int
    rows: dict[str, int]
    digest: str
    audit_seq: int
    audit_hash: str
    audit_first_bad: int | None

    @property
    def summary(self) -> Summary:
        """The part of it that costs little to ask."""
        return Summary(self.schema, self.rows, self.audit_seq, self.audit_hash)


def summary_of(database: Database) -> Summary:
    """Count the rows and look at the end of the audit chain; about 2 ms per MB. Raises DatabaseDamaged."""
    seq, head = AuditStore(database).head()
    rows = {table: database.count_rows(table) for table in database.table_names()}
    return Summary(database.schema_version, rows, seq, head)


def content_of(database: Database) -> Content:
    """Read everything and sum it up; about 50 ms per MB. Raises DatabaseDamaged."""
    whole = hashlib.blake2b(digest_size=32)
    rows: dict[str, int] = {}
    for table in database.table_names():
        whole.update(msgspec.msgpack.encode(table))
        count = 0
        for row in database.each_row_of(table):
            whole.update(msgspec.msgpack.encode(row))
            count += 1
        rows[table] = count
    chain = audit_chain(database)
    return Content(
        schema=database.schema_version,
        rows=rows,
        digest=whole.hexdigest(),
        audit_seq=chain.count,
        audit_hash=chain.head,
        audit_first_bad=chain.first_bad,
    )
