"""The whole form on screen: a page of sections that scrolls and keeps its place when items come and go."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QFontMetrics, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop_app.domain.filling import NOT_ASKED_FOR
from desktop_app.domain.forms import Address, FilledSection
from ui.forms.context import Block, FormContext
from ui.forms.field import Field
from ui.forms.repeat import RepeatBlock
from ui.forms.section_view import SectionView, SectionWords
from ui.theme import mark
from ui.theme.tokens import GAP_FIELDS, MARGIN_PAGE
from ui.widgets.basics import ScrolledContent
from ui.widgets.half_written import KEEPS_ITSELF, caret_of, put_caret

CHARACTERS_ACROSS = 78
SIDE_MARGIN = 24
LEAST_RIGHT_MARGIN = 16
SLICE_SECONDS = 0.006
"""How long fields are built at a time; laying them out takes as long again."""
ARRIVING_MS = 500
"""How long what comes in above and below may move the page while one arrives at a field."""

ROOM_AROUND_FOCUS = 100


class FormView(QScrollArea):
    """Sections → items. ``refresh`` adds and removes what changed and leaves the rest, and the caret, alone.

    A long form is built a few fields at a time, the first ones first, so that the window never waits for it.
    """

    def __init__(self, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._sections: dict[str, SectionView] = {}
        self._blocks: dict[str, Block] = {}
        self._wanted: tuple[FilledSection, ...] = ()
        self._unbuilt: deque[str] = deque()
        self._building = QTimer(self, singleShot=True, interval=0)
        self._building.timeout.connect(self._build_more)
        self._focused: Address | None = None
        self._wanted_scroll: int | None = None
        self._arriving = QTimer(self, singleShot=True, interval=ARRIVING_MS)
        self.verticalScrollBar().rangeChanged.connect(lambda *_: self._scroll_when_there())
        self.verticalScrollBar().actionTriggered.connect(lambda *_: self._stay_here())
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        mark(self, ground="page")
        self.setProperty(KEEPS_ITSELF, True)
        self._page = ScrolledContent()
        mark(self._page, ground="page")
        self._column = QVBoxLayout(self._page)
        self._column.setSpacing(GAP_FIELDS)
        self._column.addStretch(1)
        self.setWidget(self._page)
        context.signals.focused.connect(self._note_focus)
        context.shade.changed.connect(self._arriving.stop)  # one has arrived, and stays where one is
        context.shade.changed.connect(self.uncover)
        self._shortcut("F1", self._explain)
        self._shortcut("Ctrl+.", self._open_quiet_menu)
        self._set_margins()

    # What the page calls

    def refresh(self) -> None:
        """Show the presenter's sections and items; scroll position and focus stay where they are."""
        anchor, before = self._anchor()
        self._wanted = tuple(self.shown())
        self._drop_gone()
        for block in self._blocks.values():
            block.refresh()
        for filled in self._wanted:
            self._fill(filled)
        in_order = [entry.item.link_id for filled in self._wanted for entry in filled.items]
        self._unbuilt = deque(each for each in in_order if not self._is_whole(each))
        self._build_slice()
        self._keep(anchor, before)

    def shown(self) -> Sequence[FilledSection]:
        """Return what stands on the page: here the whole form."""
        return self.context.presenter.sections

    def section_view(self, filled: FilledSection) -> SectionView:
        """Return the part of the page that holds a section."""
        texts, section = self.context.texts, filled.section
        intro = f"{section.text_key}.intro"
        words = SectionWords(
            texts.get(f"{section.text_key}.title"), texts.get(intro) if texts.has(intro) else ""
        )
        return SectionView(self.context, section, words, self._page)

    def build_to(self, link_id: str) -> None:
        """Build what is not there yet, up to and with an item; everything for one that is not in the form."""
        if self._unbuilt and not self._is_whole(link_id):
            while self._unbuilt and not self._is_whole(link_id):
                self._build_next()
            self._take_in()

    def refresh_field(self, address: Address) -> None:
        """Show the state of one field (or of its row) again."""
        if address.link_id in self._blocks:
            self._blocks[address.link_id].refresh()

    def uncover(self) -> None:
        """Let every field follow what may be seen now; focus and place stay."""
        for block in self._blocks.values():
            block.uncover()
        for view in self._sections.values():
            view.offer_hidden()

    def go_to(self, address: Address) -> None:
        """Put the caret in the field at an address and bring it into view."""
        block = self._block(address.link_id)
        if block is None:
            return
        block.take_focus(address)
        self._arriving.start()
        QTimer.singleShot(0, self, self._bring_focus_into_view)  # when the layout has taken in what opened

    def go_to_first(self) -> None:
        """Put the caret in the first field that can be changed."""
        for item in (entry.item for filled in self._wanted for entry in filled.items):
            if item.read_only or item.type in NOT_ASKED_FOR:
                continue
            if (block := self._block(item.link_id)) is not None:
                block.take_focus(block.address)
            QTimer.singleShot(0, self, self._bring_focus_into_view)
            return

    def repeat(self, link_id: str) -> RepeatBlock | None:
        """Return a table on the page."""
        if link_id in self._unbuilt:
            self.build_to(link_id)
        block = self._blocks.get(link_id)
        return block if isinstance(block, RepeatBlock) else None

    @property
    def focused(self) -> Address | None:
        """Where the caret is, or was last."""
        return self._focused

    def scroll_place(self) -> int:
        """Return how far down the page is scrolled."""
        return self.verticalScrollBar().value()

    def caret_place(self) -> dict[str, int]:
        """Return which part of the focused field the caret stands in, and where in it."""
        part = self.window().focusWidget()
        stops = self._stops_at(self._focused)
        if part is None or part not in stops:
            return {}
        return {"stop": stops.index(part), **caret_of(part)}

    def go_to_place(self, focus: Address | None, caret: dict[str, int], scroll: int) -> None:
        """Put the caret back where ``focused``, ``caret_place`` and ``scroll_place`` told, and the page with it."""
        if focus is not None:
            self.go_to(focus)
        field, stop = self._field_at(focus), caret.get("stop", -1)
        stops = field.stops() if field is not None and not field.is_covered else []
        if 0 <= stop < len(stops):
            stops[stop].setFocus()
            put_caret(stops[stop], caret)
        # After the layout, and after the focused field was brought into view: one may have scrolled past it.
        self._arriving.stop()
        self._wanted_scroll = scroll
        QTimer.singleShot(0, self, self._scroll_when_there)

    def _scroll_when_there(self) -> None:
        """Scroll to the place one came back to, as soon as the page has grown that long."""
        bar = self.verticalScrollBar()
        if self._wanted_scroll is not None and bar.maximum() >= self._wanted_scroll:
            bar.setValue(self._wanted_scroll)
            self._wanted_scroll = None
        elif self._arriving.isActive():
            self._bring_focus_into_view()

    def _stay_here(self) -> None:
        self._wanted_scroll = None
        self._arriving.stop()

    def _stops_at(self, address: Address | None) -> list[QWidget]:
        field = self._field_at(address)
        return field.stops() if field is not None else []

    def _field_at(self, address: Address | None) -> Field | None:
        block = self._blocks.get(address.link_id) if address is not None else None
        field = block.block_at(address) if block is not None and address is not None else None
        return field if isinstance(field, Field) else None

    # Inside

    def _drop_gone(self) -> None:
        wanted = {filled.section.id for filled in self._wanted}
        shown = {entry.item.link_id for filled in self._wanted for entry in filled.items}
        for section_id in [each for each in self._sections if each not in wanted]:
            view = self._sections.pop(section_id)
            for block in view.grid.blocks:
                self._blocks.pop(block.item.link_id, None)
            view.hide()
            view.deleteLater()
        for link_id in [each for each in self._blocks if each not in shown]:
            self._blocks.pop(link_id)

    def _block(self, link_id: str) -> Block | None:
        """Return an item's block, which may lack rows yet, built now if need be; ``None`` for one not shown."""
        if link_id not in self._blocks and link_id in self._unbuilt:
            while link_id not in self._blocks:
                self._build_next()
            self._take_in()
        return self._blocks.get(link_id)

    def _is_whole(self, link_id: str) -> bool:
        return link_id in self._blocks and self._blocks[link_id].is_whole

    def _build_more(self) -> None:
        """Build the next few fields, between two rounds of the event loop; what nobody sees waits."""
        if self.isVisible():
            anchor, before = self._anchor()
            self._build_slice()
            self._keep(anchor, before)

    def _build_slice(self) -> None:
        """Build fields for a moment, at least one. The rest comes by the timer."""
        ends = time.monotonic() + SLICE_SECONDS
        while self._unbuilt:
            self._build_next()
            if time.monotonic() >= ends:
                break
        self._take_in()

    def _build_next(self) -> None:
        """Build the next field and show it, which takes longer than to make it; of a long table the next row."""
        link_id = self._unbuilt[0]
        if link_id not in self._blocks:
            self._make_block(link_id)
        elif not self._blocks[link_id].is_whole:
            self._blocks[link_id].build_more()
        if self._blocks[link_id].is_whole:
            self._unbuilt.popleft()

    def _make_block(self, link_id: str) -> None:
        filled, item = next(
            (filled, entry.item)
            for filled in self._wanted
            for entry in filled.items
            if entry.item.link_id == link_id
        )
        view = self._section(filled)
        block = self.context.build(self.context, Address(link_id), item, view.grid)
        if isinstance(block, RepeatBlock):
            block.stops_changed.connect(self._chain_stops)
        self._blocks[link_id] = block
        self._fill(filled)

    def _section(self, filled: FilledSection) -> SectionView:
        view = self._sections.get(filled.section.id)
        if view is None:
            view = self._sections[filled.section.id] = self.section_view(filled)
            self._column.insertWidget(self._wanted.index(filled), view)
            view.show()
        return view

    def _fill(self, filled: FilledSection) -> None:
        """Let a section hold what of it is built."""
        view = self._sections.get(filled.section.id)
        if view is not None:
            view.grid.show_blocks(
                [self._blocks[e.item.link_id] for e in filled.items if e.item.link_id in self._blocks]
            )
            view.offer_hidden()

    def _take_in(self) -> None:
        """Lead Tab through what there is now; what is left comes in the next round."""
        if self._unbuilt:
            self._building.start()
        else:
            self._building.stop()
            for filled in self._wanted:
                self._section(filled)  # also one that asks nothing
        self._chain_stops()

    def _chain_stops(self) -> None:
        in_order = [block for view in self._ordered() for block in view.grid.blocks]
        self._blocks = {block.item.link_id: block for block in in_order}
        stops = [stop for view in self._ordered() for stop in view.stops()]
        for first, second in pairwise(stops):
            QWidget.setTabOrder(first, second)

    def _ordered(self) -> list[SectionView]:
        shown = (self._sections.get(filled.section.id) for filled in self._wanted)
        return [view for view in shown if view is not None]

    def _anchor(self) -> tuple[QWidget | None, int]:
        focus = QApplication.focusWidget()
        if focus is not None and self._page.isAncestorOf(focus):
            return focus, focus.mapTo(self._page, QPoint(0, 0)).y()
        return None, 0

    def _keep(self, anchor: QWidget | None, before: int) -> None:
        if anchor is None:
            return
        self._column.activate()
        moved = anchor.mapTo(self._page, QPoint(0, 0)).y() - before
        if moved:
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() + moved)

    def _bring_focus_into_view(self) -> None:
        focus = QApplication.focusWidget()
        if focus is not None and self._page.isAncestorOf(focus):
            self.ensureWidgetVisible(focus, 0, ROOM_AROUND_FOCUS)

    def _note_focus(self, address: Address) -> None:
        self._focused = address

    def _explain(self) -> None:
        if self._focused is not None:
            self.context.signals.explain.emit(self._focused)

    def _open_quiet_menu(self) -> None:
        if self._focused is None:
            return
        block = self._blocks.get(self._focused.link_id)
        field = block.block_at(self._focused) if block else None
        if isinstance(field, Field):
            field.open_quiet_menu()

    def _shortcut(self, keys: str, act: object) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)

    def showEvent(self, event: QShowEvent) -> None:
        """Go on with what waited to be seen."""
        super().showEvent(event)
        if self._unbuilt:
            self._building.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep lines at a length the eye can follow."""
        super().resizeEvent(event)
        self._set_margins()
        if self._arriving.isActive():
            QTimer.singleShot(0, self, self._bring_focus_into_view)

    def _set_margins(self) -> None:
        across = round(CHARACTERS_ACROSS * QFontMetrics(self.font()).averageCharWidth() * 1.1)
        right = max(LEAST_RIGHT_MARGIN, self.viewport().width() - SIDE_MARGIN - across)
        self._column.setContentsMargins(SIDE_MARGIN, 8, right, MARGIN_PAGE)
