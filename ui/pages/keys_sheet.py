"""A new recovery sheet: printed, typed back, handed to somebody, and only then does the old one stop opening."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_app.services import recovery, vault
from desktop_app.services.vault import RecoverySheet
from ui.desk import Desk
from ui.pages.first_run_sheet import sheet_proof
from ui.pages.keys_steps import KeysSteps
from ui.pages.paper_proof import PaperProof
from ui.widgets.backup_after import BackupAfter
from ui.widgets.basics import column, label
from ui.widgets.holder_fields import Held, HolderFields
from ui.widgets.page import Go
from ui.widgets.steps_page import WIDE

STEPS = 2


class KeysSheetPage(KeysSteps):
    """Two steps: prove who you are; print, read back and say who is to have it."""

    def __init__(self, desk: Desk, go: Go) -> None:
        super().__init__(desk, go, desk.text("window.new_sheet.title"), steps=STEPS)
        text = desk.text
        self._secret = ""
        self.sheet: RecoverySheet | None = None
        self.proof: PaperProof | None = None
        self.holder = HolderFields(desk, text("window.new_sheet.who"), handed_on=desk.clock().date())
        self.backup = BackupAfter(desk)
        part = self._column("window.new_sheet.intro", self.current_row)
        self.show_step(1, part, text("window.new_sheet.draft"), self.draft, first=self.current.line)

    def draft(self) -> None:
        """Make a new sheet that opens nothing yet."""
        self.prove_with(vault.draft_recovery_sheet, self._show_sheet)

    def adopt(self) -> None:
        """Let the sheet count, when it was typed back right and somebody is to have it."""
        if self.proof is None or self.sheet is None or not self.proof.check():
            return
        held = self.holder.read()
        if held is None:
            return
        self.work(
            vault.adopt_recovery_sheet,
            self._secret,
            self.sheet.recovery_key,
            done=lambda _changes: self._show_done(held),
        )

    def _column(self, intro: str, *parts: QWidget) -> QWidget:
        holder = QWidget()
        holder.setLayout(column(self.desk.theme.px(16), label(self.desk.text(intro), "soft"), *parts))
        return holder

    def _show_sheet(self, sheet: RecoverySheet, secret: str) -> None:
        self._secret, self.sheet = secret, sheet
        self.current.clear()
        self.proof = PaperProof(self.desk, sheet_proof(sheet), below=self.holder)
        part = self._column("window.new_sheet.prove", self.proof)
        words = self.desk.text("window.new_sheet.adopt")
        self.show_step(STEPS, part, words, self.adopt, first=self.proof.lines[0], width=WIDE)

    def _show_done(self, held: Held) -> None:
        self.desk.run(self, recovery.note_holder, "sheet", 0, held.holder, held.place, held.handed_on)
        if self.proof is not None:
            self.proof.close_paper()
        self._secret, self.sheet, self.proof = "", None, None
        part = QWidget()
        head = label(self.desk.text("window.new_sheet.done"), "heading")
        older = label(self.desk.text("window.new_sheet.older"))
        part.setLayout(column(self.desk.theme.px(16), head, older, self.backup))
        self.show_end(part)
        self.backup.start()
