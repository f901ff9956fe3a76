"""A JSON text whose last field is a digest over every byte before it.

Because the digest stands over bytes and not over meaning, every flipped bit is seen, and the rule can be
checked before anything is known about the format of the rest: a newer format and damage are never confused.
"""

import re
from typing import Final

_SEALED: Final = re.compile(rb'(\{.*),"([a-z]+)":"([0-9a-f]{64})"\}\n', re.DOTALL)


def append_seal(body: bytes, name: str, seal: str) -> bytes:
    """Return a JSON object's text with the field ``name`` added last; ``seal`` is 64 hexadecimal characters."""
    return body[:-1] + f',"{name}":"{seal}"}}\n'.encode()


def split_seal(sealed: bytes, name: str) -> tuple[bytes, str]:
    """Return the JSON object's text without its last field, and that field. Raises ``ValueError``."""
    match = _SEALED.fullmatch(sealed)
    if match is None or match[2] != name.encode():
        raise ValueError("no seal at the end")
    return match[1] + b"}", match[3].decode()
