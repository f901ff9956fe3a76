"""Third step: a passphrase, suggested or one's own, typed twice, and where the store will lie."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from desktop_app.domain.profile import Profile
from ui.desk import Desk
from ui.dialogs.choose_place import PlaceDialog
from ui.widgets.basics import Button, column, label
from ui.widgets.gate import GatePage
from ui.widgets.new_passphrase import NewPassphrase
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
        self.choice = NewPassphrase(desk, profile)
        self.own, self.field, self.again = self.choice.own, self.choice.field, self.choice.again
        self._place = PlaceField(
            desk,
            text("window.first_run.passphrase.place"),
            lambda parent, start, chosen: PlaceDialog(desk, start, chosen, parent.window()).open(),
            "",
            folder,
        )
        self.body.addWidget(self.choice)
        place_title = label(text("window.first_run.passphrase.place"), "strong")
        self.body.addLayout(column(desk.theme.px(4), place_title, self._place))
        self.buttons.addWidget(Button(desk, text("window.first_run.back"), back))
        self.make_button = Button(desk, text("window.first_run.passphrase.make"), self.take, kind="main")
        self.set_main(self.make_button)
        self.first = self.choice.first

    @property
    def passphrase(self) -> str:
        """The passphrase chosen, before it is typed again."""
        return self.choice.passphrase

    def take(self) -> None:
        """Make the store, or say what is missing beside the field."""
        passphrase = self.choice.read()
        if passphrase is not None and self._place.place is not None:
            self._make(passphrase, self._place.place)

    def set_busy(self, *, busy: bool) -> None:
        """Say that the store is being made."""
        words = "window.first_run.passphrase.making" if busy else "window.first_run.passphrase.make"
        self.make_button.set_words(self.desk.text(words))
        self.choice.set_busy(busy=busy)
        for widget in (self.make_button, self._place):
            widget.setEnabled(not busy)
