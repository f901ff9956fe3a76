"""One way to a data key: the key, locked with what Argon2id makes of a secret.

All that a slot says about itself is bound to the locked key, so that a lowered cost or another number does not open.
"""

import hashlib
import secrets
from dataclasses import dataclass
from typing import Final, Literal

import msgspec
import nacl.exceptions
import nacl.pwhash
import nacl.secret

from desktop_app.domain.errors import CardsWrong, MemoryShort, RecoveryKeyWrong, WrongPassphrase
from desktop_app.storage.unlock_secrets import CardSecret, Passphrase, Secret

DATA_KEY_BYTES: Final = 32
NEWEST_FORMAT: Final = 2

_SALT_BYTES: Final = nacl.pwhash.argon2id.SALTBYTES
_LOCKED_BYTES: Final = nacl.secret.Aead.NONCE_SIZE + DATA_KEY_BYTES + nacl.secret.Aead.MACBYTES
_MARK_CHARACTERS: Final = 16

FLOOR_KIB: Final = 64 * 1024
_CEILING_KIB: Final = 1024 * 1024
FLOOR_PASSES: Final = 3
CEILING_PASSES: Final = 20

Kind = Literal["P", "R", "C"]

_WRONG: Final = {"P": WrongPassphrase, "R": RecoveryKeyWrong, "C": CardsWrong}


@dataclass(frozen=True)
class KdfCost:
    """What one try at a secret costs: memory in KiB and passes over it (Argon2id, one lane).

    Never below 64 MiB and 3 passes; above 1 GiB or 20 passes the program refuses to even try.
    """

    memory_kib: int = 256 * 1024
    passes: int = 3

    def __post_init__(self) -> None:
        if not FLOOR_KIB <= self.memory_kib <= _CEILING_KIB:
            raise ValueError("memory out of bounds")
        if not FLOOR_PASSES <= self.passes <= CEILING_PASSES:
            raise ValueError("passes out of bounds")


class Slot(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One way to the data key. ``m`` is KiB, ``t`` passes; ``ct`` is nonce and ciphertext (XChaCha20-Poly1305).

    ``format`` is the key file format the slot was made in: it tells what is bound to the ciphertext. A slot of
    format 1 stays as it is until its own secret is changed, since only that secret can make it anew.
    """

    kind: Kind
    kdf: Literal["argon2id"]
    m: int
    t: int
    salt: bytes
    ct: bytes
    format: Literal[1, 2] = 1

    def __post_init__(self) -> None:
        KdfCost(self.m, self.t)
        if len(self.salt) != _SALT_BYTES or len(self.ct) != _LOCKED_BYTES:
            raise ValueError("salt or ciphertext of wrong length")

    @property
    def cost(self) -> KdfCost:
        """What one try at this slot costs."""
        return KdfCost(self.m, self.t)

    @property
    def mark(self) -> str:
        """A name for the slot that says nothing about its secret: 16 hexadecimal characters, from the salt."""
        return hashlib.sha256(self.salt).hexdigest()[:_MARK_CHARACTERS]


def new_slot(data_key: bytes, generation: int, secret: Secret, cost: KdfCost) -> Slot:
    """Lock a data key, the store's ``generation``-th, with a secret. Takes one derivation."""
    kind = kind_of(secret)
    salt = secrets.token_bytes(_SALT_BYTES)
    box = nacl.secret.Aead(wrapping_key(secret, salt, cost.memory_kib, cost.passes))
    bound = _bound(NEWEST_FORMAT, generation, kind, cost, salt)
    locked = bytes(box.encrypt(data_key, aad=bound))
    return Slot(kind, "argon2id", cost.memory_kib, cost.passes, salt, locked, NEWEST_FORMAT)


def open_slot(slot: Slot, generation: int, secret: Secret) -> bytes:
    """Return the data key. Raises WrongPassphrase, RecoveryKeyWrong or CardsWrong; MemoryShort.

    Takes one derivation: about 0.8 s and the slot's memory at the usual cost.
    """
    box = nacl.secret.Aead(wrapping_key(secret, slot.salt, slot.m, slot.t))
    bound = _bound(slot.format, generation, slot.kind, slot.cost, slot.salt)
    try:
        return bytes(box.decrypt(slot.ct, aad=bound))
    except nacl.exceptions.CryptoError as error:
        raise _WRONG[slot.kind]() from error


def kind_of(secret: Secret) -> Kind:
    """Return the kind of slot a secret opens."""
    match secret:
        case Passphrase():
            return "P"
        case CardSecret():
            return "C"
        case _:
            return "R"


def wrapping_key(secret: Secret, salt: bytes, memory_kib: int, passes: int) -> bytes:
    """Derive the key that locks a slot. Raises MemoryShort when the computer cannot give the memory."""
    try:
        return nacl.pwhash.argon2id.kdf(
            nacl.secret.Aead.KEY_SIZE, secret.material(), salt, opslimit=passes, memlimit=memory_kib * 1024
        )
    except (MemoryError, nacl.exceptions.RuntimeError) as error:
        # libsodium has one way to fail here: it could not get the memory.
        raise MemoryShort(mebibytes=memory_kib // 1024) from error


def _bound(form: int, generation: int, kind: Kind, cost: KdfCost, salt: bytes) -> bytes:
    """Everything about a slot that must not be changed, as associated data."""
    slot = [kind, "argon2id", cost.memory_kib, cost.passes, salt]
    return msgspec.json.encode([form, *slot] if form == 1 else [form, generation, *slot])
