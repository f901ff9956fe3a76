"""Does what the command line asks, by the same services as the window."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from desktop_app import logs
from desktop_app.commands.arguments import build_parser
from desktop_app.commands.secret import ask_secret
from desktop_app.domain.cases import read_case_code
from desktop_app.domain.errors import AppError, TargetExists, TargetNotWritable, UsageError
from desktop_app.services.assess_file import assess_file, assess_files
from desktop_app.services.audit import check_store
from desktop_app.services.backups import back_up, look_into, restore, verify
from desktop_app.services.cases import case_id_of
from desktop_app.services.disclosure_check import check
from desktop_app.services.kept_prints import save_issued
from desktop_app.services.library import Library, load_library
from desktop_app.services.messages import message_for
from desktop_app.services.new_files import write_new_file
from desktop_app.services.passphrases import secret_from
from desktop_app.services.practice import make_practice_store
from desktop_app.services.printing import blank_form, issue, known_recipient
from desktop_app.services.self_test import run_self_test
from desktop_app.services.session import Session, local_now
from desktop_app.services.vault import lock, unlock, unlock_with_cards, unlock_with_recovery_key
from desktop_app.version import VERSION

DONE, REFUSED, WRONG_USE = 0, 1, 2

WindowCommand = Callable[[argparse.Namespace], int]
"""What ``__main__`` hands in for the commands that need the window: none and ``tour``."""


def run(arguments: Sequence[str], window: WindowCommand) -> int:
    """Run one command and return its exit status: 0 done, 1 refused or failed, 2 wrong use."""
    logs.begin()
    _speak_utf8()
    try:
        library = load_library()
    except AppError as fault:
        # Without the catalogue there are no Swedish words to say it with.
        print(f"{fault.code}: {fault.params}", file=sys.stderr)
        return REFUSED
    try:
        asked = build_parser(library.texts).parse_args(list(arguments))
        status = _dispatch(library, asked, window)
        sys.stdout.flush()
        return status
    except SystemExit as leaving:
        return int(leaving.code or 0)
    except BrokenPipeError:
        return _nobody_reads()
    except KeyboardInterrupt:
        return _refused(library, UsageError(detail=library.texts.get("commands.interrupted")), REFUSED)
    except UsageError as fault:
        return _refused(library, fault, WRONG_USE)
    except Exception as fault:
        return _refused(library, fault, REFUSED)


def _nobody_reads() -> int:
    """Leave in silence when whoever read the answer (``| head``) has had enough."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return REFUSED


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def _refused(library: Library, fault: BaseException, status: int) -> int:
    message = message_for(fault, library.texts)
    kind = "" if isinstance(fault, AppError) else f" ({type(fault).__name__})"
    print(f"{message.in_one_line()} [{message.code}{kind}]", file=sys.stderr)
    return status


def _dispatch(library: Library, asked: argparse.Namespace, window: WindowCommand) -> int:
    if asked.version:
        print(f"Utväg {VERSION}")
        return DONE
    if asked.self_test:
        return _self_test(library)
    if asked.command in (None, "tour"):
        return window(asked)
    status = _COMMANDS[asked.command](library, asked)
    return DONE if status is None else status


def _self_test(library: Library) -> int:
    for line in run_self_test(library):
        print(line)
    return DONE


def _practice(library: Library, asked: argparse.Namespace) -> None:
    store = make_practice_store(library, asked.store, local_now)
    try:
        print(library.texts.get("commands.passphrase_line", passphrase=store.passphrase))
        for code, title in store.cases:
            print(f"{code}  {title}")
    finally:
        lock(store.session)


def _assess(library: Library, asked: argparse.Namespace) -> int:
    if (asked.file is None) == (asked.many is None):
        raise UsageError(detail=library.texts.get("commands.assess_needs"))
    if asked.many is not None:
        return _assess_many(library, asked.many, asked.model)
    print(json.dumps(assess_file(library, asked.file, asked.model), ensure_ascii=False, indent=1))
    return DONE


def _assess_many(library: Library, folder: Path, model: str | None) -> int:
    """Answer each file on a line of its own; a file that cannot be answered gets its line among the errors."""
    status = DONE
    for answered in assess_files(library, folder, model):
        if isinstance(answered.answer, AppError):
            message = message_for(answered.answer, library.texts)
            print(f"{answered.name}: {message.in_one_line()} [{message.code}]", file=sys.stderr)
            status = WRONG_USE
        else:
            print(json.dumps({"file": answered.name, **answered.answer}, ensure_ascii=False))
    return status


def _forms(library: Library, asked: argparse.Namespace) -> None:
    for form in library.forms:
        print(f"{form.id}  {form.version}  {library.texts.get(form.text_key + '.title')}")


def _print(library: Library, asked: argparse.Namespace) -> None:
    form = library.form(asked.form)
    known_recipient(form, asked.recipient)
    if asked.blank:
        write_new_file(_free(asked.out), blank_form(library, form.id))
        return
    if asked.store is None or asked.case is None:
        raise UsageError(detail=library.texts.get("commands.print_needs"))
    read_case_code(asked.case)
    out = _free(asked.out)
    with _open(library, asked) as session:
        case_id = case_id_of(session, asked.case)
        hits = check(session, case_id, form.id, asked.recipient).hits if asked.read else ()
        ticked = frozenset(hit.id for hit in hits)
        document = issue(session, case_id, form.id, asked.recipient, ticked=ticked)
        save_issued(session, document.document_id, out)


def _free(path: Path) -> Path:
    """Return a path where a file may be made, asked before anything is issued for it."""
    if not path.parent.is_dir():
        raise TargetNotWritable(place=str(path))
    if path.exists() or path.is_symlink():
        raise TargetExists(place=str(path))
    return path


def _folder(place: Path) -> Path:
    """Return the folder somebody named, made when only its last part is missing: a stick that is out is not."""
    if place.parent.is_dir():
        with suppress(OSError):  # what stands in the way is told by whoever writes there
            place.mkdir(exist_ok=True)
    return place


def _backup(library: Library, asked: argparse.Namespace) -> None:
    with _open(library, asked) as session:
        made = back_up(session, _folder(asked.to))
    print(made.path)
    print(library.texts.get("commands.backup_done", cases=made.cases))


def _verify(library: Library, asked: argparse.Namespace) -> None:
    look_into(asked.file)
    checked = verify(asked.file, ask_secret(asked.passphrase_file, library.texts))
    print(
        library.texts.get(
            "commands.verify_done",
            cases=checked.cases,
            day=f"{checked.made_at:%Y-%m-%d %H:%M}",
            number=checked.sequence,
        )
    )


def _restore(library: Library, asked: argparse.Namespace) -> None:
    look_into(asked.file)
    made = restore(asked.file, asked.to, ask_secret(asked.passphrase_file, library.texts))
    print(library.texts.get("commands.restore_done", cases=made.cases, place=made.folder))


def _check(library: Library, asked: argparse.Namespace) -> None:
    with _open(library, asked) as session:
        report = check_store(session)
    lines = report.audit.count if report.audit else 0
    print(library.texts.get("commands.check_done", lines=lines))


_COMMANDS: dict[str, Callable[[Library, argparse.Namespace], int | None]] = {
    "practice": _practice,
    "assess": _assess,
    "forms": _forms,
    "print": _print,
    "backup": _backup,
    "verify": _verify,
    "restore": _restore,
    "check": _check,
}


@contextmanager
def _open(library: Library, asked: argparse.Namespace) -> Iterator[Session]:
    """Open the store with passphrase, recovery key or two cards, and leave it closed whatever happens."""
    typed = ask_secret(asked.passphrase_file, library.texts)
    if "\n" in typed:
        session = unlock_with_cards(library, asked.store, typed.split("\n"), local_now)
    else:
        opens = unlock_with_recovery_key if is_recovery_key(typed) else unlock
        session = opens(library, asked.store, typed, local_now)
    try:
        yield session
    finally:
        lock(session)


def is_recovery_key(typed: str) -> bool:
    """Tell whether what was typed has the form of a recovery key."""
    return type(secret_from(typed)).__name__ == "RecoveryKey"
