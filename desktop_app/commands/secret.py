"""Asks for the passphrase (or the recovery key, or two cards) without ever showing it."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path

from desktop_app.domain.errors import SourceNotReadable, UsageError
from desktop_app.domain.texts import Texts
from desktop_app.services.card_words import WORDS_ON_A_CARD

_MOST_BYTES = 4_096


def ask_secret(file: Path | None, texts: Texts) -> str:
    """Return the passphrase: from a file's first line, from a prompt, or from standard input that is no terminal.

    Raises:
        SourceNotReadable: the file cannot be read or is no text.
        UsageError: nothing was given.

    """
    secret = _from_file(file) if file is not None else _from_person(texts)
    if not secret:
        raise UsageError(detail=texts.get("commands.no_passphrase"))
    return secret


def _from_file(file: Path) -> str:
    try:
        with file.open("rb") as source:
            text = source.read(_MOST_BYTES).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise SourceNotReadable(place=str(file)) from None
    first, *rest = (line.rstrip("\r") for line in text.split("\n"))
    # Two cards stand on a line each, and are the only secret of more than one line.
    is_card = len(first.split()) == WORDS_ON_A_CARD and bool(rest)
    return "\n".join((first, rest[0])) if is_card else first


def _from_person(texts: Texts) -> str:
    if sys.stdin is not None and sys.stdin.isatty():
        return getpass.getpass(texts.get("commands.ask_passphrase") + " ")
    return sys.stdin.readline().rstrip("\r\n") if sys.stdin is not None else ""
