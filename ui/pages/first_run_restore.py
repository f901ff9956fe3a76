"""Makes a store of a backup in a new folder, and shows that it holds what the backup holds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QProgressBar, QWidget

from desktop_app.domain.errors import AppError, Cancelled, UserError
from desktop_app.services import backups, vault
from desktop_app.services.backups import RestoreView
from desktop_app.services.messages import message_for
from desktop_app.services.vault import Session
from ui.desk import Desk
from ui.dialogs.choose_place import PlaceDialog
from ui.jobs import Job
from ui.pages.restore_choice import CopyChoice
from ui.pages.restore_result import RestoreResult
from ui.presenters.backup_words import about_paper, is_about_secret, restore_refusal
from ui.widgets.basics import Button, column, label
from ui.widgets.gate import GatePage
from ui.widgets.opening_field import CARDS, PAPER, PASSPHRASE, OpeningField
from ui.widgets.place_field import PlaceField

WIDTH = 720


class RestorePage(GatePage):
    """``restored`` is called with the new store's folder, to unlock it; ``back`` leaves all as it is.

    With ``opened`` the new store is opened at once with what was typed, so that nobody types a paper twice. It gets
    the session, and the paper or the cards that opened it ('' for a passphrase).
    """

    def __init__(
        self,
        desk: Desk,
        folder: Path,
        restored: Callable[[Path], object],
        back: Callable[[], object],
        *,
        opened: Callable[[Session, str], object] | None = None,
    ) -> None:
        text = desk.text
        super().__init__(
            desk,
            text("window.first_run.restore.title"),
            text("window.first_run.restore.intro"),
            width=WIDTH,
        )
        self._restored = restored
        self._opened = opened
        self._back = back
        self._busy = False
        self._made: Path | None = None
        self._job: Job | None = None
        self.choice = CopyChoice(desk)
        self.file = self.choice.file
        self.opening = OpeningField(desk, text("window.first_run.restore.secret_help"))
        self.secret, self.row = self.opening.secret, self.opening.row
        self.folder = PlaceField(
            desk,
            text("window.first_run.restore.folder"),
            lambda parent, start, chosen: PlaceDialog(desk, start, chosen, parent.window()).open(),
            "",
            folder,
        )
        self._result = RestoreResult(desk)
        self._build()
        self._set_busy(busy=False)
        self.choice.changed.connect(self._take_choice)
        self._take_choice()
        self.first = self.choice.first

    def begin(self) -> None:
        """Look for copies at once: the stick is likely in already."""
        super().begin()
        self.choice.search()

    def take(self) -> None:
        """Restore, or open what was restored."""
        if self._made is not None:
            self._open(self._made)
            return
        if not self.restore.isEnabled():
            return
        if self.file.place is None:
            self.notice.show_words(self.desk.text("window.places.no_file"), ground="waiting")
            self.choice.first.setFocus()
            return
        if not self.opening.text():
            self.opening.refuse(self.desk.text("window.first_run.restore.needs_secret"))
            return
        self.opening.show_fault("")
        self.notice.silence()
        self._set_busy(busy=True)
        self._job = self.desk.jobs.run(
            self,
            backups.restore,
            self.file.place,
            self.folder.place,
            self.opening.text(),
            done=self._show,
            failed=self._refuse,
            ended=lambda: self._set_busy(busy=False),
            on_progress=self._tell,
        )

    # How it is built

    def _build(self) -> None:
        text, px = self.desk.text, self.desk.theme.px
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(text("window.first_run.restore.title"))
        self._progress = label("", "help")
        self._steps: list[QWidget] = []
        for name, part in (("copy", self.choice), ("secret", self.opening), ("folder", self.folder)):
            step = QWidget()
            title = label(text(f"window.first_run.restore.step_{name}"), "heading")
            step.setLayout(column(px(4), title, part))
            self._steps.append(step)
            self.body.addWidget(step)
        self.body.addLayout(column(px(4), self._bar, self._progress))
        self.foot.addWidget(self._result)
        self.back = Button(self.desk, text("window.first_run.back"), self._leave)
        self.buttons.addWidget(self.back)
        self.restore = Button(self.desk, text("window.first_run.restore.restore"), self.take, kind="main")
        self.set_main(self.restore)

    # What comes back

    def _take_choice(self) -> None:
        """Show what belongs to the chosen copy: what opens it, and where it goes."""
        chosen = self.file.place is not None and self._made is None
        for step in self._steps[1:]:
            step.setVisible(chosen)
        self.restore.setEnabled(chosen)
        self.notice.silence()
        self.opening.show_fault("")

    def _tell(self, done: int, total: int, text_key: str) -> None:
        self._bar.setRange(0, max(total, 1))
        self._bar.setValue(done)
        percent = round(100 * done / max(total, 1))
        what = self.desk.text(text_key)
        self._progress.setText(
            self.desk.text("window.first_run.restore.progress", what=what, percent=percent)
        )

    def _show(self, view: RestoreView) -> None:
        self._made = view.folder
        text = self.desk.text
        key = {0: "done_none", 1: "done_one"}.get(view.cases, "done")
        where = text("window.first_run.restore.done_where", place=view.folder)
        self.heading.setText(text("window.first_run.restore.done_title"))
        self.intro.hide()
        self.notice.show_words(text(f"window.first_run.restore.{key}", cases=view.cases), where)
        self._result.show_result(view)
        for step in self._steps:
            step.hide()
        self.back.hide()
        self.restore.set_words(text("window.first_run.restore.unlock"))

    def _refuse(self, error: AppError) -> None:
        self._set_busy(busy=False)
        if isinstance(error, Cancelled):
            self.notice.show_words(message_for(error, self.desk.texts).safe, ground="waiting")
        elif is_about_secret(error):
            self.notice.silence()
            error = about_paper(error, self.opening.mode)
            self.opening.refuse(restore_refusal(error, self.choice.made_at, self.desk.texts))
        else:
            self.notice.show_error(error)
            if isinstance(error, UserError):
                self.folder.button.setFocus()

    def _set_busy(self, *, busy: bool) -> None:
        text = self.desk.text
        self._busy = busy
        if self._made is None:
            self.restore.set_words(text(f"window.first_run.restore.{'restoring' if busy else 'restore'}"))
            self.back.set_words(text("window.first_run.restore.cancel" if busy else "window.first_run.back"))
        for part in (self._bar, self._progress):
            part.setVisible(busy)
        for part in (*self._steps, self.restore):
            part.setEnabled(not busy)
        if self._made is not None:
            self.restore.setFocus()

    def _leave(self) -> None:
        """Stop the work, or go back when there is none."""
        if self._busy and self._job is not None:
            self._job.cancel()
        else:
            self.opening.clear()
            self._back()

    def _open(self, folder: Path) -> None:
        """Open the new store with what was typed; else ask for it as usual."""
        works = {
            PASSPHRASE: vault.unlock,
            PAPER: vault.unlock_with_recovery_key,
            CARDS: vault.unlock_with_cards,
        }
        typed = self.opening.text()
        if self._opened is None or self.desk.session is not None or not typed:
            self._restored(folder)
            return
        secret = tuple(typed.split("\n")) if self.opening.mode == CARDS else typed
        self.restore.setEnabled(False)
        self.desk.jobs.run(
            self,
            works[self.opening.mode],
            self.desk.library,
            folder,
            secret,
            self.desk.clock,
            done=self._hand_over,
            failed=lambda _error: self._ask_again(folder),
        )

    def _ask_again(self, folder: Path) -> None:
        """Ask on the unlock page: the key stood in the field for the passphrase, say."""
        self.opening.clear()
        self._restored(folder)

    def _hand_over(self, session: Session) -> None:
        typed = "" if self.opening.mode == PASSPHRASE else self.opening.text()
        self.opening.clear()
        if self._opened is not None:
            self._opened(session, typed)
