"""The key file: what is damaged is noticed, what is tampered with does not open."""

import hashlib
import json
import unicodedata
from pathlib import Path

import pytest

from desktop_app.domain.errors import (
    CardsNotInUse,
    CardsWrong,
    KeyFileDamaged,
    KeyFileTooNew,
    RecoveryKeyWrong,
    WrongPassphrase,
)
from desktop_app.storage.key_files import KEY_FILE_COPY_NAME, KEY_FILE_NAME, read_key_files
from desktop_app.storage.keys import (
    CardSecret,
    KdfCost,
    Passphrase,
    RecoveryKey,
    database_name,
    decode_key_file,
    derived_key,
    encode_key_file,
    make_key_file,
    new_data_key,
    unlock,
    with_new_slot,
    without_cards,
)
from desktop_app.storage.sealed_json import append_seal
from desktop_app.storage.vault_file import open_vault
from tests.helpers.figures import tell
from tests.helpers.vaults import CHEAP, PASSPHRASE, closed_vault, quick_derivation, recovery_key

DATA_KEY = bytes(range(32))
SHEET = RecoveryKey(b"r" * 20)
CARDS = CardSecret(b"c" * 16)
FORMAT_1 = Path(__file__).resolve().parents[1] / "data" / "vaults" / "schema-1"
SECRETS = (PASSPHRASE, SHEET, CARDS)


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


def test_loose_and_joined_dots_are_the_same_passphrase_both_ways():
    loose, joined = (unicodedata.normalize(form, "blåbär på Åland, ö för ö") for form in ("NFD", "NFC"))
    assert loose != joined
    with quick_derivation():
        for made, typed in ((loose, joined), (joined, loose)):
            key_file = make_key_file(DATA_KEY, Passphrase(made), SHEET, CHEAP)
            assert unlock(key_file, Passphrase(typed)) == DATA_KEY
            with pytest.raises(WrongPassphrase):
                unlock(key_file, Passphrase(typed + "\u030a"))


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


# P1.5: nothing in it can be weakened by who may write the file.

EDITS = {
    "slots.m": [65 * 1024, 128 * 1024],
    "slots.t": [4, 20],
    "slots.salt": ["A" * 22 + "=="],
    "slots.ct": ["A" * 96],
    "slots.format": [1],
    "slots.kdf": ["pbkdf2"],
    "slots.kind": ["P", "R", "C"],
    "generation": [1, 3, 9999],
    "format": [1, 3],
}


@pytest.fixture(scope="module")
def with_cards() -> bytes:
    with quick_derivation():
        key_file = make_key_file(DATA_KEY, PASSPHRASE, SHEET, CHEAP, generation=2)
        return encode_key_file(with_new_slot(key_file, DATA_KEY, CARDS, CHEAP))


def edited(raw: bytes, field: str, slot: int, value: object) -> bytes:
    def change(content) -> None:
        holder, name = (content["slots"][slot], field[6:]) if field.startswith("slots.") else (content, field)
        assert name in holder, "every field stands in the file"
        holder[name] = value

    return resealed(raw, change)


def opens(raw: bytes, slot: int) -> bool:
    try:
        return unlock(decode_key_file(raw), SECRETS[slot]) == DATA_KEY
    except (KeyFileDamaged, KeyFileTooNew, WrongPassphrase, RecoveryKeyWrong, CardsWrong):
        return False


def test_no_field_edited_with_the_seal_made_new_opens(with_cards: bytes):
    content = json.loads(with_cards)
    fields = {*content} - {"slots", "check"} | {f"slots.{name}" for name in content["slots"][0]}
    assert fields == set(EDITS), "each field of the file has its edits here"
    tried = opened = 0
    with quick_derivation():
        for slot in range(3):
            assert opens(with_cards, slot)
            for field, values in EDITS.items():
                for value in values:
                    raw = edited(with_cards, field, slot, value)
                    if json.loads(raw) | {"check": 0} != content | {"check": 0}:
                        tried += 1
                        opened += opens(raw, slot)
    assert opened == 0
    tell("P1.5", f"{tried} edits of a key file, each with its seal made new: {opened} open")


def test_control_a_slot_that_binds_nothing_opens_after_the_edit(with_cards: bytes, monkeypatch):
    with quick_derivation(), monkeypatch.context() as patch:
        patch.setattr("desktop_app.storage.key_slots._bound", lambda *_: b"")
        key_file = make_key_file(DATA_KEY, PASSPHRASE, SHEET, CHEAP, generation=2)
        assert opens(edited(encode_key_file(key_file), "generation", 0, 3), 0)


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
        lambda content: content["slots"].extend([content["slots"][0] | {"kind": "C"}] * 2),
        lambda content: content.update(generation=0),
        lambda content: content.update(generation=10_000),
        lambda content: content.update(generation="2"),
        lambda content: content.update(format=1),
        lambda content: (content.update(generation=2), content["slots"][1].pop("format")),
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


# Cards, generations, marks.


def test_cards_are_a_third_way_that_can_be_added_and_taken_away():
    with quick_derivation():
        first = make_key_file(DATA_KEY, PASSPHRASE, SHEET, CHEAP)
        with pytest.raises(CardsNotInUse):
            unlock(first, CARDS)
        second = decode_key_file(encode_key_file(with_new_slot(first, DATA_KEY, CARDS, CHEAP)))
        assert (first.has_cards, second.has_cards) == (False, True)
        assert {unlock(second, secret) for secret in SECRETS} == {DATA_KEY}
        with pytest.raises(CardsWrong):
            unlock(second, CardSecret(b"d" * 16))
        third = without_cards(with_new_slot(second, DATA_KEY, Passphrase("ny lösenfras, helt ny"), CHEAP))
        assert third.slots[1] == first.slots[1]
        with pytest.raises(CardsNotInUse):
            unlock(third, CARDS)


def test_a_mark_names_a_slot_and_changes_with_it():
    with quick_derivation():
        first = make_key_file(DATA_KEY, PASSPHRASE, SHEET, CHEAP)
        second = with_new_slot(first, DATA_KEY, PASSPHRASE, CHEAP)
    slot = first.slots[0]
    assert slot.mark == hashlib.sha256(slot.salt).hexdigest()[:16] == first.marks().passphrase
    assert (first.marks().cards, first.marks().data_key) == ("", "1")
    assert second.marks().passphrase != first.marks().passphrase
    assert second.marks().recovery_key == first.marks().recovery_key


def test_each_generation_has_a_database_of_its_own():
    assert [database_name(number) for number in (1, 2, 10)] == ["data.db", "data-2.db", "data-10.db"]


# Format 1.


def test_a_key_file_of_format_1_opens_and_is_written_back_as_it_was():
    raw = (FORMAT_1 / KEY_FILE_NAME).read_bytes()
    key_file = decode_key_file(raw)
    assert (key_file.format, key_file.generation, key_file.has_cards) == (1, 1, False)
    assert encode_key_file(key_file) == raw
    assert len(unlock(key_file, Passphrase("ekorre vante saffran brygga"))) == 32


def test_a_file_of_format_1_takes_a_new_slot_and_keeps_the_other():
    key_file = decode_key_file((FORMAT_1 / KEY_FILE_NAME).read_bytes())
    data_key = unlock(key_file, Passphrase("ekorre vante saffran brygga"))
    newer = decode_key_file(encode_key_file(with_new_slot(key_file, data_key, SHEET, CHEAP)))
    assert (newer.format, [slot.format for slot in newer.slots]) == (2, [1, 2])
    assert unlock(newer, Passphrase("ekorre vante saffran brygga")) == unlock(newer, SHEET) == data_key


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
