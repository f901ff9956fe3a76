"""What the store itself needs: a copy, a rehearsal, a look at the recovery paper. Hidden while it needs nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.services import backups, crisis_binder, recovery, vault
from desktop_app.services.backups import BackupState
from desktop_app.services.crisis_binder import BinderState
from desktop_app.services.recovery import KeysView
from desktop_app.services.vault import StoreState
from ui.desk import Desk
from ui.presenters.store_needs import Need, needs_of
from ui.widgets.basics import Button, IconLabel, clear, column, filled_row, framed, label
from ui.widgets.page import Go


class StoreNeeds(QWidget):
    """One row for each need, the gravest first, each with one button. A practice store needs nothing."""

    def __init__(self, desk: Desk, go: Go) -> None:
        super().__init__()
        self._desk = desk
        self._go = go
        self._store: StoreState | None = None
        self._keys: KeysView | None = None
        self._binder: BinderState | None = None
        self.needs: tuple[Need, ...] = ()
        self.buttons: list[Button] = []
        px = desk.theme.px
        title = label(desk.text("window.store_needs.title"), "heading", wraps=False)
        head = filled_row(px(8), IconLabel(desk, "backups", "waiting"), title)
        head.setStretch(1, 1)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self.setLayout(column(px(8), head, framed(self._rows, ground="card")))
        self.hide()

    def reload(self) -> None:
        """Fetch anew what the store needs."""
        self._desk.run(self, vault.store_state, done=self._take_store)
        self._desk.run(self, recovery.keys_view, done=self._take_keys)
        self._desk.run(self, crisis_binder.standing, done=self._take_binder)
        self._desk.run(self, backups.backup_state, done=self._show)

    def _take_store(self, state: StoreState) -> None:
        self._store = state

    def _take_keys(self, keys: KeysView) -> None:
        self._keys = keys

    def _take_binder(self, binder: BinderState) -> None:
        self._binder = binder

    def _show(self, state: BackupState) -> None:
        if self._store is None:
            return
        self.needs = needs_of(state, self._keys, self._store, self._desk.texts, self._binder)
        clear(self._rows)
        self.buttons = []
        for number, need in enumerate(self.needs):
            self._rows.addWidget(self._row(need, first=number == 0))
        self.setVisible(bool(self.needs))

    def _row(self, need: Need, *, first: bool) -> QWidget:
        text, px = self._desk.text, self._desk.theme.px
        icon = IconLabel(self._desk, "attention", need.colour)
        words = column(px(2), label(need.title), label(need.about, "help"))
        button = Button(
            self._desk,
            text("window.store_needs.show"),
            lambda: self._go(need.page),
            name=text("window.store_needs.show_for", what=need.title),
        )
        self.buttons.append(button)
        inner = filled_row(px(12), icon, words, button)
        inner.setStretch(1, 1)
        inner.setAlignment(icon, Qt.AlignmentFlag.AlignTop)
        inner.setAlignment(button, Qt.AlignmentFlag.AlignVCenter)
        inner.setContentsMargins(px(16), px(10), px(12), px(10))
        return framed(inner) if first else framed(inner, line="above")
