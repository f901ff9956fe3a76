"""The key file: the store's random data key, locked with the passphrase, the recovery key and, if wanted, cards.

A new passphrase is a new slot around the same data key: at once, and without touching years of data. The price,
to be told to the user: an old copy of the file still opens with the old passphrase or the old paper. A new data key
is the next *generation*: another database file, named here, so that one renaming decides which of the two counts.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import Final, Literal

import msgspec

from desktop_app.domain.errors import CardsNotInUse, KeyFileDamaged, KeyFileTooNew
from desktop_app.storage.key_slots import (
    DATA_KEY_BYTES,
    NEWEST_FORMAT,
    KdfCost,
    Kind,
    Slot,
    kind_of,
    new_slot,
    open_slot,
)
from desktop_app.storage.sealed_json import append_seal, split_seal
from desktop_app.storage.unlock_secrets import (
    CardSecret,
    Passphrase,
    RecoveryKey,
    Secret,
    require_good_passphrase,
)

__all__ = [
    "DATA_KEY_BYTES",
    "KEY_FILE_FORMAT",
    "CardSecret",
    "KdfCost",
    "KeyFile",
    "KeyMarks",
    "Passphrase",
    "RecoveryKey",
    "Secret",
    "Slot",
    "database_name",
    "decode_key_file",
    "derived_key",
    "encode_key_file",
    "make_key_file",
    "new_data_key",
    "require_good_passphrase",
    "unlock",
    "with_new_slot",
    "without_cards",
]

KEY_FILE_FORMAT: Final = NEWEST_FORMAT

_SEAL: Final = "check"
_KINDS: Final = (("P", "R"), ("P", "R", "C"))
_LAST_GENERATION: Final = 9999


@dataclass(frozen=True)
class KeyMarks:
    """Names for what opens a store, which say nothing about the secrets. ``cards`` is empty without cards."""

    passphrase: str
    recovery_key: str
    cards: str
    data_key: str


class KeyFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The content of a key file: a slot for the passphrase, one for the recovery key, one for cards or none.

    ``generation`` is the number of the data key and so of the database file; left out it is 1.
    """

    format: Literal[1, 2]
    slots: tuple[Slot, ...]
    generation: int = 1

    def __post_init__(self) -> None:
        if tuple(slot.kind for slot in self.slots) not in _KINDS:
            raise ValueError("the slots must be P and R, or P, R and C")
        if not 1 <= self.generation <= _LAST_GENERATION:
            raise ValueError("generation out of bounds")
        if any(slot.format > self.format for slot in self.slots):
            raise ValueError("a slot newer than its file")
        # Only a slot of format 2 vouches for the generation.
        if self.generation > 1 and any(slot.format == 1 for slot in self.slots):
            raise ValueError("a slot older than its generation")
        if self.format == 1 and len(self.slots) != len(_KINDS[0]):
            raise ValueError("format 1 has no cards")

    @property
    def database_name(self) -> str:
        """The file name of the database that this key file opens."""
        return database_name(self.generation)

    @property
    def has_cards(self) -> bool:
        """Whether two cards open the store."""
        return self.slot("C") is not None

    def slot(self, kind: Kind) -> Slot | None:
        """Return the slot of a kind; P and R are always there."""
        return next((slot for slot in self.slots if slot.kind == kind), None)

    def marks(self) -> KeyMarks:
        """Return the names of everything that opens the store."""
        found = {slot.kind: slot.mark for slot in self.slots}
        return KeyMarks(found["P"], found["R"], found.get("C", ""), str(self.generation))


class _AnyFormat(msgspec.Struct):
    format: int


def database_name(generation: int) -> str:
    """Return the name of the database file under a store's ``generation``-th data key."""
    return "data.db" if generation == 1 else f"data-{generation}.db"


def new_data_key() -> bytes:
    """Draw a random data key."""
    return secrets.token_bytes(DATA_KEY_BYTES)


def derived_key(data_key: bytes, purpose: str) -> bytes:
    """Return a 32-byte key for one purpose (at most 16 ASCII characters), telling nothing about the data key."""
    return hashlib.blake2b(key=data_key, person=purpose.encode("ascii"), digest_size=32).digest()


def make_key_file(
    data_key: bytes, passphrase: Passphrase, recovery_key: RecoveryKey, cost: KdfCost, *, generation: int = 1
) -> KeyFile:
    """Lock a data key with both secrets. Takes two derivations."""
    slots = tuple(new_slot(data_key, generation, secret, cost) for secret in (passphrase, recovery_key))
    return KeyFile(KEY_FILE_FORMAT, slots, generation)


def with_new_slot(key_file: KeyFile, data_key: bytes, secret: Secret, cost: KdfCost) -> KeyFile:
    """Return the key file with the secret's own slot made anew, or added, and the others as they were."""
    slot = new_slot(data_key, key_file.generation, secret, cost)
    found = {one.kind: one for one in key_file.slots} | {slot.kind: slot}
    slots = tuple(found[kind] for kind in _KINDS[-1] if kind in found)
    return KeyFile(KEY_FILE_FORMAT, slots, key_file.generation)


def without_cards(key_file: KeyFile) -> KeyFile:
    """Return the key file without its slot for cards."""
    slots = tuple(slot for slot in key_file.slots if slot.kind != "C")
    return KeyFile(KEY_FILE_FORMAT, slots, key_file.generation)


def unlock(key_file: KeyFile, secret: Secret) -> bytes:
    """Return the data key; the key file itself is whole. Takes one derivation, see ``open_slot``.

    Raises WrongPassphrase, RecoveryKeyWrong, CardsWrong, CardsNotInUse or MemoryShort.
    """
    slot = key_file.slot(kind_of(secret))
    if slot is None:
        raise CardsNotInUse
    return open_slot(slot, key_file.generation, secret)


def encode_key_file(key_file: KeyFile) -> bytes:
    """Return the bytes of a key file."""
    body = msgspec.json.encode(key_file)
    return append_seal(body, _SEAL, hashlib.sha256(body).hexdigest())


def decode_key_file(raw: bytes) -> KeyFile:
    """Read a key file's bytes. Raises KeyFileTooNew, or KeyFileDamaged for every other fault.

    The seal is not secret: it finds damage. Tampering with a cost or a slot is found by ``unlock``.
    """
    try:
        body, seal = split_seal(raw, _SEAL)
        if not hmac.compare_digest(hashlib.sha256(body).hexdigest(), seal):
            raise KeyFileDamaged
        if msgspec.json.decode(body, type=_AnyFormat).format > KEY_FILE_FORMAT:
            raise KeyFileTooNew
        return msgspec.json.decode(body, type=KeyFile)
    except ValueError as error:
        # msgspec's errors are ValueErrors too.
        raise KeyFileDamaged from error
