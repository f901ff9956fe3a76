"""The top of the page of copies: how it stands, and a new copy now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from desktop_app.domain.errors import AppError, Cancelled
from desktop_app.services import backups
from desktop_app.services.backups import BackupState, BackupView
from ui.desk import Desk
from ui.jobs import Job
from ui.presenters.backup_words import GROUNDS, ICONS, goes_to_words, next_medium, state_words
from ui.theme import mark
from ui.widgets.basics import Button, IconLabel, column, filled_row, framed, label, row
from ui.widgets.notice import Notice

ICON = 32


class BackupStateCard(QWidget):
    """Icon, words and one button, which makes a copy unless something else is needed more."""

    def __init__(self, desk: Desk, add_medium: Callable[[], object], rehearse: Callable[[], object]) -> None:
        super().__init__()
        self._desk = desk
        self._acts = {"make": self.back_up, "add_medium": add_medium, "rehearse": rehearse}
        self._act = "make"
        self._job: Job | None = None
        self._to: Path | None = None
        self._can_act = False
        self.level = ""
        text = desk.text
        self.make = Button(desk, text("window.backups.acts.make"), self.take, kind="main")
        self.cancel = Button(desk, text("window.backups.cancel"), self._cancel)
        self.notice = Notice(desk)
        self._build()

    @property
    def words(self) -> str:
        """What it says of the state."""
        return "\n".join((self._newest.text(), self._reasons.text(), self._goes_to.text()))

    @property
    def is_busy(self) -> bool:
        """Whether a copy is being made."""
        return not self._progress.isHidden()

    def show_state(self, state: BackupState, known: Sequence[BackupView]) -> None:
        """Show how it stands."""
        texts = self._desk.texts
        words = state_words(state, self._desk.clock(), texts)
        self.level, self._act = words.level, words.act
        mark(self._frame, ground=GROUNDS[words.level])
        self._icon.show_icon(*ICONS[words.level])
        self._newest.setText(words.newest)
        self._reasons.setText("\n".join(words.reasons))
        self.make.set_words(words.button)
        medium = next_medium(state.media, known)
        self._to = medium.place if medium is not None else None
        self._goes_to.setText(goes_to_words(state.media, medium, texts) if words.act == "make" else "")
        self._goes_to.setVisible(bool(self._goes_to.text()))
        self._can_act = words.act != "make" or medium is not None
        self.make.setEnabled(not self.is_busy and self._can_act)

    def take(self) -> None:
        """Do what the one button says."""
        self._acts[self._act]()

    def back_up(self) -> None:
        """Make a copy where the next one goes; nothing while no medium is in."""
        if self._to is not None:
            self.back_up_to(self._to)

    def back_up_to(self, place: Path) -> None:
        """Make a copy at a place, and read it back."""
        if self.is_busy:
            return
        self.notice.silence()
        self._set_busy(busy=True)
        self._job = self._desk.run(
            self,
            backups.back_up,
            place,
            done=self._tell_done,
            failed=self._tell_failed,
            ended=lambda: self._set_busy(busy=False),
            on_progress=self._tell,
        )

    def _build(self) -> None:
        text, px = self._desk.text, self._desk.theme.px
        self._icon = IconLabel(self._desk, "attention", "waiting", ICON)
        self._newest = label("", "figure")
        self._reasons = label("")
        self._goes_to = label("", "soft")
        words = column(
            px(4), label(text("window.backups.newest"), "help"), self._newest, self._reasons, self._goes_to
        )
        top = filled_row(px(16), self._icon, words)
        top.setStretch(1, 1)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(text("window.backups.acts.make"))
        self._progress = label("", "help")
        inner = column(
            px(16),
            top,
            row(px(8), self.make, self.cancel),
            column(px(4), self._bar, self._progress),
            margins=(px(24), px(24), px(24), px(24)),
        )
        self._frame = framed(inner, ground="card")
        whole: QVBoxLayout = column(px(16), self._frame, self.notice)
        self.setLayout(whole)
        self._set_busy(busy=False)

    def _tell(self, done: int, total: int, text_key: str) -> None:
        self._bar.setRange(0, max(total, 1))
        self._bar.setValue(done)
        words = (
            self._desk.text(text_key) if self._desk.texts.has(text_key) else self._desk.text("window.wait")
        )
        percent = round(100 * done / max(total, 1))
        self._progress.setText(self._desk.text("window.backups.progress", what=words, percent=percent))

    def _tell_done(self, made: BackupView) -> None:
        where = self._desk.text("window.backups.where", name=made.path.name, place=made.path.parent)
        self.notice.show_words(self._desk.text("window.backups.done"), where)

    def _tell_failed(self, error: AppError) -> None:
        if isinstance(error, Cancelled):
            self.notice.show_words(self._desk.text("window.backups.cancelled"), ground="waiting")
        else:
            self.notice.show_error(error, ground="danger")

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _set_busy(self, *, busy: bool) -> None:
        self.make.setEnabled(not busy and self._can_act)
        for widget in (self.cancel, self._bar, self._progress):
            widget.setVisible(busy)
        if not busy:
            self._bar.setValue(0)
            self._progress.setText("")
