"""Reads a closed Utväg store or a backup without Utväg: ``python3 read_store.py FOLDER-OR-BACKUP [TABLE ...]``.

Needs PyNaCl and sqlcipher3 or apsw-sqlite3mc. Asks for the passphrase or the recovery key; prints rows in the clear.
Writes nothing but a copy, encrypted as it is, in a temporary folder. The format stands in format.md.
"""

import base64, getpass, hashlib, json, sys, tempfile, unicodedata, zipfile  # noqa: E401, I001 - sixty lines in all
from nacl import exceptions, pwhash, secret
from pathlib import Path

try:
    from sqlcipher3.dbapi2 import connect
except ImportError:
    from apsw import Connection as connect

CROCKFORD, PLAIN = "0123456789ABCDEFGHJKMNPQRSTVWXYZ", "0123456789ABCDEFGHIJKLMNOPQRSTUV"


def unwrap(key, locked, *bound):
    bound_to = json.dumps(bound, separators=(",", ":")).encode()
    return secret.Aead(key).decrypt(base64.b64decode(locked), bound_to)


def data_key(key_file, typed):
    signs = "".join(c for c in typed.upper().translate(str.maketrans("ILO", "110")) if c in CROCKFORD)[:32]
    number = int(signs.translate(str.maketrans(CROCKFORD, PLAIN)) or "0", 32)
    secrets = {"P": unicodedata.normalize("NFC", typed).encode(), "R": number.to_bytes(20, "big")}
    for slot in (each for each in key_file["slots"] if each["kind"] in secrets):
        kind, kdf, memory, passes, salt = (slot[name] for name in ("kind", "kdf", "m", "t", "salt"))
        key = pwhash.argon2id.kdf(32, secrets[kind], base64.b64decode(salt), passes, memory * 1024)
        head = [2, key_file.get("generation", 1)] if slot.get("format", 1) == 2 else [1]
        try:
            return unwrap(key, slot["ct"], *head, kind, kdf, memory, passes, salt)
        except exceptions.CryptoError:
            continue
    sys.exit("This is neither the passphrase nor the recovery key of what you named.")


place = Path(sys.argv[1])
read = (lambda name: (place / name).read_bytes()) if place.is_dir() else zipfile.ZipFile(place).read
key_file = json.loads(read("nyckel.json"))
key = data_key(key_file, getpass.getpass("Passphrase or recovery key: "))
number = 1 if place.is_file() else key_file.get("generation", 1)
name = f"data-{number}.db" if number > 1 else "data.db"
if place.is_file():  # a backup's database has a key of its own, locked in the manifest
    manifest = json.loads(read("manifest.json"))
    lock = hashlib.blake2b(key=key, person=b"utvag-bkup-key", digest_size=32).digest()
    key = unwrap(lock, manifest["data_key"], manifest["format"], manifest["vault_id"], manifest["sequence"])
with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
    Path(scratch, name).write_bytes(read(name))
    ask = connect(str(Path(scratch, name))).execute
    # The first two are for apsw-sqlite3mc, which knows many ciphers; SQLCipher itself passes them over.
    for pragma in ("cipher = 'sqlcipher'", "legacy = 4", f"key = \"x'{key.hex()}'\""):
        ask(f"PRAGMA {pragma}").fetchall()
    tables = ask("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").fetchall()
    for table in sys.argv[2:] or [row[0] for row in tables]:
        print(f"\n{table}:", " | ".join(row[1] for row in ask(f'PRAGMA table_info("{table}")')))
        for row in ask(f'SELECT * FROM "{table}"'):
            print(" | ".join(f"{len(cell)} bytes" if isinstance(cell, bytes) else str(cell) for cell in row))
