"""The key file: the store's random data key, locked once with the passphrase and once with the recovery key.

A new passphrase is a new slot around the same data key: at once, and without touching years of data. The price,
to be told to the user: an old copy of the file still opens with the old passphrase or the old paper.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import Final, Literal

import msgspec
import nacl.exceptions
import nacl.pwhash
import nacl.secret

from desktop_app.domain.errors import KeyFileDamaged, KeyFileTooNew, RecoveryKeyWrong, WrongPassphrase
from desktop_app.storage.sealed_json import append_seal, split_seal
from desktop_app.storage.unlock_secrets import (
    Passphrase,
    RecoveryKey,
    Secret,
    require_good_passphrase,
)

__all__ = [
    "DATA_KEY_BYTES",
    "KEY_FILE_FORMAT",
    "KdfCost",
    "KeyFile",
    "Passphrase",
    "RecoveryKey",
    "Secret",
    "decode_key_file",
    "derived_key",
    "encode_key_file",
    "make_key_file",
    "new_data_key",
    "require_good_passphrase",
    "unlock",
    "with_new_slot",
]

KEY_FILE_FORMAT: Final = 1
DATA_KEY_BYTES: Final = 32

_SEAL: Final = "check"
_SALT_BYTES: Final = nacl.pwhash.argon2id.SALTBYTES
_LOCKED_BYTES: Final = nacl.secret.Aead.NONCE_SIZE + DATA_KEY_BYTES + nacl.secret.Aead.MACBYTES
_FLOOR_KIB: Final = 64 * 1024
_CEILING_KIB: Final = 1024 * 1024
_FLOOR_PASSES: Final = 3
_CEILING_PASSES: Final = 20

Kind = Literal["P", "R"]


@dataclass(frozen=True)
class KdfCost:
    """What one try at the passphrase costs: memory in KiB and passes over it (Argon2id, one lane).

    Never below 64 MiB and 3 passes; above 1 GiB or 20 passes the program refuses to even try.
    """

    memory_kib: int = 256 * 1024
    passes: int = 3

    def __post_init__(self) -> None:
        if not _FLOOR_KIB <= self.memory_kib <= _CEILING_KIB:
            raise ValueError("memory out of bounds")
        if not _FLOOR_PASSES <= self.passes <= _CEILING_PASSES:
            raise ValueError("passes out of bounds")


class Slot(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One way to the data key. ``m`` is KiB, ``t`` passes; ``ct`` is nonce and ciphertext (XChaCha20-Poly1305)."""

    kind: Kind
    kdf: Literal["argon2id"]
    m: int
    t: int
    salt: bytes
    ct: bytes

    def __post_init__(self) -> None:
        KdfCost(self.m, self.t)
        if len(self.salt) != _SALT_BYTES or len(self.ct) != _LOCKED_BYTES:
            raise ValueError("salt or ciphertext of wrong length")


class KeyFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of a key file: one slot for the passphrase and one for the recovery key, in this order."""

    format: Literal[1]
    slots: tuple[Slot, Slot]

    def __post_init__(self) -> None:
        if [slot.kind for slot in self.slots] != ["P", "R"]:
            raise ValueError("the slots must be P and R")


class _AnyFormat(msgspec.Struct):
    format: int


def new_data_key() -> bytes:
    """Draw the random key of a new store."""
    return secrets.token_bytes(DATA_KEY_BYTES)


def derived_key(data_key: bytes, purpose: str) -> bytes:
    """Return a 32-byte key for one purpose (at most 16 ASCII characters), telling nothing about the data key."""
    return hashlib.blake2b(key=data_key, person=purpose.encode("ascii"), digest_size=32).digest()


def make_key_file(
    data_key: bytes, passphrase: Passphrase, recovery_key: RecoveryKey, cost: KdfCost
) -> KeyFile:
    """Lock a data key with both secrets. Takes two derivations."""
    return KeyFile(
        KEY_FILE_FORMAT, (_new_slot(data_key, passphrase, cost), _new_slot(data_key, recovery_key, cost))
    )


def with_new_slot(key_file: KeyFile, data_key: bytes, secret: Secret, cost: KdfCost) -> KeyFile:
    """Return the key file with the secret's own slot replaced and the other slot as it was."""
    slot = _new_slot(data_key, secret, cost)
    return KeyFile(
        KEY_FILE_FORMAT,
        (slot, key_file.slots[1]) if slot.kind == "P" else (key_file.slots[0], slot),
    )


def unlock(key_file: KeyFile, secret: Secret) -> bytes:
    """Return the data key. Raises WrongPassphrase or RecoveryKeyWrong; the key file itself is whole.

    Takes one derivation: about 0.8 s and the slot's memory at the usual cost.
    """
    slot = key_file.slots[0] if _kind_of(secret) == "P" else key_file.slots[1]
    box = nacl.secret.Aead(_wrapping_key(secret, slot.salt, slot.m, slot.t))
    try:
        return bytes(box.decrypt(slot.ct, aad=_bound(slot.kind, slot.m, slot.t, slot.salt)))
    except nacl.exceptions.CryptoError as error:
        raise (WrongPassphrase() if slot.kind == "P" else RecoveryKeyWrong()) from error


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


def _new_slot(data_key: bytes, secret: Secret, cost: KdfCost) -> Slot:
    kind = _kind_of(secret)
    salt = secrets.token_bytes(_SALT_BYTES)
    box = nacl.secret.Aead(_wrapping_key(secret, salt, cost.memory_kib, cost.passes))
    bound = _bound(kind, cost.memory_kib, cost.passes, salt)
    return Slot(kind, "argon2id", cost.memory_kib, cost.passes, salt, bytes(box.encrypt(data_key, aad=bound)))


def _kind_of(secret: Secret) -> Kind:
    return "P" if isinstance(secret, Passphrase) else "R"


def _wrapping_key(secret: Secret, salt: bytes, memory_kib: int, passes: int) -> bytes:
    return nacl.pwhash.argon2id.kdf(
        nacl.secret.Aead.KEY_SIZE, secret.material(), salt, opslimit=passes, memlimit=memory_kib * 1024
    )


def _bound(kind: Kind, memory_kib: int, passes: int, salt: bytes) -> bytes:
    """Everything about a slot that must not be changed, as associated data: a lowered cost fails the tag."""
    return msgspec.json.encode([KEY_FILE_FORMAT, kind, "argon2id", memory_kib, passes, salt])
