"""The middle of the case page: one form with its title, how it stands with saving, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_app.domain.changes import ChangeSet
from desktop_app.domain.errors import AppError, FormHasGaps
from desktop_app.domain.forms import Address
from desktop_app.domain.own_words import OwnWords
from desktop_app.domain.protection import Protection
from desktop_app.services import protection
from ui.desk import Desk
from ui.dialogs.print_preview import PrintPreview
from ui.forms.context import FormContext, FormSignals
from ui.forms.editors import build_block
from ui.forms.form_view import FormView
from ui.forms.shade import Shade
from ui.pages.answer_reading import AnswerReading
from ui.pages.draft_discarding import discard_draft
from ui.pages.form_notice import FormNotice
from ui.pages.guide_view import GuideView
from ui.presenters.case_presenter import error_words
from ui.presenters.form_listener import Saving
from ui.presenters.form_presenter import LATEST_MS, QUIET_MS, FormPresenter
from ui.presenters.protection_words import is_lowered
from ui.slices import PAUSE, Slices
from ui.theme import mark
from ui.widgets.differing_prints import DifferingPrints
from ui.widgets.wrapped_words import WrappedWords


class CaseForm(QWidget):
    """Shows one form of a case and is the presenter's listener."""

    renewed = Signal()
    """A fresh view came from the store: the paper may have to be drawn anew."""

    explain = Signal(object)
    first_shown = Signal()

    asked_elsewhere = Signal(str, object)
    """A remark on this form is answered on another: its id, and an ``Address`` there or ``None``."""

    def __init__(self, desk: Desk, case_id: str, form_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.form_id = form_id
        self.own_changes: ChangeSet | None = None
        self._is_shown = False
        self._protection = Protection.UNKNOWN.value
        self.presenter = FormPresenter(
            desk.library, partial(desk.ask, self), lambda: desk.clock().date(), self
        )
        self._timer = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._timer.timeout.connect(self.flush)
        self._latest = QTimer(self, singleShot=True, interval=LATEST_MS)
        self._latest.timeout.connect(self.presenter.save_meanwhile)
        self._signals = FormSignals(self)
        self._signals.explain.connect(self.explain)
        self._signals.left.connect(self._flush_if_waiting)
        self._case_id = case_id
        self.shade = Shade(desk.discretion, desk.texts, lambda: self._protection, self._ask_to_see, self)
        self._signals.focused.connect(lambda _address: self.shade.stir())
        desk.discretion.changed.connect(self.renewed)
        self._words: dict[str, str] = {}
        context = FormContext(
            self.presenter,
            OwnWords(desk.texts, self._words),
            desk.theme,
            lambda: desk.clock().date(),
            self._signals,
            self.shade,
            build_block,
        )
        self.context = context
        self.view: FormView | GuideView = FormView(context)
        self._build()
        fetching = Slices(self)
        fetching.begin(self._fetching())
        QTimer.singleShot(0, fetching, fetching.finish)  # in the next round, whatever else waits for its turn

    # The listener of the presenter

    def view_changed(self) -> None:
        """Show a fresh view."""
        first, self._is_shown = not self._is_shown, True
        self._words.clear()
        self._words.update(self.presenter.view.words)  # a finished assessment is told in the words of its day
        before, self._protection = self._protection, self.presenter.view.filled.head.protection.value
        self.view.refresh()
        self._show_state()
        if not first and is_lowered(before, self._protection):
            self._notice.tell(self._desk.text("protection.lowered.notice"), ground="waiting")
        if first:
            self.view.go_to_first()
            self.first_shown.emit()
        self.renewed.emit()

    def field_changed(self, address: Address) -> None:
        """Show one field anew."""
        self.view.refresh_field(address)

    def saving_changed(self) -> None:
        """Say whether everything is saved."""
        key, params = self.presenter.saving_words()
        is_done = self.presenter.is_open and self.presenter.is_finished
        status = self._desk.text("form_page.finished" if is_done else "form_page.draft")
        saving = self._desk.text(key, **params)
        self._saving.setText(
            saving if self._is_kept_up else self._desk.text("form_page.state", status=status, saving=saving)
        )
        mark(self._saving, role="danger" if self.presenter.saving() is Saving.FAILED else "help")

    def save_later(self) -> None:
        """Wait for the typing to rest, but not for ever."""
        self._timer.start()
        if not self._latest.isActive():
            self._latest.start()

    def row_added(self, link_id: str, row_id: str) -> None:
        """Open the row that came."""
        repeat = self.view.repeat(link_id)
        if repeat is not None:
            repeat.show_added(row_id)
            self.go_to(Address(link_id, row_id))

    def row_removed(self, link_id: str, row_id: str) -> None:
        """Offer the row back."""
        repeat = self.view.repeat(link_id)
        if repeat is not None:
            repeat.show_removed(row_id)

    def stored(self, changes: ChangeSet) -> None:
        """Remember which change was this page's own."""
        self.own_changes = changes

    def failed(self, error: AppError) -> None:
        """Say what happened; for gaps, show them."""
        if isinstance(error, FormHasGaps):
            self._notice.show_gaps(self.presenter, self.go_to)
        else:
            self._notice.tell(error_words(error, self._desk.texts), ground="waiting")

    # What the page calls

    def flush(self) -> None:
        """Save what is typed; returns when the saving is queued."""
        self._timer.stop()
        self._latest.stop()
        self.presenter.flush()

    @property
    def bars(self) -> tuple[QWidget, ...]:
        """The parts around the fields whose buttons act on the whole form."""
        return (self._notice, self._bar)

    def go_to(self, address: Address) -> None:
        """Put the caret in the field at an address."""
        self.view.go_to(address)

    def undo(self) -> bool:
        """Take the last act in the form back; tell whether there was one."""
        return self._went_to(self.presenter.undo())

    def redo(self) -> bool:
        """Do again what was last taken back; tell whether there was anything."""
        return self._went_to(self.presenter.redo())

    # Inside

    def _went_to(self, address: Address | None) -> bool:
        if address is not None:
            self.go_to(address)
        return address is not None

    def _fetching(self) -> Iterator[object]:
        yield PAUSE  # what is fetched is shown in a round of its own, not in the one that made the rest
        self._open()

    def _open(self) -> None:
        self.presenter.open(self._case_id, self.form_id)

    def _ask_to_see(self, addresses: tuple[Address, ...], then: Callable[[], None]) -> None:
        names = tuple(dict.fromkeys(address.link_id for address in addresses))
        self._desk.run(
            self, protection.reveal, self._case_id, names, self.form_id, done=lambda _changes: then()
        )

    def hideEvent(self, event: QHideEvent) -> None:
        """Hide again what was asked for: one has gone elsewhere."""
        super().hideEvent(event)
        self.shade.close()

    def _build(self) -> None:
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        column.addWidget(self.view, 1)
        self._notice = FormNotice(self._desk)
        outer = QVBoxLayout()
        outer.setContentsMargins(16, 4, 16, 4)
        outer.addWidget(self._notice)
        column.addLayout(outer)
        column.addWidget(self._actions())

    def _head(self) -> QFrame:
        head = QFrame()
        column = QVBoxLayout()
        column.setSpacing(2)
        self._title = WrappedWords(self._desk.text("form_page.loading"))
        mark(self._title, role="title")
        self._saving = QLabel()
        mark(self._saving, role="help")
        self.differing = DifferingPrints(self._desk, self._case_id, self.form_id)
        self.renewed.connect(self.differing.reload)
        column.addWidget(self._title)
        column.addWidget(self._saving)
        column.addWidget(self.differing)
        self._head_row = QHBoxLayout(head)
        self._head_row.setContentsMargins(24, 12, 24, 8)
        self._head_row.addLayout(column, 1)
        return head

    def _actions(self) -> QFrame:
        bar = QFrame()
        mark(bar, line="above")
        bar.setAccessibleName(self._desk.text("form_page.actions.name"))
        row = QHBoxLayout(bar)
        row.setContentsMargins(24, 8, 24, 8)
        row.setSpacing(8)
        self.print_button = self._button("print", self.print_form)
        self.finish_button = self._button("finish", self.presenter.finish)
        self.anew_button = self._button("begin_anew", self.presenter.begin_anew)
        self.discard_button = self._button("discard", self._discard)
        mark(self.discard_button, kind="quiet")
        self.paper_button = QPushButton()
        mark(self.paper_button, kind="quiet")
        self.paper_button.hide()
        self.reading = AnswerReading(self._desk, self.presenter, self.shade, self.failed, self.go_to, self)
        row.addWidget(self.paper_button)
        row.addWidget(self.reading.button)
        row.addWidget(self.discard_button)
        row.addStretch(1)
        for button in (self.anew_button, self.finish_button, self.print_button):
            row.addWidget(button)
        self.anew_button.hide()
        self.discard_button.hide()
        bar.setEnabled(False)
        self._bar = bar
        return bar

    def _button(self, key: str, act: Callable[[], object]) -> QPushButton:
        button = QPushButton(self._desk.text(f"form_page.actions.{key}"))
        button.setAccessibleName(button.text())
        button.clicked.connect(act)
        return button

    def _word_buttons(self) -> None:
        """Let a form that says itself what finishing it does, or beginning anew, use its own words."""
        own = self.presenter.view.filled.definition.text_key
        for button, key in ((self.finish_button, "finish"), (self.anew_button, "begin_anew")):
            if self._desk.texts.has(f"{own}.{key}"):
                button.setText(self._desk.text(f"{own}.{key}"))
                button.setAccessibleName(button.text())

    def _show_state(self) -> None:
        presenter = self.presenter
        self._title.setText(self._desk.text(f"{presenter.view.filled.definition.text_key}.title"))
        self._bar.setEnabled(True)
        self._word_buttons()
        self.finish_button.setVisible(not (presenter.is_finished or self._is_kept_up))
        self.anew_button.setVisible(presenter.is_finished)
        self.discard_button.setVisible(self._can_be_discarded)
        self.reading.follow()
        if presenter.is_finished:
            waits = any(entry.item.stays_open for entry in presenter.view.filled.items())
            self._notice.tell(
                self._desk.text(f"form_page.read_only.{'but_answer' if waits else 'all'}"), ground="accent"
            )
        elif not presenter.gaps or self._notice.is_quiet:
            self._notice.hide()

    @property
    def _can_be_discarded(self) -> bool:
        view = self.presenter.view
        return view.filled.definition.discardable and view.revision > 0 and not self.presenter.is_finished

    def _discard(self) -> None:
        """Throw the draft away once everything typed is saved, so that all of it can come back."""
        self._timer.stop()
        act = partial(discard_draft, self._desk, self, self._case_id, self.form_id, self.failed)
        self.presenter.after_saving(act)

    def print_form(self) -> None:
        """Open the print dialog once everything typed is saved (Ctrl+P)."""
        self._timer.stop()
        self.presenter.after_saving(self.open_print)

    def open_print(self) -> PrintPreview:
        """Open the print dialog on what is saved."""
        dialog = PrintPreview(self._desk, self.presenter.view, self.window())
        dialog.go_to.connect(self.go_to)
        dialog.go_to_form.connect(self.asked_elsewhere)
        dialog.open()
        return dialog

    @property
    def _is_kept_up(self) -> bool:
        return self.presenter.is_open and self.presenter.view.filled.definition.kept_up

    def _flush_if_waiting(self) -> None:
        if self.presenter.saving() is Saving.WAITING:
            self.flush()
