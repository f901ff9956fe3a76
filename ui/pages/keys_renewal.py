"""Somebody may have the key: a new data key, a new passphrase and a new sheet, and the old copies to destroy."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from PySide6.QtWidgets import QWidget

from desktop_app.domain.errors import AppError, Cancelled
from desktop_app.domain.profile import Profile
from desktop_app.services import recovery, settings, vault
from desktop_app.services.recovery import CopyToDestroy, DataKeyReplaced
from desktop_app.services.vault import RecoverySheet
from ui.desk import Desk
from ui.dialogs.list_on_paper import print_list
from ui.dialogs.paper_out import ChoosePrinter, chosen_printer
from ui.jobs import Job
from ui.pages.first_run_sheet import sheet_proof
from ui.pages.keys_steps import KeysSteps
from ui.pages.paper_proof import PaperProof
from ui.presenters.key_words import destroy_words
from ui.widgets.backup_after import BackupAfter
from ui.widgets.basics import Button, column, framed, label, row
from ui.widgets.holder_fields import Held, HolderFields
from ui.widgets.new_passphrase import NewPassphrase
from ui.widgets.page import Go
from ui.widgets.steps_page import WIDE

STEPS = 4
DOES = ("new_key", "new_secrets", "cards_end", "time")
DOES_NOT = ("old_copies", "old_computers", "what_was_read")


class KeysRenewalPage(KeysSteps):
    """Until the last step is taken nothing is changed, and what is typed is forgotten when one leaves."""

    def __init__(self, desk: Desk, go: Go, *, choose_printer: ChoosePrinter = chosen_printer) -> None:
        super().__init__(desk, go, desk.text("window.renewal.title"), steps=STEPS)
        self._choose_printer = choose_printer
        self._secret = ""
        self._passphrase = ""
        self._held: Held | None = None
        self._job: Job | None = None
        self._copies: Sequence[CopyToDestroy] = ()
        self.sheet: RecoverySheet | None = None
        self.proof: PaperProof | None = None
        self._profile: Profile | None = None
        desk.run(self, settings.profile, done=self._take_profile)
        self._show_intro()

    @cached_property
    def new(self) -> NewPassphrase:
        """The new passphrase; like the other parts of later steps it is there once it is asked for."""
        made = NewPassphrase(self.desk, self._profile)
        made.setMaximumWidth(self.desk.theme.px(600))
        return made

    @cached_property
    def holder(self) -> HolderFields:
        """Who is to have the new sheet."""
        who = self.desk.text("window.new_sheet.who")
        return HolderFields(self.desk, who, handed_on=self.desk.clock().date())

    @cached_property
    def backup(self) -> BackupAfter:
        """The copy that is made when all is done."""
        return BackupAfter(self.desk)

    # The steps

    def _show_intro(self) -> None:
        part = self._stacked(
            label(self.desk.text("window.renewal.intro"), "soft"),
            self._points("does", DOES),
            self._points("does_not", DOES_NOT),
            self.current_row,
        )
        words = self.desk.text("window.steps.next")
        self.show_step(1, part, words, self.prove, first=self.current.line)

    def prove(self) -> None:
        """Prove who is asking, and draw the new sheet."""
        self.prove_with(vault.draft_recovery_sheet, self._show_new)

    def _show_new(self, sheet: RecoverySheet, secret: str) -> None:
        self._secret, self.sheet = secret, sheet
        self.current.clear()
        part = self._stacked(label(self.desk.text("window.renewal.choose"), "soft"), self.new)
        self.show_step(2, part, self.desk.text("window.steps.next"), self.choose, first=self.new.first)

    def choose(self) -> None:
        """Keep the new passphrase and show the new sheet."""
        chosen = self.new.read()
        if chosen is None or self.sheet is None:
            return
        self._passphrase = chosen
        self.new.clear()
        self.proof = PaperProof(
            self.desk, sheet_proof(self.sheet), below=self.holder, choose_printer=self._choose_printer
        )
        part = self._stacked(label(self.desk.text("window.new_sheet.prove"), "soft"), self.proof)
        words = self.desk.text("window.steps.next")
        self.show_step(3, part, words, self.prove_sheet, first=self.proof.lines[0], width=WIDE)

    def prove_sheet(self) -> None:
        """Go on when the sheet was typed back right and somebody is to have it."""
        if self.proof is None or not self.proof.check():
            return
        self._held = self.holder.read()
        if self._held is None:
            return
        self.proof.close_paper()
        part = self._stacked(
            label(self.desk.text("window.renewal.ready"), "heading"),
            label(self.desk.text("window.renewal.ready_about")),
        )
        self.show_step(STEPS, part, self.desk.text("window.renewal.do"), self.replace)

    def replace(self) -> None:
        """Do it."""
        if self.sheet is None:
            return
        self.notice.silence()
        self.set_busy(busy=True, words=self.desk.text("window.renewal.doing"))
        self._job = self.desk.run(
            self,
            recovery.replace_data_key,
            self._secret,
            self._passphrase,
            self.sheet.recovery_key,
            done=self._show_done,
            failed=self._fail,
            ended=lambda: self.set_busy(busy=False),
            on_progress=self.tell_progress,
        )
        self.out.setEnabled(True)  # stops it as long as it can be stopped; afterwards it is done

    def leave(self) -> None:
        """Stop what is under way, if it still can be, else go home."""
        if self.is_settled:
            super().leave()
        elif self._job is not None:
            self._job.cancel()
            self.out.setEnabled(False)

    # What comes back

    def _take_profile(self, profile: Profile) -> None:
        self._profile = profile

    def _show_done(self, replaced: DataKeyReplaced) -> None:
        text = self.desk.text
        held = self._held
        if held is not None:
            self.desk.run(self, recovery.note_holder, "sheet", 0, held.holder, held.place, held.handed_on)
        self._forget()
        self._copies = replaced.to_destroy
        part = self._stacked(
            label(text("window.renewal.done"), "heading"),
            label(text("window.renewal.done_about")),
            self.backup,
            self._destroy_list(),
        )
        self.show_end(part)
        self.backup.start()

    def _destroy_list(self) -> QWidget:
        text, px = self.desk.text, self.desk.theme.px
        lines = destroy_words(self._copies, self.desk.texts)
        margins = (px(24), px(16), px(24), px(20))
        head = label(text("window.keys.destroy.title"), "heading")
        if not lines:
            about = label(text("window.keys.destroy.none"))
            return framed(column(px(8), head, about, margins=margins), ground="card")
        about = label(text("window.keys.destroy.about"))
        rows = column(px(4), *(label(line) for line in lines))
        printer = Button(self.desk, text("window.keys.destroy.print"), self._print_list, icon="print")
        inner = column(px(12), head, about, rows, row(0, printer), margins=margins)
        return framed(inner, ground="card")

    def _print_list(self) -> None:
        text = self.desk.text
        printer = self._choose_printer(self, text("window.proof.job_name"))
        if printer is not None:
            lines = destroy_words(self._copies, self.desk.texts)
            print_list(printer, text("window.keys.destroy.title"), text("window.keys.destroy.about"), lines)

    def _fail(self, error: AppError) -> None:
        text = self.desk.text
        if isinstance(error, Cancelled):
            self.notice.show_words(text("window.renewal.cancelled"), ground="waiting")
        else:
            self.notice.show_error(error)

    def _forget(self) -> None:
        self._secret = self._passphrase = ""
        self.sheet, self.proof = None, None

    def _points(self, name: str, keys: Sequence[str]) -> QWidget:
        text, px = self.desk.text, self.desk.theme.px
        head = label(text(f"window.renewal.{name}.title"), "strong")
        lines = (
            label(text("window.renewal.point", words=text(f"window.renewal.{name}.{key}"))) for key in keys
        )
        holder = QWidget()
        holder.setLayout(column(px(4), head, *lines))
        return holder

    def _stacked(self, *parts: QWidget) -> QWidget:
        holder = QWidget()
        holder.setLayout(column(self.desk.theme.px(16), *parts))
        return holder
