"""``--self-test``: proves on this very machine that the program can do its main job, on a store it throws away."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from desktop_app.domain.errors import BackupFailed
from desktop_app.services.audit import check_store
from desktop_app.services.backups import back_up, restore, verify
from desktop_app.services.cases import list_cases
from desktop_app.services.library import Library
from desktop_app.services.practice import make_practice_store
from desktop_app.services.printing import blank_form, preview
from desktop_app.services.session import Session, local_now
from desktop_app.services.vault import lock, unlock
from desktop_app.version import VERSION


def run_self_test(library: Library) -> Iterator[str]:
    """Yield a line for each thing done; raises what goes wrong. Nothing is left behind."""
    with tempfile.TemporaryDirectory(prefix="utvag-") as folder:
        yield from _in_folder(library, Path(folder))


def _in_folder(library: Library, folder: Path) -> Iterator[str]:
    words = library.texts
    yield words.get("self_test.begin", version=VERSION)
    yield words.get("self_test.definitions", forms=len(library.forms), models=len(library.models))
    made = make_practice_store(library, folder / "valv", local_now)
    try:
        yield words.get("self_test.store", cases=len(made.cases))
        yield words.get("self_test.printed", count=_render_all(library, made.session))
        check_store(made.session)
        (folder / "kopior").mkdir()
        backup = back_up(made.session, folder / "kopior")
        yield words.get("self_test.backup", size=backup.size // 1024)
        before = _seen(made.session)
    finally:
        lock(made.session)
    verify(backup.path, made.passphrase)
    restore(backup.path, folder / "ater", made.passphrase)
    again = unlock(library, folder / "ater", made.passphrase, local_now)
    try:
        if _seen(again) != before:
            raise BackupFailed
        yield words.get("self_test.restored")
    finally:
        lock(again)
    yield words.get("self_test.done")


def _render_all(library: Library, session: Session) -> int:
    cases = list_cases(session)
    pages = [blank_form(library, form.id) for form in library.forms]
    pages += [preview(session, case.case_id, form.id) for case in cases[:1] for form in library.forms]
    return len(pages)


def _seen(session: Session) -> tuple[tuple[str, str | None, bytes], ...]:
    """Return what a person would see of each case: code, outcome and the newest form on paper."""
    return tuple(
        (case.code, case.outcome, preview(session, case.case_id, "F01")) for case in list_cases(session)
    )
