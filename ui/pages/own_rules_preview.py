"""Which open cases would point elsewhere by a text that is not saved: codes, before and after."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop_app.domain.errors import AppError
from desktop_app.services import own_rules
from desktop_app.services.own_rules import CaseChange, PreviewPart
from ui.desk import Desk
from ui.models.rows_table import RowsTable, TableRow
from ui.presenters.own_rules_words import preview_cells
from ui.widgets.basics import Button, column, label, row
from ui.widgets.notice import Notice
from ui.widgets.table import Table

COLUMNS = ("code", "before", "after", "follows")


class RulePreview(QWidget):
    """Asks for some cases at a time and shows what was found so far; a new text begins anew."""

    def __init__(self, desk: Desk, text: Callable[[], str]) -> None:
        super().__init__()
        self._desk, self._text = desk, text
        self._changes: list[CaseChange] = []
        self._asked = ""
        words = desk.text
        self.go = Button(desk, words("window.own_rules.preview.try"), self.begin)
        self.said = label("", "soft")
        self.said.hide()
        self.notice = Notice(desk)
        self.table = Table(desk, words("window.own_rules.preview.table"), wide=(1, 2))
        headings = [words(f"window.own_rules.preview.column_{name}") for name in COLUMNS]
        self._model = RowsTable(desk.theme, headings, parent=self)
        self.table.setModel(self._model)
        self.table.hide()
        self.setLayout(column(desk.theme.px(12), row(0, self.go), self.notice, self.said, self.table))

    @property
    def changes(self) -> tuple[CaseChange, ...]:
        """What was found so far."""
        return tuple(self._changes)

    def begin(self) -> None:
        """Try the text as it stands on every open case."""
        self.forget()
        self._asked = self._text()
        self._ask(0)

    def forget(self) -> None:
        """Show nothing: what was found holds no longer."""
        self._asked = ""
        self._changes.clear()
        self.notice.silence()
        self.said.hide()
        self.table.hide()

    def _ask(self, start: int) -> None:
        asked = self._asked
        self._desk.run(
            self,
            own_rules.preview,
            asked,
            start,
            done=lambda part: self._take(asked, part),
            failed=self._refuse,
        )

    def _take(self, asked: str, part: PreviewPart) -> None:
        if asked != self._asked:
            return
        self._changes += part.changes
        self._model.set_rows(
            [TableRow(each.code, preview_cells(each, self._desk.texts)) for each in self._changes]
        )
        self.table.setVisible(bool(self._changes))
        self.table.fit()
        self._say(part)
        if part.go_on is not None:
            self._ask(part.go_on)

    def _say(self, part: PreviewPart) -> None:
        found = "found" if self._changes else "nothing"
        key = found if part.go_on is None else "trying"
        words = self._desk.text(
            f"window.own_rules.preview.{key}", count=part.tried, changed=len(self._changes)
        )
        self.said.setText(words)
        self.said.show()

    def _refuse(self, error: AppError) -> None:
        self.notice.show_error(error)
