"""Second step: municipality and caseworker."""

from __future__ import annotations

from collections.abc import Callable

from desktop_app.domain.profile import Profile
from ui.desk import Desk
from ui.widgets.basics import Button
from ui.widgets.gate import GatePage
from ui.widgets.profile_fields import ProfileFields


class ProfilePage(GatePage):
    """Calls ``go_on`` with the profile when it is whole."""

    def __init__(
        self, desk: Desk, known: Profile | None, go_on: Callable[[Profile], None], back: Callable[[], object]
    ) -> None:
        text = desk.text
        super().__init__(
            desk,
            text("window.first_run.profile.title"),
            text("window.first_run.profile.intro"),
            text("window.first_run.step", number=2),
        )
        self._go_on = go_on
        self.fields = ProfileFields(desk)
        if known is not None:
            self.fields.show_profile(known)
        self.body.addWidget(self.fields)
        self.buttons.addWidget(Button(desk, text("window.first_run.back"), back))
        self.set_main(Button(desk, text("window.first_run.next"), self.take, kind="main"))
        self.first = self.fields.municipality

    def take(self) -> None:
        """Go on, or say what is missing."""
        profile = self.fields.read()
        if profile is not None:
            self._go_on(profile)
