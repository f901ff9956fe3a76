"""What opens a store: the passphrase in someone's head, the recovery key on paper, two cards put together.

None shows itself in a ``repr``, so that a traceback or a log line cannot carry it.
"""

import secrets
import unicodedata
from collections.abc import Container
from dataclasses import dataclass, field
from typing import Final

from desktop_app.domain.errors import PassphraseTooWeak, RecoveryKeyMistyped

PASSPHRASE_LEAST_CHARACTERS: Final = 15
RECOVERY_KEY_BYTES: Final = 20
CARD_SECRET_BYTES: Final = 16

_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
_LOOKALIKES: Final = str.maketrans({"I": "1", "L": "1", "O": "0"})
_SEPARATORS: Final = frozenset("-‐‑‒–—−_.·")
_GROUP: Final = 4
_KEY_CHARACTERS: Final = 32
_ALL_CHARACTERS: Final = _KEY_CHARACTERS + _GROUP

# The largest prime below 2^20. One wrong character changes the number by d * 32^k, two swapped neighbours by
# d * 31 * 32^k, with 0 < d < 32: never a multiple of this prime, so both are always caught, not just nearly
# always as with a hash. The offset makes a sheet of nothing but zeros wrong.
_CHECK_PRIME: Final = 1_048_573
_CHECK_OFFSET: Final = 516_241


@dataclass(frozen=True)
class Passphrase:
    """What the caseworker types to unlock. Composed and decomposed å are the same; all else counts exactly."""

    text: str = field(repr=False)

    def material(self) -> bytes:
        """Return the bytes the key is derived from."""
        # Half a surrogate pair can come out of a text field; an encoding error would carry the passphrase.
        return unicodedata.normalize("NFC", self.text).encode("utf-8", errors="surrogatepass")


@dataclass(frozen=True)
class RecoveryKey:
    """160 random bits, written as eight groups of four characters and a ninth group that checks the others."""

    raw: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.raw) != RECOVERY_KEY_BYTES:
            raise ValueError("a recovery key has 20 bytes")

    @classmethod
    def new(cls) -> "RecoveryKey":
        """Draw a new key from the operating system's randomness."""
        return cls(secrets.token_bytes(RECOVERY_KEY_BYTES))

    @classmethod
    def parse(cls, text: str) -> "RecoveryKey":
        """Read what was typed from the sheet: any case, with or without separators, I and L as 1, O as 0.

        Raises RecoveryKeyMistyped (``count`` characters read of ``expected``) when the check group does not fit.
        """
        letters = [
            letter
            for letter in unicodedata.normalize("NFKC", text).upper().translate(_LOOKALIKES)
            if not letter.isspace() and letter not in _SEPARATORS
        ]
        if len(letters) != _ALL_CHARACTERS or any(letter not in _ALPHABET for letter in letters):
            raise RecoveryKeyMistyped(count=len(letters), expected=_ALL_CHARACTERS)
        number = _number_from(letters[:_KEY_CHARACTERS])
        if _number_from(letters[_KEY_CHARACTERS:]) != _check_of(number):
            raise RecoveryKeyMistyped(count=len(letters), expected=_ALL_CHARACTERS)
        return cls(number.to_bytes(RECOVERY_KEY_BYTES, "big"))

    def text(self) -> str:
        """Return the key as it stands on the sheet: ``XXXX-XXXX-…``, nine groups."""
        number = int.from_bytes(self.raw, "big")
        letters = _letters_of(number, _KEY_CHARACTERS) + _letters_of(_check_of(number), _GROUP)
        return "-".join(letters[at : at + _GROUP] for at in range(0, _ALL_CHARACTERS, _GROUP))

    def material(self) -> bytes:
        """Return the bytes the key is derived from."""
        return self.raw


@dataclass(frozen=True)
class CardSecret:
    """128 random bits that no paper holds: any two of the three cards lead to them, see ``card_shares.py``."""

    raw: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.raw) != CARD_SECRET_BYTES:
            raise ValueError("a card secret has 16 bytes")

    @classmethod
    def new(cls) -> "CardSecret":
        """Draw a new secret from the operating system's randomness."""
        return cls(secrets.token_bytes(CARD_SECRET_BYTES))

    def material(self) -> bytes:
        """Return the bytes the key is derived from."""
        return self.raw


Secret = Passphrase | RecoveryKey | CardSecret


def require_good_passphrase(passphrase: Passphrase, block_list: Container[str] = frozenset()) -> None:
    """Raise PassphraseTooWeak (``reason``: short, blocked or monotone) for one that is too easily guessed.

    Length is counted in characters as read, after composition. ``block_list`` holds casefolded passphrases
    without blanks. Nothing is demanded about kinds of characters.
    """
    text = unicodedata.normalize("NFC", passphrase.text)
    if len(text) < PASSPHRASE_LEAST_CHARACTERS:
        raise PassphraseTooWeak(reason="short", least=PASSPHRASE_LEAST_CHARACTERS)
    folded = "".join(text.casefold().split())
    if folded in block_list:
        raise PassphraseTooWeak(reason="blocked", least=PASSPHRASE_LEAST_CHARACTERS)
    if len(set(folded)) <= 2:
        raise PassphraseTooWeak(reason="monotone", least=PASSPHRASE_LEAST_CHARACTERS)


def _check_of(number: int) -> int:
    return (number + _CHECK_OFFSET) % _CHECK_PRIME


def _number_from(letters: list[str]) -> int:
    number = 0
    for letter in letters:
        number = number * 32 + _ALPHABET.index(letter)
    return number


def _letters_of(number: int, count: int) -> str:
    return "".join(_ALPHABET[(number >> (5 * place)) & 31] for place in reversed(range(count)))
