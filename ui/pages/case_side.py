"""What stands beside the form: the paper, what the material points at, and why a question is put."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.forms import Address
from desktop_app.services.printing import FieldPlace, FormPrint
from ui.desk import Desk
from ui.presenters.case_presenter import FindingsPart
from ui.slices import Slices
from ui.theme import mark
from ui.widgets.basics import ScrolledContent, chosen_text, clear, label
from ui.widgets.pdf_view import PdfView
from ui.widgets.words_button import WordsButton

TABS = ("paper", "findings", "question")


class PaperPane(QWidget):
    """The paper with its few tools: page, smaller, larger, whole width."""

    field_clicked = Signal(object)
    """An answer on the paper was clicked: its ``Address``."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._places: tuple[FieldPlace, ...] = ()
        self._followed: Address | None = None
        self._is_issued = False
        self.view = PdfView(desk.text("form_page.paper.name"))
        self.view.clicked.connect(self._lead)
        self._page = QLabel(desk.text("form_page.side.no_paper"))
        mark(self._page, role="help")
        self._page.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        bar = QHBoxLayout()
        bar.setContentsMargins(12, 4, 12, 4)
        bar.setSpacing(4)
        bar.addWidget(self._page, 1)
        for key, act in (
            ("zoom_out", self.view.zoom_out),
            ("zoom_in", self.view.zoom_in),
            ("fit", self.view.fit_width),
        ):
            bar.addWidget(_aside(desk.text(f"form_page.paper.{key}"), act))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.view, 1)
        column.addLayout(bar)
        self.view.page_changed.connect(self._show_page)
        desk.discretion.changed.connect(self._follow_discretion)

    def show_print(self, pages: FormPrint) -> None:
        """Show a form as it would be printed now; its answers can be clicked."""
        self._places, self._is_issued = pages.places, False
        self.view.cover("")
        self.view.show_pdf(pages.pdf)
        self._mark()  # what was marked stood elsewhere, or on another form

    def show_document(self, pdf: bytes) -> None:
        """Show a document as it was issued: it is read, and leads nowhere."""
        self._places, self._is_issued = (), True
        self.view.mark_place(0, None)
        self._follow_discretion()
        self.view.show_pdf(pdf)

    def follow(self, address: Address) -> None:
        """Show where on the paper the answer at an address stands."""
        self._followed = address
        if marked := self._mark():
            self.view.bring_into_view(*marked)

    def _mark(self) -> tuple[int, QRectF] | None:
        """Mark where the answer one is at stands; nothing when this paper does not have it."""
        place = place_of(self._followed, self._places) if self._followed is not None else None
        if place is None:
            self.view.mark_place(0, None)
            return None
        box = QRectF(place.x, place.top, place.width, place.height)
        self.view.mark_place(place.page - 1, box)
        return place.page - 1, box

    def _lead(self, page: int, spot: QPointF) -> None:
        for place in self._places:
            box = QRectF(place.x, place.top, place.width, place.height)
            if place.page == page + 1 and box.contains(spot):
                self.field_clicked.emit(place.address)
                return

    def _follow_discretion(self) -> None:
        """Cover the paper in diskret läge: one that was issued as long as it lasts, a form's until it is redrawn."""
        covered = self._desk.discretion.is_on
        self.view.cover(self._desk.text("protection.paper.covered") if covered else "")

    def show_words(self, words: str) -> None:
        """Say why there is no paper, or that it is not up to date."""
        self._page.setText(words)

    def _show_page(self, page: int, pages: int) -> None:
        self._page.setText(self._desk.text("form_page.paper.page_of", page=page, pages=pages))


def place_of(address: Address, places: Sequence[FieldPlace]) -> FieldPlace | None:
    """Return where an answer stands; for a cell that has no place of its own, its row or its table."""
    for wanted in (address, Address(address.link_id, address.row_id), Address(address.link_id)):
        for place in places:
            if place.address == wanted:
                return place
    return next((place for place in places if place.address.link_id == address.link_id), None)


class Sentence(WordsButton):
    """A sentence that leads to the question it is about; one that asks for an answer is coloured as a way on."""

    def __init__(self, desk: Desk, words: str, below: str = "", role: str = "") -> None:
        super().__init__(desk.theme)
        whole = desk.text("guide_page.findings.with_below", words=words, below=below) if below else words
        self.setAccessibleName(desk.text("guide_page.findings.go_to", words=whole))
        self.setToolTip(desk.text("guide_page.findings.tip"))
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(label(words, role))
        if below:
            lines.addWidget(label(below, "help"))
        for said in self.findChildren(QLabel):
            said.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.row.setContentsMargins(0, 2, 4, 2)
        self.row.addLayout(lines, 1)


class WordsPane(QScrollArea):
    """Headed sentences to read; those about a fact lead to its question."""

    fact_asked = Signal(str)
    """A fact of the decision table."""

    def __init__(self, desk: Desk, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shown: object = None
        self._slices = Slices(self)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(name)
        self._page = ScrolledContent()
        mark(self._page, ground="clear")
        self._column = QVBoxLayout(self._page)
        self._column.setContentsMargins(20, 16, 20, 16)
        self._column.setSpacing(4)
        self.setWidget(self._page)

    def show_parts(self, parts: Sequence[FindingsPart], note: str = "") -> None:
        """Show headings with their sentences, and a quiet note last; what is shown already is left as it is."""
        if self._shown == (tuple(parts), note):
            return
        self._shown = (tuple(parts), note)
        self._slices.begin(self._make(parts, note))
        if self.isVisible():
            self._slices.finish()  # what is read must not vanish and come back line by line

    def _make(self, parts: Sequence[FindingsPart], note: str) -> Iterator[None]:
        scroll = self.verticalScrollBar().value()
        clear(self._column)
        for place, part in enumerate(parts):
            if place:
                self._column.addSpacing(12)
            if part.heading:
                self._add(part.heading, "help")
            for sentence, fact, below in zip_longest(part.sentences, part.facts, part.below):
                if fact:
                    self._add_link(Sentence(self._desk, sentence, below, "link" if part.asks else ""), fact)
                else:
                    self._add(sentence, "heading" if place == 0 else "")
                yield
        if note:
            self._column.addSpacing(16)
            self._add(note, "soft")
        self._column.addStretch(1)
        self.verticalScrollBar().setValue(scroll)

    def words(self) -> str:
        """Return all that is shown."""
        self._slices.finish()
        return "\n".join(label.text() for label in self._page.findChildren(QLabel))

    def _add(self, words: str, role: str) -> None:
        self._column.addWidget(chosen_text(words, role))

    def _add_link(self, sentence: Sentence, fact: str) -> None:
        sentence.clicked.connect(lambda _=False: self.fact_asked.emit(fact))
        self._column.addWidget(sentence)


class CaseSide(QFrame):
    """Three things to look at beside the form, one at a time."""

    hidden_asked = Signal()
    shown = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        mark(self, ground="sunken")
        self.setAccessibleName(desk.text("form_page.side.name"))
        self.paper = PaperPane(desk)
        self.findings = WordsPane(desk, desk.text("form_page.findings.points"))
        self.question = WordsPane(desk, desk.text("form_page.why.title"))
        self._stack = QStackedWidget()
        for pane in (self.paper, self.findings, self.question):
            self._stack.addWidget(pane)
        self._group = QButtonGroup(self)
        self._tabs = {name: self._tab(name) for name in TABS}
        bar = QHBoxLayout()
        bar.setContentsMargins(8, 6, 8, 6)
        bar.setSpacing(4)
        for tab in self._tabs.values():
            bar.addWidget(tab)
        bar.addStretch(1)
        hide = _aside(desk.text("form_page.side.hide"), self.hidden_asked.emit)
        hide.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        bar.addWidget(hide)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self._stack, 1)
        self.question.show_parts((), desk.text("form_page.why.pick"))
        self.show_tab("paper")

    @property
    def tab(self) -> str:
        """What is looked at."""
        return TABS[self._stack.currentIndex()]

    def show_tab(self, name: str) -> None:
        """Look at the paper, the findings or the question."""
        self._stack.setCurrentIndex(TABS.index(name))
        self._tabs[name].setChecked(True)
        self.shown.emit(name)

    def offer_findings(self, offered: bool) -> None:
        """Show or hide the findings' tab: they belong beside the form of the criteria."""
        self._tabs["findings"].setVisible(offered)
        if not offered and self.tab == "findings":
            self.show_tab("paper")

    def _tab(self, name: str) -> QPushButton:
        tab = QPushButton(self._desk.text(f"form_page.side.{name}"))
        tab.setCheckable(True)
        tab.setAccessibleName(tab.text())
        mark(tab, kind="quiet")
        strong = QFontMetrics(self._desk.theme.font(strong=True))
        tab.setMinimumWidth(strong.horizontalAdvance(tab.text()) + self._desk.theme.px(32))
        self._group.addButton(tab)
        tab.clicked.connect(lambda: self.show_tab(name))
        return tab


def _aside(words: str, act: object) -> QToolButton:
    button = QToolButton()
    button.setText(words)
    button.setAccessibleName(words)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    mark(button, role="aside")
    button.clicked.connect(act)
    return button
