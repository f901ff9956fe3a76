"""The trash of a case: what was removed in the last thirty days, each with the way back."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.domain.errors import AppError
from desktop_app.domain.trash import GoneFromTrash, TrashItem
from desktop_app.services import trash
from ui.pages.case_at import CaseAt
from ui.pages.case_lists import ReadOnlyThing
from ui.presenters.trash_words import trash_lines


class TrashView(ReadOnlyThing):
    """Rows of tables, documents, links and drafts."""

    uses_paper = False

    def __init__(self, at: CaseAt) -> None:
        super().__init__(at, "form_page.trash", button_key="form_page.trash.put_back")
        self._items: dict[str, TrashItem] = {}
        self.opened.connect(self._put_back)

    def open(self) -> None:
        """Fetch what lies there."""
        self._at.desk.run(self, trash.contents, self._at.case_id, done=self._show)

    def _show(self, items: Sequence[TrashItem]) -> None:
        self._items = {item.place.ref: item for item in items}
        self.show_lines(trash_lines(items, self._at.desk.texts))

    def _put_back(self, ref: str) -> None:
        item = self._items.get(ref)
        if item is not None:
            self._at.desk.run(self, trash.put_back, item.place, failed=self._refused)

    def _refused(self, error: AppError) -> None:
        """Show what is there now; only what the list does not tell by itself is told."""
        if not isinstance(error, GoneFromTrash):
            self._at.desk.jobs.on_error(error)
        self.open()
