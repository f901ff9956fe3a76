"""A new passphrase: the suggested one or one's own, judged while it is typed, and typed a second time."""

from __future__ import annotations

from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from desktop_app.domain.profile import Profile
from desktop_app.services import vault
from ui.desk import Desk
from ui.widgets.basics import Button, chosen_text, column, filled_row, framed, label
from ui.widgets.form_row import FormRow
from ui.widgets.passphrase_field import PassphraseField


class NewPassphrase(QWidget):
    """``read`` gives the passphrase once it is good and typed twice alike, or says beside the field what is not."""

    def __init__(self, desk: Desk, profile: Profile | None = None) -> None:
        super().__init__()
        self._desk = desk
        self.profile = profile
        text = desk.text
        self.suggested = QRadioButton(text("window.new_passphrase.suggested"))
        self.own = QRadioButton(text("window.new_passphrase.own"))
        self._group = QButtonGroup(self)
        for choice in (self.suggested, self.own):
            choice.setAccessibleName(choice.text())
            self._group.addButton(choice)
        self.suggested.setChecked(True)
        self.suggestion = chosen_text("", "title")
        self.suggestion.setAccessibleName(text("window.new_passphrase.suggested_name"))
        self.field = PassphraseField(
            desk,
            text("window.new_passphrase.own_field"),
            judge=lambda typed: vault.judge_passphrase(desk.library, typed, self.profile),
        )
        self.own_row = FormRow(
            desk,
            text("window.new_passphrase.own_field"),
            self.field,
            text("window.new_passphrase.own_help"),
        )
        self.again = PassphraseField(desk, text("window.new_passphrase.again"))
        self.again_row = FormRow(
            desk,
            text("window.new_passphrase.again"),
            self.again,
            text("window.new_passphrase.again_help"),
        )
        self._build()
        self.own.toggled.connect(self._choose)
        self.suggest()
        self._show_choice()

    @property
    def first(self) -> QWidget:
        """What should have the focus."""
        return (self.field if self.own.isChecked() else self.again).line

    @property
    def passphrase(self) -> str:
        """The passphrase chosen, before it is typed again."""
        return self.field.text() if self.own.isChecked() else self.suggestion.text()

    def suggest(self) -> None:
        """Show another suggestion."""
        self.suggestion.setText(vault.generate_passphrase(self._desk.library))
        self.again.clear()

    def read(self) -> str | None:
        """Return the passphrase, or say what is missing beside the field, give it the focus and return ``None``."""
        self.own_row.show_fault("")
        self.again_row.show_fault("")
        judged = self.field.judgement() if self.own.isChecked() else None
        if judged is not None and not judged.acceptable:
            self.field.tell_weak(self._desk.text(judged.reason_key))
            return None
        if " ".join(self.again.text().split()) != " ".join(self.passphrase.split()):
            self.again_row.show_fault(self._desk.text("window.new_passphrase.differs"))
            self.again.select_all()
            return None
        return self.passphrase

    def clear(self) -> None:
        """Wipe what was typed, and suggest anew."""
        self.field.clear()
        self.suggest()

    def set_busy(self, *, busy: bool) -> None:
        """Let nothing be typed while the work is under way."""
        for widget in (self.suggested, self.own, self.field, self.again):
            widget.setEnabled(not busy)

    def _build(self) -> None:
        text, px = self._desk.text, self._desk.theme.px
        again = Button(self._desk, text("window.new_passphrase.suggest_again"), self.suggest, kind="quiet")
        shown = filled_row(px(16), self.suggestion, again)
        shown.setStretch(0, 1)
        inside = column(px(8), shown, label(text("window.new_passphrase.suggested_help"), "help"))
        inside.setContentsMargins(px(16), px(12), px(16), px(12))
        self._card = framed(inside, ground="card")
        choice = column(px(8), self.suggested, self._card, self.own, self.own_row)
        self.setLayout(column(px(16), choice, self.again_row))

    def _choose(self) -> None:
        self._show_choice()
        self.first.setFocus()

    def _show_choice(self) -> None:
        own = self.own.isChecked()
        for part, is_wanted in ((self._card, not own), (self.own_row, own)):
            if part.isHidden() == is_wanted:  # one that is told to be seen gets its looks there and then
                part.setVisible(is_wanted)
        self.again.clear()
