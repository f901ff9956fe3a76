"""Third step: a passphrase, suggested or one's own, typed twice, and where the store will lie."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout

from desktop_app.domain.profile import Profile
from desktop_app.services import vault
from ui.desk import Desk
from ui.dialogs.choose_place import PlaceDialog
from ui.widgets.basics import Button, chosen_text, column, filled_row, framed, label
from ui.widgets.form_row import FormRow
from ui.widgets.gate import GatePage
from ui.widgets.passphrase_field import PassphraseField
from ui.widgets.place_field import PlaceField


class PassphrasePage(GatePage):
    """Calls ``make`` with the passphrase and the folder once both stand."""

    def __init__(
        self,
        desk: Desk,
        profile: Profile,
        folder: Path,
        make: Callable[[str, Path], None],
        back: Callable[[], object],
    ) -> None:
        text = desk.text
        super().__init__(
            desk,
            text("window.first_run.passphrase.title"),
            text("window.first_run.passphrase.intro"),
            text("window.first_run.step", number=3),
        )
        self._make = make
        self._suggested = QRadioButton(text("window.first_run.passphrase.suggested"))
        self.own = QRadioButton(text("window.first_run.passphrase.own"))
        self._group = QButtonGroup(self)
        for choice in (self._suggested, self.own):
            choice.setAccessibleName(choice.text())
            self._group.addButton(choice)
        self._suggested.setChecked(True)
        self.suggestion = chosen_text("", "title")
        self.suggestion.setAccessibleName(text("window.first_run.passphrase.suggested_name"))
        self.field = PassphraseField(
            desk,
            text("window.first_run.passphrase.own_field"),
            judge=lambda typed: vault.judge_passphrase(desk.library, typed, profile),
        )
        self._own_row = FormRow(
            desk,
            text("window.first_run.passphrase.own_field"),
            self.field,
            text("window.first_run.passphrase.own_help"),
        )
        self.again = PassphraseField(desk, text("window.first_run.passphrase.again"))
        self.again_row = FormRow(
            desk,
            text("window.first_run.passphrase.again"),
            self.again,
            text("window.first_run.passphrase.again_help"),
        )
        self._place = PlaceField(
            desk,
            text("window.first_run.passphrase.place"),
            lambda parent, start, chosen: PlaceDialog(desk, start, chosen, parent.window()).open(),
            "",
            folder,
        )
        self._build()
        self.buttons.addWidget(Button(desk, text("window.first_run.back"), back))
        self.make_button = Button(desk, text("window.first_run.passphrase.make"), self.take, kind="main")
        self.set_main(self.make_button)
        self.own.toggled.connect(self._choose)
        self.suggest()
        self._choose()
        self.first = self.again.line

    def suggest(self) -> None:
        """Show another suggestion."""
        self.suggestion.setText(vault.generate_passphrase(self.desk.library))
        self.again.clear()

    @property
    def passphrase(self) -> str:
        """The passphrase chosen, before it is typed again."""
        return self.field.text() if self.own.isChecked() else self.suggestion.text()

    def take(self) -> None:
        """Make the store, or say what is missing beside the field."""
        judged = self.field.judgement() if self.own.isChecked() else None
        weak = judged is not None and not judged.acceptable
        self._own_row.show_fault(self.desk.text(judged.text_key) if judged is not None and weak else "")
        differs = not weak and " ".join(self.again.text().split()) != " ".join(self.passphrase.split())
        self.again_row.show_fault(self.desk.text("window.first_run.passphrase.differs") if differs else "")
        if weak or differs:
            (self.field if weak else self.again).select_all()
            return
        if self._place.place is not None:
            self._make(self.passphrase, self._place.place)

    def set_busy(self, *, busy: bool) -> None:
        """Say that the store is being made."""
        words = "window.first_run.passphrase.making" if busy else "window.first_run.passphrase.make"
        self.make_button.set_words(self.desk.text(words))
        for widget in (self.make_button, self.field, self.again, self._place):
            widget.setEnabled(not busy)

    def _build(self) -> None:
        text, px = self.desk.text, self.desk.theme.px
        again = Button(
            self.desk, text("window.first_run.passphrase.suggest_again"), self.suggest, kind="quiet"
        )
        shown = filled_row(px(16), self.suggestion, again)
        shown.setStretch(0, 1)
        inside = column(px(8), shown, label(text("window.first_run.passphrase.suggested_help"), "help"))
        inside.setContentsMargins(px(16), px(12), px(16), px(12))
        self._card = framed(inside, ground="card")
        place_title = label(text("window.first_run.passphrase.place"), "strong")
        parts = QVBoxLayout()
        parts.setSpacing(px(8))
        for widget in (self._suggested, self._card, self.own, self._own_row):
            parts.addWidget(widget)
        self.body.addLayout(parts)
        self.body.addWidget(self.again_row)
        self.body.addLayout(column(px(4), place_title, self._place))

    def _choose(self) -> None:
        own = self.own.isChecked()
        self._card.setVisible(not own)
        self._own_row.setVisible(own)
        self.again.clear()
        (self.field if own else self.again).line.setFocus()
