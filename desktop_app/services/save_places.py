"""What there is to say of a folder before a copy is saved in it: who else comes at what lies there."""

from __future__ import annotations

from pathlib import Path

from desktop_app.domain.texts import Texts
from desktop_app.storage.place_facts import place_kind
from desktop_app.storage.place_kinds import PlaceKind


def warning_about(texts: Texts, folder: Path) -> str:
    """Return what to know about a folder that is synchronised or on a network, by name; empty for an ordinary one.

    Never fails: what cannot be asked is taken for the computer's own disk.
    """
    if not folder.is_absolute():
        return ""
    found = place_kind(folder)
    return "" if found.kind is PlaceKind.OWN else texts.get(f"save_place.{found.kind.value}", by=found.by)
