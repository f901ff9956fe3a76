"""The outer shape of a backup file: a ZIP with exactly three stored members in a fixed order.

Any ZIP program can open it. Ours accepts only what it would have written itself, byte for byte outside the
members: no other names, no paths, no compression, no comments, nothing before, between or after. So nothing can
be slipped in, nothing can swell when unpacked, and a flipped bit in the frame is seen.
"""

import hashlib
import os
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from desktop_app.domain.errors import AppError, BackupDamaged, BackupForeign, MediumFailed, SourceNotReadable
from desktop_app.storage import durable

MANIFEST: Final = "manifest.json"
KEY_FILE: Final = "nyckel.json"
DATA: Final = "data.db"

# A stick formatted as FAT32 holds no larger file, and plain ZIP no larger member.
DATA_CEILING_BYTES: Final = 4_000_000_000
_CEILINGS: Final = {MANIFEST: 1024 * 1024, KEY_FILE: 64 * 1024, DATA: DATA_CEILING_BYTES}

_CHUNK_BYTES: Final = 1024 * 1024
_LOCAL: Final = struct.Struct("<4s5H3I2H")
_CENTRAL: Final = struct.Struct("<4s6H3I5H2I")
_END: Final = struct.Struct("<4s4H2IH")
_VERSION: Final = 20
_STORED: Final = 0
_MIDNIGHT: Final = 0
_FIRST_OF_JANUARY_1980: Final = 0x21

Told = Callable[[int, int], None]


@dataclass(frozen=True)
class Facts:
    """Size in bytes, CRC-32 and SHA-256 (hexadecimal) of a member."""

    size: int
    crc32: int
    sha256: str


def facts_of_bytes(content: bytes) -> Facts:
    """Return the facts of a member held in memory."""
    return Facts(len(content), zlib.crc32(content), hashlib.sha256(content).hexdigest())


def write_container(
    target: Path, manifest_for: Callable[[Facts], bytes], key_file: bytes, data: Path, told: Told
) -> None:
    """Write a backup file, wait until the medium has it, and ask that it be read from there the next time.

    ``data`` is read once: its facts are known when it has passed, so what stands in front of it is first written
    with facts of nothing and then over again. ``manifest_for`` makes the list, as long for the one as for the other.
    """
    size = data.stat().st_size
    unknown = Facts(size, 0, "0" * 64)
    with target.open("wb") as out, data.open("rb") as source:
        out.write(_front(manifest_for(unknown), key_file, unknown))
        begins = out.tell()
        facts = _drained(source, size, told, out)
        manifest = manifest_for(facts)
        members = {MANIFEST: facts_of_bytes(manifest), KEY_FILE: facts_of_bytes(key_file), DATA: facts}
        out.write(_directory(members))
        out.seek(0)
        out.write(_front(manifest, key_file, facts))
        if out.tell() != begins:
            raise RuntimeError("the manifest changed its length")
        out.flush()
        durable.sync(out.fileno())
        durable.forget_cached(out.fileno())


def _front(manifest: bytes, key_file: bytes, data: Facts) -> bytes:
    """Return all that stands before the database."""
    small = ((MANIFEST, manifest), (KEY_FILE, key_file))
    return b"".join(_local_header(name, facts_of_bytes(raw)) + raw for name, raw in small) + _local_header(
        DATA, data
    )


class Container:
    """A backup file whose frame is right. Its members are not yet believed. ``size`` is the whole file's."""

    def __init__(
        self, path: Path, manifest: bytes, key_file: bytes, data_at: int, data: Facts, size: int
    ) -> None:
        self.path = path
        self.size = size
        self.manifest = manifest
        self.key_file = key_file
        self._data_at = data_at
        self._data = data

    @property
    def data_size(self) -> int:
        """The database's size in bytes."""
        return self._data.size

    def data_facts(self, told: Told, extract_to: BinaryIO | None = None) -> Facts:
        """Read the database through, writing it to ``extract_to`` if given; it is encrypted and stays so.

        Raises BackupDamaged when its checksum is wrong, MediumFailed or SourceNotReadable.
        """
        with _opened(self.path) as file:
            file.seek(self._data_at)
            facts = _drained(file, self._data.size, told, extract_to)
        if facts.crc32 != self._data.crc32:
            raise BackupDamaged(member=DATA)
        return facts


def open_container(path: Path) -> Container:
    """Check the frame of a backup file and read its two small members.

    Raises SourceNotReadable, MediumFailed, BackupForeign for a file of another kind, BackupDamaged for one that is cut,
    changed, or put together by another program.
    """
    try:
        with path.open("rb") as file:
            _require_ours(file)
            return _read_frame(path, file)
    except OSError as error:
        raise _unreadable(error, path) from error


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise _unreadable(error, path) from error


def _unreadable(error: OSError, path: Path) -> AppError:
    """Return MediumFailed for a stick that stopped answering, SourceNotReadable for every other reason."""
    found = durable.typed(error, path)
    return found if isinstance(found, MediumFailed) else SourceNotReadable(place=str(path))


def _read_frame(path: Path, file: BinaryIO) -> Container:
    small: dict[str, bytes] = {}
    members: dict[str, Facts] = {}
    for name in (MANIFEST, KEY_FILE):
        facts = _read_local_header(file, name)
        small[name] = file.read(facts.size)
        members[name] = facts
        if zlib.crc32(small[name]) != facts.crc32 or len(small[name]) != facts.size:
            raise BackupDamaged(member=name)
    members[DATA] = _read_local_header(file, DATA)
    data_at = file.tell()
    file.seek(data_at + members[DATA].size)
    directory = _directory(members)
    if file.read(len(directory) + 1) != directory:
        raise BackupDamaged(member="directory")
    return Container(path, small[MANIFEST], small[KEY_FILE], data_at, members[DATA], file.tell())


def _require_ours(file: BinaryIO) -> None:
    """Tell a foreign file from a damaged one of ours: ours has our names at the start or at the end."""
    start = file.read(64)
    file.seek(max(0, file.seek(0, os.SEEK_END) - 256))
    end = file.read()
    file.seek(0)
    if not start:
        raise BackupDamaged(member="empty")
    if MANIFEST.encode() not in start and not (KEY_FILE.encode() in end and DATA.encode() in end):
        raise BackupForeign


def _read_local_header(file: BinaryIO, name: str) -> Facts:
    length = _LOCAL.size + len(name)
    raw = file.read(length)
    if len(raw) != length:
        raise BackupDamaged(member=name)
    crc32, size = _LOCAL.unpack(raw[: _LOCAL.size])[6:8]
    facts = Facts(size, crc32, "")
    if size > _CEILINGS[name] or raw != _local_header(name, facts):
        raise BackupDamaged(member=name)
    return facts


def _drained(source: BinaryIO, size: int, told: Told, out: BinaryIO | None) -> Facts:
    digest = hashlib.sha256()
    crc32 = 0
    done = 0
    for chunk in _chunks(source, size):
        digest.update(chunk)
        crc32 = zlib.crc32(chunk, crc32)
        if out is not None:
            out.write(chunk)
        done += len(chunk)
        told(done, size)
    return Facts(done, crc32, digest.hexdigest())


def _chunks(source: BinaryIO, size: int) -> Iterator[bytes]:
    left = size
    while left:
        try:
            chunk = source.read(min(left, _CHUNK_BYTES))
        except OSError as error:
            raise _unreadable(error, Path(source.name)) from error
        if not chunk:
            raise BackupDamaged(member=DATA)
        left -= len(chunk)
        yield chunk


def _local_header(name: str, facts: Facts) -> bytes:
    fields = (b"PK\x03\x04", _VERSION, 0, _STORED, _MIDNIGHT, _FIRST_OF_JANUARY_1980)
    return _LOCAL.pack(*fields, facts.crc32, facts.size, facts.size, len(name), 0) + name.encode()


def _directory(members: dict[str, Facts]) -> bytes:
    entries = b""
    at = 0
    for name, facts in members.items():
        fields = (b"PK\x01\x02", _VERSION, _VERSION, 0, _STORED, _MIDNIGHT, _FIRST_OF_JANUARY_1980)
        sizes = (facts.crc32, facts.size, facts.size, len(name))
        entries += _CENTRAL.pack(*fields, *sizes, 0, 0, 0, 0, 0, at) + name.encode()
        at += _LOCAL.size + len(name) + facts.size
    return entries + _END.pack(b"PK\x05\x06", 0, 0, len(members), len(members), len(entries), at, 0)
