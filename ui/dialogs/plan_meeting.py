"""Plans a meeting: its kind, when and where; the rest is written in the agenda, which opens after it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from desktop_app.domain.errors import AppError
from desktop_app.services import meetings
from desktop_app.services.meetings import MeetingView, NewMeeting, Planned
from ui.desk import Desk
from ui.presenters.deadline_words import BadDay, read_moment
from ui.presenters.meeting_words import title_of
from ui.widgets.after_lock import ComesBack
from ui.widgets.basics import Button, label, right_row
from ui.widgets.fitted_dialog import FittedDialog
from ui.widgets.form_row import FormRow
from ui.widgets.notice import Notice

WIDTH, TIME_WIDTH, KIND_WIDTH = 520, 200, 300


class PlanMeetingDialog(FittedDialog):
    """``planned`` is called with the new meeting. ``former`` is the latest one: its participants can be called."""

    after_lock = ComesBack("plan_meeting")

    def __init__(
        self,
        desk: Desk,
        case_id: str,
        planned: Callable[[NewMeeting], object],
        former: MeetingView | None = None,
        parent: QWidget | None = None,
    ) -> None:
        text, px = desk.text, desk.theme.px
        super().__init__(desk, text("window.meetings.plan.title"), WIDTH, parent)
        self._case_id, self._planned, self._former = case_id, planned, former
        self.kind = self._kinds()
        self.starts, self.place, self.others = QLineEdit(), QLineEdit(), QLineEdit()
        self._kind_row = FormRow(
            desk, text("registers.meetings.meeting_type.label"), self.kind, width=KIND_WIDTH
        )
        self._starts_row = FormRow(
            desk,
            text("registers.meetings.starts.label"),
            self.starts,
            text("window.meetings.plan.starts_help"),
            width=TIME_WIDTH,
        )
        place_row = FormRow(desk, text("registers.meetings.place.label"), self.place)
        others_row = FormRow(
            desk, text("window.meetings.plan.others"), self.others, text("window.meetings.plan.others_help")
        )
        self.again = self._call_again()
        self.kind.activated.connect(lambda _index: self._kind_row.show_fault(""))
        self.starts.textEdited.connect(lambda _text: self._starts_row.show_fault(""))
        self.notice = Notice(desk)
        self.main = Button(desk, text("window.meetings.plan.do"), self.take, kind="main")
        self.main.setDefault(True)
        cancel = Button(desk, text("window.cancel"), self.reject)
        cancel.setAutoDefault(False)
        buttons = right_row(px(8), cancel, self.main)
        intro = label(text("window.meetings.plan.intro"), "soft")
        self.fill(
            intro, self._kind_row, self._starts_row, place_row, self.again, others_row, self.notice, buttons
        )
        self.again.setVisible(bool(self.again.text()))
        self._propose()
        self.kind.setFocus()

    def _kinds(self) -> QComboBox:
        kinds = QComboBox()
        kinds.addItem(self.desk.text("form_page.choose"), "")
        for code in self.desk.library.table("meeting_types"):
            kinds.addItem(self.desk.text(f"tables.meeting_types.{code}"), code)
        return kinds

    def _call_again(self) -> QCheckBox:
        """Return the offer to call those of the latest meeting; it has no words where there are none."""
        again, former, text = QCheckBox(), self._former, self.desk.text
        again.hide()
        if former is not None and former.called:
            again.setText(text("window.meetings.plan.again", count=len(former.called)))
            again.setAccessibleName(
                text("window.meetings.plan.again_name", meeting=title_of(former, self.desk.texts))
            )
            again.setChecked(True)
        return again

    def words_to_reopen(self) -> dict[str, Any]:
        """Say for which case it was."""
        return {"case_id": self._case_id}

    def take(self) -> None:
        """Plan the meeting; what is wrong is said at its field."""
        today = self.desk.clock().date()
        kind = str(self.kind.currentData() or "")
        self._kind_row.show_fault("" if kind else self.desk.text("window.meetings.plan.kind_missing"))
        try:
            starts = read_moment(self.starts.text(), today)
            fault = "" if starts else self.desk.text("window.meetings.plan.starts_missing")
        except BadDay as bad:
            starts, fault = None, self.desk.text(bad.text_key)
        self._starts_row.show_fault(fault)
        if not kind or starts is None:
            (self.starts if kind else self.kind).setFocus()
            return
        like = self._former.id if self._former is not None and self.again.isChecked() else ""
        planned = Planned(meeting_type=kind, starts=starts, place=self.place.text().strip(), like=like)
        self.main.setEnabled(False)
        self.desk.run(
            self,
            meetings.plan_with,
            self._case_id,
            planned,
            self.others.text(),
            done=self._done,
            failed=self._refuse,
            ended=lambda: self.main.setEnabled(True),
        )

    def _propose(self) -> None:
        """Begin with the day of the next one, where the last meeting was of a kind that comes back."""
        former = self._former
        kind = self.desk.library.definitions.meetings.of(former.meeting_type) if former is not None else None
        if former is None or former.starts is None or kind is None or not kind.again_days:
            return
        self.kind.setCurrentIndex(max(0, self.kind.findData(former.meeting_type)))
        self.starts.setText(meetings.next_time(former, kind))

    def _done(self, planned: NewMeeting) -> None:
        self.accept()
        self._planned(planned)

    def _refuse(self, error: AppError) -> None:
        self.notice.show_error(error)
