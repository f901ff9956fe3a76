"""A copy of a document outside the store: a named act with its line in the log. What is written is not encrypted."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from desktop_app.domain.bare_pictures import bare_picture
from desktop_app.domain.changes import ChangeSet, Kind, changed
from desktop_app.domain.errors import DiskFull, TargetExists, TargetNotWritable
from desktop_app.domain.progress import NoProgress, Progress
from desktop_app.services.documents import ENTITY, read
from desktop_app.services.session import Session
from desktop_app.storage.place_facts import place_kind

UNFINISHED = ".part"


def kind_of_place(folder: Path) -> str:
    """Return whose disk a folder lies on: ``own``, ``network`` or ``synced``. Never fails."""
    return place_kind(folder).kind.value


def export(session: Session, document_id: str, path: Path, progress: Progress | None = None) -> ChangeSet:
    """Write a document to a file the person named, whole or not at all, and log the act.

    A picture is written without what it tells beside itself (place, time, camera); the store keeps it as it came.

    Raises:
        TargetExists: something is there already; it is left as it is.
        TargetNotWritable: the place cannot be written; nothing is left behind.
        DiskFull: there was no room; nothing is left behind.
        DocumentGone, DocumentDamaged, Cancelled: see ``read``; no file is made.

    """
    content = read(session, document_id, progress or NoProgress())
    with session.reading() as stores:
        media_type = stores.case_documents.by_id(document_id).media_type
    if media_type.is_picture:
        content = bare_picture(content, media_type)
    _write_whole(path, content)
    try:
        with session.act() as work:
            known = work.case_documents.by_id(document_id)
            work.audit("document.exported", case_id=known.case_id, entity=ENTITY, entity_id=document_id)
            work.commit()
    except BaseException:
        path.unlink(missing_ok=True)  # no copy outside the store without its line in the log
        raise
    return changed(Kind.DOCUMENT, case_id=known.case_id)


def _write_whole(path: Path, content: bytes) -> None:
    """Write beside the name, then take the name: a fall never leaves half a document that looks whole."""
    beside = path.with_name(path.name + UNFINISHED)
    made: list[Path] = []
    try:
        with path.open("xb"):  # takes the name: nothing is ever written over
            made.append(path)
        with beside.open("xb") as file:
            made.append(beside)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except FileExistsError:
        _take_away(made)
        raise TargetExists(place=str(path)) from None
    except (OSError, ValueError) as failed:
        _take_away(made)
        full = isinstance(failed, OSError) and failed.errno in (errno.ENOSPC, errno.EDQUOT)
        raise (DiskFull() if full else TargetNotWritable(place=str(path))) from None


def _take_away(made: list[Path]) -> None:
    for path in made:
        path.unlink(missing_ok=True)
