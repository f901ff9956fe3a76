"""Search, command palette and recently opened: one field, one panel under it, three keys that open it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from desktop_app.domain.cases import read_case_code
from desktop_app.domain.errors import AppError
from desktop_app.services import cases, recent_cases, search
from desktop_app.services.cases import CaseSummary
from desktop_app.services.search import Found
from ui.desk import Desk
from ui.presenters.commands import Command
from ui.presenters.panel_contents import First, PanelContents
from ui.presenters.panel_rows import PanelRow, RowKind
from ui.widgets.search_field import SearchField
from ui.widgets.search_panel import SearchPanel

QUIET_MS = 80
"""After the last key: long enough not to search for every letter of a word, too short to be waited for."""


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
        self._contents = PanelContents(desk.texts, go, desk.discretion.hides)
        self._came_from: QWidget | None = None
        self._asked_for = ""
        self._is_asking = False
        self._opens_first = False
        self._keeping = ""
        self._wait = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._wait.timeout.connect(self._ask)
        self._listen()

    @property
    def is_open(self) -> bool:
        """Whether the panel is shown."""
        return isValid(self.panel) and self.panel.isVisible()

    def begin(self, first: First) -> None:
        """Open the panel with the focus in the field. Only a search goes on with the words that stand there."""
        self._note_where_from()
        self._close()
        if first is not First.HITS:
            self.field.clear()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        self._open(first)

    def settle(self) -> None:
        """Stay under the field when the window changes its size."""
        if self.is_open:
            self.panel.drop_from(self.field)

    def pressed(self, at: QPoint) -> None:
        """Close when something beside the panel and its field is pressed."""
        parts = (self.panel, self.field)
        if self.is_open and not any(part.rect().contains(part.mapFromGlobal(at)) for part in parts):
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
        panel.list.left.connect(lambda: field.setFocus(Qt.FocusReason.TabFocusReason))
        app = QApplication.instance()
        assert isinstance(app, QApplication)  # noqa: S101 - a window needs one
        app.focusChanged.connect(self._follow_focus)
        self._desk.signals.locking.connect(self._let_go)
        self._desk.discretion.changed.connect(self._show)
        QWidget.setTabOrder(field, panel.list)

    def _note_where_from(self) -> None:
        focus = self.field.window().focusWidget()
        if focus not in (self.field, self.panel.list):
            self._came_from = focus

    # Opening and what is typed

    def _open(self, first: First) -> None:
        self._contents = PanelContents(
            self._desk.texts,
            self._go,
            self._desk.discretion.hides,
            first,
            self.field.text().strip(),
            tuple(self._commands()),
            widen=self._widen,
        )
        self.panel.show_rows(self._contents.rows())
        self.panel.drop_from(self.field)
        self._desk.run(self, recent_cases.recent, done=self._take_recent, failed=lambda _error: None)
        self._ask()

    def _asked_again(self) -> None:
        if not self.is_open:
            self._open(First.HITS)

    def _typed(self) -> None:
        if not self.field.hasFocus():
            return  # put back after a lock: the focus comes after the words, and asks then
        self._opens_first = False
        if not self.is_open:
            self._open(First.HITS)
            return
        typed = self.field.text().strip()
        found = self._contents.found if typed else None  # the former hits stand until the new ones are here
        self._contents = replace(self._contents, typed=typed, found=found, failure=None, widen=self._widen)
        self._wait.start()
        self._show()

    def _ask(self) -> None:
        """Ask the store, one question at a time: what was typed meanwhile is asked when the answer has come."""
        self._wait.stop()
        if self._is_asking or not self.is_open or not self._contents.asks_the_store:
            return
        self._is_asking = True
        typed = self._asked_for = self._contents.typed
        self._desk.run(
            self,
            partial(search.find, limit=self._limit),
            typed,
            done=lambda found: self._take_found(typed, found),
            failed=lambda error: self._take_failure(typed, error),
            ended=self._take_end,
        )

    @property
    def _limit(self) -> int:
        return search.WIDE_LIMIT if self._contents.widen is None else search.USUAL_LIMIT

    def _widen(self) -> None:
        """Ask for more hits; the last one of the former keeps its place in sight."""
        hits = [row for row in self.panel.list.rows if row.kind is RowKind.HIT]
        self._keeping = hits[-1].spoken if hits else ""
        self._contents = replace(self._contents, widen=None)
        self._ask()

    # What comes back

    def _take_recent(self, recent: Sequence[CaseSummary]) -> None:
        self._contents = replace(self._contents, recent=tuple(recent))
        self._show()

    def _take_found(self, typed: str, found: Found) -> None:
        if typed == self._contents.typed and self.is_open:
            self._contents = replace(self._contents, found=found, failure=None)
            self._show()
            self._keeping = ""
            self._tell()
            if self._opens_first:
                self._open_chosen()

    def _take_failure(self, typed: str, error: AppError) -> None:
        if typed == self._contents.typed:
            self._contents = replace(self._contents, found=None, failure=error)
            self._show()

    def _take_end(self) -> None:
        self._is_asking = False
        found = self._contents.found
        if found is not None and found.behind and self.is_open:
            self._wait.start()  # each question reads some more into the index
        elif self._contents.asks_the_store and self._asked_for != self._contents.typed:
            self._ask()

    # What is shown

    def _show(self) -> None:
        """Show the lines. Somebody who walks among them stays on theirs; else the first one is chosen."""
        if self.is_open:
            chosen = self.panel.list.chosen if self.panel.list.hasFocus() else None
            keeping = self._keeping or (chosen.spoken if chosen is not None else "")
            self.panel.show_rows(self._contents.rows(), keeping=keeping)
            self.panel.drop_from(self.field)

    def _tell(self) -> None:
        """Let a screen reader say what came, while the focus stays in the field."""
        if self.field.hasFocus():
            event = QAccessibleAnnouncementEvent(self.field, self._contents.told())
            QAccessible.updateAccessibility(event)

    # Keys and presses

    def _walk(self) -> None:
        if not self.is_open:
            self._note_where_from()
            self._open(First.HITS)
        self.panel.list.setFocus(Qt.FocusReason.TabFocusReason)
        self.panel.list.step_down()

    def _type_on(self, event: QKeyEvent) -> None:
        """Let the field have a key that was pressed in the list."""
        self.field.setFocus(Qt.FocusReason.TabFocusReason)
        self.field.setCursorPosition(len(self.field.text()))
        again = QKeyEvent(QEvent.Type.KeyPress, event.key(), event.modifiers(), event.text())
        QApplication.sendEvent(self.field, again)

    def _enter(self) -> None:
        """Go to the case whose code is typed, else do what the chosen line says, once the store has answered."""
        typed = self.field.text().strip()
        try:
            code = read_case_code(typed)
        except AppError:
            self._enter_row()
            return
        self._close()
        self._desk.run(
            self,
            cases.case_id_of,
            code,
            done=lambda case_id: self._go("case", case_id=case_id),
            failed=lambda _error: self._to_list(typed),
        )

    def _to_list(self, words: str) -> None:
        self._go("cases", search=words)

    def _enter_row(self) -> None:
        if not self.is_open:
            self._open(First.HITS)
        elif self._is_behind:
            self._opens_first = True
            self._ask()
        else:
            self._open_chosen()

    def _open_chosen(self) -> None:
        chosen = self.panel.list.chosen
        if chosen is not None:
            self._open_row(chosen)

    @property
    def _is_behind(self) -> bool:
        """Whether the hits shown are not yet those of what is typed."""
        if not self._contents.asks_the_store or self._contents.first is First.COMMANDS:
            return False
        return self._wait.isActive() or self._is_asking

    def _open_row(self, row: PanelRow) -> None:
        """Go back to where one was, then do what the line says: an act may concern the field one came from."""
        if row.act == self._widen:
            self._widen()
            return
        keeps_words = self._contents.asks_the_store
        self._leave()
        if not keeps_words:
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
        self._opens_first = False
        self.panel.hide()

    def _follow_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and self.is_open and new not in (self.field, self.panel.list):
            self._close()

    def _let_go(self) -> None:
        """Show nothing of a case any more. The words stay in the field: they are kept with the place."""
        if self.panel.list.hasFocus():
            self.field.setFocus(Qt.FocusReason.TabFocusReason)
        self._close()
        self.panel.show_rows(())
        self._contents = PanelContents(self._desk.texts, self._go, self._desk.discretion.hides)
        self._came_from = None
