"""One question on the page: label above, editor, and a quiet line below for faults and for not having an answer."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAction, QEnterEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop_app.domain.answers import NO_VALUE_STATES, AnswerState
from desktop_app.domain.forms import Address, Item
from desktop_app.domain.texts import label_of
from desktop_app.domain.values import ItemType
from ui.forms.asides import Asides, Room, room_for_asides
from ui.forms.context import Block, FormContext
from ui.forms.editor import Editor, Question
from ui.forms.question_label import question_label
from ui.forms.shade import Cover
from ui.forms.veil import Veil
from ui.theme import mark
from ui.widgets.half_written import caret_of, put_caret
from ui.widgets.wrapped_words import WrappedWords


class Field(Block):
    """A label, an editor and the line below it. Knows its address; the editor does not.

    There are hundreds on a page: the veil, the fault and the small buttons are made when they are first needed.
    """

    def __init__(
        self,
        context: FormContext,
        address: Address,
        item: Item,
        make: Callable[[Question, QWidget], Editor],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context, address, item, parent)
        self.editor = editor = make(question_for(context, address, item), self)
        self.is_covered = False
        """Whether the answer is kept from the screen now."""
        self._no_answer = ""
        self._can_choose = False
        self._why: QToolButton | None = None
        self._shows_fault = False
        self._fault_words = ""
        self._label_words = context.label(item)
        self._stays_open = False
        self._has_choices_beside = False
        self._caret: tuple[int, dict[str, int]] = (0, {})
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        self._label = question_label(context, item)
        self._label.setBuddy(editor)
        column.addWidget(self._label)
        column.addWidget(editor)
        column.addLayout(self._make_foot())
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
        self._no_answer = self.context.texts.get(f"answers.states.{state.state.value}") if quiet else ""
        self.editor.show_hint(self._no_answer)
        locked = self.context.presenter.is_locked(self.item)
        self.editor.set_read_only(locked)
        self._can_choose = not (locked or covered)
        self._show_fault(None if covered else state.fault_key)
        self._show_asides()

    def stops(self) -> list[QWidget]:
        """Return the editor's parts, and what stands in their place while the answer is hidden."""
        return [*self.editor.stops(), *([self.veil] if self._is_made("veil") else [])]

    def take_focus(self, address: Address) -> None:
        """Put the caret in the editor."""
        if self.is_covered:
            self.veil.setFocus()
        else:
            self.editor.take_focus()

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
        if self._why is not None:
            self._why.hide()
        for stop in self.editor.stops():
            mark(stop, size="value")
        self._show_asides()

    def open_quiet_menu(self) -> None:
        """Offer the quiet choices under the field (Ctrl+.)."""
        if self._can_choose:
            below = self._asides
            self._menu().popup(below.mapToGlobal(QPoint(self._quiet.x(), below.height())))

    # How it is built

    def _make_foot(self) -> QVBoxLayout:
        self._foot = column = QVBoxLayout()
        column.setSpacing(0)
        help_words = self.context.words(self.item, "help")
        if help_words:
            help_line = WrappedWords(help_words)
            mark(help_line, role="help")
            column.addWidget(help_line)
        self._room = Room(0, room_for_asides(self.context.theme))
        column.addItem(self._room)
        return column

    def _is_made(self, part: str) -> bool:
        return part in self.__dict__

    @cached_property
    def veil(self) -> Veil:
        """What stands in the place of a hidden answer."""
        veil = Veil(self.context.texts, self.context.theme, self._label_words, self)
        veil.clicked.connect(self._ask_to_see)
        veil.entered.connect(lambda: self.context.signals.focused.emit(self.address))
        self._column.insertWidget(self._column.indexOf(self.editor) + 1, veil)
        QWidget.setTabOrder(self.editor.stops()[-1], veil)
        return veil

    @cached_property
    def fault(self) -> WrappedWords:
        """The line that says what is wrong with the answer."""
        line = WrappedWords()
        mark(line, role="danger")
        line.hide()
        self._foot.insertWidget(self._foot.count() - 1, line)
        return line

    @cached_property
    def _asides(self) -> Asides:
        texts, label = self.context.texts, self._label_words
        made = Asides(texts, self.context.theme, self.editor.asides(), self)
        self._quiet = made.add(
            "form_page.quiet.none",
            "form_page.quiet.tip",
            texts.get("form_page.quiet.for", label=label),
            self.open_quiet_menu,
        )
        if self.context.explains(self.item):
            said = texts.get("form_page.why.for", label=label)
            self._why = made.add("form_page.why.ask", "form_page.why.tip", said, self._ask_why)
            self._why.setHidden(self._has_choices_beside)
        made.end()
        self._foot.removeItem(self._room)
        self._foot.addWidget(made)
        return made

    def _name_editor(self) -> None:
        needed = self.context.texts.get("form_page.needed") if self.item.required else ""
        self._description = " ".join(filter(None, (needed, self.context.words(self.item, "help"))))
        self.editor.describe(self._description)

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
        self.is_covered = True
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
        self.is_covered = False
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
        if not isValid(self.editor):
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
            self._shows_fault = self._shows_fault and self._has_focus() and bool(self._fault_words)
        elif not self._has_focus():
            self._shows_fault = True
        words = self.context.texts.get(key) if key is not None and self._shows_fault else ""
        if words == self._fault_words:
            return
        self._fault_words = words
        self.fault.setText(self.context.texts.get("form_page.fault", words=words))
        self.fault.setVisible(bool(words))
        self.editor.describe(words or self._description)
        for stop in self.editor.stops():
            mark(stop, state="fault" if words else "")

    def _has_focus(self) -> bool:
        return any(stop.hasFocus() for stop in self.editor.stops())

    def _show_asides(self) -> None:
        if self._no_answer or self._has_focus() or self.underMouse():
            self._bring_asides()
        elif self._is_made("_asides"):
            self._asides.hide()

    def _bring_asides(self) -> None:
        if self.is_covered:
            if self._is_made("_asides"):
                self._asides.hide()
            return
        asides = self._asides
        self._quiet.setText(self._no_answer or self.context.texts.get("form_page.quiet.none"))
        self._quiet.setEnabled(self._can_choose)
        if self._has_choices_beside:
            self._quiet.setVisible(bool(self._no_answer) and not self._label.isHidden())
        asides.show()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show the quiet choices of the field under the pointer."""
        super().enterEvent(event)
        self._bring_asides()

    def leaveEvent(self, event: QEvent) -> None:
        """Hide them again."""
        super().leaveEvent(event)
        self._show_asides()

    def changeEvent(self, event: QEvent) -> None:
        """Keep the room for the small buttons when the zoom changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and self._is_made("_room"):
            room = room_for_asides(self.context.theme)
            self._room.changeSize(0, room)
            if self._is_made("_asides"):
                self._asides.setFixedHeight(room)


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
