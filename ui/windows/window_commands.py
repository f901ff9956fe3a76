"""The command palette's list: what the page in view offers, then what holds in the whole window."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from ui.desk import Desk
from ui.dialogs.blank_forms import BlankFormsDialog
from ui.dialogs.new_case import NewCaseDialog
from ui.pages.settings import PARTS
from ui.presenters.commands import Command, without_doubles
from ui.presenters.key_table import act_words, page_keys, told_keys
from ui.theme import SCHEMES
from ui.widgets.button_commands import button_commands
from ui.windows.looks import Looks

Act = Callable[[], object]
Go = Callable[..., object]

BEHIND_SETTINGS: Mapping[str, str] = {
    "keys": "window.settings.keys_show",
    "keys_passphrase": "window.keys.passphrase.change",
    "keys_sheet": "window.keys.sheet.new",
    "keys_cards": "window.keys.cards.make",
    "keys_renewal": "window.keys.renewal.begin",
    "own_rules": "window.own_rules.lead",
    "field_list": "fields.page.lead",
    "legal_references": "legal.banner.show",
}
"""The pages that Settings leads to, and the words of the button that leads there."""

BEHIND_BACKUPS: Mapping[str, str] = {"binder": "window.binder.lead", "late_entry": "window.later.lead"}
"""Those that the page of copies leads to."""

BEHIND_CASES: Mapping[str, str] = {"cases_own": "own_forms.open"}
"""Those that the page of cases leads to."""

ON_PAGES: tuple[tuple[str, str, str, Callable[[Any], object]], ...] = (
    (
        "new_case",
        "cases",
        "window.cases.new_case",
        lambda page: page.reopen(NewCaseDialog.after_lock.name, {}),
    ),
    ("take_call", "start", "window.call.take", lambda page: page.take_call()),
    (
        "blank_forms",
        "cases",
        "window.cases.blank",
        lambda page: page.reopen(BlankFormsDialog.after_lock.name, {}),
    ),
    ("backup_now", "backups", "window.backups.acts.make", lambda page: page.back_up()),
    ("rehearse", "backups", "window.backups.acts.rehearse", lambda page: page.rehearse_button.click()),
    ("add_medium", "backups", "window.backups.acts.add_medium", lambda page: page.media.add()),
    ("print_binder", "binder", "window.binder.print", lambda page: page.print_it()),
    ("restore", "backups", "window.backups.restore", lambda page: page.copies.restore.click()),
    ("try_sheet", "keys", "window.keys.sheet.try", lambda page: page.try_sheet.click()),
    ("note_sheet", "keys", "window.keys.sheet.note", lambda page: page.note_sheet.click()),
    ("try_cards", "keys", "window.keys.cards.try", lambda page: page.try_cards.click()),
    ("note_card", "keys", "window.keys.cards.note", lambda page: page.note_card.click()),
    ("withdraw_cards", "keys", "window.keys.cards.withdraw", lambda page: page.withdraw.click()),
)
"""Acts that a page does, asked for from anywhere: name, page, the words of the button, and what is done there."""


class WindowCommands:
    """``acts`` are the window's own by the names of ``key_table``; ``go_then`` leads to a page and acts on it."""

    def __init__(
        self,
        desk: Desk,
        looks: Looks,
        pages: Iterable[str],
        go: Go,
        go_then: Callable[[str, Callable[[Any], object]], object],
        acts: Mapping[str, Act],
    ) -> None:
        self._desk, self._looks, self._pages = desk, looks, tuple(pages)
        self._go, self._go_then, self._acts = go, go_then, acts

    def all(self, page: QWidget | None) -> tuple[Command, ...]:
        """Return every command there is while a page is in view, the page's own first."""
        return without_doubles(
            (*self._of_page(page), *self._acting(), *self._leading(), *self._own(), *self._looking())
        )

    def _of_page(self, page: QWidget | None) -> Iterator[Command]:
        if page is None:
            return
        offers = getattr(page, "commands", None)
        if offers is not None:
            yield from offers()
        else:
            title = getattr(page, "title", None)
            yield from button_commands(page, title.text() if title is not None else "")

    def _acting(self) -> Iterator[Command]:
        text = self._desk.text
        for name, page, words, act in ON_PAGES:
            yield Command(
                name,
                text(words),
                lambda page=page, act=act: self._go_then(page, act),
                text(f"window.nav.{_home(page)}"),
                told_keys(name, self._desk.texts),
            )

    def _leading(self) -> Iterator[Command]:
        text = self._desk.text
        for number, name in enumerate(self._pages, start=1):
            words = text("moving.command.go_to", page=text(f"window.nav.{name}"))
            yield Command(f"page.{name}", words, lambda name=name: self._go(name), keys=page_keys(number))
        home = text("window.nav.settings")
        for name, words in (*BEHIND_SETTINGS.items(), *BEHIND_BACKUPS.items(), *BEHIND_CASES.items()):
            place = text(f"window.nav.{_home(name)}")
            yield Command(f"page.{name}", text(words), lambda name=name: self._go(name), place)
        for part in PARTS:
            words = text("moving.command.settings_part", part=text(PARTS[part]))
            yield Command(f"settings.{part}", words, lambda part=part: self._go("settings", part=part), home)

    def _own(self) -> Iterator[Command]:
        for name, act in self._acts.items():
            yield Command(
                name, act_words(name, self._desk.texts), act, keys=told_keys(name, self._desk.texts)
            )

    def _looking(self) -> Iterator[Command]:
        looks, text = self._looks, self._desk.text
        place = text("window.settings.looks")
        zooms = {"zoom_in": looks.zoom_in, "zoom_out": looks.zoom_out, "zoom_usual": looks.zoom_usual}
        for name, act in zooms.items():
            yield Command(name, text(f"moving.act.{name}"), act, place, told_keys(name, self._desk.texts))
        for scheme in SCHEMES:
            words = text("moving.command.theme", theme=text(f"window.settings.theme_choice.{scheme}"))
            yield Command(f"theme.{scheme}", words, lambda scheme=scheme: looks.set_scheme(scheme), place)


def _home(page: str) -> str:
    """Return the page of the sidebar that a page belongs to."""
    homes = {"settings": BEHIND_SETTINGS, "backups": BEHIND_BACKUPS, "cases": BEHIND_CASES}
    return next((home for home, behind in homes.items() if page in behind), page)
