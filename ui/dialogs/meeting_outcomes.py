"""What finished minutes become: each row is offered as a note or a deadline, and taken by tick in one act."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QCheckBox, QScrollArea, QWidget

from desktop_app.domain.errors import AppError
from desktop_app.domain.meetings import Part
from desktop_app.services import meeting_outcomes
from desktop_app.services.meeting_outcomes import Offer, Taken
from ui.desk import Desk
from ui.theme import mark
from ui.widgets.after_lock import ComesBack
from ui.widgets.basics import Button, ScrolledContent, column, label, right_row, scrolled
from ui.widgets.cloak import written
from ui.widgets.fitted_dialog import FittedDialog
from ui.widgets.notice import Notice

WIDTH, LIST_HEIGHT, INDENT = 680, 360, 28


class MeetingOutcomesDialog(FittedDialog):
    """``taken`` is called with what came of it. What is not ticked is offered again next time."""

    after_lock = ComesBack("meeting_outcomes")

    def __init__(
        self,
        desk: Desk,
        case_id: str,
        meeting: str,
        taken: Callable[[Taken], object],
        parent: QWidget | None = None,
    ) -> None:
        text, px = desk.text, desk.theme.px
        super().__init__(desk, text("window.meetings.outcomes.title"), WIDTH, parent)
        self._case_id, self._meeting, self._taken = case_id, meeting, taken
        self.boxes: list[tuple[Offer, QCheckBox]] = []
        self.notice = Notice(desk)
        self.main = Button(desk, text("window.meetings.outcomes.do"), self.take, kind="main")
        self.main.setDefault(True)
        cancel = Button(desk, text("window.cancel"), self.reject)
        cancel.setAutoDefault(False)
        buttons = right_row(px(8), cancel, self.main)
        self._rows = column(px(12), margins=(px(12), px(8), px(12), px(8)))
        self._scroll = self._list()
        intro = label(text("window.meetings.outcomes.intro"), "soft")
        self.fill(intro, self._scroll, self.notice, buttons)
        self.main.setEnabled(False)
        desk.run(self, meeting_outcomes.offers, case_id, meeting, done=self._show, failed=self._refuse)
        cancel.setFocus()

    def words_to_reopen(self) -> dict[str, Any]:
        """Say which meeting it was about."""
        return {"meeting": self._meeting}

    @property
    def chosen(self) -> tuple[tuple[str, Part], ...]:
        """What is ticked."""
        return tuple((offer.row_id, offer.part) for offer, box in self.boxes if box.isChecked())

    def take(self) -> None:
        """Let what is ticked become notes and deadlines."""
        self.main.setEnabled(False)
        self.desk.run(
            self,
            meeting_outcomes.take,
            self._case_id,
            self._meeting,
            self.chosen,
            done=self._done,
            failed=self._refuse,
            ended=lambda: self.main.setEnabled(True),
        )

    def _list(self) -> QScrollArea:
        inner = ScrolledContent()
        inner.setLayout(self._rows)
        mark(inner, ground="card")
        scroll = scrolled(inner, self.desk.text("window.meetings.outcomes.title"))
        scroll.setFixedHeight(self.desk.theme.px(LIST_HEIGHT))
        return scroll

    def _show(self, offers: Sequence[Offer]) -> None:
        point = None
        for offer in offers:
            if offer.point != point:
                point = offer.point
                words = point or self.desk.text("window.meetings.outcomes.no_point")
                self._rows.addWidget(label(words, "strong"))
            self._rows.addWidget(self._row(offer))
        if not offers:
            self._rows.addWidget(label(self.desk.text("window.meetings.outcomes.nothing"), "soft"))
        self._rows.addStretch(1)
        self.main.setEnabled(bool(offers))
        if offers:
            self.boxes[0][1].setFocus()

    def _row(self, offer: Offer) -> QWidget:
        """Return a tick with what it becomes, and below it the words, covered in diskret läge."""
        desk, px = self.desk, self.desk.theme.px
        box = QCheckBox(desk.text(f"window.meetings.outcomes.{offer.part.value}"))
        box.setChecked(offer.proposed)
        box.setAccessibleName(f"{box.text()}: {offer.point}")
        box.toggled.connect(lambda on: self._not_both(offer) if on else None)
        self.boxes.append((offer, box))
        made = QWidget()
        made.setLayout(column(px(2), box, _indented(written(desk, offer.words), px(INDENT))))
        return made

    def _not_both(self, chosen: Offer) -> None:
        """Let what was agreed become a measure or a decision, not both."""
        pair = {Part.MEASURE: Part.DECISION, Part.DECISION: Part.MEASURE}.get(chosen.part)
        for offer, box in self.boxes:
            if offer.row_id == chosen.row_id and offer.part is pair:
                box.setChecked(False)

    def _done(self, taken: Taken) -> None:
        self.accept()
        self._taken(taken)

    def _refuse(self, error: AppError) -> None:
        self.notice.show_error(error)


def _indented(part: QWidget, by: int) -> QWidget:
    made = QWidget()
    made.setLayout(column(0, part, margins=(by, 0, 0, 0)))
    return made
