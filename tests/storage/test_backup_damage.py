"""Any damage to a backup, and anything slipped into one, is found before it replaces anything."""

import hashlib
import itertools
import random
import struct
import zipfile
import zlib
from contextlib import nullcontext
from pathlib import Path
from typing import BinaryIO

import pytest

from desktop_app.domain.errors import (
    BackupDamaged,
    BackupForeign,
    BackupTooNew,
    SourceNotReadable,
)
from desktop_app.storage import backup_container
from desktop_app.storage.backup_container import DATA, KEY_FILE, MANIFEST, Container
from desktop_app.storage.backup_file import inspect_backup, restore_backup, write_backup
from desktop_app.storage.backup_manifest import BackupKeys
from desktop_app.storage.backup_reading import prove, read_backup
from desktop_app.storage.keys import Passphrase
from tests.helpers.figures import rounds, tell
from tests.helpers.vaults import ACTOR, CHEAP, NOW, PASSPHRASE, add_events, data_key, opened_vault

FLIPS_PROVED = rounds(60, 1_500)
OTHER = Passphrase("en helt annan lösenfras")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, BackupKeys]:
    """Two backups of one store, with a change of passphrase between, and the keys that prove them."""
    home = tmp_path_factory.mktemp("backups")
    with opened_vault(home / "store") as vault:
        add_events(vault, 20)
        first = write_backup(vault, home, now=NOW).path
        vault.change_passphrase(PASSPHRASE, OTHER, actor=ACTOR, now=NOW, cost=CHEAP)
        second = write_backup(vault, home, now=NOW).path
    return first, second, BackupKeys.of(data_key(home / "store"))


def proved(path: Path, keys: BackupKeys) -> None:
    """As ``verify_backup``, without the derivation."""
    extracted = path.with_name("extracted")
    try:
        prove(read_backup(path), keys, extracted, None)
    finally:
        extracted.unlink(missing_ok=True)


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def framed(path: Path, content: dict[str, bytes]) -> Path:
    """Write a backup file with a right frame around any content: what a forger without a secret can do."""
    data = path.with_name("forged-data")
    data.write_bytes(content[DATA])
    backup_container.write_container(
        path, lambda _facts: content[MANIFEST], content[KEY_FILE], data, lambda _done, _total: None
    )
    data.unlink()
    return path


def test_the_untouched_backup_is_proved(made, tmp_path: Path):
    path = framed(tmp_path / "copy.sakb", members(made[0]))
    assert path.read_bytes() == made[0].read_bytes()
    proved(path, made[2])


def test_every_zip_program_can_open_it(made):
    with zipfile.ZipFile(made[0]) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [MANIFEST, KEY_FILE, DATA]


def set_byte(file: BinaryIO, place: int, byte: int) -> None:
    file.seek(place)
    file.write(bytes([byte]))
    file.flush()


def test_flipped_bits_are_found_even_without_a_secret(made, tmp_path: Path):
    content = made[0].read_bytes()
    luck = random.Random(7)
    path = tmp_path / "flipped.sakb"
    # Every byte of the frame, the list and the key file; of the database every one, or samples.
    data_begins = len(content) - len(members(made[0])[DATA]) - 300
    places = [*range(data_begins), *range(data_begins, len(content) - 300, rounds(97, 1))]
    places += range(len(content) - 300, len(content))
    missed = []
    path.write_bytes(content)
    for place in places:
        with path.open("r+b") as file:
            set_byte(file, place, content[place] ^ 1 << luck.randrange(8))
            try:
                inspect_backup(path)
                missed.append(place)
            except BackupDamaged:
                pass
            set_byte(file, place, content[place])
    inspect_backup(path)
    assert missed == []
    tell(
        "P2.3",
        f"{len(places)} single flips in a backup of {len(content)} bytes: 0 missed, even without a secret",
    )


def test_flipped_bits_are_found_when_the_frame_is_made_to_fit(made, tmp_path: Path):
    whole = members(made[0])
    luck = random.Random(8)
    path = tmp_path / "forged.sakb"
    for _ in range(FLIPS_PROVED):
        name = luck.choice([MANIFEST, KEY_FILE, DATA])
        flipped = bytearray(whole[name])
        flipped[luck.randrange(len(flipped))] ^= 1 << luck.randrange(8)
        framed(path, whole | {name: bytes(flipped)})
        # The control: a program that trusts the frame's own checksums sees nothing.
        with zipfile.ZipFile(path) as archive:
            assert archive.testzip() is None
        with pytest.raises((BackupDamaged, BackupTooNew)):
            proved(path, made[2])
    words = (
        f"{FLIPS_PROVED} flips under a frame made to fit: 0 missed; control by the frame alone: all missed"
    )
    tell("P2.3", words)


def test_cuts_and_additions_are_found(made, tmp_path: Path):
    content = made[0].read_bytes()
    path = tmp_path / "cut.sakb"
    for length in [*range(0, len(content), 997), *range(len(content) - 200, len(content))]:
        path.write_bytes(content[:length])
        with pytest.raises((BackupDamaged, BackupForeign)):
            inspect_backup(path)
    for changed in (content + b"\0", b"\0" + content, content + content, content + bytes(4096)):
        path.write_bytes(changed)
        with pytest.raises(BackupDamaged):
            inspect_backup(path)


def test_every_swap_of_members_between_two_backups_of_a_store_is_found(made, tmp_path: Path):
    one, other = members(made[0]), members(made[1])
    assert not {*one.values()} & {*other.values()}
    names = (MANIFEST, KEY_FILE, DATA)
    swaps = [taken for count in (1, 2) for taken in itertools.combinations(names, count)]
    for taken in swaps:
        path = framed(tmp_path / "mixed.sakb", one | {name: other[name] for name in taken})
        with pytest.raises(BackupDamaged):
            proved(path, made[2])
    # The control: swapping all of them is the other backup, and whole.
    proved(framed(tmp_path / "all.sakb", one | other), made[2])
    tell("P2.3", f"{len(swaps)} of {len(swaps)} swaps of members between two backups refused")


def test_a_manifest_sealed_with_another_store_s_key_is_found(made):
    with pytest.raises(BackupDamaged):
        proved(made[0], BackupKeys.of(b"z" * 32))


def crafted(
    path: Path, names: list[str], content: dict[str, bytes], compression: int = zipfile.ZIP_STORED
) -> Path:
    doubled = len(set(names)) < len(names)
    warned = pytest.warns(UserWarning, match="Duplicate name") if doubled else nullcontext()
    with warned, zipfile.ZipFile(path, "w", compression) as archive:
        for name in names:
            archive.writestr(name, content.get(name.rsplit("/")[-1], b"x"))
    return path


@pytest.mark.parametrize(
    "names",
    [
        [MANIFEST, KEY_FILE, DATA, "mer.txt"],
        [MANIFEST, KEY_FILE],
        [KEY_FILE, MANIFEST, DATA],
        [MANIFEST, KEY_FILE, "../" + DATA],
        [MANIFEST, "/etc/" + KEY_FILE, DATA],
        [MANIFEST, KEY_FILE, DATA, DATA],
        [MANIFEST, KEY_FILE, DATA, "../../utanför.txt"],
    ],
)
def test_other_names_paths_and_doubles_are_refused(made, tmp_path: Path, names: list[str]):
    (tmp_path / "in").mkdir()
    path = crafted(tmp_path / "in" / "forged.sakb", names, members(made[0]))
    with pytest.raises(BackupDamaged):
        inspect_backup(path)
    with pytest.raises(BackupDamaged):
        restore_backup(path, tmp_path / "in" / "restored", PASSPHRASE)
    assert [each.name for each in (tmp_path / "in").iterdir()] == ["forged.sakb"]
    assert [each.name for each in tmp_path.iterdir()] == ["in"]


def test_compressed_members_are_refused(made, tmp_path: Path):
    content = members(made[0]) | {DATA: bytes(50_000_000)}
    path = crafted(tmp_path / "bomb.sakb", [MANIFEST, KEY_FILE, DATA], content, zipfile.ZIP_DEFLATED)
    assert path.stat().st_size < 1_000_000
    with pytest.raises(BackupDamaged):
        inspect_backup(path)


@pytest.mark.parametrize(("name", "size"), [(MANIFEST, 2**21), (KEY_FILE, 2**17), (DATA, 4_000_000_001)])
def test_sizes_over_the_ceiling_are_refused_before_they_are_read(made, tmp_path: Path, name: str, size: int):
    content = bytearray(made[0].read_bytes())
    at = content.index(name.encode()) - 30
    struct.pack_into("<II", content, at + 18, size, size)
    path = tmp_path / "large.sakb"
    path.write_bytes(content)
    with pytest.raises(BackupDamaged):
        inspect_backup(path)


@pytest.mark.parametrize(
    "content",
    [b"x", b"%PDF-1.7 a letter", b"PK\x03\x04 another zip", bytes(5000), b"SQLite format 3\0" + bytes(500)],
)
def test_files_of_other_kinds_are_called_foreign(tmp_path: Path, content: bytes):
    path = tmp_path / "annat.sakb"
    path.write_bytes(content)
    with pytest.raises(BackupForeign):
        inspect_backup(path)


def test_an_empty_file_is_called_damaged_and_a_missing_one_unreadable(tmp_path: Path):
    (tmp_path / "tom.sakb").write_bytes(b"")
    with pytest.raises(BackupDamaged):
        inspect_backup(tmp_path / "tom.sakb")
    with pytest.raises(SourceNotReadable):
        inspect_backup(tmp_path / "ingen.sakb")
    with pytest.raises(SourceNotReadable):
        inspect_backup(tmp_path)


@pytest.mark.parametrize("newer", ["format", "schema", "key file"])
def test_a_newer_program_s_backup_is_told_from_damage(made, tmp_path: Path, newer: str):
    content = members(made[0])
    old, new = {
        "format": (b'"format":2', b'"format":9'),
        "schema": (b'"schema":', b'"schema":9'),
        "key file": (b"", b""),
    }[newer]
    content[MANIFEST] = content[MANIFEST].replace(old, new, 1)
    if newer == "key file":
        body = b'{"format":9}'
        replaced = b'{"format":9,"check":"' + hashlib.sha256(body).hexdigest().encode() + b'"}\n'
        before = hashlib.sha256(content[KEY_FILE]).hexdigest().encode()
        content[KEY_FILE] = replaced
        content[MANIFEST] = content[MANIFEST].replace(before, hashlib.sha256(replaced).hexdigest().encode())
    with pytest.raises(BackupTooNew):
        inspect_backup(framed(tmp_path / "newer.sakb", content))


def test_a_wrong_checksum_of_the_database_is_found_in_reading(made):
    container = read_backup(made[0]).container
    facts = container.data_facts(lambda _done, _total: None)
    assert facts.crc32 == zlib.crc32(members(made[0])[DATA])
    assert isinstance(container, Container)
