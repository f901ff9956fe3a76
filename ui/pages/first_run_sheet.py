"""Fourth step: the recovery sheet, printed, and proven to be readable by typing groups of it back."""

from __future__ import annotations

from collections.abc import Callable

from desktop_app.services import vault
from desktop_app.services.vault import RecoverySheet
from ui.desk import Desk
from ui.dialogs.paper_out import ChoosePrinter, chosen_printer
from ui.pages.paper_proof import PaperProof, Proof
from ui.widgets.basics import Button
from ui.widgets.gate import GatePage

WIDTH = 1000


def sheet_proof(sheet: RecoverySheet) -> Proof:
    """Return how a recovery sheet is proven."""
    key = sheet.recovery_key
    return Proof("sheet", sheet.pdf, vault.challenge(key), lambda typed: vault.challenge_met(key, typed))


class SheetPage(GatePage):
    """Calls ``done`` when the groups were typed back right and the sheet counts.

    There is no way back: the store is made, and so is its sheet.
    """

    def __init__(
        self,
        desk: Desk,
        sheet: RecoverySheet,
        done: Callable[[], object],
        *,
        step: str = "",
        choose_printer: ChoosePrinter = chosen_printer,
    ) -> None:
        text = desk.text
        super().__init__(
            desk,
            text("window.first_run.sheet.title"),
            text("window.first_run.sheet.intro"),
            step,
            width=WIDTH,
        )
        self._sheet = sheet
        self._done = done
        self.proof = PaperProof(desk, sheet_proof(sheet), choose_printer=choose_printer)
        self.paper = self.proof.paper
        self.groups = self.proof.lines
        self.body.addWidget(self.proof)
        self.set_main(Button(desk, text("window.first_run.sheet.confirm"), self.take, kind="main"))
        self.first = self.groups[0]

    @property
    def recovery_key(self) -> str:
        """The key on the sheet."""
        return self._sheet.recovery_key

    def take(self) -> None:
        """Check the groups that were typed back."""
        if self.proof.check():
            self.desk.run(
                self,
                vault.confirm_recovery_sheet,
                done=lambda _changes: self._done(),
                failed=self.notice.show_error,
            )
