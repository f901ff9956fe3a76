"""Search, command palette and recently opened: one field, one panel under it, three keys that open it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from desktop_app.domain.cases import read_case_code
from desktop_app.domain.errors import AppError
from desktop_app.services import cases, recent_cases
from desktop_app.services.cases import CaseSummary
from ui.desk import Desk
from ui.presenters.commands import COMMAND_SIGN, Command, fitting
from ui.presenters.panel_rows import PanelRow, command_rows, heading, list_row, recent_rows, remark
from ui.widgets.search_field import SearchField
from ui.widgets.search_panel import SearchPanel

QUIET_MS = 80
MOST_COMMANDS = 60
FEW_COMMANDS = 6


class First(StrEnum):
    """What stands first in the panel: it follows from the key that opened it."""

    HITS = "hits"
    COMMANDS = "commands"
    RECENT = "recent"


class Finding(QObject):
    """``go`` leads to a page; ``commands`` tells what can be done now; ``over`` is what the panel floats over."""

    def __init__(
        self,
        desk: Desk,
        field: SearchField,
        over: QWidget,
        go: Callable[..., object],
        commands: Callable[[], Sequence[Command]],
    ) -> None:
        super().__init__(over)
        self._desk, self._go, self._commands = desk, go, commands
        self.field, self._over = field, over
        self.panel = SearchPanel(desk, over)
        self._first = First.HITS
        self._offered: tuple[Command, ...] = ()
        self._recent: tuple[CaseSummary, ...] = ()
        self._came_from: QWidget | None = None
        self._opens_when_found = False
        self._wait = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._wait.timeout.connect(self._ask)
        self._listen()

    @property
    def is_open(self) -> bool:
        """Whether the panel is shown."""
        return self.panel.isVisible()

    def begin(self, first: First) -> None:
        """Open the panel with the focus in the field. Only a search goes on with the words that stand there."""
        self._first = first
        self._note_where_from()
        if first is not First.HITS:
            self.field.clear()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        self._open()

    def settle(self) -> None:
        """Stay under the field when the window changes its size."""
        if self.is_open:
            self.panel.drop_from(self.field)

    def pressed(self, at: QPoint) -> None:
        """Close when something beside the panel and its field is pressed."""
        if self.is_open and not any(
            part.rect().contains(part.mapFromGlobal(at)) for part in (self.panel, self.field)
        ):
            self._close()

    # How it hangs together

    def _listen(self) -> None:
        field, panel = self.field, self.panel
        field.textChanged.connect(lambda _words: self._typed())
        field.asked.connect(self._asked_again)
        field.walked.connect(self._walk)
        field.entered.connect(self._enter)
        field.escaped.connect(self._leave)
        panel.escaped.connect(self._leave)
        panel.list.opened.connect(self._open_row)
        panel.list.typed.connect(self._type_on)
        panel.list.left.connect(lambda: self.field.setFocus(Qt.FocusReason.TabFocusReason))
        app = QApplication.instance()
        assert isinstance(app, QApplication)  # noqa: S101 - a window needs one
        app.focusChanged.connect(self._follow_focus)
        self._desk.signals.locking.connect(self._let_go)
        self._desk.discretion.changed.connect(self._show_if_open)
        QWidget.setTabOrder(field, panel.list)

    def _note_where_from(self) -> None:
        focus = self.field.window().focusWidget()
        if focus not in (self.field, self.panel.list):
            self._came_from = focus

    def _asked_again(self) -> None:
        if not self.is_open:
            self._first = First.HITS
            self._open()

    def _open(self) -> None:
        self._offered = tuple(self._commands())
        self._show([])
        self._desk.run(self, recent_cases.recent, done=self._take_recent, failed=lambda _error: None)
        self._ask()

    def _take_recent(self, recent: Sequence[CaseSummary]) -> None:
        self._recent = tuple(recent)
        self._show_if_open()

    # What is typed

    def _typed(self) -> None:
        if not self.field.hasFocus():
            return  # put back after a lock: the focus comes after the words
        if not self.is_open:
            self._open()
        self._wait.start()
        self._show_if_open(keeping=False)

    @property
    def _words(self) -> str:
        return self.field.text().strip()

    @property
    def _asks_for_commands_alone(self) -> bool:
        return not self._words or self._words.startswith(COMMAND_SIGN)

    def _ask(self) -> None:
        """Ask the store, unless only commands are wanted."""
        self._wait.stop()

    # What is shown

    def _show_if_open(self, *, keeping: bool = True) -> None:
        if self.is_open:
            chosen = self.panel.list.chosen
            self._show(self._rows(), keeping=chosen.spoken if keeping and chosen is not None else "")

    def _show(self, rows: list[PanelRow], keeping: str = "") -> None:
        self.panel.show_rows(rows or self._rows(), keeping=keeping)
        self.panel.drop_from(self.field)

    def _rows(self) -> list[PanelRow]:
        commands = self._command_part()
        parts = [self._recent_part(), self._hit_part(), commands]
        if self._first is First.COMMANDS:
            parts = [commands, *parts[:2]]
        rows = [row for part in parts for row in part]
        if self._words and not self._asks_for_commands_alone:
            rows.append(list_row(self._words, self._go, self._desk.texts))
        return rows or [remark(self._desk.text("moving.panel.nothing"))]

    def _hit_part(self) -> list[PanelRow]:
        return []

    def _command_part(self) -> list[PanelRow]:
        if self._first is First.RECENT and not self._words:
            return []
        alone = self._words.startswith(COMMAND_SIGN) or self._first is First.COMMANDS
        found = fitting(self._offered, self._words)[: MOST_COMMANDS if alone else FEW_COMMANDS]
        return self._titled("commands", list(command_rows(found)))

    def _recent_part(self) -> list[PanelRow]:
        if self._words.startswith(COMMAND_SIGN) or (self._words and self._first is not First.RECENT):
            return []
        found = recent_rows(self._recent, self._desk.discretion.hides, self._go, self._desk.texts)
        rows = [row for row in found if self._words.casefold() in row.spoken.casefold()]
        if not rows and self._first is First.RECENT and not self._words:
            return [remark(self._desk.text("moving.panel.no_recent"))]
        return self._titled("recent", rows)

    def _titled(self, name: str, rows: list[PanelRow]) -> list[PanelRow]:
        return [heading(self._desk.text(f"moving.panel.{name}")), *rows] if rows else []

    def _tell(self, words: str) -> None:
        """Let a screen reader say what came, while the focus stays in the field."""
        if self.field.hasFocus():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.field, words))

    # Keys and presses

    def _walk(self, by: int) -> None:
        if not self.is_open:
            self._note_where_from()
            self._open()
        self.panel.list.setFocus(Qt.FocusReason.TabFocusReason)
        self.panel.list.step(by)

    def _type_on(self, event: QKeyEvent) -> None:
        self.field.setFocus(Qt.FocusReason.TabFocusReason)
        self.field.end(False)
        QApplication.sendEvent(
            self.field, QKeyEvent(QEvent.Type.KeyPress, event.key(), event.modifiers(), event.text())
        )

    def _enter(self) -> None:
        try:
            code = read_case_code(self._words)
        except AppError:
            self._enter_row()
            return
        words = self._words
        self._close()
        self._desk.run(
            self,
            cases.case_id_of,
            code,
            done=lambda case_id: self._go("case", case_id=case_id),
            failed=lambda _error: self._to_list(words),
        )

    def _to_list(self, words: str) -> None:
        self._go("cases", search=words)

    def _enter_row(self) -> None:
        chosen = self.panel.list.chosen if self.is_open else None
        if chosen is not None:
            self._open_row(chosen)
        elif not self.is_open:
            self._open()

    def _open_row(self, row: PanelRow) -> None:
        """Go back to where one was, then do what the line says: an act may concern the field one came from."""
        self._leave()
        if self._asks_for_commands_alone or self._first is First.COMMANDS:
            self.field.clear()
        if row.act is not None:
            row.act()

    def _leave(self) -> None:
        self._close()
        came_from, self._came_from = self._came_from, None
        if came_from is not None and isValid(came_from) and came_from.isVisible():
            came_from.setFocus()
        elif self.field.hasFocus() or self.panel.list.hasFocus():
            self._over.setFocus()

    def _close(self) -> None:
        self._wait.stop()
        self._opens_when_found = False
        self.panel.hide()

    def _follow_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self.is_open and new is not None and new not in (self.field, self.panel.list):
            self._close()

    def _let_go(self) -> None:
        """Show nothing of a case any more. The words stay in the field: they are kept with the place."""
        if self.panel.list.hasFocus():
            self.field.setFocus(Qt.FocusReason.TabFocusReason)
        self._close()
        self.panel.show_rows([])
        self._recent, self._offered, self._came_from = (), (), None
