"""What the store needs, the gravest first: each need with its words and the page that answers it. No Qt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ui.presenters.binder_words import standing_about, standing_title

if TYPE_CHECKING:
    from desktop_app.domain.texts import Texts
    from desktop_app.services.backups import BackupState
    from desktop_app.services.crisis_binder import BinderState
    from desktop_app.services.recovery import KeysView
    from desktop_app.services.vault import StoreState

BACKUPS, KEYS, BINDER = "backups", "keys", "binder"
COLOURS = {"remind": "waiting", "urgent": "danger"}


@dataclass(frozen=True, slots=True)
class Need:
    """One thing to do for the store: its words, how grave it is, and the page to do it on."""

    title: str
    about: str
    colour: str
    page: str


def needs_of(
    state: BackupState,
    keys: KeysView | None,
    store: StoreState,
    texts: Texts,
    binder: BinderState | None = None,
) -> tuple[Need, ...]:
    """Return what the store needs; nothing for a practice store."""
    if store.is_practice:
        return ()
    found = [*_about_copies(state, texts), *_about_papers(keys, store, texts), *_about_binder(binder, texts)]
    return tuple(sorted(found, key=lambda need: need.colour != "danger"))


def _about_copies(state: BackupState, texts: Texts) -> Iterator[Need]:
    """One need for the copies and one for the rehearsal, however many reasons there are."""
    told: set[str] = set()
    for reason in state.reasons:
        colour = COLOURS.get(reason.level.value)
        name = reason.text_key.rpartition(".")[2]
        kind = name if name in ("rehearsal_due", "none", "older_key", "same_disk") else "copy"
        if colour is None or kind in told:
            continue
        told.add(kind)
        title = texts.get(f"window.store_needs.{kind}")
        yield Need(title, texts.get(reason.text_key, **reason.params), colour, BACKUPS)


def _about_papers(keys: KeysView | None, store: StoreState, texts: Texts) -> Iterator[Need]:
    if store.recovery_checked_on is None:
        title, about = (texts.get(f"window.start.{key}") for key in ("sheet_unchecked", "sheet_make"))
        yield Need(title, about, "waiting", KEYS)
    elif keys is not None and keys.rehearsal_overdue:
        title, about = (texts.get(f"window.store_needs.{key}") for key in ("recovery", "recovery_about"))
        yield Need(title, about, "waiting", KEYS)


def _about_binder(binder: BinderState | None, texts: Texts) -> Iterator[Need]:
    if binder is not None and binder.needs_a_new_one:
        yield Need(standing_title(binder, texts), standing_about(binder, texts), "waiting", BINDER)
