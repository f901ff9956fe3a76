"""What is said at the foot of a form: that it is finished, what went wrong, and what is missing with the way there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop_app.domain.forms import Address
from ui.desk import Desk
from ui.presenters.case_presenter import remarks
from ui.presenters.form_presenter import FormPresenter
from ui.theme import mark
from ui.widgets.basics import clear
from ui.widgets.remark_link import RemarkLink
from ui.widgets.wrapped_words import WrappedWords

GAP_LIST_HEIGHT = 168


class FormNotice(QFrame):
    """Out of sight until there is something to say."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 8, 12, 8)
        self._column.setSpacing(2)
        self.hide()

    @property
    def is_quiet(self) -> bool:
        """True while it only says how the form stands, and nothing that waits for somebody."""
        return self.property("ground") == "accent"

    def tell(self, words: str, *, ground: str) -> None:
        """Say something on a ground of the stylesheet."""
        clear(self._column)
        label = WrappedWords(words)
        self._column.addWidget(label)
        mark(self, ground=ground)
        self.setAccessibleName(words)
        self.show()

    def show_gaps(self, presenter: FormPresenter, go_to: Callable[[Address], object]) -> None:
        """Say what is missing before the form can be finished; each line leads to its field."""
        found = remarks(presenter.view, self._desk.texts)
        key = "lacking_one" if len(presenter.gaps) == 1 else "lacking"
        self.tell(self._desk.text(f"form_page.finish.{key}", count=len(presenter.gaps)), ground="waiting")
        inner = QWidget()
        mark(inner, ground="clear")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for remark in found:
            if remark.address is not None:
                column.addWidget(RemarkLink(self._desk, remark.words, lambda a=remark.address: go_to(a)))
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inner)
        area.setMaximumHeight(min(GAP_LIST_HEIGHT, 34 * len(found)))
        area.setMinimumHeight(area.maximumHeight())
        self._column.addWidget(area)
        first = inner.findChild(RemarkLink)
        if first is not None:
            first.setFocus()
