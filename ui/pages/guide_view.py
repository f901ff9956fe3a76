"""A form asked one question, or one small group, at a time: the page one is at, how far one has come, and the way on.

It stands in the place of the whole form and has the same presenter and the same fields.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, partial
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop_app.domain.filling import NOT_ASKED_FOR
from desktop_app.domain.forms import Address, Item
from desktop_app.domain.values import ItemType
from ui.desk import Desk
from ui.forms.context import FormContext
from ui.forms.questions_view import QuestionsView
from ui.forms.repeat import RepeatBlock
from ui.pages.guide_bar import GuideBar
from ui.pages.guide_list import question_list
from ui.pages.guide_overview import GuideOverview
from ui.presenters.form_listener import Saving
from ui.presenters.guide_overview import Sight, answers_of, contradictions, page_state
from ui.presenters.guide_pages import GuidePage, pages_of
from ui.presenters.guide_walk import GuideWalk, PageState
from ui.theme import mark
from ui.widgets.basics import label


class GuideView(QWidget):
    """Has what a form view has for the page around it, and knows where in the walk one is."""

    moved = Signal()
    """Another question, or the overview, is shown now."""

    asked = Signal(str)
    """Something for the whole form is asked for at the overview: ``finish``, ``print``, ``anew``, ``next_step``."""

    def __init__(self, desk: Desk, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._texts = context.texts
        self.context = context
        self.walk = GuideWalk()
        self._told: tuple[Address, str] | None = None
        self._fills = False
        """True while what is missing is gone through, one question after the other."""
        self.questions = QuestionsView(context, self.walk)
        self.questions.settled.connect(lambda: self.bar.main.setFocus())
        self.bar = GuideBar(desk)
        self.bar.pressed.connect(self._press)
        self._progress = label("", "help")
        self.list_button = QPushButton(desk.text("guide_page.list.button"))
        self.list_button.setAccessibleName(self.list_button.text())
        mark(self.list_button, kind="quiet")
        self.list_button.clicked.connect(lambda _=False: self.open_list())
        self._stack = QStackedWidget()
        self._stack.addWidget(self.questions)
        head = QHBoxLayout()
        head.setContentsMargins(24, 0, 16, 0)
        head.addWidget(self._progress, 1)
        head.addWidget(self.list_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        column.addWidget(self.bar)
        context.shade.changed.connect(self._show_overview)
        shortcut = QShortcut(QKeySequence("Ctrl+Return"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.press_main)

    @cached_property
    def overview(self) -> GuideOverview:
        """The last page, made when somebody first comes there."""
        made = GuideOverview(self._desk, self._stack)
        made.change.connect(self.change)
        made.go_to.connect(self.go_to)
        self._stack.addWidget(made)
        return made

    # What the form page calls, as of a form view

    def refresh(self) -> None:
        """Take the questions there are now and show the one that one is at, or the overview."""
        self._take_pages()
        self.questions.refresh()
        self._show_place()

    def refresh_field(self, address: Address) -> None:
        """Show one field anew."""
        self.questions.refresh_field(address)

    def go_to(self, address: Address) -> bool:
        """Go to a field; from the overview the main button leads back there. False when no page asks it."""
        go = self.walk.change if self.walk.page is None else self.walk.go_to
        found = go(address.link_id)
        if found:
            self._show_move(address)
        return found

    def go_to_first(self) -> None:
        """Put the caret where one begins on the page one is at."""
        page = self.walk.page
        if page is not None:
            self.questions.go_to(Address(page.id))
        else:
            self._focus_overview()

    def repeat(self, link_id: str) -> RepeatBlock | None:
        """Return a table on the page."""
        return self.questions.repeat(link_id) if self.asks(link_id) else None

    def asks(self, link_id: str) -> bool:
        """Tell whether an item stands on the page one is at."""
        return self.walk.page is not None and self.walk.page.holds(link_id)

    @property
    def focused(self) -> Address | None:
        """Where the caret is, or was last, on this page."""
        return self.questions.focused

    def scroll_place(self) -> int:
        """Return how far down the page is scrolled."""
        return self._scrolled().verticalScrollBar().value()

    def caret_place(self) -> dict[str, int]:
        """Return where in the focused field the caret stands."""
        return self.questions.caret_place()

    def go_to_place(self, focus: Address | None, caret: dict[str, int], scroll: int) -> None:
        """Put caret and page back."""
        if self.walk.page is not None and (focus is None or self.asks(focus.link_id)):
            self.questions.go_to_place(focus, caret, scroll)

    def place(self) -> Mapping[str, Any]:
        """Return where in the walk one is, as plain JSON."""
        return self.walk.as_json()

    def stand_where(self, kept: Mapping[str, Any]) -> None:
        """Stand where ``place`` told, else at the first question without an answer."""
        self._take_pages()
        try:
            self.walk.stand_where(kept)
        except (KeyError, ValueError, TypeError):
            self.walk.begin(lambda page: self._state(page) in (PageState.ANSWERED, PageState.NO_ANSWER))

    # Moving

    def press_main(self) -> None:
        """Do what the main button says."""
        self._press(self.bar.act)

    def change(self, page_id: str) -> None:
        """Change a question from the overview."""
        self._fills = False
        if self.walk.change(page_id):
            self._show_move()

    def look_over(self) -> None:
        """Show what has been answered."""
        self.walk.look_over()
        self._show_move()

    def _press(self, act: str) -> None:
        if act == "back":
            self._after_saving(self._back)
        elif act in ("on", "to_overview", "return"):
            if not self._stops_at_fault():
                self._after_saving(partial(self._on, self._asked_here()))
        elif act == "lacking" and (page := self._lacking()) is not None:
            self.change(page.id)
            self._fills = True
            self._show_place()
        elif act:
            self.asked.emit(act)

    def _after_saving(self, move: Callable[[], None]) -> None:
        """Move once what was typed is in the store; at once when it cannot be: a full disk holds nobody up."""
        presenter = self.context.presenter

        def go() -> None:
            if isValid(self):
                move()

        if presenter.saving() is Saving.FAILED:
            go()
        else:
            presenter.after_saving(go)

    def _on(self, asked_before: frozenset[str]) -> None:
        page = self.walk.page
        came = [item for item in page.asked if item.link_id not in asked_before] if page is not None else []
        if came and page is not None:  # the answer just saved asks something more here
            self.questions.go_to(Address(came[0].link_id))
            return
        more = self._lacking_besides() if self._fills and self.walk.returns else None
        if more is None or not self.walk.change(more.id):
            self.walk.forward()
        self._show_move()

    def _back(self) -> None:
        self.walk.back()
        self._show_move()

    def _asked_here(self) -> frozenset[str]:
        page = self.walk.page
        return frozenset(item.link_id for item in page.asked) if page is not None else frozenset()

    def _stops_at_fault(self) -> bool:
        """Stop once at an answer that cannot be read; whoever goes on anyway finds it at the overview."""
        page, presenter = self.walk.page, self.context.presenter
        for item in page.asked if page is not None else ():
            address = Address(item.link_id)
            if item.type is ItemType.REPEAT:
                continue
            field = presenter.field(address)
            if field.fault_key is not None and self._told != (address, field.text):
                self._told = (address, field.text)
                self.bar.main.setFocus()  # left, the field says what is wrong
                self.questions.go_to(address)
                return True
        return False

    def _show_move(self, address: Address | None = None) -> None:
        self.questions.refresh()
        self._show_place()
        page = self.walk.page
        if page is not None:
            self.questions.verticalScrollBar().setValue(0)
            self.questions.go_to(address or Address(page.id))
        else:
            self._focus_overview()
        self.moved.emit()

    # What is shown

    def _take_pages(self) -> None:
        self.walk.take(self._pages(self._is_asked))

    def _pages(self, asks: Callable[[Item], bool]) -> tuple[GuidePage, ...]:
        presenter = self.context.presenter
        order = [item.link_id for item in presenter.view.filled.definition.items()]
        return pages_of(presenter.sections, asks, order)

    def _is_asked(self, item: Item) -> bool:
        """Tell whether an item is to be answered now: what others answer, once the form is finished."""
        now = item.stays_open == self.context.presenter.is_finished
        return now and item.type not in NOT_ASKED_FOR and not item.read_only

    def _is_told(self, item: Item) -> bool:
        now = self.context.presenter.is_finished or not item.stays_open
        return now and item.type not in NOT_ASKED_FOR

    def _state(self, page: GuidePage) -> PageState:
        return page_state(page, self.context.presenter)

    def _show_place(self) -> None:
        page, progress = self.walk.page, self.walk.progress
        self._stack.setCurrentWidget(self._scrolled())
        self.bar.back.setVisible(self.walk.can_go_back)
        self.list_button.setVisible(bool(self.walk.pages))
        if page is None:
            count = f"overview{'' if progress.count else '_read'}"
            self._progress.setText(self._desk.text(f"guide_page.progress.{count}", count=progress.count))
            self._show_overview()
            return
        self._progress.setText(
            self._desk.text(
                "guide_page.progress.question",
                number=progress.number,
                count=progress.count,
                section=self._desk.text(f"{page.section.text_key}.title"),
            )
        )
        is_last = progress.number == progress.count
        act = "to_overview" if is_last else "on"
        if self.walk.returns:
            act = "on" if self._fills and self._lacking_besides() is not None else "return"
        long = any(item.type is ItemType.PARAGRAPH for item in page.asked)
        self.bar.offer(act, note=self._desk.text(f"guide_page.bar.note{'_long' if long else ''}"))
        for first, second in pairwise((self.questions.choices.stops()[-1], *self.bar.stops())):
            QWidget.setTabOrder(first, second)

    def _scrolled(self) -> QuestionsView | GuideOverview:
        return self.overview if self.walk.page is None else self.questions

    def _show_overview(self) -> None:
        presenter = self.context.presenter
        if not presenter.is_open or self.walk.page is not None:
            return
        done, kept_up = presenter.is_finished, presenter.view.filled.definition.kept_up
        lacking = len(presenter.gaps)
        lead = "done" if done else "kept_up" if kept_up else "lacking" if lacking else "complete"
        self.overview.show_answers(
            self._desk.text(f"guide_page.overview.lead.{lead}", count=lacking),
            answers_of(self._pages(self._is_told), presenter, self._texts, self._sight(), self._can_change),
            () if done else contradictions(presenter, self._texts),
            self._notes(),
        )
        if done or kept_up:
            self.bar.offer("next_step", second="print")
        elif self._lacking() is not None:
            self.bar.offer("lacking", second="print")
        else:
            self.bar.offer("finish", second="print", words=self._own_words("finish"))

    def _can_change(self, page: GuidePage) -> bool:
        return any(self._is_asked(item) for item in page.asked)

    def _notes(self) -> list[str]:
        """Return what is done elsewhere than on the screen: signed on paper, answered by others."""
        items = [entry.item for entry in self.context.presenter.view.filled.items()]
        signed = any(item.type is ItemType.SIGNATURE for item in items)
        others = any(item.stays_open for item in items) and not self.context.presenter.is_finished
        there = {"signed": signed, "others": others}
        return [
            self._desk.text(f"guide_page.overview.{name}") for name, is_there in there.items() if is_there
        ]

    def _own_words(self, act: str) -> str:
        key = f"{self.context.presenter.view.filled.definition.text_key}.{act}"
        return self._desk.text(key) if self._texts.has(key) else ""

    def _sight(self) -> Sight:
        shade = self.context.shade

        def answer(address: Address, item: Item, words: str) -> str:
            cover = shade.cover(address, item, words)
            return shade.words(cover) if cover else words

        return Sight(answer, shade.row_in_sight)

    def _focus_overview(self) -> None:
        self.overview.finish()
        self.bar.main.setFocus()

    def _lacking(self) -> GuidePage | None:
        """Return the first page where something is missing before the form can be finished."""
        return next(self._all_lacking(), None)

    def _lacking_besides(self) -> GuidePage | None:
        """Return the first such page besides the one that one is at."""
        return next((page for page in self._all_lacking() if page is not self.walk.page), None)

    def _all_lacking(self) -> Iterator[GuidePage]:
        gaps = [gap.address.link_id for gap in self.context.presenter.gaps]
        return (page for page in self.walk.pages if any(map(page.holds, gaps)))

    def open_list(self) -> QMenu:
        """Offer every question with how it stands, and the overview last."""
        pages = [(page, self._state(page)) for page in self.walk.pages]
        menu = question_list(self._desk, self._texts, pages, self)
        for action in menu.actions():
            if (go := action.data()) is not None:
                jump = partial(self._jump, go) if go else self.look_over
                action.setChecked(bool(go) and self.walk.page is not None and go == self.walk.page.id)
                action.triggered.connect(lambda _=False, jump=jump: self._after_saving(jump))
        menu.popup(self.list_button.mapToGlobal(self.list_button.rect().bottomLeft()))
        return menu

    def _jump(self, page_id: str) -> None:
        if self.walk.go_to(page_id):
            self._show_move()

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter do what the main button says, and on another button what that one says."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        if event.isAutoRepeat():
            return
        focused = self.window().focusWidget()
        if isinstance(focused, QPushButton):
            focused.click()
        else:
            self.press_main()
