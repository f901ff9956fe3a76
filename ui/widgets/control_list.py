"""The control before print: what is missing and what contradicts itself, by kind, each line a way to its field."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.domain.print_control import FindingKind
from desktop_app.services.print_control import Finding
from ui.desk import Desk
from ui.widgets.basics import clear, column, label
from ui.widgets.remark_link import RemarkLink, quiet_line


class ControlList(QWidget):
    """Lists findings under a heading for each kind; says so when there is nothing."""

    go_to = Signal(object)
    """The person chose a finding (``Finding``): go to its field."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._column = column(desk.theme.px(2))
        self.setLayout(self._column)
        self.tell(desk.text("control_list.looking"))

    def tell(self, words: str) -> None:
        """Say something instead of a list."""
        clear(self._column)
        self._column.addWidget(quiet_line(words, "soft"))
        self._column.addStretch(1)

    def show_findings(self, found: Sequence[Finding], *, is_draft: bool) -> None:
        """List what was found."""
        clear(self._column)
        if is_draft:
            self._column.addWidget(quiet_line(self._desk.text("form_page.print.check_draft"), "waiting"))
        if not found:
            self._column.addWidget(quiet_line(self._desk.text("form_page.print.check_fine"), "soft"))
        for kind in FindingKind:
            mine = [each for each in found if each.kind is kind]
            if mine:
                self._show_kind(kind, mine)
        self._column.addStretch(1)

    def _show_kind(self, kind: FindingKind, found: Sequence[Finding]) -> None:
        heading = label(self._desk.text(f"control_list.kinds.{kind}", count=len(found)), "strong")
        heading.setContentsMargins(0, self._desk.theme.px(8), 0, 0)
        self._column.addWidget(heading)
        for each in found:
            self._column.addWidget(self._line(each))

    def _line(self, finding: Finding) -> QWidget:
        if finding.address is None and not finding.form_id:
            return quiet_line(finding.words, "waiting")
        return RemarkLink(self._desk, finding.words, lambda: self.go_to.emit(finding))
