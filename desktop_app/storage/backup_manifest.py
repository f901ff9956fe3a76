"""The list a backup carries of itself, sealed with a key that only the store's own secrets lead to.

The database in a backup has a random key of its own. The manifest holds that key, locked with a key derived from
the store's data key; so whoever has the passphrase or the recovery paper of that day can open the backup, and the
passphrase is not needed to make one.
"""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

import msgspec
import nacl.exceptions
import nacl.secret

from desktop_app.domain.errors import BackupDamaged, BackupTooNew
from desktop_app.storage.content import Summary
from desktop_app.storage.keys import derived_key
from desktop_app.storage.sealed_json import append_seal, split_seal

BACKUP_FORMAT: Final = 2

_SEAL: Final = "mac"
_PERSON: Final = b"utvag-manifest"


class Member(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Size in bytes and SHA-256 (hexadecimal) of one of the other two members."""

    size: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All a backup says about itself. ``made_local`` and ``made_utc`` are ISO texts of the same moment.

    Format 1 also listed a digest over all rows. It took longer than all the rest and proved no more than the seal of
    every page and the checksum of the file do; it is passed over.
    """

    format: Literal[1, 2]
    program: str
    vault_id: str
    sequence: int
    made_local: str
    made_utc: str
    content: Summary
    key_file: Member
    data: Member
    data_key: bytes


class _AnyFormat(msgspec.Struct):
    format: int


@dataclass(frozen=True)
class BackupKeys:
    """The two keys a store's data key leads to: one locks each backup's own key, one seals the manifest."""

    locking: bytes
    sealing: bytes

    @classmethod
    def of(cls, data_key: bytes) -> "BackupKeys":
        """Derive both keys."""
        return cls.derived_by(lambda purpose: derived_key(data_key, purpose))

    @classmethod
    def derived_by(cls, derive: Callable[[str], bytes]) -> "BackupKeys":
        """Let an open store derive both keys."""
        return cls(derive(LOCKING_PURPOSE), derive(SEALING_PURPOSE))


LOCKING_PURPOSE: Final = "utvag-bkup-key"
SEALING_PURPOSE: Final = "utvag-bkup-mac"


@dataclass(frozen=True)
class SealedManifest:
    """A manifest as read: not to be believed before ``require_authentic``."""

    manifest: Manifest
    body: bytes
    seal: str

    def require_authentic(self, keys: BackupKeys) -> None:
        """Raise BackupDamaged unless the manifest was made by this store's program and never changed."""
        if not hmac.compare_digest(_seal_of(self.body, keys), self.seal):
            raise BackupDamaged(member="manifest.json")


def encode_manifest(manifest: Manifest, keys: BackupKeys) -> bytes:
    """Return the sealed manifest's bytes."""
    body = msgspec.json.encode(manifest)
    return append_seal(body, _SEAL, _seal_of(body, keys))


def decode_manifest(raw: bytes) -> SealedManifest:
    """Read a manifest. Raises BackupTooNew or BackupDamaged."""
    try:
        body, seal = split_seal(raw, _SEAL)
        if msgspec.json.decode(body, type=_AnyFormat).format > BACKUP_FORMAT:
            raise BackupTooNew
        return SealedManifest(msgspec.json.decode(body, type=Manifest), body, seal)
    except ValueError as error:
        raise BackupDamaged(member="manifest.json") from error


def lock_data_key(data_key: bytes, keys: BackupKeys, vault_id: str, sequence: int) -> bytes:
    """Lock a backup's own key, tied to this store and this backup."""
    bound = _bound(BACKUP_FORMAT, vault_id, sequence)
    return bytes(nacl.secret.Aead(keys.locking).encrypt(data_key, aad=bound))


def unlock_data_key(manifest: Manifest, keys: BackupKeys) -> bytes:
    """Return a backup's own key. Raises BackupDamaged."""
    bound = _bound(manifest.format, manifest.vault_id, manifest.sequence)
    try:
        return bytes(nacl.secret.Aead(keys.locking).decrypt(manifest.data_key, aad=bound))
    except (nacl.exceptions.CryptoError, ValueError) as error:
        raise BackupDamaged(member="manifest.json") from error


def _seal_of(body: bytes, keys: BackupKeys) -> str:
    return hashlib.blake2b(body, key=keys.sealing, person=_PERSON, digest_size=32).hexdigest()


def _bound(number: int, vault_id: str, sequence: int) -> bytes:
    return msgspec.json.encode([number, vault_id, sequence])
