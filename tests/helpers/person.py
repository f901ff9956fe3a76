"""A person at the window: types letter by letter, clicks, waits. Knows fields by their place on the form."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLineEdit, QPlainTextEdit, QWidget

from desktop_app.domain.forms import Address
from desktop_app.services.guide_places import Way
from ui.forms.field import Field
from ui.forms.form_view import FormView
from ui.pages.case_page import CasePage
from ui.slices import Slices
from ui.windows.main_window import MainWindow

W = TypeVar("W", bound=QWidget)
PATIENCE_MS = 20_000


def keys(widget: QWidget, text: str) -> None:
    """Type a text with the keyboard; QTest.keyClicks gives up on å, ä and ö."""
    widget.setFocus()
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(widget, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))


def retype(line: QLineEdit, text: str) -> None:
    """Mark all that stands in a line and type over it."""
    line.setFocus()
    line.selectAll()
    QTest.keyClick(line, Qt.Key.Key_Delete)
    keys(line, text)


class Person:
    """Drives one main window; every step waits until the program has come to rest."""

    def __init__(
        self, window: MainWindow, wait_until: Callable[..., None], jobs_idle: Callable[[], bool]
    ) -> None:
        self.window = window
        self._wait_until = wait_until
        self._jobs_idle = jobs_idle

    def rest(self) -> None:
        """Let all that was begun come to its end."""
        self._wait_until(self._is_at_rest, timeout=PATIENCE_MS)
        QTest.qWait(5)
        self._wait_until(self._is_at_rest, timeout=PATIENCE_MS)

    def _is_at_rest(self) -> bool:
        return self._jobs_idle() and not any(each.is_under_way for each in self.window.findChildren(Slices))

    def see(self, find: Callable[[], object], kind: type[W]) -> W:
        """Wait until what ``find`` gives is of a kind, and return it."""
        self._wait_until(lambda: isinstance(find(), kind), timeout=PATIENCE_MS)
        self.rest()
        found = find()
        assert isinstance(found, kind)
        return found

    def dialog(self, kind: type[W]) -> W:
        """Wait for a dialog of a kind."""

        def shown() -> QWidget | None:
            tops = [
                top for top in QApplication.topLevelWidgets() if isinstance(top, QDialog) and top.isVisible()
            ]
            return next((top for top in tops if isinstance(top, kind)), None)

        return self.see(shown, kind)

    def page(self, kind: type[W]) -> W:
        """Wait for a page of the open store."""
        return self.see(lambda: self.window.frame.page if self.window.frame else None, kind)

    def step(self, form_id: str) -> CasePage:
        """Go to a step of the case that is open, by its line in the rail, and see its form whole."""
        page = self.page(CasePage)
        page.open_form(form_id)
        self._wait_until(lambda: page.form is not None and page.form.presenter.is_open, timeout=PATIENCE_MS)
        if page.form is not None and page.form.guide is not None:
            page.form.switch.buttons[Way.WHOLE].click()
        self.rest()
        return page

    def answer(self, page: CasePage, link_id: str, text: str, row_id: str = "", column: str = "") -> None:
        """Answer one question as a person would: by keys, or by choosing the code ``text``."""
        address = Address(link_id, row_id, column)
        assert page.form is not None
        if not self.window.isActiveWindow():
            self.window.activateWindow()
            assert QTest.qWaitForWindowActive(self.window)
        view = page.form.view
        assert isinstance(view, FormView), "a step is seen whole"
        view.go_to(address)
        block = view._blocks[link_id].block_at(address)
        assert isinstance(block, Field), f"no field at {address}"
        editor = block.editor
        buttons = getattr(editor, "buttons", None) or getattr(editor, "boxes", None)
        target = editor.stops()[0]
        if buttons:
            for code in text.split():
                buttons[code].click()
        elif isinstance(target, QComboBox):
            target.setCurrentIndex(target.findData(text))
            target.activated.emit(target.currentIndex())
        elif isinstance(target, QLineEdit):
            retype(target, text)
        else:
            assert isinstance(target, QPlainTextEdit)
            keys(target, text)
        page.flush()
        self.rest()

    def add_row(self, page: CasePage, link_id: str, cells: dict[str, str]) -> None:
        """Add a row to a table and answer its columns."""
        assert page.form is not None
        block = page.form.view.repeat(link_id)
        assert block is not None
        before = set(block.cards)
        block._add.click()
        self._wait_until(lambda: len(block.cards) == len(before) + 1, timeout=PATIENCE_MS)
        self.rest()
        row_id = (set(block.cards) - before).pop()
        for column, text in cells.items():
            self.answer(page, link_id, text, row_id, column)
