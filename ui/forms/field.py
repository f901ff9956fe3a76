"""One question on the page: label above, editor, and a quiet line below for faults and for not having an answer."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAction, QEnterEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop_app.domain.answers import NO_VALUE_STATES, AnswerState
from desktop_app.domain.forms import Address, Item
from desktop_app.domain.texts import label_of
from desktop_app.domain.values import ItemType
from ui.forms.context import Block, FormContext
from ui.forms.editor import Editor, Question
from ui.forms.shade import Cover
from ui.forms.veil import Veil
from ui.theme import mark
from ui.widgets.half_written import caret_of, put_caret
from ui.widgets.wrapped_words import WrappedWords


class Field(Block):
    """A label, an editor and the line below it. Knows its address; the editor does not."""

    def __init__(
        self,
        context: FormContext,
        address: Address,
        item: Item,
        editor: Editor,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context, address, item, parent)
        self.editor = editor
        self._shows_fault = False
        self._fault_words = ""
        self._label_words = context.label(item)
        self._stays_open = False
        self._has_choices_beside = False
        self._caret: tuple[int, dict[str, int]] = (0, {})
        self.veil = Veil(context.texts, context.theme, self._label_words)
        self.veil.clicked.connect(self._ask_to_see)
        self.veil.entered.connect(lambda: context.signals.focused.emit(address))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        self._label = self._head()
        column.addWidget(self._label)
        column.addWidget(editor)
        column.addWidget(self.veil)
        column.addLayout(self._foot())
        column.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setAccessibleName(self._label_words)
        editor.edited.connect(self._edited)
        editor.left.connect(self._left)
        editor.entered.connect(self._entered)
        self._name_editor()
        self.refresh()

    # What the form calls

    def refresh(self) -> None:
        """Show the presenter's state; text that is being typed stays as it is typed."""
        state = self.context.presenter.field(self.address)
        covered = self._is_covered(state.text)
        typing = self._has_focus() and self.context.presenter.is_waiting(self.address)
        if not (
            covered or typing or (self._has_focus() and state.text.split() == self.editor.text().split())
        ):
            self.editor.show_text(state.text)
        quiet = state.state in NO_VALUE_STATES
        words = self.context.texts.get(f"answers.states.{state.state.value}") if quiet else ""
        self.editor.show_hint(words)
        locked = self.context.presenter.is_locked(self.item)
        self.editor.set_read_only(locked)
        self._show_fault(None if covered else state.fault_key)
        self._quiet.setText(words or self.context.texts.get("form_page.quiet.none"))
        self._quiet.setEnabled(not (locked or covered))
        self._show_asides()

    def stops(self) -> list[QWidget]:
        """Return the editor's parts, and what stands in their place while the answer is hidden."""
        return [*self.editor.stops(), self.veil]

    def take_focus(self, address: Address) -> None:
        """Put the caret in the editor."""
        if self.is_covered:
            self.veil.setFocus()
        else:
            self.editor.take_focus()

    @property
    def is_covered(self) -> bool:
        """Whether the answer is kept from the screen now."""
        return not self.veil.isHidden()

    def uncover(self) -> None:
        """Hide at once what is to be hidden, also while the caret stands in it."""
        self._stays_open = False
        self.refresh()

    def to_ask_for(self) -> tuple[Address, ...]:
        """Return the address when its answer is hidden and can be asked for."""
        cover = self.context.shade.cover(self.address, self.item)
        return (self.address,) if self.is_covered and cover is Cover.PROTECTED else ()

    def stand_alone(self) -> None:
        """Leave the question to the heading above."""
        self._label.hide()

    def leave_choices_beside(self) -> None:
        """Leave the quiet choices and the why to the page, which shows them; only what was chosen is told here."""
        self._has_choices_beside = True
        self._why.hide()
        for stop in self.editor.stops():
            mark(stop, size="value")
        self._show_asides()

    def open_quiet_menu(self) -> None:
        """Offer the quiet choices under the field (Ctrl+.)."""
        if not self._quiet.isEnabled():
            return
        menu = self._menu()
        menu.popup(self._quiet.mapToGlobal(QPoint(0, self._quiet.height())))

    # How it is built

    def _head(self) -> QLabel:
        label = WrappedWords(self.context.rich_label(self.item))
        label.setTextFormat(Qt.TextFormat.RichText)
        label.setBuddy(self.editor)
        return label

    def _foot(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(0)
        help_words = self.context.words(self.item, "help")
        if help_words:
            help_line = WrappedWords(help_words)
            mark(help_line, role="help")
            column.addWidget(help_line)
        self._fault = WrappedWords()
        mark(self._fault, role="danger")
        self._fault.hide()
        column.addWidget(self._fault)
        self._asides = QWidget()
        row = QHBoxLayout(self._asides)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for aside in self.editor.asides():
            row.addWidget(aside)
        self._quiet = self._aside("form_page.quiet.none", "form_page.quiet.tip", self.open_quiet_menu)
        self._why = self._aside("form_page.why.ask", "form_page.why.tip", self._ask_why)
        row.addWidget(self._quiet)
        row.addWidget(self._why)
        if not self.context.explains(self.item):
            self._why.hide()
        row.addStretch(1)
        keep = self._asides.sizePolicy()
        keep.setRetainSizeWhenHidden(True)
        self._asides.setSizePolicy(keep)
        column.addWidget(self._asides)
        return column

    def _aside(self, key: str, tip: str, act: object) -> QToolButton:
        button = QToolButton()
        button.setText(self.context.texts.get(key))
        button.setToolTip(self.context.texts.get(tip))
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        mark(button, role="aside")
        button.clicked.connect(act)
        return button

    def _name_editor(self) -> None:
        texts = self.context.texts
        needed = texts.get("form_page.needed") if self.item.required else ""
        self._description = " ".join(filter(None, (needed, self.context.words(self.item, "help"))))
        self.editor.describe(self._description)
        self._quiet.setAccessibleName(texts.get("form_page.quiet.for", label=self._label_words))
        self._why.setAccessibleName(texts.get("form_page.why.for", label=self._label_words))

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        now = self.context.presenter.field(self.address)
        for state in NO_VALUE_STATES:
            action = QAction(self.context.texts.get(f"answers.states.{state.value}"), menu)
            action.setCheckable(True)
            action.setChecked(now.state is state)
            action.triggered.connect(lambda _checked, chosen=state: self._choose_state(chosen))
            menu.addAction(action)
        if now.text or now.state in NO_VALUE_STATES:
            menu.addSeparator()
            menu.addAction(self.context.texts.get("form_page.quiet.clear"), self._clear)
        return menu

    # What is kept from the screen

    def _is_covered(self, text: str) -> bool:
        """Put the veil on or take it off; what is being typed stays in view until the field is left."""
        cover = self.context.shade.cover(self.address, self.item, text) if text else Cover.NONE
        inside = self.window().focusWidget()
        if cover and not (self._stays_open and inside in self.editor.stops()):
            self.veil.show_cover(cover)
            if not self.is_covered:
                self._put_veil_on(inside)
            return True
        if self.is_covered:
            self._take_veil_off()
        return False

    def _put_veil_on(self, inside: QWidget | None) -> None:
        stops = self.editor.stops()
        self.veil.show()
        if inside in stops:
            self._caret = (stops.index(inside), caret_of(inside))
            self.veil.setFocus()
        self.editor.hide()
        self.editor.show_text("")

    def _take_veil_off(self) -> None:
        self.editor.show_text(self.context.presenter.field(self.address).text)
        self.editor.show()
        focused = self.window().focusWidget() is self.veil
        if focused:
            place, caret = self._caret
            part = self.editor.stops()[place]
            part.setFocus()
            put_caret(part, caret)
        self._caret = (0, {})
        self.veil.hide()

    def _ask_to_see(self) -> None:
        if self.context.shade.cover(self.address, self.item) is Cover.PROTECTED:
            self.context.shade.show((self.address,))

    # What happens in it

    def _edited(self, text: str) -> None:
        self._stays_open = True
        self.context.presenter.edited(self.address, text)

    def _entered(self) -> None:
        self._stays_open = True
        self.context.signals.focused.emit(self.address)
        self._show_asides()

    def _left(self) -> None:
        if not isValid(self._quiet):
            return  # the page is being taken down with the caret still in it
        self._shows_fault = True
        self.context.signals.left.emit()
        self.refresh()

    def _choose_state(self, state: AnswerState) -> None:
        self.editor.show_text("")
        self.context.presenter.set_state(self.address, state)
        self.refresh()
        self.editor.take_focus()

    def _clear(self) -> None:
        self.editor.show_text("")
        self.context.presenter.edited(self.address, "")
        self.refresh()
        self.editor.take_focus()

    def _ask_why(self) -> None:
        self.context.signals.explain.emit(self.address)

    def _show_fault(self, key: str | None) -> None:
        if key is None:
            self._shows_fault = self._shows_fault and self._has_focus() and not self._fault.isHidden()
        elif not self._has_focus():
            self._shows_fault = True
        words = self.context.texts.get(key) if key is not None and self._shows_fault else ""
        if words == self._fault_words:
            return
        self._fault_words = words
        self._fault.setText(self.context.texts.get("form_page.fault", words=words))
        self._fault.setVisible(bool(words))
        self.editor.describe(words or self._description)
        for stop in self.editor.stops():
            mark(stop, state="fault" if words else "")

    def _has_focus(self) -> bool:
        return any(stop.hasFocus() for stop in self.editor.stops())

    def _show_asides(self) -> None:
        state = self.context.presenter.field(self.address).state
        wanted = self._has_focus() or self.underMouse() or state in NO_VALUE_STATES
        if self._has_choices_beside:
            self._quiet.setVisible(state in NO_VALUE_STATES and not self._label.isHidden())
        self._asides.setVisible(wanted and not self.is_covered)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show the quiet choices of the field under the pointer."""
        super().enterEvent(event)
        self._asides.setVisible(not self.is_covered)

    def leaveEvent(self, event: QEvent) -> None:
        """Hide them again."""
        super().leaveEvent(event)
        self._show_asides()


def question_for(context: FormContext, address: Address, item: Item) -> Question:
    """Return what the editor of an item needs to know."""
    table, codes = item.codes_for(address.row_id or None)
    return Question(
        label=context.label(item),
        texts=context.texts,
        today=context.today,
        choices=tuple((code, label_of(context.texts, table or "", code)) for code in codes),
        max_length=item.max_length,
        unit="\u00a0" + context.texts.get("form_page.unit.kr") if item.type is ItemType.MONEY else "",
    )
