"""The key file: what is damaged is noticed, what is tampered with does not open."""

import hashlib
import json
from pathlib import Path

import pytest

from desktop_app.domain.errors import KeyFileDamaged, KeyFileTooNew, RecoveryKeyWrong, WrongPassphrase
from desktop_app.storage.key_files import KEY_FILE_COPY_NAME, KEY_FILE_NAME, read_key_files
from desktop_app.storage.keys import (
    KdfCost,
    Passphrase,
    RecoveryKey,
    decode_key_file,
    derived_key,
    encode_key_file,
    make_key_file,
    new_data_key,
    unlock,
    with_new_slot,
)
from desktop_app.storage.sealed_json import append_seal
from desktop_app.storage.vault_file import open_vault
from tests.helpers.vaults import CHEAP, PASSPHRASE, closed_vault, recovery_key

DATA_KEY = bytes(range(32))
SHEET = RecoveryKey(b"r" * 20)


@pytest.fixture(scope="module")
def raw() -> bytes:
    return encode_key_file(make_key_file(DATA_KEY, PASSPHRASE, SHEET, CHEAP))


def resealed(raw: bytes, change) -> bytes:
    """What someone who knows the format, but no secret, could write."""
    content = json.loads(raw)
    del content["check"]
    change(content)
    body = json.dumps(content, separators=(",", ":")).encode()
    return append_seal(body, "check", hashlib.sha256(body).hexdigest())


def test_both_secrets_lead_to_the_data_key(raw: bytes):
    key_file = decode_key_file(raw)
    assert unlock(key_file, PASSPHRASE) == DATA_KEY
    assert unlock(key_file, SHEET) == DATA_KEY


def test_other_secrets_are_told_apart_from_damage(raw: bytes):
    key_file = decode_key_file(raw)
    with pytest.raises(WrongPassphrase):
        unlock(key_file, Passphrase("en helt annan lösenfras"))
    with pytest.raises(RecoveryKeyWrong):
        unlock(key_file, RecoveryKey(b"s" * 20))


def test_every_flipped_bit_is_damage(raw: bytes):
    for place in range(len(raw)):
        for bit in range(8):
            flipped = bytearray(raw)
            flipped[place] ^= 1 << bit
            with pytest.raises(KeyFileDamaged):
                decode_key_file(bytes(flipped))


def test_every_cut_and_addition_is_damage(raw: bytes):
    for length in range(len(raw)):
        with pytest.raises(KeyFileDamaged):
            decode_key_file(raw[:length])
    for added in (b"\n", b" ", b"\0", raw):
        with pytest.raises(KeyFileDamaged):
            decode_key_file(raw + added)


@pytest.mark.parametrize("slot", [0, 1])
@pytest.mark.parametrize(
    ("field", "value"),
    [("m", 65 * 1024), ("m", 128 * 1024), ("t", 4), ("salt", "A" * 22 + "=="), ("ct", "A" * 96)],
)
def test_a_slot_changed_with_its_seal_made_new_does_not_open(
    raw: bytes, slot: int, field: str, value: object
):
    tampered = decode_key_file(resealed(raw, lambda content: content["slots"][slot].update({field: value})))
    with pytest.raises(WrongPassphrase if slot == 0 else RecoveryKeyWrong):
        unlock(tampered, PASSPHRASE if slot == 0 else SHEET)


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content["slots"][0].update(m=64 * 1024 - 1),
        lambda content: content["slots"][0].update(m=1024 * 1024 + 1),
        lambda content: content["slots"][0].update(t=2),
        lambda content: content["slots"][0].update(t=10**9),
        lambda content: content["slots"][0].update(kdf="pbkdf2"),
        lambda content: content["slots"][0].update(kind="R"),
        lambda content: content["slots"][0].update(salt="AAAA"),
        lambda content: content["slots"][0].update(ct="AAAA"),
        lambda content: content["slots"][0].update(more=1),
        lambda content: content.update(more=1),
        lambda content: content["slots"].reverse(),
        lambda content: content["slots"].pop(),
        lambda content: content["slots"].append(content["slots"][0]),
        lambda content: content.update(format=0),
        lambda content: content.update(format="1"),
    ],
)
def test_what_no_program_of_ours_writes_is_refused_before_any_derivation(raw: bytes, change):
    with pytest.raises(KeyFileDamaged):
        decode_key_file(resealed(raw, change))


def test_a_newer_format_is_told_from_damage(raw: bytes):
    newer = resealed(raw, lambda content: (content.update(format=3), content.pop("slots")))
    with pytest.raises(KeyFileTooNew):
        decode_key_file(newer)


@pytest.mark.parametrize(("memory_kib", "passes"), [(64 * 1024 - 1, 3), (64 * 1024, 2), (1024 * 1024 + 1, 3)])
def test_a_cost_out_of_bounds_cannot_even_be_named(memory_kib: int, passes: int):
    with pytest.raises(ValueError, match="out of bounds"):
        KdfCost(memory_kib, passes)


def test_a_new_slot_leaves_the_other_as_it_was():
    first = make_key_file(DATA_KEY, PASSPHRASE, SHEET, CHEAP)
    second = with_new_slot(first, DATA_KEY, Passphrase("ny lösenfras, helt ny"), CHEAP)
    assert second.slots[1] == first.slots[1]
    with pytest.raises(WrongPassphrase):
        unlock(second, PASSPHRASE)
    third = with_new_slot(first, DATA_KEY, RecoveryKey(b"s" * 20), CHEAP)
    assert third.slots[0] == first.slots[0]
    with pytest.raises(RecoveryKeyWrong):
        unlock(third, SHEET)


def test_keys_and_purposes_are_unlike():
    assert new_data_key() != new_data_key()
    assert derived_key(DATA_KEY, "one") != derived_key(DATA_KEY, "two") != DATA_KEY


@pytest.mark.parametrize("fault", ["flip", "missing", "empty", "cut"])
@pytest.mark.parametrize("name", [KEY_FILE_NAME, KEY_FILE_COPY_NAME])
def test_one_bad_copy_is_mended_from_the_other_and_told(tmp_path: Path, fault: str, name: str):
    folder = closed_vault(tmp_path / "store")
    good = (folder / name).read_bytes()
    path = folder / name
    if fault == "missing":
        path.unlink()
    else:
        path.write_bytes({"flip": b"{" + good[1:].replace(b"P", b"Q"), "empty": b"", "cut": good[:-9]}[fault])
    with open_vault(folder, PASSPHRASE) as vault:
        assert vault.notice.mended_key_files == (name,)
    assert path.read_bytes() == good
    with open_vault(folder, PASSPHRASE) as vault:
        assert vault.notice.mended_key_files == ()


def test_a_wrong_passphrase_mends_nothing(tmp_path: Path):
    folder = closed_vault(tmp_path / "store")
    (folder / KEY_FILE_COPY_NAME).write_bytes(b"")
    with pytest.raises(WrongPassphrase):
        open_vault(folder, Passphrase("en helt annan lösenfras"))
    assert (folder / KEY_FILE_COPY_NAME).read_bytes() == b""


def test_the_copies_are_identical_and_hold_the_test_sheet(tmp_path: Path):
    folder = closed_vault(tmp_path / "store")
    reading = read_key_files(folder)
    assert reading.to_mend == ()
    assert unlock(reading.key_file, recovery_key()) == unlock(reading.key_file, PASSPHRASE)
