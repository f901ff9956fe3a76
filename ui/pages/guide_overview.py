"""The last page of the guide: everything that is answered, in words, with a way back to each question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop_app.domain.forms import Address
from ui.desk import Desk
from ui.presenters.case_presenter import Remark
from ui.presenters.guide_overview import PageAnswers, SectionAnswers
from ui.presenters.guide_walk import PageState
from ui.slices import Slices
from ui.theme import mark
from ui.theme.tokens import GAP_FIELDS, MARGIN_PAGE
from ui.widgets.basics import ScrolledContent, clear, label
from ui.widgets.remark_link import RemarkLink

SIDE_MARGIN = 24


class AnswerRow(QFrame):
    """One question with its answer and the way back to it."""

    def __init__(self, desk: Desk, page: PageAnswers) -> None:
        super().__init__()
        mark(self, line="below")
        title = label(page.title, "help")
        words = label("\n".join(page.lines), "soft" if page.state is PageState.OPEN else "")
        said = QVBoxLayout()
        said.setSpacing(2)
        said.addWidget(title)
        said.addWidget(words)
        if page.lacks:
            said.addWidget(label(desk.text("guide_page.overview.lacks"), "waiting"))
        self.change = QPushButton(desk.text("guide_page.overview.change"))
        self.change.setAccessibleName(desk.text("guide_page.overview.change_what", title=page.title))
        mark(self.change, kind="quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 6, 0, 8)
        row.setSpacing(16)
        row.addLayout(said, 1)
        row.addWidget(self.change, 0, Qt.AlignmentFlag.AlignTop)
        self.change.setVisible(page.can_change)


class GuideOverview(QScrollArea):
    """Built in slices: a long form has many questions."""

    change = Signal(str)
    """The page with this id is to be changed."""

    go_to = Signal(object)
    """An ``Address`` to look at."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(desk.text("guide_page.overview.title"))
        mark(self, ground="page")
        inner = ScrolledContent()
        mark(inner, ground="page")
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(SIDE_MARGIN, 8, SIDE_MARGIN, MARGIN_PAGE)
        self._column.setSpacing(4)
        self.setWidget(inner)
        self._slices = Slices(self)
        self.rows: dict[str, AnswerRow] = {}

    def show_answers(
        self,
        lead: str,
        sections: Sequence[SectionAnswers],
        doubts: Sequence[Remark],
        notes: Sequence[str],
    ) -> None:
        """Show the answers; ``doubts`` first, since they are what to look at, ``notes`` last."""
        scroll = self.verticalScrollBar().value()
        clear(self._column)
        self.rows = {}
        self._slices.begin(self._build(lead, sections, doubts, notes, scroll))

    def finish(self) -> None:
        """Build what is left now."""
        self._slices.finish()

    def _build(
        self,
        lead: str,
        sections: Sequence[SectionAnswers],
        doubts: Sequence[Remark],
        notes: Sequence[str],
        scroll: int,
    ) -> Iterator[None]:
        self._column.addWidget(label(self._desk.text("guide_page.overview.title"), "title"))
        self._column.addWidget(label(lead, "soft"))
        for doubt in doubts:
            self._column.addWidget(self._doubt(doubt))
        yield
        for section in sections:
            self._column.addSpacing(GAP_FIELDS)
            self._column.addWidget(label(section.title, "heading"))
            for page in section.pages:
                row = AnswerRow(self._desk, page)
                row.change.clicked.connect(lambda _=False, page_id=page.page_id: self.change.emit(page_id))
                self.rows[page.page_id] = row
                self._column.addWidget(row)
                yield
        for note in notes:
            self._column.addSpacing(GAP_FIELDS)
            self._column.addWidget(label(note, "help"))
        self._column.addStretch(1)
        self.verticalScrollBar().setValue(scroll)

    def _doubt(self, doubt: Remark) -> QWidget:
        frame = QFrame()
        mark(frame, ground="waiting")
        column = QVBoxLayout(frame)
        column.setContentsMargins(8, 4, 8, 4)
        address = doubt.address
        if isinstance(address, Address):
            column.addWidget(RemarkLink(self._desk, doubt.words, lambda: self.go_to.emit(address)))
        else:
            column.addWidget(label(doubt.words))
        return frame
