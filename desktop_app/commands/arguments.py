"""The words of the command line. Wrong use ends with status 2 and one plain Swedish line."""

from __future__ import annotations

import argparse
from argparse import SUPPRESS
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, NoReturn

from desktop_app.domain.errors import UsageError
from desktop_app.domain.texts import Texts

_USAGE = "så här: "
_MISSING = "the following arguments are required: "
_UNKNOWN = "unrecognized arguments: "


class _Parser(argparse.ArgumentParser):
    """Speaks Swedish, and raises ``UsageError`` where argparse would print and leave."""

    def __init__(self, texts: Texts, **words: Any) -> None:
        super().__init__(add_help=False, formatter_class=_Formatter, **words)
        self._texts = texts
        options = self.add_argument_group(texts.get("commands.options"))
        options.add_argument("-h", "--help", action="help", help=texts.get("commands.help"))
        self.options = options
        self.words = self.add_argument_group(texts.get("commands.words"))

    def option(self, name: str, metavar: str, help_key: str) -> None:
        """Take a text that may be left out."""
        self.options.add_argument(name, metavar=metavar, help=self._texts.get(help_key))

    def flag(self, name: str, help_key: str) -> None:
        """Take a word that is there or not."""
        self.options.add_argument(name, action="store_true", help=self._texts.get(help_key))

    def place(self, name: str, help_key: str, *, metavar: str = "MAPP", required: bool = True) -> None:
        """Take the path of a folder, or of a file where ``metavar`` says so."""
        self.options.add_argument(
            name, metavar=metavar, type=Path, required=required, help=self._texts.get(help_key)
        )

    def file(self, *, required: bool = True) -> None:
        """Take a file that stands by itself."""
        self.words.add_argument("file", metavar="FIL", type=Path, nargs=None if required else "?")

    def passphrase_file(self) -> None:
        """Take the file that holds the passphrase; without one it is asked for."""
        self.place("--passphrase-file", "commands.passphrase_file", metavar="FIL", required=False)

    def error(self, message: str) -> NoReturn:
        """Raise ``UsageError`` with what is wrong, never repeating what was typed as a value."""
        for beginning, key in ((_MISSING, "commands.missing"), (_UNKNOWN, "commands.unknown")):
            if message.startswith(beginning):
                raise UsageError(detail=self._texts.get(key, words=message.removeprefix(beginning)))
        place = message.removeprefix("argument ").split(":", 1)[0]
        key = "commands.no_such_command" if "invalid choice" in message else "commands.bad_value"
        raise UsageError(detail=self._texts.get(key, words=place))


class _Formatter(argparse.HelpFormatter):
    """Begins the usage line in Swedish."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        """Begin it with words of our own."""
        super().add_usage(usage, actions, groups, _USAGE if prefix is None else prefix)


def build_parser(texts: Texts) -> argparse.ArgumentParser:
    """Return the parser of ``utvag``."""
    parser = _Parser(texts, prog="utvag", description=texts.get("commands.about"))
    parser.flag("--version", "commands.version")
    parser.flag("--self-test", "commands.self_test")
    parser.place("--store", "commands.store", required=False)
    # Between two processes of the program, see ``restart``.
    parser.add_argument("--locked", help=SUPPRESS)
    parser.add_argument("--window", default="", help=SUPPRESS)
    commands = parser.add_subparsers(dest="command", metavar="", title=texts.get("commands.commands"))
    for name, takes in _COMMANDS.items():
        words = texts.get(f"commands.{name}")
        takes(commands.add_parser(name, help=words, description=words, texts=texts))
    return parser


def _practice(parser: _Parser) -> None:
    parser.place("--store", "commands.new_store")


def _assess(parser: _Parser) -> None:
    parser.file(required=False)
    parser.option("--model", "MODELL", "commands.model")
    parser.place("--many", "commands.many", required=False)


def _forms(_parser: _Parser) -> None:
    """Take no words."""


def _print(parser: _Parser) -> None:
    parser.words.add_argument("form", metavar="BLANKETT")
    parser.place("--store", "commands.store", required=False)
    parser.option("--case", "KOD", "commands.case")
    parser.place("--out", "commands.out", metavar="FIL")
    parser.option("--recipient", "MOTTAGARE", "commands.recipient")
    parser.flag("--blank", "commands.blank")
    parser.flag("--read", "commands.read")
    parser.passphrase_file()


def _backup(parser: _Parser) -> None:
    parser.place("--store", "commands.store")
    parser.place("--to", "commands.backup_place")
    parser.passphrase_file()


def _verify(parser: _Parser) -> None:
    parser.file()
    parser.passphrase_file()


def _restore(parser: _Parser) -> None:
    parser.file()
    parser.place("--to", "commands.new_store")
    parser.passphrase_file()


def _check(parser: _Parser) -> None:
    parser.place("--store", "commands.store")
    parser.passphrase_file()


def _tour(parser: _Parser) -> None:
    parser.place("--out", "commands.tour_place")


_COMMANDS: Mapping[str, Callable[[_Parser], None]] = {
    "practice": _practice,
    "assess": _assess,
    "forms": _forms,
    "print": _print,
    "backup": _backup,
    "verify": _verify,
    "restore": _restore,
    "check": _check,
    "tour": _tour,
}
"""The commands in the order help names them, and what each takes."""
