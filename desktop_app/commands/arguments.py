"""The words of the command line. Wrong use ends with status 2 and one plain Swedish line."""

from __future__ import annotations

import argparse
from argparse import SUPPRESS
from collections.abc import Iterable
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
    parser.options.add_argument("--version", action="store_true", help=texts.get("commands.version"))
    parser.options.add_argument("--self-test", action="store_true", help=texts.get("commands.self_test"))
    parser.options.add_argument("--store", metavar="MAPP", type=Path, help=texts.get("commands.store"))
    for handed_over in ("--locked", "--window"):  # between two processes of the program, see ``restart``
        parser.add_argument(handed_over, default="" if handed_over == "--window" else None, help=SUPPRESS)
    commands = parser.add_subparsers(
        dest="command",
        metavar="",
        title=texts.get("commands.commands"),
    )

    def command(name: str) -> _Parser:
        words = texts.get(f"commands.{name}")
        return commands.add_parser(name, help=words, description=words, texts=texts)

    practice = command("practice")
    practice.options.add_argument(
        "--store", metavar="MAPP", type=Path, required=True, help=texts.get("commands.new_store")
    )

    assess = command("assess")
    assess.words.add_argument("file", metavar="FIL", type=Path, nargs="?")
    assess.options.add_argument("--model", metavar="MODELL", help=texts.get("commands.model"))
    assess.options.add_argument("--many", metavar="MAPP", type=Path, help=texts.get("commands.many"))

    command("forms")
    _print_arguments(command("print"), texts)

    backup = command("backup")
    backup.options.add_argument(
        "--store", metavar="MAPP", type=Path, required=True, help=texts.get("commands.store")
    )
    backup.options.add_argument(
        "--to", metavar="MAPP", type=Path, required=True, help=texts.get("commands.backup_place")
    )
    _passphrase_argument(backup, texts)

    verify = command("verify")
    verify.words.add_argument("file", metavar="FIL", type=Path)
    _passphrase_argument(verify, texts)

    restore = command("restore")
    restore.words.add_argument("file", metavar="FIL", type=Path)
    restore.options.add_argument(
        "--to", metavar="MAPP", type=Path, required=True, help=texts.get("commands.new_store")
    )
    _passphrase_argument(restore, texts)

    check = command("check")
    check.options.add_argument(
        "--store", metavar="MAPP", type=Path, required=True, help=texts.get("commands.store")
    )
    _passphrase_argument(check, texts)

    tour = command("tour")
    tour.options.add_argument(
        "--out", metavar="MAPP", type=Path, required=True, help=texts.get("commands.tour_place")
    )
    return parser


def _print_arguments(parser: _Parser, texts: Texts) -> None:
    parser.words.add_argument("form", metavar="BLANKETT")
    parser.options.add_argument("--store", metavar="MAPP", type=Path, help=texts.get("commands.store"))
    parser.options.add_argument("--case", metavar="KOD", help=texts.get("commands.case"))
    parser.options.add_argument(
        "--out", metavar="FIL", type=Path, required=True, help=texts.get("commands.out")
    )
    parser.options.add_argument("--recipient", metavar="MOTTAGARE", help=texts.get("commands.recipient"))
    parser.options.add_argument("--blank", action="store_true", help=texts.get("commands.blank"))
    parser.options.add_argument("--read", action="store_true", help=texts.get("commands.read"))
    _passphrase_argument(parser, texts)


def _passphrase_argument(parser: _Parser, texts: Texts) -> None:
    parser.options.add_argument(
        "--passphrase-file", metavar="FIL", type=Path, help=texts.get("commands.passphrase_file")
    )
