"""Throwing a draft away: into the trash, and back with Ctrl+Z."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from desktop_app.domain.errors import AppError
from desktop_app.services import drafts, trash
from desktop_app.services.drafts import Discarded
from ui.desk import Desk


def discard_draft(
    desk: Desk, owner: QObject, case_id: str, form_id: str, failed: Callable[[AppError], None]
) -> None:
    """Put the draft of a form into the trash and offer it back."""

    def offer(gone: Discarded) -> None:
        title = desk.text(f"{desk.library.form(form_id).text_key}.title")
        desk.undo.offer(desk.text("drafts.discarded", form=title), trash.put_back, gone.place)

    desk.run(owner, drafts.discard, case_id, form_id, done=offer, failed=failed)
