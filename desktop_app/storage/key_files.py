"""The two copies of the key file beside the database.

The first copy is the one that counts; it is replaced first. So a kill in the middle of a change of passphrase
leaves exactly one passphrase that opens the store: the old one before the first rename, the new one after.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from desktop_app.domain.errors import KeyFileDamaged
from desktop_app.storage import durable
from desktop_app.storage.keys import KeyFile, Secret, decode_key_file, encode_key_file, unlock

KEY_FILE_NAME: Final = "nyckel.json"
KEY_FILE_COPY_NAME: Final = "nyckel-kopia.json"
KEY_FILE_NAMES: Final = (KEY_FILE_NAME, KEY_FILE_COPY_NAME)

_CEILING_BYTES: Final = 64 * 1024


@dataclass(frozen=True)
class KeyFileReading:
    """What stood in the folder: the key file, its bytes, and which of the two names need mending."""

    key_file: KeyFile
    raw: bytes
    to_mend: tuple[str, ...]


def read_key_files(folder: Path) -> KeyFileReading:
    """Read the first copy, or the second when the first is missing or damaged. Changes nothing.

    Raises KeyFileDamaged when neither can be read, MediumFailed when the disk is the reason, KeyFileTooNew when a
    newer program wrote one.
    """
    found = {name: _read(folder / name) for name in KEY_FILE_NAMES}
    for raw in found.values():
        try:
            key_file = decode_key_file(raw)
        except KeyFileDamaged:
            continue
        return KeyFileReading(key_file, raw, tuple(name for name in found if found[name] != raw))
    durable.require_medium(*(folder / name for name in found))
    raise KeyFileDamaged(place=str(folder))


def mend_key_files(folder: Path, reading: KeyFileReading) -> tuple[str, ...]:
    """Put the good copy in place of a bad or missing one; return the names that were mended.

    Only to be called when the good copy has opened the store. A folder that cannot be written is left as it is.
    """
    mended: list[str] = []
    for name in reading.to_mend:
        try:
            durable.write_synced(part_of(folder / name), reading.raw)
            durable.replace(part_of(folder / name), folder / name)
        except OSError:
            continue
        mended.append(name)
    return tuple(mended)


class PreparedKeyFiles:
    """Both copies of a new key file, written and proved beside the old ones, which still count."""

    def __init__(self, parts: dict[Path, Path]) -> None:
        self._parts = parts

    def put_in_place(self) -> None:
        """Let the new key file count. Raises FolderNotWritable or MediumFailed; the old one then stands."""
        (first, first_part), (second, second_part) = self._parts.items()
        with durable.writing_in(first.parent):
            durable.rename(first_part, first)
        try:
            # From here the new one counts, also where the disk cannot promise to keep its name.
            durable.sync_folder(first.parent)
            durable.replace(second_part, second)
        except OSError:
            # The change is made; the next opening mends the second copy.
            self.discard()

    def discard(self) -> None:
        """Remove what was prepared."""
        durable.remove_quietly(*self._parts.values())


def prepare_key_files(
    folder: Path, key_file: KeyFile, data_key: bytes, secrets: tuple[Secret, ...]
) -> PreparedKeyFiles:
    """Write a new key file twice, without letting it count yet.

    Each of ``secrets`` is proved to open what stands on the disk: one derivation each. Raises FolderNotWritable,
    DiskFull or MediumFailed, and leaves nothing.
    """
    raw = encode_key_file(key_file)
    prepared = PreparedKeyFiles({folder / name: part_of(folder / name) for name in KEY_FILE_NAMES})
    try:
        with durable.writing_in(folder):
            written = [_written(part_of(folder / name), raw) for name in KEY_FILE_NAMES]
        opened = [unlock(decode_key_file(written[0]), secret) for secret in secrets]
        if written != [raw, raw] or any(key != data_key for key in opened):
            raise KeyFileDamaged(place=str(folder))
    except BaseException:
        prepared.discard()
        raise
    return prepared


def part_of(path: Path) -> Path:
    """Return the name a file has while it is being written."""
    return path.with_name(path.name + ".part")


def _written(path: Path, raw: bytes) -> bytes:
    durable.write_synced(path, raw)
    return path.read_bytes()


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_CEILING_BYTES)
    except OSError:
        return b""
