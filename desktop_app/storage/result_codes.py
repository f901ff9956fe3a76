"""What SQLite's result codes mean to a person."""

from typing import Final

from desktop_app.domain.errors import (
    AppError,
    Cancelled,
    DatabaseDamaged,
    DiskFull,
    FolderNotWritable,
    MediumFailed,
    VaultInUse,
)

# SQLite's primary result codes: the low byte of the extended code.
CODES: Final[dict[int, type[AppError]]] = {
    3: FolderNotWritable,  # PERM
    5: VaultInUse,  # BUSY
    6: VaultInUse,  # LOCKED
    8: FolderNotWritable,  # READONLY
    9: Cancelled,  # INTERRUPT
    10: MediumFailed,  # IOERR
    11: DatabaseDamaged,  # CORRUPT
    13: DiskFull,  # FULL
    14: FolderNotWritable,  # CANTOPEN
    26: DatabaseDamaged,  # NOTADB
}
# Copying page by page comes back without a code; SQLite's words for the codes do not change.
WORDS: Final[dict[str, int]] = {
    "database is locked": 5,
    "attempt to write a readonly database": 8,
    "disk I/O error": 10,
    "database disk image is malformed": 11,
    "database or disk is full": 13,
    "unable to open database file": 14,
    "file is not a database": 26,
}
